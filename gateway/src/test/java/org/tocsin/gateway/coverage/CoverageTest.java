package org.tocsin.gateway.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {
    private static final Audibility SURVEYED = new Audibility(0.2, 0.6, 0.9, "survey of 2026");

    /** The example of {@code gateway/docs/coverage.md}, worked by hand there. */
    @Test
    void agreesWithTheExampleOfTheDocuments() {
        AtomFacts whole = new AtomFacts(
                "411426100001",
                "whole village",
                1000,
                1000,
                false,
                700,
                0,
                List.of(
                        new TerminalGroup(List.of(
                                new ServingTerminal(600, true, SURVEYED), new ServingTerminal(400, true, SURVEYED))),
                        TerminalGroup.of(new ServingTerminal(500, false, Audibility.UNSURVEYED))));
        AtomFacts cut = new AtomFacts(
                "411426100002",
                "cut village",
                301,
                500,
                true,
                100,
                20,
                List.of(TerminalGroup.of(new ServingTerminal(400, true, Audibility.UNSURVEYED))));

        Coverage coverage = Coverage.of(List.of(whole, cut));

        assertFigures(1000, 700, 700, 854.08, 1000, coverage.atoms().get(0).figures());
        assertFigures(
                301,
                100,
                100,
                301 - 201 * (1 - 251 / 602.0),
                301,
                coverage.atoms().get(1).figures());
        assertEquals(new Count(1301, 800, 800, 1038, 1301), coverage.rounded());
        assertEquals(Verdict.LIKELY, coverage.verdict(0.75));
        assertEquals(Verdict.MISSED, coverage.verdict(0.9));
        assertEquals(Verdict.MET, coverage.verdict(0.6));
    }

    private static void assertFigures(
            double n, double c, double lower, double estimate, double upper, Figures figures) {
        assertEquals(n, figures.residents(), 1e-9);
        assertEquals(c, figures.confirmed(), 1e-9);
        assertEquals(lower, figures.lower(), 1e-9);
        assertEquals(estimate, figures.estimate(), 1e-9);
        assertEquals(upper, figures.upper(), 1e-9);
    }

    @Test
    void countsAGroupOfSurveyedTerminalsAsSure() {
        AtomFacts facts = new AtomFacts(
                "1",
                "v",
                1000,
                1000,
                false,
                100,
                0,
                List.of(
                        new TerminalGroup(List.of(
                                new ServingTerminal(600, true, SURVEYED), new ServingTerminal(400, true, SURVEYED))),
                        TerminalGroup.of(new ServingTerminal(700, true, SURVEYED))));

        assertEquals(200, AtomCoverage.of(facts).figures().lower(), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"900,met", "899,missed"})
    void meetsTheGoalExactlyAtIt(int reached, String verdict) {
        Coverage coverage = Coverage.of(List.of(AtomFacts.village("1", "v", 1000, reached)));

        assertEquals(verdict, coverage.verdict(0.9).word());
    }

    @Test
    void roundsSumsOnce() {
        List<AtomFacts> thirds = List.of(
                AtomFacts.village("1", "a", 1 / 3.0, 1),
                AtomFacts.village("2", "b", 1 / 3.0, 1),
                AtomFacts.village("3", "c", 1 / 3.0, 1));

        assertEquals(new Count(1, 1, 1, 1, 1), Coverage.of(thirds).rounded());
    }

    @Test
    void refusesWhatNoSurveySays() {
        assertThrows(IllegalArgumentException.class, () -> new Audibility(0.1, 0.5, 1, null));
        assertThrows(IllegalArgumentException.class, () -> new Audibility(0.6, 0.5, 1, "survey"));
        assertThrows(IllegalArgumentException.class, () -> new Audibility(Double.NaN, 0.5, 1, "survey"));
        assertThrows(IllegalArgumentException.class, () -> AtomFacts.village("1", "v", -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Dissemination(3, 4));
    }

    @Test
    void tellsWhenSharesWereFirstReached() {
        Instant signed = Instant.parse("2026-07-21T08:30:00Z");
        Timeline timeline = new Timeline(signed, 1000);
        timeline.add(signed, 0);
        timeline.add(signed.plusMillis(9_000), 899);
        timeline.add(signed.plusMillis(1_500), 1);
        timeline.add(signed.plusMillis(4_000), 500);

        assertEquals(new Timeline.Timeliness(1.5, 4.0, null), timeline.timeliness());

        timeline.add(signed.plusMillis(12_000), 900);

        assertEquals(new Timeline.Timeliness(1.5, 4.0, 12.0), timeline.timeliness());
    }

    @Test
    void reachesNoShareOfNobody() {
        Timeline timeline = new Timeline(Instant.EPOCH, 0);
        timeline.add(Instant.EPOCH, 0);

        assertNull(timeline.timeliness().firstSeconds());
        assertNull(timeline.timeliness().p90Seconds());
    }

    @Test
    void keepsABoundedNumberOfSamplesAndTheFirstTimes() {
        Timeline timeline = new Timeline(Instant.EPOCH, 100_000);
        for (int second = 1; second <= 100_000; second++) {
            timeline.add(Instant.ofEpochSecond(second), second);
        }

        assertEquals(new Timeline.Timeliness(1.0, 50_000.0, 90_000.0), timeline.timeliness());
        org.junit.jupiter.api.Assertions.assertTrue(timeline.samples().size() <= 1024);
    }
}
