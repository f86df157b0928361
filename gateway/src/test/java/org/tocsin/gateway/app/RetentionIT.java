package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * When its time is over, nobody can tell any more who was addressed by a warning, whatever died meanwhile, while its
 * figures, its pack and the ledger fit the seals of a witness as before; and a person is erased for good.
 */
class RetentionIT {
    private static final int RESIDENTS = 400;
    private static final String PERSONS = "/api/v1/registry/persons/";
    private static final String ERASED = "p0000007";

    @TempDir
    private Path folder;

    @Test
    void personsGoAndFiguresStay() throws Exception {
        try (SmppSimulator carrier = new SmppSimulator()) {
            Map<String, String> link = carrier.start(new SimulatorContext(
                    "sms-crash", 1, Map.of("delivered", 0.9, "silent", 0.0), Map.of(), folder.resolve("truth")));
            Path data = folder.resolve("data");
            Path witness = Files.createDirectory(folder.resolve("witness"));
            RunningGateway first = RunningGateway.start(
                    data,
                    link,
                    "evidence: {sealAfterMinutes: 0}\nretention: {personsDays: 0}\nwitness: {folder: " + witness
                            + "}\n");
            String id;
            JsonNode before;
            RunningGateway gateway;
            try {
                first.importCounty(folder, RESIDENTS);
                OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).withNano(0);
                id = first.warn(now);
                first.send("agency", "POST", "/api/v1/warnings", "application/cap+xml", forgottenUpdate(now));
                before = settled(first, id, RESIDENTS);
                JsonNode shown = json(first.ask("admin", "GET", PERSONS + ERASED, "application/json", "")
                        .body());
                assertEquals(ERASED, shown.at("/persons/0/personKey").asText());
                assertEquals("8610000000007", shown.at("/persons/0/phone").asText());
                assertEquals(id, shown.at("/persons/0/deliveries/0/warning").asText());
                assertEquals(409, erase(first), "while the evidence is open");
                first.end(id);
                Awaitility.await("the warning is sealed")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> archived(data, ".pack") == 1);
            } finally {
                gateway = first.kill(true, true);
            }
            try {
                check(gateway, id, before, data, witness);
            } finally {
                gateway.close();
                first.close();
            }
        }
    }

    private void check(RunningGateway gateway, String id, JsonNode before, Path data, Path witness) throws Exception {
        Awaitility.await("the deliveries are gone")
                .atMost(Duration.ofSeconds(90))
                .until(() -> gateway.ask("auditor", "GET", deliveries(id), "application/json", "")
                                .statusCode()
                        == 410);
        Awaitility.await("and their file").atMost(Duration.ofSeconds(10)).until(() -> archived(data, ".evidence") == 0);
        assertEquals(figures(before), figures(gateway.coverage(id)));
        assertEquals(1, archived(data, ".pack"));

        JsonNode erased = json(gateway.ask(
                        "admin", "POST", PERSONS + "erase", "application/json", "{\"personKey\":\" " + ERASED + " \"}")
                .body());
        assertTrue(erased.path("wasThere").asBoolean(), "blanks do not count, as in an import");
        assertEquals(200, erase(gateway), "again is no mistake");
        JsonNode report = json(gateway.ask(
                        "admin",
                        "POST",
                        "/api/v1/registry/contacts",
                        "text/csv",
                        "personKey,name,division,phone,openid,appToken,email,language,longitude,latitude,audiences\n"
                                + ERASED + ",,990101001001,+8610000000007,,,,zh-CN,,,\n"
                                + "p0000008,,990101001001,+8610000000008,,,,zh-CN,,,\n")
                .body());
        assertEquals(1, report.path("refused").asInt(), report::toString);
        assertEquals(1, report.path("accepted").asInt(), report::toString);
        JsonNode shown = json(gateway.ask(
                        "admin", "POST", PERSONS + "search", "application/json", "{\"personKey\":\"" + ERASED + "\"}")
                .body());
        assertTrue(shown.path("erased").asBoolean());
        assertEquals(0, shown.path("persons").size());
        assertEquals(
                404,
                gateway.ask("admin", "POST", PERSONS + "search", "application/json", "{\"phone\":\"+8610000000007\"}")
                        .statusCode());
        String second = gateway.warn(OffsetDateTime.now(ZoneOffset.UTC).withNano(0));
        JsonNode after = settled(gateway, second, RESIDENTS - 1);
        assertEquals(RESIDENTS, after.path("residents").asInt(), "residents are the division table's");
        assertEquals(figures(before), figures(gateway.coverage(id)));

        Path pack = gateway.pack(id, folder.resolve("first.pack"));
        Path open = gateway.pack(second, folder.resolve("second.pack"));
        String ledger = gateway.ask("auditor", "GET", "/api/v1/ledger/export", "application/json", "")
                .body();
        Path export = Files.writeString(folder.resolve("ledger.jsonl"), ledger);
        Awaitility.await("the witness has the seal")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.isDirectory(witness) && count(witness, ".json") >= 1);
        try (Stream<Path> seals = Files.list(witness)) {
            for (Path seal : seals.toList()) {
                assertArrayEquals(
                        Files.readAllBytes(data.resolve("seals").resolve(seal.getFileName())),
                        Files.readAllBytes(seal));
            }
        }
        for (Path one : List.of(pack, open)) {
            assertEquals(
                    0,
                    Tocsin.commandLine()
                            .execute(
                                    "verify",
                                    one.toString(),
                                    "--seals",
                                    witness.toString(),
                                    "--ledger",
                                    export.toString()));
        }
        assertFalse(ledger.contains(ERASED) || ledger.contains("10000000007"), "the ledger names nobody");
        for (String act : List.of("ledger.seal", "retention.remove", "person.show", "person.erase")) {
            assertTrue(ledger.contains("\"" + act + "\""), act);
        }
    }

    /** An Update that nobody will ever sign. */
    private static String forgottenUpdate(OffsetDateTime now) {
        String before = DemoClient.alert(now);
        return DemoClient.alert(now.minusSeconds(1))
                .replace("411426000000", "990101000000")
                .replace("<msgType>Alert<", "<msgType>Update<")
                .replace(
                        "</note>",
                        "</note><references>" + text(before, "sender") + "," + text(before, "identifier") + ","
                                + text(before, "sent") + "</references>");
    }

    private static String text(String xml, String element) {
        int from = xml.indexOf("<" + element + ">") + element.length() + 2;
        return xml.substring(from, xml.indexOf("</" + element + ">", from));
    }

    private static int erase(RunningGateway gateway) {
        return gateway.ask("admin", "DELETE", PERSONS + ERASED, "application/json", "")
                .statusCode();
    }

    private static String deliveries(String id) {
        return "/api/v1/warnings/" + id + "/deliveries";
    }

    private static JsonNode figures(JsonNode coverage) {
        return ((ObjectNode) coverage.deepCopy()).without(List.of("asOf", "timeliness"));
    }

    private static JsonNode settled(RunningGateway gateway, String id, int planned) {
        Awaitility.await("all have a final report")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    JsonNode sms = gateway.coverage(id).path("channels").path("sms");
                    return sms.path("planned").asInt() == planned
                            && sms.path("delivered").asInt()
                                            + sms.path("failed").asInt()
                                    == planned;
                });
        return gateway.coverage(id);
    }

    private static long archived(Path data, String suffix) throws Exception {
        Path archive = data.resolve("archive");
        return Files.isDirectory(archive) ? count(archive, suffix) : 0;
    }

    private static long count(Path folder, String suffix) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).count();
        }
    }

    private static JsonNode json(String text) throws Exception {
        return new JsonMapper().readTree(text.getBytes(StandardCharsets.UTF_8));
    }
}
