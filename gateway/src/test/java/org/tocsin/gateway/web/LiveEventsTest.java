package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.AccessBench;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class LiveEventsTest {
    private static WebConfig quick(WebConfig config) {
        return config.withLimits(new WebLimits(
                4,
                64,
                100,
                300,
                1000,
                2,
                Duration.ofMillis(100),
                config.limits().spool()));
    }

    @Test
    void tellsStateAndCoverageAsTheyChangeAndStaysAwake(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis, LiveEventsTest::quick)) {
            String self = "/api/v1/warnings/" + gateway.posted("A1");
            gateway.coverage = "{\"residents\":\n10}".getBytes(UTF_8);
            List<String> lines = watch(gateway, self);
            Awaitility.await().until(() -> lines.contains("data: 10}"));
            assertTrue(lines.indexOf("event: state") < lines.indexOf("event: coverage"));

            gateway.post(Role.SIGNER, self + "/approve", "{\"version\":1}");
            Awaitility.await().until(() -> lines.stream().anyMatch(line -> line.contains("\"state\":\"signed\"")));
            gateway.coverage = "{\"residents\":11}".getBytes(UTF_8);
            gateway.server.coverageChanged(self.substring(self.lastIndexOf('/') + 1));

            Awaitility.await().until(() -> lines.contains("data: {\"residents\":11}"));
            Awaitility.await().until(() -> lines.contains(": heartbeat"));
        }
    }

    @Test
    void handsTheVillagesOutInTurnsAndEverybodyGetsTheLatest(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis, config -> config)) {
            String id = gateway.posted("A1");
            gateway.coverage = "{\"residents\":10}".getBytes(UTF_8);
            // More than half of what a turn may carry: three pages need two turns.
            gateway.villages = ("{\"rows\":\"" + "x".repeat(600_000) + "\"}").getBytes(UTF_8);
            List<List<String>> pages = new ArrayList<>();
            for (int page = 0; page < 3; page++) {
                pages.add(watch(gateway, "/api/v1/warnings/" + id));
            }
            gateway.villages = ("{\"rows\":\"" + "y".repeat(600_000) + "\"}").getBytes(UTF_8);
            gateway.server.coverageChanged(id);

            Awaitility.await().until(() -> pages.stream()
                    .allMatch(lines -> lines.contains("data: " + new String(gateway.villages, UTF_8))));
            assertTrue(pages.stream().allMatch(lines -> lines.contains("data: {\"residents\":10}")));
        }
    }

    @Test
    void whoComesLaterGetsTheVillagesAndTheOthersNotAgain(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis, config -> config)) {
            String self = "/api/v1/warnings/" + gateway.posted("A1");
            gateway.coverage = "{\"residents\":10}".getBytes(UTF_8);
            gateway.villages = "{\"rows\":{}}".getBytes(UTF_8);
            List<String> first = watch(gateway, self);
            Awaitility.await().until(() -> first.contains("event: villages"));

            List<String> second = watch(gateway, self);
            Awaitility.await().until(() -> second.contains("event: villages"));
            gateway.coverage = "{\"residents\":11}".getBytes(UTF_8);
            gateway.server.coverageChanged(self.substring(self.lastIndexOf('/') + 1));
            Awaitility.await().until(() -> first.contains("data: {\"residents\":11}"));

            assertEquals(1, Collections.frequency(first, "event: villages"));
            assertEquals(1, Collections.frequency(second, "event: villages"));
        }
    }

    @Test
    void tellsThosePagesWhoIsThereThatTakePartAndNoProgram(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis, config -> config)) {
            String self = "/api/v1/warnings/" + gateway.posted("A1");
            List<String> program = watch(gateway, self);
            List<String> signer = look(gateway, Role.SIGNER, self + "/events?as=look");
            List<String> silent = look(gateway, Role.AUDITOR, self + "/events");

            look(gateway, Role.ISSUER, self + "/events?as=edit");

            Awaitility.await().until(() -> signer.stream()
                    .anyMatch(line -> line.contains("\"name\":\"issuer\"") && line.contains("\"doing\":\"edit\"")));
            gateway.server.coverageChanged(self);
            assertEquals(0, Collections.frequency(program, "event: presence"));
            assertEquals(0, Collections.frequency(silent, "event: presence"));
            assertTrue(signer.stream().noneMatch(line -> line.contains("auditor")));
            assertEquals(
                    401, gateway.get(null, self + "/events?as=look").statusCode(), "nobody else hears who is there");
        }
    }

    @Test
    void saysOnTheCountysStreamThatSomethingChangedAndNotWhat(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis, config -> config)) {
            List<String> duty = look(gateway, Role.SIGNER, "/console/duty/events");
            Awaitility.await().until(() -> duty.contains("retry: 3000"));

            String id = gateway.posted("A1");

            Awaitility.await().until(() -> duty.contains("event: changed"));
            assertTrue(duty.stream().noneMatch(line -> line.contains(id)));
            assertEquals(401, gateway.get(null, "/console/duty/events").statusCode());
        }
    }

    @Test
    void refusesWhoMayNotWatchAndMoreThanItCanServe(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis, LiveEventsTest::quick)) {
            String self = "/api/v1/warnings/" + gateway.posted("A1");
            assertEquals(401, gateway.get(null, self + "/events").statusCode());
            assertEquals(
                    404,
                    gateway.get(Role.AUDITOR, "/api/v1/warnings/none/events").statusCode());

            List<String> one = watch(gateway, self);
            List<String> two = watch(gateway, self);

            assertEquals(503, gateway.get(Role.AUDITOR, self + "/events").statusCode());
            Awaitility.await().until(() -> one.contains("event: state") && two.contains("event: state"));
        }
    }

    @Test
    void dropsAReaderThatIsTooSlowAndServesTheOthers(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis, LiveEventsTest::quick)) {
            String id = gateway.posted("A1");
            String self = "/api/v1/warnings/" + id;
            gateway.coverage = ("{\"residents\":1,\"filler\":\"" + "x".repeat(700_000) + "\"}").getBytes(UTF_8);
            try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), gateway.server.port())) {
                slow.getOutputStream()
                        .write(("GET " + self + "/events HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                                        + TestGateway.key(Role.AUDITOR) + "\r\n\r\n")
                                .getBytes(UTF_8));
                InputStream in = slow.getInputStream();
                assertTrue(in.read() >= 0);
                List<String> quick = watch(gateway, self);
                Awaitility.await()
                        .until(() ->
                                gateway.get(Role.AUDITOR, "/metrics").body().contains("tocsin_http_watchers 2"));

                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                    gateway.server.coverageChanged(id);
                    return gateway.get(Role.AUDITOR, "/metrics").body().contains("tocsin_http_watchers 1");
                });
                int seen = quick.size();
                gateway.server.coverageChanged(id);
                Awaitility.await().until(() -> quick.size() > seen);
            }
        }
    }

    @Test
    void aStreamEndsSoonAfterItsSessionOrItsKeyAndNoOther(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis, config -> config)) {
            String self = "/api/v1/warnings/" + gateway.posted("A1");
            String session =
                    ConsoleTest.session(ConsoleTest.signIn(gateway, TestGateway.key(Role.ISSUER), gateway.address()));
            List<String> signedOut = lines(gateway.stream(gateway.request(self + "/events?as=edit")
                    .header("Cookie", session)
                    .build()));
            List<String> locked = lines(gateway.stream(
                    gateway.as(Role.AGENCY, gateway.request(self + "/events")).build()));
            List<String> duty = look(gateway, Role.SIGNER, "/console/duty/events");
            List<String> other = look(gateway, Role.SIGNER, self + "/events?as=look");
            Awaitility.await()
                    .until(() -> gateway.get(Role.AUDITOR, "/metrics").body().contains("tocsin_http_watchers 4"));

            gateway.send(gateway.request("/console/sign-out")
                    .header("Cookie", session)
                    .header("Origin", gateway.address())
                    .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
                    .build());
            Awaitility.await().until(() -> signedOut.contains("ended"));
            Awaitility.await().until(() -> other.stream()
                    .filter(line -> line.contains("\"guests\""))
                    .reduce((earlier, later) -> later)
                    .filter(line -> line.contains("signer") && !line.contains("issuer"))
                    .isPresent());

            gateway.people.desk.clients().lock(AccessBench.machine(), "agency");
            Awaitility.await().until(() -> locked.contains("ended"));
            assertTrue(!duty.contains("ended") && !other.contains("ended"));
        }
    }

    private static List<String> watch(TestGateway gateway, String self) throws Exception {
        return lines(gateway.stream(
                gateway.as(Role.AUDITOR, gateway.request(self + "/events")).build()));
    }

    /** The stream of somebody who is signed in to the console. */
    private static List<String> look(TestGateway gateway, Role role, String path) throws Exception {
        String session = ConsoleTest.session(ConsoleTest.signIn(gateway, TestGateway.key(role), gateway.address()));
        return lines(
                gateway.stream(gateway.request(path).header("Cookie", session).build()));
    }

    private static List<String> lines(HttpResponse<Stream<String>> stream) {
        assertEquals(200, stream.statusCode());
        assertEquals(
                "text/event-stream", stream.headers().firstValue("Content-Type").orElseThrow());
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread reader = new Thread(() -> {
            try {
                stream.body().forEach(lines::add);
            } catch (java.io.UncheckedIOException cutOff) {
                // told below
            }
            lines.add("ended");
        });
        reader.setDaemon(true);
        reader.start();
        return lines;
    }
}
