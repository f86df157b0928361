package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.registry.MemoryRegistryStore;
import org.tocsin.gateway.registry.Operators;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.store.RedisSpends;

/** What a running dispatcher does with quiet hours and a monthly limit. */
@ExtendWith(RedisExtension.class)
class SendingCareTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
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
    void aBlueWarningWaitsForTheMorningAndARedOneGoesAtOnce(Redis redis) {
        // Quiet from an hour ago until in an hour, whenever the test runs.
        LocalTime now = LocalTime.ofInstant(Instant.now(), ZONE);
        QuietHours quiet = new QuietHours(now.minusHours(1), now.plusHours(1), ZONE, Set.of(4), Set.of("sms"));
        try (CountyBench bench = new CountyBench(redis, registry, care(quiet, Spends.NONE))) {
            int blue = bench.dispatcher.begin(CountyBench.alert("b1", TOWN, Level.IV));
            int red = bench.dispatcher.begin(CountyBench.alert("r1", OTHER_TOWN, Level.I));

            bench.await(() -> bench.evidence("r1").counts("sms").accepted() == red);
            assertEquals(Set.of(), bench.addressees("b1"));
            assertEquals(blue, bench.evidence("b1").open().unsent());

            bench.later(Duration.ofHours(2));

            bench.await(() -> bench.evidence("b1").counts("sms").accepted() == blue);
        }
    }

    @Test
    void whoseMorningComesTooLateIsDroppedAndSaidSo(Redis redis) {
        LocalTime now = LocalTime.ofInstant(Instant.now(), ZONE);
        QuietHours quiet = new QuietHours(now.minusHours(1), now.plusHours(9), ZONE, Set.of(4), Set.of("sms"));
        try (CountyBench bench = new CountyBench(redis, registry, care(quiet, Spends.NONE))) {
            int blue = bench.dispatcher.begin(CountyBench.alert("b1", TOWN, Level.IV));

            // The warning ends after six hours, the night after nine.
            bench.later(Duration.ofHours(10));

            bench.await(() -> bench.evidence("b1").channel("sms").dropped() == blue);
            assertEquals(Set.of(), bench.addressees("b1"));
        }
    }

    @Test
    void theLimitWarnsBeforeItBitesThenHoldsTheLowerLevelsUntilTheMonthEnds(Redis redis) {
        List<LinkSpec> links =
                List.of(new LinkSpec("sms-1", "sms", "p", 1, 256, 0, Map.of("price", "1000", "monthlyLimit", "310")));
        try (CountyBench bench =
                new CountyBench(redis, registry, care(QuietHours.NONE, new RedisSpends(redis)), links, null)) {
            int first = bench.dispatcher.begin(CountyBench.alert("y1", TOWN, Level.III));
            assertTrue(first >= 248 && first < 310, first + " in the town");
            bench.await(() -> bench.evidence("y1").counts("sms").accepted() == first);
            bench.await(() -> money(bench).near());
            assertFalse(money(bench).held(), "warned before it bites");

            int second = bench.dispatcher.begin(CountyBench.alert("y2", OTHER_TOWN, Level.III));
            bench.await(() -> bench.evidence("y2").counts("sms").accepted() == second);
            bench.await(() -> money(bench).held());

            int held = bench.dispatcher.begin(CountyBench.alert("y3", TOWN, Level.III));
            int red = bench.dispatcher.begin(CountyBench.alert("r1", TOWN, Level.I));
            bench.await(() -> bench.evidence("r1").counts("sms").accepted() == red);
            assertEquals(held, bench.evidence("y3").open().unsent());
            bench.await(() -> money(bench).spent() == 1_000L * (first + second + red));

            bench.later(Duration.ofDays(32));

            bench.await(() -> !money(bench).held());
        }
    }

    @Test
    void aRestartKnowsWhatTheMonthHasCost(Redis redis) {
        List<LinkSpec> links =
                List.of(new LinkSpec("sms-1", "sms", "p", 1, 256, 0, Map.of("price", "50", "monthlyLimit", "1")));
        SendingCare care = care(QuietHours.NONE, new RedisSpends(redis));
        try (CountyBench bench = new CountyBench(redis, registry, care, links, null)) {
            int red = bench.dispatcher.begin(
                    CountyBench.issue("r1", Status.ACTUAL, MsgType.ALERT, TOWN, List.of(), Level.I));
            bench.await(() -> money(bench).spent() == 50L * red);
        }

        try (CountyBench again = new CountyBench(redis, registry, care, links, null)) {
            again.await(() -> money(again).held());
        }
    }

    private static LinkMoney money(CountyBench bench) {
        LinkMoney money = bench.dispatcher.links().get(0).money();
        return money == null ? new LinkMoney(0, 0, 0, false, false) : money;
    }

    private static SendingCare care(QuietHours quiet, Spends spends) {
        return new SendingCare(
                Operators::standard,
                OptOuts.NOBODY,
                quiet,
                spends,
                ZONE,
                ReplyDesk.NONE,
                MessageStyle.PLAIN,
                Duration.ZERO);
    }
}
