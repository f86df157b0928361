package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.alert.Level;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Posting;
import org.tocsin.gateway.approval.Sample;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.Verification;

/** Many commit at once, some are refused, connections break: the chain holds, and nothing is lost or doubled. */
@ExtendWith(RedisExtension.class)
class LedgerChainTest {
    private static final Instant AT = Instant.parse("2026-07-20T00:00:00Z");
    private static final String HEAD = "{tocsin}:ledger:head";
    private static final String ENTRIES = "{tocsin}:ledger";
    private static final LedgerScript APPEND = LedgerScript.of("ledger-append");
    private static final LedgerScript CREATE_FIRST = LedgerScript.of("clients-first");

    @TempDir
    java.nio.file.Path data = java.nio.file.Path.of("");

    @Test
    void keepsTheOrderOfCallsAndChainsAnewBehindWhatIsRefused(Redis redis) {
        LedgerChain chain = new LedgerChain(redis.commitsApart(), HEAD, ENTRIES);
        List<CompletableFuture<LedgerChain.Committed>> appended = new ArrayList<>();
        List<CompletableFuture<LedgerChain.Committed>> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            appended.add(append(chain, "s" + i));
            if (i % 7 == 0) {
                clients.add(createFirst(chain));
            }
        }

        List<LedgerEntry> entries = new ArrayList<>();
        for (CompletableFuture<LedgerChain.Committed> one : appended) {
            LedgerChain.Committed committed = Waiting.plainly(one);
            assertTrue(committed.isDone());
            entries.addAll(committed.entries());
        }
        List<String> answers = clients.stream()
                .map(Waiting::plainly)
                .map(LedgerChain.Committed::answer)
                .toList();

        assertEquals("OK", answers.get(0));
        assertEquals(Collections.nCopies(28, "TAKEN"), answers.subList(1, answers.size()));
        assertEquals(entries.stream().map(LedgerEntry::sequence).sorted().toList(), sequences(entries));
        assertEquals(new Verification(201, List.of()), new RedisLedger(redis).verify());
        assertEquals(
                LongStream.rangeClosed(1, 201).boxed().toList(),
                sequences(kept(redis)),
                "no number is left out or twice");
    }

    @Test
    void sendsManyAsOneTransaction(Redis redis) {
        LedgerChain chain = new LedgerChain(redis.commitsApart(), HEAD, ENTRIES);
        long before = executions(redis);

        List<CompletableFuture<LedgerChain.Committed>> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(append(chain, "s" + i));
        }
        all.forEach(Waiting::plainly);

        assertTrue(executions(redis) - before < 150, "groups, not one by one");
        assertEquals(300, new RedisLedger(redis).verify().entries());
    }

    @Test
    void sendsItsScriptsAgainToAServerThatHasForgottenThem(Redis redis) {
        LedgerChain chain = new LedgerChain(redis.commitsApart(), HEAD, ENTRIES);
        List<CompletableFuture<LedgerChain.Committed>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            if (i % 10 == 0) {
                redis.connection().sync().scriptFlush();
            }
            all.add(append(chain, "s" + i));
        }

        all.forEach(one -> assertTrue(Waiting.plainly(one).isDone()));

        assertEquals(new Verification(100, List.of()), new RedisLedger(redis).verify());
    }

    @Test
    void doesNotBeginWhatWasTakenBack(Redis redis) {
        LedgerChain chain = new LedgerChain(redis.commitsApart(), HEAD, ENTRIES);
        CompletableFuture<LedgerChain.Committed> first = append(chain, "first");
        CompletableFuture<LedgerChain.Committed> second = append(chain, "second");
        boolean takenBack = second.cancel(false);

        Waiting.plainly(first);
        Waiting.plainly(append(chain, "third"));

        // The first may have been answered before the second was cancelled; then it was under way.
        List<String> subjects = kept(redis).stream().map(LedgerEntry::subject).toList();
        assertTrue(takenBack || subjects.contains("second"));
        assertTrue(subjects.contains("first") && subjects.contains("third"));
        assertTrue(new RedisLedger(redis).verify().holds());
    }

    @Test
    void failsWhatCannotBeWrittenAndGoesOn(Redis redis) {
        LedgerChain chain = new LedgerChain(redis.commitsApart(), HEAD, ENTRIES);
        redis.connection().sync().set("{tocsin}:clients", new byte[] {'x'});

        CompletableFuture<LedgerChain.Committed> before = append(chain, "before");
        CompletableFuture<LedgerChain.Committed> broken = createFirst(chain);
        CompletableFuture<LedgerChain.Committed> after = append(chain, "after");

        assertThrows(RedisException.class, () -> Waiting.plainly(broken), "a key of another kind");
        assertTrue(Waiting.plainly(before).isDone());
        assertTrue(Waiting.plainly(after).isDone());
        assertEquals(new Verification(2, List.of()), new RedisLedger(redis).verify());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void takesEachAlertOnceHoweverManySendItToTwoGateways(long seed) throws Exception {
        try (EmbeddedRedis server = EmbeddedRedis.start(data);
                Redis one = Redis.connect(server.uri());
                Redis other = Redis.connect(server.uri())) {
            SignOffDesk[] desks = {desk(one, 2 * seed), desk(other, 2 * seed + 1)};
            Map<String, Integer> created = new ConcurrentHashMap<>();

            atOnce(12, thread -> () -> {
                Random random = new Random(seed * 100 + thread);
                for (int i = 0; i < 40; i++) {
                    String name = "A" + random.nextInt(120);
                    Decision decision = desks[random.nextInt(2)].signOff.post(SignOffDesk.ISSUER, posting(name), false);
                    if (decision instanceof Decision.Done) {
                        created.merge(name, 1, Integer::sum);
                    } else {
                        assertTrue(decision instanceof Decision.Known, decision.toString());
                    }
                }
                return null;
            });

            assertTrue(created.values().stream().allMatch(times -> times == 1), created.toString());
            isKeptOnce(desks[0], one, created.keySet().size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void losesAndDoublesNothingWhenConnectionsBreak(long seed) throws Exception {
        try (EmbeddedRedis server = EmbeddedRedis.start(data);
                Redis one = Redis.connect(server.uri());
                Redis other = Redis.connect(server.uri());
                Redis killer = Redis.connect(server.uri())) {
            SignOffDesk[] desks = {desk(one, 2 * seed), desk(other, 2 * seed + 1)};
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            Thread cutting = new Thread(() -> {
                Random random = new Random(seed);
                while (!over.get()) {
                    killer.connection()
                            .sync()
                            .clientKill(KillArgs.Builder.typeNormal().skipme());
                    int enough = answered.get() + 5 + random.nextInt(15);
                    Awaitility.await()
                            .atMost(Duration.ofMinutes(1))
                            .until(() -> over.get() || answered.get() >= enough);
                }
            });
            cutting.start();
            try {
                atOnce(8, thread -> () -> {
                    for (int i = 0; i < 25; i++) {
                        postUntilAnswered(desks[(thread + i) % 2], posting("w" + thread + "-" + i));
                        answered.incrementAndGet();
                    }
                    return null;
                });
            } finally {
                over.set(true);
                cutting.join();
            }

            isKeptOnce(desk(killer, 99), killer, 200);
        }
    }

    private static void isKeptOnce(SignOffDesk desk, Redis redis, int warnings) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            WarningStore.Page page =
                    desk.store.list(new WarningStore.Query(java.util.Set.<WarningState>of(), null, cursor, 50));
            page.warnings().forEach(warning -> ids.add(warning.id()));
            cursor = page.cursor();
        } while (cursor != null);
        assertEquals(warnings, ids.size());
        assertEquals(new Verification(2L * warnings, List.of()), desk.ledger.verify());
        List<String> deeds = kept(redis).stream()
                .map(entry -> entry.act() + " " + entry.subject())
                .sorted()
                .toList();
        assertEquals(
                ids.stream()
                        .flatMap(id -> java.util.stream.Stream.of("warning.create " + id, "warning.submit " + id))
                        .sorted()
                        .toList(),
                deeds);
    }

    /** Sends as a sender must: again, until there is an answer. */
    private static void postUntilAnswered(SignOffDesk desk, Posting posting) {
        for (int attempt = 0; ; attempt++) {
            try {
                Decision decision = desk.signOff.post(SignOffDesk.ISSUER, posting, false);
                assertFalse(decision instanceof Decision.Denied, decision.toString());
                return;
            } catch (RedisException cut) {
                assertTrue(attempt < 1000, "never answered");
                Awaitility.await("the store is there again").ignoreExceptions().until(() -> desk.ledger.head() != null);
            }
        }
    }

    private interface Work {
        Callable<Void> of(int thread);
    }

    private static void atOnce(int threads, Work work) throws ExecutionException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(pool.submit(work.of(thread)));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static SignOffDesk desk(Redis redis, long seed) {
        return new SignOffDesk(redis, ApprovalMatrix.standard(), seed);
    }

    private static Posting posting(String name) {
        return Sample.alert(name).level(Level.III).posting();
    }

    private static CompletableFuture<LedgerChain.Committed> append(LedgerChain chain, String subject) {
        return chain.commit(APPEND, List.of(new Deed(AT, "actor", "act", subject, "")), List.of(), List.of());
    }

    private static CompletableFuture<LedgerChain.Committed> createFirst(LedgerChain chain) {
        List<byte[]> client = List.of("id", "hash", "{}").stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        return chain.commit(
                CREATE_FIRST,
                List.of(new Deed(AT, "gateway", "access.bootstrap", "id", "")),
                List.of("{tocsin}:clients", "{tocsin}:clients:key"),
                client);
    }

    private static List<LedgerEntry> kept(Redis redis) {
        List<LedgerEntry> entries = new ArrayList<>();
        new RedisLedger(redis).read(1, entries::add);
        return entries;
    }

    private static List<Long> sequences(List<LedgerEntry> entries) {
        return entries.stream().map(LedgerEntry::sequence).toList();
    }

    private static long executions(Redis redis) {
        return redis.connection()
                .sync()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_exec:calls="))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*calls=([0-9]+).*", "$1")))
                .sum();
    }
}
