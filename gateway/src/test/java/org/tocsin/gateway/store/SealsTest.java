package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.ledger.LiveCheck;
import org.tocsin.gateway.ledger.Seal;
import org.tocsin.gateway.ledger.Sealer;
import org.tocsin.gateway.ledger.TestKeys;
import org.tocsin.gateway.ledger.Witness;
import org.tocsin.gateway.ledger.WitnessDesk;
import org.tocsin.gateway.ledger.WitnessRound;

@ExtendWith(RedisExtension.class)
class SealsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Deed ACT = new Deed(Instant.EPOCH, "signer", "warning.approve", "w1", "");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-07-19T15:59:00Z"));

    @TempDir
    private Path folder;

    private Sealer sealer(RedisLedger ledger, RedisSealStore store) {
        return new Sealer(ledger, store, () -> TestKeys.COUNTY, ZONE, now::get);
    }

    @Test
    void aDayOfTheCountyIsSealedOnceAndTheNextSealSpeaksOfItsEntry(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        RedisSealStore store = new RedisSealStore(redis, ledger);
        Sealer sealer = sealer(ledger, store);
        assertTrue(sealer.sealIfDue().isEmpty(), "an empty ledger has nothing to seal");
        ledger.append(ACT);

        Seal first = sealer.sealIfDue().orElseThrow();
        assertTrue(sealer.sealIfDue().isEmpty());
        // One minute before midnight in Shanghai; now it is a minute past.
        now.updateAndGet(time -> time.plusSeconds(120));
        ledger.append(ACT);
        Seal second = sealer.sealIfDue().orElseThrow();
        now.updateAndGet(time -> time.minusSeconds(86_400));
        assertTrue(sealer.sealIfDue().isEmpty(), "a clock that was set back seals nothing");

        assertEquals(LocalDate.of(2026, 7, 19), first.day());
        assertEquals(LocalDate.of(2026, 7, 20), second.day());
        assertEquals(1, first.sequence());
        assertEquals(3, second.sequence());
        assertEquals(first.hash(), second.previousSeal());
        List<LedgerEntry> entries = new ArrayList<>();
        ledger.read(1, entries::add);
        assertEquals(
                List.of("warning.approve", "ledger.seal", "warning.approve", "ledger.seal"),
                entries.stream().map(LedgerEntry::act).toList());
        assertEquals(first.hash(), entries.get(1).contentHash());
        LiveCheck.Found found = LiveCheck.of(ledger, store, 1, 100);
        assertEquals(List.of(), found.troubles());
        assertEquals(2, found.seals());
        assertEquals(4, found.to());
    }

    @Test
    void ofManyGatewaysOneSealsTheDay(Redis redis) throws Exception {
        RedisLedger ledger = new RedisLedger(redis);
        ledger.append(ACT);
        ExecutorService gateways = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> made = new ArrayList<>();
            for (int gateway = 0; gateway < 8; gateway++) {
                RedisLedger own = new RedisLedger(redis);
                // Each has a clock of its own: the same seal made twice would be one, and both would have made it.
                Instant time = Instant.parse("2026-07-19T15:59:00Z").plusMillis(gateway);
                Sealer sealer =
                        new Sealer(own, new RedisSealStore(redis, own), () -> TestKeys.COUNTY, ZONE, () -> time);
                made.add(gateways.submit(() -> sealer.sealIfDue().isPresent()));
            }
            int seals = 0;
            for (Future<Boolean> one : made) {
                seals += one.get() ? 1 : 0;
            }
            assertEquals(1, seals);
            assertEquals(2, ledger.head().sequence());
            assertEquals(1, new RedisSealStore(redis, ledger).count());
        } finally {
            gateways.shutdownNow();
        }
    }

    @Test
    void aLiveLedgerThatWasWrittenAnewIsFoundInParts(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        RedisSealStore store = new RedisSealStore(redis, ledger);
        for (int day = 0; day < 3; day++) {
            for (int act = 0; act < 4; act++) {
                ledger.append(ACT);
            }
            sealer(ledger, store).sealIfDue();
            now.updateAndGet(time -> time.plusSeconds(86_400));
        }
        List<LedgerEntry> entries = new ArrayList<>();
        ledger.read(1, entries::add);
        LedgerHead head = entries.get(4).head();
        // All from the sixth entry on, each following the one before.
        for (LedgerEntry old : entries.subList(5, entries.size())) {
            LedgerEntry forged = LedgerEntry.after(
                    head, new Deed(old.at(), "somebody else", old.act(), old.subject(), old.contentHash()));
            redis.connection().sync().xdel("{tocsin}:ledger", old.sequence() + "-0");
            head = forged.head();
            entries.set((int) forged.sequence() - 1, forged);
        }
        redis.connection().sync().del("{tocsin}:ledger");
        for (LedgerEntry entry : entries) {
            redis.connection()
                    .sync()
                    .xadd(
                            "{tocsin}:ledger",
                            new io.lettuce.core.XAddArgs().id(entry.sequence() + "-0"),
                            Map.of(StoredLedger.FIELD, StoredLedger.encode(entry)));
        }
        redis.connection().sync().set("{tocsin}:ledger:head", StoredLedger.encode(head));

        assertTrue(ledger.verify().holds(), "the chain itself follows");
        LiveCheck.Found first = LiveCheck.of(ledger, store, 1, 7);
        assertEquals(List.of(), first.troubles());
        assertEquals(7, first.to());
        LiveCheck.Found rest = LiveCheck.of(ledger, store, 8, 100);
        assertFalse(rest.troubles().isEmpty());
        assertEquals("entries 8 to 9", rest.troubles().get(0).place());
    }

    @Test
    void aSealsFileIsWrittenOnceAndNeverAgain() throws Exception {
        SealFolder files = SealFolder.own(folder.resolve("seals"));
        Seal seal = seal(null, 5, TestKeys.COUNTY);
        Seal other = Seal.after(null, new LedgerHead(5, "0".repeat(64)), seal.day(), seal.at(), TestKeys.COUNTY);

        files.keep(seal);
        files.keep(seal);
        Witness.Failed refused = assertThrows(Witness.Failed.class, () -> files.show(other));

        assertEquals(Witness.Failed.Kind.REFUSED, refused.kind());
        Witness.Failed away = assertThrows(Witness.Failed.class, () -> SealFolder.witness(folder.resolve("mount"))
                .show(seal));
        assertEquals(Witness.Failed.Kind.AWAY, away.kind(), "a mount that is away is not made up");
        assertFalse(Files.exists(folder.resolve("mount")));
        Path file = folder.resolve("seals").resolve(seal.day() + ".json");
        assertEquals(seal, Seal.read(Files.readAllBytes(file)));
        try (var all = Files.list(folder.resolve("seals"))) {
            assertEquals(1, all.count());
        }
        SealFolder.witness(folder).keep(seal);
        assertTrue(
                Files.getPosixFilePermissions(folder.resolve(seal.day() + ".json"))
                        .contains(java.nio.file.attribute.PosixFilePermission.GROUP_READ),
                "its people may read it");
    }

    @Test
    void aWitnessKeepsOneRowOfASignerAndRefusesWhatContradictsIt(Redis redis) {
        now.set(Instant.parse("2026-08-01T00:00:00Z"));
        RedisLedger ledger = new RedisLedger(redis);
        String signer = TestKeys.fingerprint(TestKeys.COUNTY);
        WitnessDesk desk = new WitnessDesk(
                new RedisWitnessBook(redis, ledger),
                Map.of("neighbour", Set.of(signer)),
                () -> TestKeys.WITNESS,
                now::get);
        Seal first = seal(null, 5, TestKeys.COUNTY);
        Seal second = seal(first, 9, TestKeys.COUNTY);
        Seal third = seal(second, 12, TestKeys.COUNTY);

        WitnessDesk.New taken = assertInstanceOf(WitnessDesk.New.class, desk.take("neighbour", first));
        assertTrue(taken.receipt().isFor(first));
        assertEquals(TestKeys.fingerprint(TestKeys.WITNESS), taken.receipt().signer());
        assertEquals(WitnessDesk.Why.GAP, refused(desk.take("neighbour", third)).why());
        assertInstanceOf(WitnessDesk.New.class, desk.take("neighbour", second));
        assertInstanceOf(WitnessDesk.New.class, desk.take("neighbour", third));
        WitnessDesk.Known known = assertInstanceOf(WitnessDesk.Known.class, desk.take("neighbour", first));
        assertEquals(taken.receipt(), known.receipt());

        Seal forged = seal(first, 8, TestKeys.COUNTY);
        WitnessDesk.Refused contradiction = refused(desk.take("neighbour", forged));
        assertEquals(WitnessDesk.Why.CONTRADICTION, contradiction.why());
        assertTrue(contradiction.message().contains(forged.hash()), contradiction.message());
        assertTrue(contradiction.message().contains(second.hash()), contradiction.message());
        assertEquals(
                WitnessDesk.Why.CONTRADICTION,
                refused(desk.take("neighbour", seal(third, 12, TestKeys.COUNTY)))
                        .why(),
                "a later day without an entry more");
        assertEquals(
                WitnessDesk.Why.GAP,
                refused(desk.take("neighbour", seal(forged, 20, TestKeys.COUNTY, 3)))
                        .why(),
                "a later day that follows from a forged one");
        assertEquals(
                WitnessDesk.Why.DAY,
                refused(desk.take("neighbour", seal(third, 30, TestKeys.COUNTY, 400)))
                        .why(),
                "a clock that runs ahead must not end the row");
        assertEquals(WitnessDesk.Why.SIGNER, refused(desk.take("other", third)).why());
        assertEquals(
                WitnessDesk.Why.SIGNER,
                refused(desk.take("neighbour", seal(third, 20, TestKeys.WITNESS)))
                        .why());
        assertEquals(3, desk.kept(signer, 0, 10).size(), "what was refused changed nothing");

        Seal fork = seal(first, 20, TestKeys.COUNTY, 5);
        WitnessDesk.Refused forked = refused(desk.take("neighbour", fork));
        assertEquals(WitnessDesk.Why.CONTRADICTION, forked.why(), "a later day that follows from an earlier seal");
        assertTrue(forked.message().contains(second.hash()), forked.message());
        assertEquals(
                WitnessDesk.Why.CONTRADICTION,
                refused(desk.take("neighbour", seal(null, 30, TestKeys.COUNTY, 6)))
                        .why(),
                "a later day that says that it is the first");
        desk.take("neighbour", fork);
        assertEquals(4, desk.contradictions(signer).size(), "each is kept once, as a proof");
        assertTrue(desk.contradictions(signer).containsAll(List.of(forged, fork)));
        assertEquals(4, desk.contradictionCount());
        assertEquals(3 + 4, ledger.head().sequence());
        assertEquals(3, desk.kept(signer, 0, 10).size());
    }

    @Test
    void aWitnessThatCameLaterTakesASealFromBeforeForNoContradiction(Redis redis) {
        now.set(Instant.parse("2026-08-01T00:00:00Z"));
        WitnessDesk desk = new WitnessDesk(
                new RedisWitnessBook(redis, new RedisLedger(redis)),
                Map.of("neighbour", Set.of(TestKeys.fingerprint(TestKeys.COUNTY))),
                () -> TestKeys.WITNESS,
                now::get);
        Seal first = seal(null, 5, TestKeys.COUNTY);
        assertInstanceOf(WitnessDesk.New.class, desk.take("neighbour", seal(first, 9, TestKeys.COUNTY)));

        assertEquals(WitnessDesk.Why.DAY, refused(desk.take("neighbour", first)).why());
        assertEquals(0, desk.contradictionCount());
    }

    @Test
    void aStoreThatWasSetBackAndWentOnIsRefusedByItsWitnessForGood(Redis redis) {
        now.set(Instant.parse("2026-07-25T00:00:00Z"));
        RedisLedger ledger = new RedisLedger(redis);
        RedisSealStore store = new RedisSealStore(redis, ledger);
        Seal first = seal(null, 5, TestKeys.COUNTY);
        store.keep(first, 0);
        store.keep(seal(first, 8, TestKeys.COUNTY, 3), 1);
        List<Seal> kept = new ArrayList<>(List.of(first, seal(first, 6, TestKeys.COUNTY, 1)));
        WitnessRound round = new WitnessRound(
                new FakeWitness(seal -> {
                    if (!kept.contains(seal)) {
                        throw new Witness.Failed(Witness.Failed.Kind.GAP, "it follows another");
                    }
                    return "known";
                }),
                store,
                now::get);

        round.bring();
        assertFalse(round.state().refused(), "perhaps it has lost some");
        for (int attempt = 0; attempt < 2; attempt++) {
            now.updateAndGet(time -> time.plusSeconds(3600));
            round.bring();
            assertTrue(round.state().refused(), "it got all again, and still wants others");
        }
        kept.addAll(store.read(0, 10));
        now.updateAndGet(time -> time.plusSeconds(86_400));
        round.bring();
        assertFalse(round.state().refused());
        assertEquals(0, round.state().behind());
    }

    @Test
    void whatAWitnessConfirmedCountsForTheSealsThatThereAreAndForItAlone(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        RedisSealStore store = new RedisSealStore(redis, ledger);
        for (int day = 0; day < 3; day++) {
            ledger.append(ACT);
            sealer(ledger, store).sealIfDue();
            now.updateAndGet(time -> time.plusSeconds(86_400));
        }
        WitnessRound round = new WitnessRound(new FakeWitness(seal -> "seen"), store, now::get);
        round.bring();
        assertEquals(3, round.state().confirmed());
        assertFalse(round.state().contradicted());

        redis.connection().sync().ltrim("{tocsin}:ledger:seals", 0, 1);
        round.bring();
        assertTrue(round.state().contradicted(), "it has one that the store has no more");
        assertEquals(2, round.state().confirmed());
        Seal last = store.read(1, 1).get(0);
        Seal forged = Seal.after(
                store.read(0, 1).get(0),
                new LedgerHead(last.sequence(), "0".repeat(64)),
                last.day(),
                last.at(),
                TestKeys.COUNTY);
        redis.connection().sync().lset("{tocsin}:ledger:seals", 1, forged.bytes());
        round.bring();
        assertEquals(1, round.state().confirmed());

        List<Seal> shown = new ArrayList<>();
        WitnessRound another = new WitnessRound(
                new FakeWitness("elsewhere", seal -> {
                    shown.add(seal);
                    return "seen";
                }),
                store,
                now::get);
        another.bring();
        assertEquals(store.read(0, 10), shown, "what the one before confirmed does not count for it");
        assertFalse(another.state().contradicted());
    }

    @Test
    void whoWasShownASealThatCouldNotBeRecordedIsNotShownItAgain(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        RedisSealStore store = new RedisSealStore(redis, ledger);
        ledger.append(ACT);
        sealer(ledger, store).sealIfDue();
        List<Seal> mails = new ArrayList<>();
        byte[] head = redis.connection().sync().get("{tocsin}:ledger:head");
        WitnessRound round = new WitnessRound(
                new FakeWitness(seal -> {
                    mails.add(seal);
                    // From here on the store refuses to write.
                    redis.connection().sync().del("{tocsin}:ledger:head");
                    redis.connection().sync().lpush("{tocsin}:ledger:head", new byte[] {1});
                    return "accepted";
                }),
                store,
                now::get);

        assertThrows(RuntimeException.class, round::bring);
        round.bring();
        assertEquals(1, mails.size(), "not before the pause is over");
        redis.connection().sync().del("{tocsin}:ledger:head");
        redis.connection().sync().set("{tocsin}:ledger:head", head);
        now.updateAndGet(time -> time.plusSeconds(61));
        round.bring();

        assertEquals(1, mails.size());
        assertEquals(1, round.state().confirmed());
    }

    @Test
    void aLedgerThatTheLastSealDidNotSeeIsNotSigned(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        RedisSealStore store = new RedisSealStore(redis, ledger);
        ledger.append(ACT);
        sealer(ledger, store).sealIfDue();
        now.updateAndGet(time -> time.plusSeconds(86_400));
        LedgerEntry forged =
                LedgerEntry.after(LedgerHead.EMPTY, new Deed(Instant.EPOCH, "nobody", "warning.approve", "w1", ""));
        redis.connection().sync().del("{tocsin}:ledger");
        redis.connection()
                .sync()
                .xadd(
                        "{tocsin}:ledger",
                        new io.lettuce.core.XAddArgs().id("1-0"),
                        Map.of(StoredLedger.FIELD, StoredLedger.encode(forged)));

        assertThrows(Sealer.Contradiction.class, () -> sealer(ledger, store).sealIfDue());
        assertEquals(1, store.count());
    }

    @Test
    void aSealThatTheStoreHasNoMoreIsMissedByItsEntry(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        RedisSealStore store = new RedisSealStore(redis, ledger);
        for (int day = 0; day < 2; day++) {
            ledger.append(ACT);
            sealer(ledger, store).sealIfDue();
            now.updateAndGet(time -> time.plusSeconds(86_400));
        }
        assertEquals(List.of(), LiveCheck.of(ledger, store, 1, 100).troubles());

        redis.connection().sync().rpop("{tocsin}:ledger:seals");

        assertEquals(
                "entry 4", LiveCheck.of(ledger, store, 1, 100).troubles().get(0).place());
    }

    /** What a witness answers, in a test. */
    @FunctionalInterface
    private interface Shown {
        String show(Seal seal) throws Witness.Failed;
    }

    private record FakeWitness(String target, Shown shown) implements Witness {
        FakeWitness(Shown shown) {
            this("here", shown);
        }

        @Override
        public String name() {
            return "neighbour";
        }

        @Override
        public String show(Seal seal) throws Failed {
            return shown.show(seal);
        }
    }

    @Test
    void aWitnessThatIsAwayIsTriedLaterAndThenGetsAllInOrder(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        RedisSealStore store = new RedisSealStore(redis, ledger);
        for (int day = 0; day < 3; day++) {
            ledger.append(ACT);
            sealer(ledger, store).sealIfDue();
            now.updateAndGet(time -> time.plusSeconds(86_400));
        }
        List<Seal> got = new ArrayList<>();
        AtomicReference<Witness.Failed.Kind> failing = new AtomicReference<>(Witness.Failed.Kind.AWAY);
        WitnessRound round = new WitnessRound(
                new FakeWitness(seal -> {
                    Witness.Failed.Kind kind = failing.get();
                    if (kind != null) {
                        throw new Witness.Failed(kind, "it rains");
                    }
                    got.add(seal);
                    return "seen " + seal.day();
                }),
                store,
                now::get);

        round.bring();
        assertEquals(3, round.state().behind());
        assertEquals("it rains", round.state().failure());
        failing.set(null);
        round.bring();
        assertEquals(List.of(), got, "not before the pause is over");
        now.updateAndGet(time -> time.plusSeconds(61));
        round.bring();
        assertEquals(store.read(0, 10), got);
        assertEquals(0, round.state().behind());
        assertEquals(3, round.state().confirmed());
        long entries = ledger.head().sequence();

        // A witness that has lost what it had gets all of it again, and the ledger says nothing twice.
        ledger.append(ACT);
        sealer(ledger, store).sealIfDue();
        failing.set(Witness.Failed.Kind.GAP);
        round.bring();
        failing.set(null);
        now.updateAndGet(time -> time.plusSeconds(61));
        round.bring();
        assertEquals(7, got.size());
        assertEquals(entries + 3, ledger.head().sequence(), "an act, its seal, its witness");
        failing.set(Witness.Failed.Kind.REFUSED);
        now.updateAndGet(time -> time.plusSeconds(86_400));
        ledger.append(ACT);
        sealer(ledger, store).sealIfDue();
        round.bring();
        assertTrue(round.state().refused());
    }

    private static WitnessDesk.Refused refused(WitnessDesk.Taken taken) {
        return assertInstanceOf(WitnessDesk.Refused.class, taken);
    }

    private static Seal seal(@org.jspecify.annotations.Nullable Seal before, long sequence, KeyPair key) {
        return seal(before, sequence, key, 1);
    }

    private static Seal seal(
            @org.jspecify.annotations.Nullable Seal before, long sequence, KeyPair key, int daysLater) {
        LocalDate day = (before == null ? LocalDate.of(2026, 7, 19) : before.day()).plusDays(daysLater);
        return Seal.after(
                before,
                new LedgerHead(sequence, Long.toHexString(sequence).repeat(64).substring(0, 64)),
                day,
                Instant.parse(day + "T16:00:00Z"),
                key);
    }
}
