package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Level;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.Sample;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.ledger.Verification;
import org.tocsin.gateway.ledger.Verification.Fault;
import org.tocsin.gateway.ledger.Verification.Kind;

@ExtendWith(RedisExtension.class)
class RedisLedgerTest {
    private static final Instant AT = Instant.parse("2026-07-20T00:00:00.123Z");
    private static final String ENTRIES = "{tocsin}:ledger";
    private static final String HEAD = "{tocsin}:ledger:head";

    @TempDir
    Path data = Path.of("");

    @Test
    void beginsWithGenesisAndChainsOn(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);

        LedgerEntry first = ledger.append(deed(AT, "one"));
        LedgerEntry second = ledger.append(deed(AT.minusSeconds(3600), "two"));

        assertEquals(1, first.sequence());
        assertEquals(LedgerEntry.GENESIS, first.previousHash());
        assertEquals(first.hash(), second.previousHash());
        assertEquals(second.head(), ledger.head());
        List<LedgerEntry> kept = new ArrayList<>();
        ledger.read(1, kept::add);
        assertEquals(List.of(first, second), kept);
        assertTrue(ledger.verify().holds());
    }

    @Test
    void holdsWhileEmpty(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);

        assertEquals(LedgerHead.EMPTY, ledger.head());
        assertEquals(new Verification(0, List.of()), ledger.verify());
    }

    @Test
    void readsInPagesFromAnyPlace(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        for (int i = 0; i < 1203; i++) {
            ledger.append(deed(AT, "n" + i));
        }

        List<Long> sequences = new ArrayList<>();
        ledger.read(200, entry -> sequences.add(entry.sequence()));

        assertEquals(1004, sequences.size());
        assertEquals(200, sequences.get(0));
        assertEquals(1203, ledger.verify().entries());
    }

    @Test
    void chainsWhatSeveralGatewaysWriteAtOnce(Redis redis) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                RedisLedger ledger = new RedisLedger(redis);
                String actor = "gateway" + writer;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        ledger.append(new Deed(AT, actor, "act", "s" + i, ""));
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        Verification found = new RedisLedger(redis).verify();

        assertEquals(new Verification(200, List.of()), found);
    }

    @Test
    void namesAnEntryThatWasRemovedFromRedis(Redis redis) {
        RedisLedger ledger = threeEntries(redis);

        redis.connection().sync().xdel(ENTRIES, "2-0");

        assertEquals(List.of(new Fault(Kind.REMOVED, 2)), ledger.verify().faults());
    }

    @Test
    void namesTheLastEntriesThatWereCutOff(Redis redis) {
        RedisLedger ledger = threeEntries(redis);

        redis.connection().sync().xdel(ENTRIES, "3-0");

        assertEquals(List.of(new Fault(Kind.REMOVED, 3)), ledger.verify().faults());
    }

    @Test
    void namesAnEntryThatWasChangedInRedis(Redis redis) {
        RedisLedger ledger = threeEntries(redis);
        rewrite(redis, 2, text -> text.replace("two", "six"));

        assertEquals(List.of(new Fault(Kind.CHANGED, 2)), ledger.verify().faults());
    }

    @Test
    void namesAnEntryThatIsNoJsonAnyMore(Redis redis) {
        RedisLedger ledger = threeEntries(redis);
        rewrite(redis, 2, text -> "{");

        assertEquals(List.of(new Fault(Kind.CHANGED, 2)), ledger.verify().faults());
    }

    @Test
    void namesAnEntryThatWasPutBehindTheHead(Redis redis) {
        RedisLedger ledger = threeEntries(redis);
        redis.connection().sync().xadd(ENTRIES, new XAddArgs().id("4-0"), Map.of("entry", "{}".getBytes(UTF_8)));

        assertEquals(List.of(new Fault(Kind.ADDED, 4)), ledger.verify().faults());
    }

    @Test
    void namesEntriesThatWereReordered(Redis redis) {
        RedisLedger ledger = threeEntries(redis);
        String second = text(redis, "2-0");
        String third = text(redis, "3-0");

        rewrite(redis, 2, text -> third);
        rewrite(redis, 3, text -> second);

        assertEquals(List.of(new Fault(Kind.REORDERED, 2)), ledger.verify().faults());
    }

    @Test
    void namesAnEntryThatWasPutBetween(Redis redis) {
        RedisLedger ledger = threeEntries(redis);
        List<StreamMessage<String, byte[]>> all = redis.connection().sync().xrange(ENTRIES, Range.unbounded());
        redis.connection().sync().del(ENTRIES);
        for (StreamMessage<String, byte[]> message : all) {
            redis.connection().sync().xadd(ENTRIES, new XAddArgs().id(message.getId()), message.getBody());
            if (message.getId().equals("2-0")) {
                redis.connection().sync().xadd(ENTRIES, new XAddArgs().id("2-1"), message.getBody());
            }
        }

        assertEquals(List.of(new Fault(Kind.ADDED, 2)), ledger.verify().faults());
    }

    @Test
    void namesAnEntryThatWasPutWhereAPageEnds(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        for (int i = 0; i < 500; i++) {
            ledger.append(deed(AT, "n" + i));
        }
        redis.connection().sync().xadd(ENTRIES, new XAddArgs().id("500-1"), Map.of("entry", "{}".getBytes(UTF_8)));

        Verification found = ledger.verify();

        assertEquals(501, found.entries());
        assertEquals(Set.of(500L), places(found));
    }

    @Test
    void namesAnEntryThatWasRewrittenTogetherWithItsHash(Redis redis) {
        RedisLedger ledger = threeEntries(redis);
        List<LedgerEntry> kept = new ArrayList<>();
        ledger.read(1, kept::add);
        LedgerEntry forged = LedgerEntry.after(kept.get(0).head(), deed(AT, "six"));
        String second = text(redis, "2-0");
        rewrite(redis, 2, text -> second.replace("two", "six")
                .replace(kept.get(1).hash(), forged.hash()));

        assertEquals(List.of(new Fault(Kind.CHANGED, 2)), ledger.verify().faults());
    }

    @Test
    void namesAHeadThatWasSetBack(Redis redis) {
        RedisLedger ledger = threeEntries(redis);
        List<LedgerEntry> kept = new ArrayList<>();
        ledger.read(1, kept::add);
        redis.connection().sync().set(HEAD, ("2 " + kept.get(1).hash()).getBytes(UTF_8));

        assertEquals(List.of(new Fault(Kind.ADDED, 3)), ledger.verify().faults());
    }

    @Test
    void changesNothingWhereAnEntryStandsBehindTheHead(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());
        redis.connection().sync().xadd(ENTRIES, new XAddArgs().id("1-0"), Map.of("entry", "{}".getBytes(UTF_8)));

        assertThrows(
                IllegalStateException.class,
                () -> desk.post(Sample.alert("A1").level(Level.III).posting()));

        assertEquals(List.of(), desk.store.findByIdentifier("A1"));
        assertEquals(LedgerHead.EMPTY, desk.ledger.head());
    }

    @Test
    void chainsWhatTwoGatewaysWriteOverTheirOwnConnections() throws Exception {
        try (EmbeddedRedis server = EmbeddedRedis.start(data);
                Redis one = Redis.connect(server.uri());
                Redis other = Redis.connect(server.uri())) {
            SignOffDesk here = new SignOffDesk(one, ApprovalMatrix.standard(), 1);
            SignOffDesk there = new SignOffDesk(other, ApprovalMatrix.standard(), 2);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<?>> running = new ArrayList<>();
                for (int writer = 0; writer < 4; writer++) {
                    SignOffDesk desk = writer % 2 == 0 ? here : there;
                    String name = "w" + writer + "-";
                    running.add(threads.submit(() -> {
                        for (int i = 0; i < 25; i++) {
                            Warning posted = desk.post(
                                    Sample.alert(name + i).level(Level.III).posting());
                            desk.signedBy(SignOffDesk.SIGNER, posted);
                        }
                    }));
                }
                for (Future<?> each : running) {
                    each.get();
                }
            } finally {
                threads.shutdownNow();
            }

            assertEquals(new Verification(300, List.of()), here.ledger.verify());
            assertEquals(here.ledger.head(), there.ledger.head());
        }
    }

    private static Set<Long> places(Verification found) {
        return found.faults().stream().map(Fault::sequence).collect(Collectors.toSet());
    }

    private static String text(Redis redis, String id) {
        return new String(
                redis.connection()
                        .sync()
                        .xrange(ENTRIES, Range.create(id, id))
                        .get(0)
                        .getBody()
                        .get("entry"),
                UTF_8);
    }

    private interface Rewriting {
        String of(String text);
    }

    /** Redis streams cannot be edited: the whole stream is written anew with one entry changed. */
    private static void rewrite(Redis redis, int which, Rewriting rewriting) {
        List<StreamMessage<String, byte[]>> all = redis.connection().sync().xrange(ENTRIES, Range.unbounded());
        redis.connection().sync().del(ENTRIES);
        for (StreamMessage<String, byte[]> message : all) {
            String text = new String(message.getBody().get("entry"), UTF_8);
            String written = message.getId().equals(which + "-0") ? rewriting.of(text) : text;
            redis.connection()
                    .sync()
                    .xadd(ENTRIES, new XAddArgs().id(message.getId()), Map.of("entry", written.getBytes(UTF_8)));
        }
    }

    private static RedisLedger threeEntries(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        ledger.append(deed(AT, "one"));
        ledger.append(deed(AT, "two"));
        ledger.append(deed(AT, "three"));
        return ledger;
    }

    private static Deed deed(Instant at, String subject) {
        return new Deed(at, "actor", "act", subject, "");
    }
}
