package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * A closed warning goes into the archive, and its figures, deliveries and pack stay what they were, also after a crash.
 */
class SealingIT {
    private static final int RESIDENTS = 3_000;

    @TempDir
    private Path folder;

    @Test
    void aSealedWarningSaysWhatItSaidBeforeAndAnOpenOneLosesNothing() throws Exception {
        try (SmppSimulator carrier = new SmppSimulator()) {
            Map<String, String> link = carrier.start(new SimulatorContext(
                    "sms-crash", 1, Map.of("delivered", 0.9, "silent", 0.0), Map.of(), folder.resolve("truth")));
            Path data = folder.resolve("data");
            RunningGateway gateway = RunningGateway.start(data, link, "evidence: {sealAfterMinutes: 0}\n");
            try {
                gateway.importCounty(folder, RESIDENTS);
                OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).withNano(0);
                String first = gateway.warn(now);
                settled(gateway, first);
                String second = gateway.warn(now.plusSeconds(1));
                JsonNode open = settled(gateway, second);
                JsonNode before = settled(gateway, first);
                JsonNode deliveries = gateway.deliveries(first);
                JsonNode report = gateway.report(first);
                assertFalse(report.path("settled").asBoolean());
                assertEquals(
                        before.path("confirmed").asInt(),
                        report.at("/coverage/confirmed").asInt());
                assertEquals(
                        Math.min(200, report.at("/unreached/failed").asInt()),
                        gateway.unreached(first).path("persons").size(),
                        "a page of those who were not reached");
                assertEquals(0, gateway.unreached(first).path("removed").asInt(-1));

                gateway.end(first);
                Awaitility.await("the pack lies in the archive")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> archived(data.resolve("archive"), ".pack") != null);
                Path pack = Objects.requireNonNull(archived(data.resolve("archive"), ".pack"));
                assertEquals(deliveries, gateway.deliveries(first));
                same(before, gateway.coverage(first));
                sameFigures(report, gateway.report(first));
                assertArrayEquals(
                        Files.readAllBytes(pack),
                        Files.readAllBytes(gateway.pack(first, folder.resolve("first.pack"))));
                assertEquals(
                        0,
                        Tocsin.commandLine()
                                .execute("verify", folder.resolve("first.pack").toString()));

                RunningGateway again = gateway.kill(true, true);
                try {
                    Awaitility.await("the gateway answers")
                            .atMost(Duration.ofSeconds(60))
                            .until(() -> again.coverage(first).has("channels"));
                    same(before, again.coverage(first));
                    sameFigures(report, again.report(first));
                    assertEquals(deliveries, again.deliveries(first));
                    same(open, settled(again, second));
                    JsonNode survey = again.send(
                            "auditor", "POST", "/api/v1/warnings/" + first + "/survey", "application/json", "{}");
                    assertEquals(RESIDENTS, survey.path("plan").path("inFrame").asInt(), "of the sealed one, too");
                    assertEquals(before.path("lower"), survey.path("measured").path("lower"));
                    settled(again, again.warn(now.plusSeconds(2)));
                } finally {
                    again.close();
                }
            } finally {
                gateway.close();
            }
        }
    }

    /** A settled report with the figures of the live one. */
    private static void sameFigures(JsonNode live, JsonNode sealed) {
        assertTrue(sealed.path("settled").asBoolean());
        for (String part : List.of("coverage", "designed", "unreached", "townships", "villages", "audiences", "goal")) {
            assertEquals(live.path(part), sealed.path(part), part);
        }
    }

    private static @Nullable Path archived(Path archive, String suffix) throws Exception {
        if (!Files.isDirectory(archive)) {
            return null;
        }
        try (Stream<Path> files = Files.list(archive)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(suffix)).toList();
            assertTrue(found.size() < 2, found::toString);
            return found.isEmpty() ? null : found.get(0);
        }
    }

    private static JsonNode settled(RunningGateway gateway, String id) {
        Awaitility.await("all have a final report")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    JsonNode sms = gateway.coverage(id).path("channels").path("sms");
                    return sms.path("planned").asInt() == RESIDENTS
                            && sms.path("delivered").asInt()
                                            + sms.path("failed").asInt()
                                    == RESIDENTS;
                });
        return gateway.coverage(id);
    }

    /** The same but for when it was said and, of different warnings, how fast it went. */
    private static void same(JsonNode one, JsonNode other) {
        assertEquals(
                ((ObjectNode) one.deepCopy()).without(List.of("asOf", "timeliness")),
                ((ObjectNode) other.deepCopy()).without(List.of("asOf", "timeliness")));
    }
}
