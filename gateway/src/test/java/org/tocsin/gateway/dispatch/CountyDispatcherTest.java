package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.receipt.CorruptJournal;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.receipt.OpenCounts;
import org.tocsin.gateway.receipt.SealedRoutes;
import org.tocsin.gateway.registry.MemoryRegistryStore;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.store.RedisPlans;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.MeasuredArea;

@ExtendWith(RedisExtension.class)
class CountyDispatcherTest {
    private static final String COUNTY = "411426000000";
    private static final String TOWN = "411426100000";
    private static final String OTHER_TOWN = "411426101000";
    private static Registry registry = Registry.open(new MemoryRegistryStore());

    @BeforeAll
    static void fill() {
        registry = Registry.open(new MemoryRegistryStore());
        try (RegistryWriter writer = registry.writer()) {
            new SyntheticCounty(1, 10_000, 0.9).writeTo(writer);
        }
    }

    @Test
    void sendsToAllInTheAreaOnce(Redis redis) {
        try (CountyBench bench = new CountyBench(redis, registry)) {
            assertEquals(9_000, bench.dispatcher.begin(CountyBench.alert("a1", COUNTY)));

            bench.await(() -> bench.evidence("a1").counts("sms").accepted() == 9_000);
            assertEquals(9_000, bench.link.counts().size());
            assertEquals(9_000, bench.link.submits().size());
        }
    }

    @Test
    void aSealedIssueIsToldFromTheArchiveAndLeavesMemoryAndJournal(Redis redis) {
        try (CountyBench bench = new CountyBench(redis, registry)) {
            int first = bench.dispatcher.begin(CountyBench.alert("a1", TOWN));
            int second = bench.dispatcher.begin(CountyBench.alert("a2", OTHER_TOWN));
            bench.await(() -> bench.evidence("a1").counts("sms").accepted() == first
                    && bench.evidence("a2").counts("sms").accepted() == second);
            IssueEvidence before = bench.evidence("a1");
            bench.dispatcher.drop("a1", Reason.EXPIRED);
            assertEquals(Set.of("a1"), bench.dispatcher.ended());

            bench.seals.evidence.put("a1", SealedRoutes.write(before));
            bench.dispatcher.sealed("a1");

            bench.await(() -> redis.connection().sync().exists("{link:sms-1}:start") == 1);
            assertEquals(before.counts(), bench.evidence("a1").counts());
            assertEquals(
                    before.channel("sms").deliveries(null, -1, 20_000),
                    bench.evidence("a1").channel("sms").deliveries(null, -1, 20_000));
            assertEquals(second, bench.evidence("a2").counts("sms").accepted());
            assertTrue(bench.dispatcher
                    .replay("a1", (link, claim, terminal, number, segment, of, evidence, reason, code, at) -> {})
                    .isEmpty());
        }
        try (CountyBench again = new CountyBench(redis, registry)) {
            again.seals.evidence.put("a1", new byte[0]);
            again.await(() -> again.evidence("a2").counts("sms").accepted() > 0);
            again.dispatcher.begin(CountyBench.alert("a3", TOWN));
            again.await(() -> again.evidence("a3").open().isSettled()
                    || again.evidence("a3").open().unsent() == 0);
            assertThrows(CorruptJournal.class, () -> again.evidence("a1"), "told from the archive, whatever is there");
        }
    }

    @Test
    void anExerciseGoesToProbesAloneEvenAsTheUpdateOfAnActualAlert(Redis redis) {
        try (CountyBench bench = new CountyBench(redis, registry)) {
            int residents = bench.dispatcher.begin(CountyBench.alert("a1", TOWN));
            bench.await(() -> bench.evidence("a1").counts("sms").accepted() == residents);

            int planned = bench.dispatcher.begin(
                    CountyBench.issue("e1", Status.EXERCISE, MsgType.UPDATE, COUNTY, List.of("a1")));

            bench.await(() -> bench.evidence("e1").counts("sms").accepted() == planned);
            assertEquals(24, planned);
            assertTrue(probes().containsAll(bench.addressees("e1")));
        }
    }

    @Test
    void aKeptPlanOfAnExerciseThatNamesThePublicReachesProbesAlone(Redis redis) {
        RedisPlans plans = new RedisPlans(redis);
        try (CountyBench bench = new CountyBench(redis, registry)) {
            bench.dispatcher.begin(CountyBench.alert("a1", COUNTY));
            Plan real = Plan.decode(plans.plan("a1").orElseThrow());
            byte[] words = plans.notices("a1").orElseThrow();
            Plan hostile =
                    new Plan("e1", "e1", 1, real.generation(), real.made(), real.area(), real.groups(), real.hashes());
            plans.keep("e1", hostile.encode(), words);

            bench.dispatcher.begin(CountyBench.issue("e1", Status.EXERCISE, MsgType.ALERT, COUNTY, List.of()));

            bench.await(() -> bench.evidence("e1").open().unsent() == 0
                    && bench.evidence("e1").open().unanswered() == 0);
            assertEquals(0, bench.evidence("e1").counts("sms").accepted());
            assertEquals(Set.of(), bench.addressees("e1"));
        }
    }

    @Test
    void anAlertThatCannotBeTargetedFailsLoudlyAndIsNeverPlannedForNobody(Redis redis) {
        try (CountyBench bench = new CountyBench(redis, registry)) {
            assertThrows(
                    IllegalStateException.class, () -> bench.dispatcher.begin(CountyBench.alert("a1", "999999000000")));

            assertTrue(bench.dispatcher.evidence("a1").isEmpty());
            assertFalse(new RedisPlans(redis).isPushed("a1"));
        }
    }

    @Test
    void anImportMovesNoFigureOfAnIssueThatIsOut(Redis redis) {
        Registry growing = Registry.open(new MemoryRegistryStore());
        try (RegistryWriter writer = growing.writer()) {
            new SyntheticCounty(1, 10_000, 0.9).writeTo(writer);
        }
        MeasuredArea planned;
        try (CountyBench bench = new CountyBench(redis, growing)) {
            bench.dispatcher.begin(CountyBench.alert("a1", COUNTY));
            planned = bench.dispatcher.area("a1").orElseThrow();
            try (RegistryWriter writer = growing.writer()) {
                new SyntheticCounty(2, 20_000, 0.9).writeTo(writer);
            }
        }

        try (CountyBench bench = new CountyBench(redis, growing)) {
            MeasuredArea afterwards = bench.dispatcher.area("a1").orElseThrow();
            bench.dispatcher.begin(CountyBench.alert("a2", COUNTY));

            assertEquals(planned, afterwards);
            assertEquals(10_000, residents(afterwards));
            assertEquals(20_000, residents(bench.dispatcher.area("a2").orElseThrow()));
            assertEquals(743, afterwards.terminalsByVillage().size());
        }
    }

    private static int residents(MeasuredArea area) {
        return area.atoms().stream().mapToInt(Atom::residents).sum();
    }

    @Test
    void aCrashBetweenThePlanAndItsBatchesDoublesNobodyAndForgetsNobody(Redis redis) {
        RedisPlans plans = new RedisPlans(redis);
        try (CountyBench bench = new CountyBench(redis, registry)) {
            bench.dispatcher.begin(CountyBench.alert("a1", COUNTY));
            bench.await(() -> bench.evidence("a1").counts("sms").accepted() == 9_000);
            // As if the mark had not been written any more: all is pushed again.
            redis.connection().sync().del("{tocsin}:issue:a1:pushed");
            assertEquals(9_000, bench.dispatcher.begin(CountyBench.alert("a1", COUNTY)));
            assertTrue(plans.isPushed("a1"));
            bench.await(() -> bench.evidence("a1").open().unsent() == 0);

            // As if nothing but the plan had been written.
            Plan plan = Plan.decode(plans.plan("a1").orElseThrow());
            Plan kept =
                    new Plan("a2", "a2", 1, plan.generation(), plan.made(), plan.area(), plan.groups(), plan.hashes());
            plans.keep("a2", kept.encode(), plans.notices("a1").orElseThrow());
            assertEquals(9_000, bench.dispatcher.begin(CountyBench.alert("a2", TOWN)));

            bench.await(() -> bench.evidence("a2").counts("sms").accepted() == 9_000);
            assertEquals(18_000, bench.link.submits().size());
            assertEquals(18_000, bench.link.counts().size());
        }
    }

    @Test
    void anUpdateGoesToThoseBeforeAndToTheNewAreaAndDropsWhatWasUnsent(Redis redis) {
        try (CountyBench bench = new CountyBench(redis, registry)) {
            Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
            bench.link.does((batch, index) -> {
                if (batch.notice().issue().equals("a1")) {
                    answers.add(() -> ScriptedLink.accept(batch, index));
                } else {
                    ScriptedLink.accept(batch, index);
                }
            });
            int first = bench.dispatcher.begin(CountyBench.alert("a1", COUNTY));
            bench.await(() -> answers.size() == 1_024);

            int second =
                    bench.dispatcher.begin(CountyBench.issue("u1", Status.ACTUAL, MsgType.UPDATE, TOWN, List.of("a1")));

            assertEquals(first, second);
            bench.await(() -> bench.evidence("a1").channel("sms").dropped() == first - 1_024);
            // The window is full of the Alert's; some answers make room, the others stay open.
            for (int answer = 0; answer < 500; answer++) {
                answers.remove().run();
            }
            bench.await(() -> bench.evidence("u1").counts("sms").accepted() == second - 524);
            assertEquals(second - 524, bench.addressees("u1").size());
            answers.forEach(Runnable::run);
            bench.await(() -> bench.evidence("u1").counts("sms").accepted() == second);
            assertEquals(second, bench.addressees("u1").size());
            assertEquals(0, bench.evidence("a1").open().unsent());
        }
    }

    @Test
    void anUpdateOfAnotherAreaReachesBothAndItsCancelTheSame(Redis redis) {
        try (CountyBench bench = new CountyBench(redis, registry)) {
            int town = bench.dispatcher.begin(CountyBench.alert("a1", TOWN));
            bench.await(() -> bench.evidence("a1").counts("sms").accepted() == town);
            int both = bench.dispatcher.begin(
                    CountyBench.issue("u1", Status.ACTUAL, MsgType.UPDATE, OTHER_TOWN, List.of("a1")));
            bench.await(() -> bench.evidence("u1").counts("sms").accepted() == both);
            Set<String> reached = new HashSet<>(bench.addressees("a1"));
            assertTrue(bench.addressees("u1").containsAll(reached));
            assertTrue(both > town);

            // The all-clear names the whole county, yet goes to those who were warned alone.
            int ended = bench.dispatcher.begin(
                    CountyBench.issue("c1", Status.ACTUAL, MsgType.CANCEL, COUNTY, List.of("a1", "u1")));

            bench.await(() -> bench.evidence("c1").counts("sms").accepted() == ended);
            assertEquals(bench.addressees("u1"), bench.addressees("c1"));
        }
    }

    @Test
    void aCancelWhoseAreaIsUnknownNowGoesToThoseBefore(Redis redis) {
        try (CountyBench bench = new CountyBench(redis, registry)) {
            int town = bench.dispatcher.begin(CountyBench.alert("a1", TOWN));
            bench.await(() -> bench.evidence("a1").counts("sms").accepted() == town);

            bench.dispatcher.begin(
                    CountyBench.issue("c1", Status.ACTUAL, MsgType.CANCEL, "999999000000", List.of("a1")));

            bench.await(() -> bench.evidence("c1").counts("sms").accepted() == town);
            assertEquals(bench.addressees("a1"), bench.addressees("c1"));
        }
    }

    @Test
    void evidenceNeverGoesBackAndTheListenerFindsTheLastState(Redis redis) {
        try (CountyBench bench = new CountyBench(redis, registry)) {
            Queue<Integer> told = new ConcurrentLinkedQueue<>();
            bench.dispatcher.onChange(issue -> bench.dispatcher
                    .evidence(issue)
                    .map(evidence -> evidence.counts("sms").accepted())
                    .ifPresent(told::add));
            bench.dispatcher.begin(CountyBench.alert("a1", COUNTY));
            int[] last = {0};
            bench.await(() -> {
                IssueEvidence now = bench.evidence("a1");
                assertTrue(now.counts("sms").accepted() >= last[0]);
                last[0] = now.counts("sms").accepted();
                return told.contains(9_000);
            });
            assertEquals(9_000, bench.evidence("a1").counts("sms").accepted());
        }
    }

    @Test
    void whatIsAwaitedEndsWithTheTimeInWhichReportsCome(Redis redis) {
        try (CountyBench bench = new CountyBench(redis, registry)) {
            int town = bench.dispatcher.begin(CountyBench.alert("a1", TOWN));
            bench.await(() -> bench.evidence("a1").open().equals(new OpenCounts(0, 0, town)));

            bench.later(FakeChannel.REPORTS_WITHIN);

            bench.await(() -> bench.evidence("a1").open().isSettled());
            assertEquals(town, bench.evidence("a1").counts("sms").noReport());
        }
    }

    @Test
    void droppedIsSaidSo(Redis redis) {
        try (CountyBench bench = new CountyBench(redis, registry)) {
            bench.link.does((batch, index) -> {});
            int planned = bench.dispatcher.begin(CountyBench.alert("a1", COUNTY));
            bench.await(() -> bench.link.submits().size() == 1_024);

            bench.dispatcher.drop("a1", Reason.DROPPED);

            bench.await(() -> bench.evidence("a1").channel("sms").dropped() == planned - 1_024);
            assertEquals(
                    "DROPPED",
                    new String(redis.connection().sync().hget("{tocsin}:gates", "a1"), StandardCharsets.UTF_8));
        }
    }

    private static Set<String> probes() {
        Set<String> probes = new HashSet<>();
        for (int number = 0; number < registry.people().size(); number++) {
            String phone = registry.people().address("phone", number);
            if (phone != null && registry.people().isProbe(number)) {
                probes.add(phone);
            }
        }
        return probes.stream().collect(Collectors.toUnmodifiableSet());
    }
}
