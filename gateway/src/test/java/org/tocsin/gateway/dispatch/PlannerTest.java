package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Content;
import org.tocsin.alert.Level;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Terms;
import org.tocsin.gateway.registry.MemoryRegistryStore;
import org.tocsin.gateway.registry.Operators;
import org.tocsin.gateway.registry.Person;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.targeting.MeasuredArea;
import org.tocsin.gateway.targeting.Part;

/** By which link somebody is sent to: by operator, ported numbers, weight, and what went before. */
class PlannerTest {
    private static final int EACH = 100;
    private static final String COUNTY = "411426000000";
    private static Registry registry = Registry.open(new MemoryRegistryStore());
    private static final List<String> SEGMENTS = List.of("86138", "86130", "86133", "86192", "86100");

    /** A hundred numbers of China Mobile, Unicom, Telecom, Broadnet and of nobody each, in this order. */
    @BeforeAll
    static void fill() {
        registry = Registry.open(new MemoryRegistryStore());
        try (RegistryWriter writer = registry.writer()) {
            writer.putDivisions(new SyntheticCounty(1, 10_000, 0).divisions());
            for (int at = 0; at < EACH * SEGMENTS.size(); at++) {
                writer.putPerson(person(at));
            }
            writer.flush();
        }
    }

    @Test
    void eachGoesByTheirOwnOperatorAndTheRestByLinksForForeignNumbers() {
        Map<String, RoaringBitmap> plan = plan(
                List.of(share("m", "mobile", false, 1), share("u", "unicom", false, 1), share("t", "telecom", true, 1)),
                Operators.standard());

        assertEquals(range(0, 100), of(plan, "m"));
        assertEquals(range(100, 200), of(plan, "u"));
        assertEquals(range(200, 500), of(plan, "t"));
    }

    @Test
    void aPortedNumberGoesByItsNewOperator() {
        Operators ported = Operators.standard()
                .withPorted(Map.of(Long.valueOf(number(3)), "unicom", Long.valueOf(number(150)), "mobile"));

        Map<String, RoaringBitmap> plan = plan(
                List.of(share("m", "mobile", false, 1), share("u", "unicom", false, 1), share("t", "telecom", true, 1)),
                ported);

        RoaringBitmap mobile = range(0, 100);
        mobile.remove(3);
        mobile.add(150);
        assertEquals(mobile, of(plan, "m"));
        assertTrue(of(plan, "u").contains(3));
        assertEquals(100, of(plan, "u").getCardinality());
    }

    @Test
    void aLinkForAllSharesWithTheOperatorsOwnByWeight() {
        Map<String, RoaringBitmap> plan =
                plan(List.of(share("m", "mobile", false, 3), share("x", "any", true, 1)), Operators.standard());

        assertEquals(75, of(plan, "m").getCardinality());
        assertEquals(425, of(plan, "x").getCardinality());
        assertTrue(range(0, 100).contains(of(plan, "m")));
    }

    @Test
    void whereNoLinkIsMeantForANumberACarrierDecidesAndNobodyIsLost() {
        Map<String, RoaringBitmap> plan =
                plan(List.of(share("m", "mobile", false, 1), share("u", "unicom", false, 1)), Operators.standard());

        assertEquals(range(0, 500), RoaringBitmap.or(of(plan, "m"), of(plan, "u")));
        assertEquals(500, of(plan, "m").getCardinality() + of(plan, "u").getCardinality());
    }

    @Test
    void theCheaperLinkGetsMoreOfALowerLevelAndAsMuchOfARedOne() {
        for (int lane : new int[] {1, 4}) {
            List<LinkScore.Candidate> links = List.of(candidate("cheap", 30), candidate("dear", 60));
            double[] weights = LinkScore.weights(links, lane);

            Map<String, RoaringBitmap> plan = plan(
                    List.of(share("cheap", "any", true, weights[0]), share("dear", "any", true, weights[1])), null);

            assertEquals(lane == 1 ? 250 : 333, of(plan, "cheap").getCardinality());
        }
    }

    @Test
    void whoeverWasSentAnEarlierIssueKeepsTheLink() {
        List<Planner.Share> links = List.of(share("a", "any", true, 1), share("b", "any", true, 9));
        Plan earlier = wholePlan("i1", links, Operators.standard(), List.of(), null, range(0, 40));

        Plan later = wholePlan(
                "i2",
                List.of(share("a", "any", true, 9), share("b", "any", true, 1)),
                Operators.standard(),
                List.of(earlier),
                null,
                range(0, 500));

        assertTrue(of(byLink(later), "a").contains(of(byLink(earlier), "a")));
        assertTrue(of(byLink(later), "b").contains(of(byLink(earlier), "b")));
        assertEquals(36 + 46, of(byLink(later), "b").getCardinality());
    }

    @Test
    void whoHasOptedOutIsLeftOut() {
        Set<String> out = Set.of(number(7), number(107));

        Plan plan = wholePlan(
                "i1",
                List.of(share("a", "any", true, 1)),
                Operators.standard(),
                List.of(),
                out::contains,
                range(0, 500));

        RoaringBitmap expected = range(0, 500);
        expected.remove(7);
        expected.remove(107);
        assertEquals(expected, of(byLink(plan), "a"));
    }

    private static Map<String, RoaringBitmap> plan(List<Planner.Share> links, @Nullable Operators operators) {
        return byLink(wholePlan("i1", links, operators, List.of(), null, range(0, 500)));
    }

    private static Plan wholePlan(
            String id,
            List<Planner.Share> links,
            @Nullable Operators operators,
            List<Plan> earlier,
            @Nullable Predicate<String> optedOut,
            RoaringBitmap persons) {
        Issue issue = CountyBench.alert(id, COUNTY);
        Capabilities sms =
                new Capabilities(new Addressing.Person("phone"), 500, Evidence.DELIVERED, Duration.ofDays(2));
        return Planner.plan(
                issue,
                Content.of(issue.alert()),
                List.of(new Part(0, Level.I, persons, new RoaringBitmap())),
                MeasuredArea.NONE,
                earlier,
                List.of(new Planner.Way("sms", sms, links, operators, optedOut)),
                registry.view(),
                Instant.parse("2026-07-20T00:00:00Z"));
    }

    /** Who goes by which link; nobody by two. */
    private static Map<String, RoaringBitmap> byLink(Plan plan) {
        Map<String, RoaringBitmap> byLink = new TreeMap<>();
        RoaringBitmap all = new RoaringBitmap();
        for (Plan.Group group : plan.groups()) {
            assertTrue(!RoaringBitmap.intersects(all, group.numbers()), "somebody goes by two links");
            all.or(group.numbers());
            byLink.computeIfAbsent(group.link(), unknown -> new RoaringBitmap()).or(group.numbers());
        }
        return byLink;
    }

    private static RoaringBitmap of(Map<String, RoaringBitmap> plan, String link) {
        return plan.getOrDefault(link, new RoaringBitmap());
    }

    private static Planner.Share share(String id, String operator, boolean foreign, double weight) {
        return new Planner.Share(
                new LinkSpec(id, "sms", id, 1, 256, 0, Map.of()),
                new LinkTerms(new Terms(id, operator, 0), foreign, 0, false, ""),
                weight);
    }

    private static LinkScore.Candidate candidate(String id, int price) {
        return new LinkScore.Candidate(
                id,
                new LinkTerms(new Terms(id, "any", price), true, 0, false, ""),
                new LinkQuality(0, 0, false, 256, 0, 0, 0, Map.of(), 0, -1, -1, -1, null));
    }

    private static RoaringBitmap range(int from, int to) {
        return RoaringBitmap.bitmapOfRange(from, to);
    }

    private static String number(int at) {
        return SEGMENTS.get(at / EACH) + String.format("%08d", at);
    }

    private static Person person(int at) {
        return new Person("p" + at, "", 0, number(at), null, null, null, "zh-CN", null, Set.of());
    }
}
