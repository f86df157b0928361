package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.receipt.EvidenceLog;

@ExtendWith(RedisExtension.class)
class RedisJournalTest {
    private static final int ENTRIES = 25_000;
    private static final int AT_ONCE = 1_000;
    private static final String KEY = "{link:sms}:journal";

    @Test
    void aLongJournalThatIsTrimmedToItsLastEntryLetsGoOfNearlyAllOthers(Redis redis) {
        try (RedisJournal journal = new RedisJournal(redis)) {
            append(redis);
            assertEquals(ENTRIES, redis.connection().sync().xlen(KEY));
            EvidenceLog.Start start = new EvidenceLog.Start("1-" + (ENTRIES - 1), ENTRIES - 1);

            done(journal.trim("sms", start));

            long left = redis.connection().sync().xlen(KEY);
            // Redis drops whole nodes of a stream, which hold at most 100 entries each as it is shipped.
            assertTrue(left >= 1 && left <= 100, () -> left + " of " + ENTRIES + " entries are left");
            assertEquals(start, done(journal.start("sms")));
            assertEquals(
                    List.of("1-" + ENTRIES),
                    done(journal.read("sms", start.after(), 10)).stream()
                            .map(EvidenceLog.Entry::id)
                            .toList());
        }
    }

    @Test
    void aStartThatLiesNoLaterThanTheOneKeptTrimsNothing(Redis redis) {
        try (RedisJournal journal = new RedisJournal(redis)) {
            EvidenceLog.Start kept = new EvidenceLog.Start("2-7", 40);
            done(journal.trim("sms", kept));

            done(journal.trim("sms", new EvidenceLog.Start("2-7", 41)));
            done(journal.trim("sms", new EvidenceLog.Start("1-900", 12)));

            assertEquals(kept, done(journal.start("sms")));
        }
    }

    /** Many in one go: an answer awaited for each would take as long as so many ways to the disk. */
    private static void append(Redis redis) {
        try (StatefulRedisConnection<String, byte[]> bulk = redis.connectApart()) {
            bulk.setAutoFlushCommands(false);
            for (int before = 0; before < ENTRIES; before += AT_ONCE) {
                RedisFuture<?>[] answers = IntStream.rangeClosed(before + 1, before + AT_ONCE)
                        .mapToObj(sequence -> bulk.async()
                                .xadd(KEY, new XAddArgs().id("1-" + sequence), Map.of("e", new byte[] {1, 2, 3})))
                        .toArray(RedisFuture<?>[]::new);
                bulk.flushCommands();
                assertTrue(LettuceFutures.awaitAll(Duration.ofSeconds(30), answers));
            }
        }
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
