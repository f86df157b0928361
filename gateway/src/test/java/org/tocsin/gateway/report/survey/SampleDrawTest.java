package org.tocsin.gateway.report.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.coverage.SurveySize;
import org.tocsin.gateway.targeting.Atom;

class SampleDrawTest {
    private static final List<Atom> ATOMS = List.of(
            village("990101002001", 900, 5_000, 5_400),
            village("990101001002", 100, 1_000, 1_300),
            village("990101001001", 300, 0, 1_000),
            village("990101001003", 0, 9_000, 9_000));

    @Test
    void theSameSeedDrawsTheSameAndAnotherSeedOthers() {
        List<SampleDraw.Drawn> first = draw("w1", "2026-07-20", SurveyRequest.Frame.REGISTRY);

        assertEquals(first, draw("w1", "2026-07-20", SurveyRequest.Frame.REGISTRY));
        assertNotEquals(persons(first), persons(draw("w1", "2026-07-21", SurveyRequest.Frame.REGISTRY)));
        assertNotEquals(persons(first), persons(draw("w2", "2026-07-20", SurveyRequest.Frame.REGISTRY)));
    }

    @Test
    void anyoneCanDrawTheFirstPersonAgain() {
        // printf 'tocsin survey 1|2026-07-20|w1|%s' N | sha256sum, for N from 0 to 1299: the lowest in order is FIRST.
        SampleDraw.Drawn first =
                draw("w1", "2026-07-20", SurveyRequest.Frame.REGISTRY).get(0);

        assertEquals(new SampleDraw.Drawn(1, "990101001000", "990101001001", "村990101001001", 376), first);
    }

    @Test
    void eachPersonIsDrawnOnceAndFromTheirTownship() {
        List<SampleDraw.Drawn> sample = draw("w1", "s", SurveyRequest.Frame.REGISTRY);

        assertEquals(50, sample.size());
        assertEquals(50, persons(sample).size());
        for (SampleDraw.Drawn drawn : sample) {
            assertEquals(sample.indexOf(drawn) + 1, drawn.number());
            assertEquals(drawn.number() <= 40 ? "990101001000" : "990101002000", drawn.township());
            assertTrue(drawn.number() <= 40 ? drawn.person() < 1_300 : drawn.person() >= 5_000);
        }
    }

    @Test
    void eachVillageGetsItsShareOfTheHouseholdsUpToOne() {
        for (int seed = 0; seed < 200; seed++) {
            List<SampleDraw.Drawn> sample = draw("w1", "seed " + seed, SurveyRequest.Frame.HOUSEHOLDS);

            assertEquals(50, sample.size());
            assertEquals(30, count(sample, "990101001001"), "3 of 4 residents, 40 drawn");
            assertEquals(10, count(sample, "990101001002"));
            assertEquals(10, count(sample, "990101002001"));
        }
        Set<Long> uneven = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            SurveyPlan plan = plan("w1", "seed " + seed, SurveyRequest.Frame.HOUSEHOLDS, 3, 0);
            uneven.add(count(new SampleDraw("w1", "seed " + seed).draw(plan, ATOMS), "990101001001"));
        }
        assertEquals(Set.of(2L, 3L), uneven, "3 · 300 / 400 is 2.25");
    }

    @Test
    void everyPersonIsDrawnAboutAsOften() {
        int[] drawn = new int[1_300];
        for (int seed = 0; seed < 650; seed++) {
            SurveyPlan plan = plan("w1", "s" + seed, SurveyRequest.Frame.REGISTRY, 40, 0);
            new SampleDraw("w1", "s" + seed).draw(plan, ATOMS).forEach(one -> drawn[one.person()]++);
        }

        double expected = 650 * 40 / 1_300.0;
        double square = 0;
        for (int count : drawn) {
            square += (count - expected) * (count - expected) / expected;
        }
        // Chi-squared with some 1,299 degrees of freedom, and a little less as nobody is drawn twice: 1,299 ± 5 · 51.
        assertTrue(square > 1_000 && square < 1_560, "chi-squared " + square);
    }

    private static long count(List<SampleDraw.Drawn> sample, String village) {
        return sample.stream().filter(one -> one.village().equals(village)).count();
    }

    private static Set<Integer> persons(List<SampleDraw.Drawn> sample) {
        return sample.stream().map(SampleDraw.Drawn::person).collect(Collectors.toSet());
    }

    private static List<SampleDraw.Drawn> draw(String issue, String seed, SurveyRequest.Frame frame) {
        return new SampleDraw(issue, seed).draw(plan(issue, seed, frame, 40, 10), ATOMS);
    }

    private static SurveyPlan plan(String issue, String seed, SurveyRequest.Frame frame, int first, int second) {
        return new SurveyPlan(
                issue,
                new SurveyRequest(frame, new SurveySize(0.05, SurveySize.Confidence.P95, 0.5, 1, 1), seed),
                Instant.EPOCH,
                "auditor",
                1,
                List.of(
                        new SurveyPlan.Stratum("990101001000", "一乡", 400, 1_300, first, first),
                        new SurveyPlan.Stratum("990101002000", "二乡", 900, 400, second, second)),
                List.of());
    }

    private static Atom village(String code, int residents, long from, long to) {
        return new Atom(
                Integer.parseInt(code.substring(9)),
                code,
                "村" + code,
                residents,
                residents,
                false,
                1,
                RoaringBitmap.bitmapOfRange(from, to),
                new RoaringBitmap());
    }
}
