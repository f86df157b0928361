package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * Kills the gateway, its Redis and both in mid-dispatch, at moments from a printed seed, and compares what is left with
 * the carrier's own book. {@code -Dcrash.seed} replays a run, {@code -Dcrash.residents} makes it larger.
 */
class CrashIT {
    private static final int RESIDENTS = Integer.getInteger("crash.residents", 12_000);
    private static final int KILLS = 3;
    /** Rule 2: what a crash may repeat at most, a link: max(binds × window, 1,024). */
    private static final int MOST_REPEATED = 1024;

    private final long seed = Long.getLong("crash.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @TempDir
    private Path folder;

    private enum Victim {
        GATEWAY,
        REDIS,
        BOTH
    }

    @Test
    void theGatewaysDeathLosesNothing() throws Exception {
        survives(Victim.GATEWAY);
    }

    @Test
    void redisDeathLosesNothing() throws Exception {
        survives(Victim.REDIS);
    }

    @Test
    void theDeathOfBothLosesNothing() throws Exception {
        survives(Victim.BOTH);
    }

    private void survives(Victim victim) throws Exception {
        System.out.println("CrashIT " + victim + " -Dcrash.seed=" + seed);
        Path truth = folder.resolve("truth");
        JsonNode evidence;
        try (SmppSimulator carrier = new SmppSimulator()) {
            Map<String, String> link = carrier.start(new SimulatorContext(
                    "sms-crash",
                    seed,
                    Map.of("delivered", 0.9, "silent", 0.0),
                    Map.of("reportDelayMillis", "200", "answerDelayMillis", "20"),
                    truth));
            RunningGateway gateway = RunningGateway.start(folder.resolve("data"), link);
            try {
                gateway.importCounty(folder, RESIDENTS);
                String id = gateway.warn(OffsetDateTime.now(ZoneOffset.UTC).withNano(0));
                for (int kill = 0; kill < KILLS; kill++) {
                    long enough = carrier.messages() + 100 + random.nextInt(RESIDENTS / KILLS - 200);
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(60))
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> carrier.messages() >= enough);
                    gateway = gateway.kill(victim != Victim.REDIS, victim != Victim.GATEWAY);
                }
                RunningGateway last = gateway;
                Awaitility.await("all have a final report")
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> isSettled(last.coverage(id)));
                // A report whose answer was lost in a crash is sent, and answered, once more. The book is being
                // written: its last line may be half one.
                Awaitility.await("the carrier's book knows each report as answered")
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(500))
                        .ignoreExceptionsInstanceOf(IllegalArgumentException.class)
                        .until(() -> CarriersBooks.read(truth).delivered("sms") >= delivered(last.coverage(id)));
                evidence = last.coverage(id);
            } finally {
                gateway.close();
            }
        }
        check(evidence, CarriersBooks.read(truth));
    }

    private static boolean isSettled(JsonNode coverage) {
        JsonNode sms = coverage.path("channels").path("sms");
        return sms.path("planned").asInt() == RESIDENTS
                && sms.path("delivered").asInt() + sms.path("failed").asInt() == RESIDENTS;
    }

    private static long delivered(JsonNode coverage) {
        return coverage.path("channels").path("sms").path("delivered").asLong(Long.MAX_VALUE);
    }

    private static void check(JsonNode coverage, CarriersBooks books) {
        JsonNode sms = coverage.path("channels").path("sms");
        System.out.println("CrashIT doubles: " + books.doubles() + ", " + sms);
        assertEquals(RESIDENTS, books.addresses("sms"), "every addressee is in the carrier's book");
        assertEquals(books.delivered("sms"), sms.path("delivered").asLong(), "answered DELIVRD reports are all held");
        assertTrue(books.doubles() <= (long) KILLS * MOST_REPEATED, "doubles: " + books.doubles());
    }
}
