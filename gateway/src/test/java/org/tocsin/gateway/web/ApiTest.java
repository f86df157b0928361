package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tocsin.gateway.web.TestGateway.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class ApiTest {
    private static final String API = "/api/v1/warnings";
    private static final String A1 = "{\"identifier\":\"A1\"}";

    @Test
    void goesFromPostToSigned(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> posted = gateway.post(Role.ISSUER, API, A1);
            String self = posted.headers().firstValue("Location").orElseThrow();
            HttpResponse<String> signed = gateway.post(Role.SIGNER, self + "/approve", "{\"version\": 1}");
            HttpResponse<String> read = gateway.get(Role.AUDITOR, self);

            assertEquals(201, posted.statusCode());
            assertEquals("awaitingSignature", json(posted).path("state").asText());
            assertEquals(API + "/" + json(posted).path("id").asText(), self);
            assertEquals(200, signed.statusCode());
            assertEquals("signed", json(read).path("state").asText());
            assertEquals("I", json(read).path("level").asText());
            assertEquals(
                    "signer", json(read).path("approvals").path(0).path("by").asText());
            assertEquals("\"2\"", read.headers().firstValue("ETag").orElseThrow());
            assertTrue(json(read).path("links").path("public").asText().startsWith("/w/"));
            assertEquals("2026-07-20T08:00:00+08:00", json(read).path("sent").asText());
        }
    }

    @Test
    void takesTheSameOnceAndRefusesOtherContent(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> first = gateway.post(Role.AGENCY, API, A1);
            HttpResponse<String> again = gateway.post(Role.AGENCY, API, A1);
            HttpResponse<String> other = gateway.post(Role.AGENCY, API, "{\"identifier\":\"A1\",\"event\":\"11B04\"}");

            assertEquals(201, first.statusCode());
            assertEquals(200, again.statusCode());
            assertEquals(json(first).path("id"), json(again).path("id"));
            assertEquals(409, other.statusCode());
            assertEquals(json(first).path("id"), json(other).path("warning").path("id"));
        }
    }

    @Test
    void checksInTheContractsOrder(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String big = "x".repeat(5 * 1024 * 1024);

            assertProblem(401, gateway.post(null, API, "text/plain", BodyPublishers.ofString(big)));
            assertProblem(403, gateway.post(Role.SIGNER, API, "text/plain", BodyPublishers.ofString(big)));
            assertProblem(413, gateway.post(Role.ISSUER, API, "text/plain", BodyPublishers.ofString(big)));
            assertProblem(415, gateway.post(Role.ISSUER, API, "text/plain", BodyPublishers.ofString("{")));
            assertProblem(400, gateway.post(Role.ISSUER, API, "{"));
            assertProblem(422, gateway.post(Role.ISSUER, API, "{\"identifier\":\"unprocessable\"}"));
            assertEquals(201, gateway.post(Role.ISSUER, API, A1).statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "identity, br", "x"})
    void refusesACompressedBody(String coding, Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> refused = coded(gateway, API, coding);

            assertProblem(415, refused);
            JsonNode problem = json(refused).path("errors").path(0);
            assertEquals("content-encoding", problem.path("code").asText());
            assertTrue(problem.path("message").asText().contains("uncompressed"));
            assertEquals(
                    "identity", refused.headers().firstValue("Accept-Encoding").orElseThrow());
            assertProblem(415, coded(gateway, "/api/v1/warnings/any/approve", coding));
            assertEquals(201, coded(gateway, API, "Identity").statusCode());
        }
    }

    private static HttpResponse<String> coded(TestGateway gateway, String path, String coding) {
        return gateway.send(gateway.as(Role.ISSUER, gateway.request(path))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", coding)
                .POST(BodyPublishers.ofString(A1))
                .build());
    }

    @Test
    void refusesABodyThatGrowsTooLongWhileItComes(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            InputStream endless = new ByteArrayInputStream(new byte[6 * 1024 * 1024]);

            HttpResponse<String> response =
                    gateway.post(Role.ISSUER, API, "application/json", BodyPublishers.ofInputStream(() -> endless));

            assertProblem(413, response);
            assertEquals(201, gateway.post(Role.ISSUER, API, A1).statusCode());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "issuer,201,403,200,200,403,200,403",
        "agency,201,403,200,200,403,200,403",
        "reviewer,403,403,200,200,403,403,403",
        "signer,403,200,200,200,200,201,403",
        "auditor,403,403,200,403,403,403,403",
        "admin,403,403,200,403,403,403,200",
    })
    void letsEachRoleDoItsOwn(
            String word, int post, int approve, int read, int stop, int resume, int cancel, int imports, Redis redis) {
        Role role = Role.of(word).orElseThrow();
        try (TestGateway gateway = new TestGateway(redis)) {
            String pending = API + "/" + gateway.posted("A0");
            String signed = API + "/" + gateway.signed("A1");

            assertEquals(
                    post, gateway.post(role, API, "{\"identifier\":\"A2\"}").statusCode());
            assertEquals(
                    approve,
                    gateway.post(role, pending + "/approve", "{\"version\":1}").statusCode());
            assertEquals(read, gateway.get(role, signed).statusCode());
            assertEquals(stop, gateway.post(role, signed + "/stop", "{}").statusCode());
            gateway.post(Role.SIGNER, signed + "/stop", "{}");
            assertEquals(resume, gateway.post(role, signed + "/resume", "{}").statusCode());
            int cancelled = gateway.post(role, signed + "/cancel", "{}").statusCode();
            assertEquals(cancel == 200 ? 201 : cancel, cancelled);
            assertEquals(
                    imports,
                    gateway.post(role, "/api/v1/registry/divisions", "text/csv", BodyPublishers.ofString("code,name"))
                            .statusCode());
        }
    }

    @Test
    void namesWhatIsWrongWithAnAct(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String self = API + "/" + gateway.posted("A1");

            assertProblem(400, gateway.post(Role.SIGNER, self + "/approve", "{}"));
            assertProblem(400, gateway.post(Role.SIGNER, self + "/approve", "{\"version\":\"1\"}"));
            assertProblem(400, gateway.post(Role.SIGNER, self + "/approve", "[]"));
            assertProblem(400, gateway.post(Role.SIGNER, self + "/approve", "[".repeat(1000)));
            assertProblem(400, gateway.post(Role.SIGNER, self + "/return", "{\"reason\":\"\"}"));
            assertProblem(415, gateway.post(Role.SIGNER, self + "/stop", "text/plain", BodyPublishers.ofString("x")));
            assertProblem(409, gateway.post(Role.SIGNER, self + "/approve", "{\"version\":7}"));
            assertProblem(409, gateway.post(Role.SIGNER, self + "/stop", ""));
            assertProblem(404, gateway.post(Role.SIGNER, self + "/expire", "{}"));
            assertProblem(404, gateway.post(Role.SIGNER, API + "/nothing/stop", "{}"));
            assertProblem(
                    413, gateway.post(Role.SIGNER, self + "/stop", "{\"reason\":\"" + "x".repeat(70_000) + "\"}"));
        }
    }

    /** The last of two versions once counted: what was signed was not what a filter before the gateway had read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"version\":9,\"version\":1} | duplicate-key | /version",
                "{\"version\":1,\"version\":1} | duplicate-key | /version",
                "{\"version\":1,\"x\":{\"y\":{},\"y\":[]}} | duplicate-key | /x/y",
                "{\"version\":1} {\"version\":1} | trailing-content | ''",
                "{\"version\":1}] | json | ''",
                "{\"version\":1 | json | ''",
            })
    void readsTheBodyOfAnActAsStrictlyAsAMessage(String body, String code, String path, Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String self = API + "/" + gateway.posted("A1");

            HttpResponse<String> refused = gateway.post(Role.SIGNER, self + "/approve", body);

            assertProblem(400, refused);
            assertEquals(code, json(refused).path("errors").path(0).path("code").asText());
            assertEquals(path, json(refused).path("errors").path(0).path("path").asText());
            assertEquals(
                    "awaitingSignature",
                    json(gateway.get(Role.SIGNER, self)).path("state").asText());
        }
    }

    @Test
    void tellsTheLoserOfTwoSignersWhatTheWarningIsNow(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String self = API + "/" + gateway.signed("A1");

            HttpResponse<String> late = gateway.post(Role.SIGNER, self + "/approve", "{\"version\":1}");

            assertProblem(409, late);
            assertEquals("signed", json(late).path("warning").path("state").asText());
        }
    }

    @Test
    void editsADraftByItsETag(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> draft = gateway.post(Role.ISSUER, API + "?draft=true", A1);
            String self = draft.headers().firstValue("Location").orElseThrow();
            String etag = draft.headers().firstValue("ETag").orElseThrow();
            String changed = "{\"identifier\":\"A1\",\"event\":\"11B04\"}";

            assertEquals("draft", json(draft).path("state").asText());
            assertProblem(428, put(gateway, Role.ISSUER, self, null, changed));
            assertProblem(400, put(gateway, Role.ISSUER, self, "two", changed));
            assertProblem(412, put(gateway, Role.ISSUER, self, "\"9\"", changed));
            assertProblem(403, put(gateway, Role.SIGNER, self, etag, changed));
            assertProblem(400, put(gateway, Role.ISSUER, self, etag, "{"));
            assertProblem(404, put(gateway, Role.ISSUER, API + "/nothing", etag, changed));
            HttpResponse<String> edited = put(gateway, Role.ISSUER, self, etag, changed);
            assertEquals(200, edited.statusCode());
            assertEquals(2, json(edited).path("version").asInt());
            assertEquals(200, gateway.post(Role.ISSUER, self + "/submit", "{}").statusCode());
            assertProblem(409, put(gateway, Role.ISSUER, self, "\"3\"", changed));
        }
    }

    @Test
    void listsByStateAndPage(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            for (int i = 0; i < 5; i++) {
                gateway.posted("A" + i);
            }
            gateway.signed("S");

            JsonNode first = json(gateway.get(Role.AUDITOR, API + "?limit=4"));
            JsonNode rest = json(gateway.get(
                    Role.AUDITOR,
                    API + "?limit=4&cursor=" + first.path("cursor").asText()));
            JsonNode signed = json(gateway.get(Role.AUDITOR, API + "?state=signed,active"));

            assertEquals(4, first.path("warnings").size());
            assertEquals(2, rest.path("warnings").size());
            assertTrue(rest.path("cursor").isNull());
            assertEquals(1, signed.path("warnings").size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=gone",
                "since=yesterday",
                "since=2026-07-20T00:00:00",
                "since=0000",
                "since=0000-12-31T23:59:59Z",
                "since=%2B10000-01-01T00:00:00Z",
                "since=%2B999999999-12-31T23:59:59Z",
                "since=-999999999-01-01T00:00:00Z",
                "limit=0",
                "limit=501",
                "limit=99999999999999999999",
                "limit=x",
                "cursor=x",
                "cursor=99999999999999999999-a"
            })
    void refusesAListOfNonsense(String query, Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            assertProblem(400, gateway.get(Role.AUDITOR, API + "?" + query));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00%2B14:00", "2026-07-20T08:00:00%2B08:00", "9999-12-31T23:59:59-14:00"})
    void listsSinceAnyTimeOfFourDigitYears(String since, Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            assertEquals(200, gateway.get(Role.AUDITOR, API + "?since=" + since).statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "-99999999999999999999", "1e999999999", "1.0", "null"})
    void refusesAVersionThatIsNoNumberOfAVersion(String version, Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String self = API + "/" + gateway.posted("A1");

            assertProblem(400, gateway.post(Role.SIGNER, self + "/approve", "{\"version\":" + version + "}"));
        }
    }

    @Test
    void showsFiguresOnceThereAreSome(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String self = API + "/" + gateway.posted("A1");
            assertProblem(404, gateway.get(Role.AUDITOR, self + "/coverage"));

            gateway.coverage = "{\"residents\":10}".getBytes(UTF_8);

            assertEquals(
                    10,
                    json(gateway.get(Role.AUDITOR, self + "/coverage"))
                            .path("residents")
                            .asInt());
            assertEquals(
                    7,
                    json(gateway.get(Role.AUDITOR, self + "/estimate"))
                            .path("residents")
                            .asInt());
            assertEquals(
                    200,
                    gateway.get(Role.AUDITOR, self + "/deliveries?channel=sms").statusCode());
            assertProblem(400, gateway.get(Role.AUDITOR, self + "/deliveries?channel=pigeon"));
            assertProblem(401, gateway.get(null, self + "/coverage"));
            assertEquals(
                    "<alert>A1</alert>",
                    gateway.get(Role.AUDITOR, self + "/cap").body());
        }
    }

    @Test
    void answers404And405(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String self = API + "/" + gateway.posted("A1");
            HttpResponse<String> wrongMethod = gateway.send(
                    gateway.as(Role.ADMIN, gateway.request(self)).DELETE().build());

            assertProblem(404, gateway.get(Role.ADMIN, "/nothing"));
            assertProblem(404, gateway.get(Role.ADMIN, API + "/nothing"));
            assertProblem(405, wrongMethod);
            assertEquals("GET, PUT", wrongMethod.headers().firstValue("Allow").orElseThrow());
            assertProblem(405, gateway.post(Role.ADMIN, self + "/cap", "{}"));
            assertProblem(405, gateway.get(Role.ADMIN, self + "/approve"));
        }
    }

    @Test
    void saysWhenItCannotTakeMore(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String self = API + "/" + gateway.posted("A1");
            gateway.diskLow = true;
            assertProblem(507, gateway.post(Role.ISSUER, API, "{\"identifier\":\"A2\"}"));
            assertEquals(
                    200,
                    gateway.post(Role.SIGNER, self + "/approve", "{\"version\":1}")
                            .statusCode());
            gateway.diskLow = false;
            gateway.reportFailure = new IllegalStateException("the store fell over");
            assertRetry(503, gateway.get(Role.ISSUER, self + "/coverage"));
            gateway.whyNot.set("the store is starting");
            assertRetry(503, gateway.post(Role.ISSUER, API, "{\"identifier\":\"A2\"}"));
            assertRetry(503, gateway.post(null, "/callbacks/sms/one", "{}"));
            assertEquals(503, gateway.get(null, "/health/ready").statusCode());
            assertEquals(200, gateway.get(null, "/health/live").statusCode());
            gateway.whyNot.set(null);
            assertEquals(200, gateway.get(null, "/health/ready").statusCode());
            assertEquals(
                    201,
                    gateway.post(Role.ISSUER, API, "{\"identifier\":\"A2\"}").statusCode());
        }
    }

    @Test
    void slowsAClientThatAsksTooOften(Redis redis) {
        try (TestGateway gateway = new TestGateway(
                redis, config -> config.withLimits(config.limits().withRate(1, 3)))) {
            long refused = Stream.generate(() -> gateway.get(Role.ISSUER, API))
                    .limit(6)
                    .filter(response -> response.statusCode() == 429)
                    .peek(ApiTest::assertRetryAfter)
                    .count();

            assertTrue(refused >= 2, "refused " + refused);
            assertEquals(200, gateway.get(Role.AUDITOR, API).statusCode());
        }
    }

    @Test
    void slowsWhoGuessesKeys(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            long refused = Stream.generate(() -> gateway.send(gateway.request(API)
                            .header("Authorization", "Bearer guess-guess-guess")
                            .build()))
                    .limit(800)
                    .filter(response -> response.statusCode() == 429)
                    .count();

            assertTrue(refused > 0);
            assertEquals(200, gateway.get(Role.AUDITOR, API).statusCode());
        }
    }

    @Test
    void spoolsImportsAndLeavesNothingBehind(Redis redis, @TempDir Path spool) throws Exception {
        try (TestGateway gateway = new TestGateway(
                redis, config -> config.withLimits(config.limits().withSpool(spool)))) {
            String path = "/api/v1/registry/contacts";
            String csv = "personKey,name\n".repeat(400_000);

            HttpResponse<String> response =
                    gateway.post(Role.ADMIN, path + "?dryRun=true", "text/csv", BodyPublishers.ofString(csv));

            assertEquals(200, response.statusCode());
            assertEquals(csv.length(), json(response).path("bytes").asInt());
            assertEquals("admin", json(response).path("actor").asText());
            assertTrue(json(response).path("dryRun").asBoolean());
            assertProblem(415, gateway.post(Role.ADMIN, path, "{}"));
            assertProblem(
                    400, gateway.post(Role.ADMIN, path + "?dryRun=maybe", "text/csv", BodyPublishers.ofString("")));
            assertProblem(404, gateway.post(Role.ADMIN, "/api/v1/registry/ships", "text/csv", BodyPublishers.noBody()));
            try (Stream<Path> left = Files.list(spool)) {
                assertEquals(0, left.count());
            }
        }
    }

    @Test
    void runsOneImportAtATimeAndSaysSoToTheOther(Redis redis, @TempDir Path spool) throws Exception {
        try (TestGateway gateway = new TestGateway(
                redis, config -> config.withLimits(config.limits().withSpool(spool)))) {
            gateway.importFailure = new RegistryImport.Busy("another import runs");

            HttpResponse<String> response =
                    gateway.post(Role.ADMIN, "/api/v1/registry/contacts", "text/csv", BodyPublishers.ofString("a,b"));

            assertProblem(409, response);
            assertEquals("import.busy", json(response).at("/errors/0/code").asText());
            try (Stream<Path> left = Files.list(spool)) {
                assertEquals(0, left.count());
            }
        }
    }

    @Test
    void holdsImportsBackByTheClientsRate(Redis redis) {
        try (TestGateway gateway = new TestGateway(
                redis, config -> config.withLimits(config.limits().withRate(1, 2)))) {
            String path = "/api/v1/registry/contacts?dryRun=true";
            List<HttpResponse<String>> answers = Stream.generate(
                            () -> gateway.post(Role.ADMIN, path, "text/csv", BodyPublishers.ofString("a")))
                    .limit(6)
                    .toList();

            assertEquals(200, answers.get(0).statusCode());
            HttpResponse<String> refused = answers.stream()
                    .filter(answer -> answer.statusCode() == 429)
                    .findFirst()
                    .orElseThrow();
            assertRetry(429, refused);
            assertEquals(200, gateway.get(Role.AUDITOR, API).statusCode());
        }
    }

    @Test
    void handsCallbacksToTheirLink(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> taken = gateway.post(null, "/callbacks/sms/one", "receipt");

            assertEquals(200, taken.statusCode());
            assertEquals("one 7", taken.body());
            assertEquals(
                    404, gateway.post(null, "/callbacks/pigeon/one", "receipt").statusCode());
        }
    }

    @Test
    void holdsCallbacksBackByNoRate(Redis redis) {
        try (TestGateway gateway = new TestGateway(
                redis, config -> config.withLimits(config.limits().withRate(1, 1)))) {
            for (int number = 0; number < 50; number++) {
                assertEquals(
                        200, gateway.post(null, "/callbacks/sms/one", "receipt").statusCode());
            }
        }
    }

    @Test
    void worksOnSoManyCallbacksAtOnceAndNoMore(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            CompletableFuture<Boolean> gate = new CompletableFuture<>();
            gateway.callbackGate = gate;
            HttpClient provider = HttpClient.newHttpClient();
            HttpRequest post = HttpRequest.newBuilder(URI.create(gateway.address() + "/callbacks/sms/one"))
                    .POST(HttpRequest.BodyPublishers.ofString("receipt"))
                    .build();
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int number = 0; number <= Front.CALLBACKS_AT_ONCE; number++) {
                answers.add(provider.sendAsync(post, HttpResponse.BodyHandlers.discarding())
                        .thenApply(HttpResponse::statusCode));
            }

            assertEquals(
                    503,
                    CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new))
                            .join());
            assertRetry(503, gateway.post(null, "/callbacks/sms/one", "receipt"));

            gate.complete(true);

            assertEquals(
                    Front.CALLBACKS_AT_ONCE,
                    answers.stream().filter(answer -> answer.join() == 200).count());
            assertEquals(
                    200, gateway.post(null, "/callbacks/sms/one", "receipt").statusCode());
        }
    }

    @Test
    void countsItsRequests(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.posted("A1");
            gateway.metrics.gauge("tocsin_test", "A test", () -> 1.5);

            String text = gateway.get(Role.AUDITOR, "/metrics").body();

            assertTrue(text.contains(
                    "tocsin_http_requests_total{method=\"POST\",route=\"/api/v1/warnings\",status=\"201\"} 1"));
            assertTrue(text.contains("# TYPE tocsin_test gauge\ntocsin_test 1.5\n"));
            assertFalse(text.contains("key-0123456789"));
        }
    }

    private static HttpResponse<String> put(
            TestGateway gateway, Role role, String path, @org.jspecify.annotations.Nullable String match, String json) {
        var request = gateway.as(role, gateway.request(path)).header("Content-Type", "application/json");
        if (match != null) {
            request.header("If-Match", match);
        }
        return gateway.send(request.PUT(BodyPublishers.ofString(json)).build());
    }

    private static void assertRetry(int status, HttpResponse<String> response) {
        assertProblem(status, response);
        assertRetryAfter(response);
    }

    private static void assertRetryAfter(HttpResponse<String> response) {
        assertTrue(Integer.parseInt(response.headers().firstValue("Retry-After").orElseThrow()) >= 1);
    }

    private static void assertProblem(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElseThrow());
        JsonNode problem = json(response);
        assertEquals(status, problem.path("status").asInt());
        assertTrue(problem.path("errors").size() >= 1);
        for (JsonNode error : problem.path("errors")) {
            assertTrue(error.path("path").isTextual());
            assertFalse(error.path("code").asText().isEmpty());
            assertFalse(error.path("message").asText().isEmpty());
        }
    }
}
