package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/** Two real SMPP links of a running gateway, of which one drops midway: nobody is lost, few are sent to twice. */
class FailoverIT {
    private static final int RESIDENTS = 6_000;
    /** Rule 2: what was in flight, unanswered, when a link dropped is at most max(binds × window, 1,024). */
    private static final int MOST_IN_FLIGHT = 1_024;

    @TempDir
    private Path folder;

    @Test
    void aProviderThatGoesMidwayLosesNobody() throws Exception {
        try (SmppSimulator failing = new SmppSimulator();
                SmppSimulator staying = new SmppSimulator()) {
            Map<String, String> first = failing.start(context("sms-crash", "first"));
            StringBuilder second = new StringBuilder("  sms-other:\n");
            Map<String, String> settings = new TreeMap<>(staying.start(context("sms-other", "second")));
            settings.put("channel", "sms");
            settings.put("provider", "other");
            settings.forEach((name, value) -> second.append("    ")
                    .append(name)
                    .append(": '")
                    .append(value)
                    .append("'\n"));
            RunningGateway gateway = RunningGateway.start(folder.resolve("data"), first, second.toString());
            try {
                gateway.importCounty(folder, RESIDENTS);
                Awaitility.await("both are bound")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> failing.connections() > 0 && staying.connections() > 0);
                String warning = gateway.warn(OffsetDateTime.now(ZoneOffset.UTC).withNano(0));
                Awaitility.await("one has taken a part")
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> failing.messages() >= RESIDENTS / 10);
                failing.down(true);

                RunningGateway running = gateway;
                Awaitility.await("all are with a carrier")
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> sms(running, warning).path("accepted").asInt() == RESIDENTS);
                // The reports that it owes come when it is there again.
                failing.down(false);
                Awaitility.await("all have a final report")
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> sms(running, warning).path("noReport").asInt() == 0);

                Set<String> both = new HashSet<>(failing.seen());
                Set<String> all = new HashSet<>(both);
                all.addAll(staying.seen());
                both.retainAll(staying.seen());
                System.out.println("FailoverIT: " + failing.messages() + " and " + staying.messages() + " messages, "
                        + both.size() + " by both");
                assertEquals(RESIDENTS, all.size(), "every addressee was seen by a carrier");
                assertTrue(both.size() <= MOST_IN_FLIGHT, both.size() + " were sent to twice");
                assertTrue(failing.messages() < RESIDENTS / 2 + MOST_IN_FLIGHT, "it had its share, and lost a part");
            } finally {
                gateway.close();
            }
        }
    }

    private SimulatorContext context(String link, String books) {
        return new SimulatorContext(
                link,
                1,
                Map.of("delivered", 0.9, "silent", 0.0),
                Map.of("answerDelayMillis", "20"),
                folder.resolve(books));
    }

    private static JsonNode sms(RunningGateway gateway, String warning) throws Exception {
        return gateway.coverage(warning).path("channels").path("sms");
    }
}
