package org.tocsin.gateway.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The examples of {@code gateway/docs/indicators.md}, with the numbers that stand there. */
class IndicatorsTest {
    private static final Instant SIGNED = Instant.parse("2026-07-21T00:30:00Z");

    @Test
    void disseminationCoverageIsVillagesDeliveredToOverVillages() {
        assertEquals(0.9, new Dissemination(10, 9).share());
        assertNull(new Dissemination(0, 0).share());
    }

    @Test
    void timelinessIsCountedFromSignOffAndFromTheAgencysSent() {
        Timeline timeline = new Timeline(SIGNED, 1000);
        timeline.add(SIGNED.plusMillis(800), 1);
        timeline.add(SIGNED.plusSeconds(6), 500);
        timeline.add(SIGNED.plusSeconds(20), 899);

        assertEquals(new Timeline.Timeliness(0.8, 6.0, null), timeline.timeliness());
        assertEquals(
                new Timeline.Timeliness(90.8, 96.0, null), timeline.timeliness().since(Duration.ofSeconds(90)));
    }

    @Test
    void designedCoverageIsTheCoverageHadEverythingWorked() {
        // Village A: 1,000 residents, 700 with an address; loudspeakers for 600 and 400 that never played.
        AtomFacts a = new AtomFacts("1", "A", 1000, 1000, false, 700, 0, List.of(silent(600), silent(400)));
        // Village B: 300 residents, 100 with an address, a screen for 150.
        AtomFacts b = new AtomFacts("2", "B", 300, 300, false, 100, 0, List.of(silent(150)));

        Figures designed = DesignedCoverage.of(List.of(a, b));

        assertEquals(new Count(1300, 800, 850, 1128, 1250), designed.rounded());
    }

    @Test
    void terminalCoverageCountsVillagesWhereATerminalPlayedToTheEnd() {
        AtomFacts works = AtomFacts.village("1", "A", 1000, 0);
        works = with(works, playing(600), silent(400));
        AtomFacts silent = with(AtomFacts.village("2", "B", 300, 0), silent(150));
        AtomFacts none = AtomFacts.village("3", "C", 200, 0);

        TerminalCoverage coverage = TerminalCoverage.of(List.of(works, silent, none));

        assertEquals(new TerminalCoverage(3, 2, 1, 1500, 600, 3, 1), coverage);
        assertEquals(1.0 / 3, coverage.share());
        assertEquals(0.4, coverage.servedShare());
    }

    @Test
    void aCornerWithoutPeopleIsNoVillageOfTheArea() {
        AtomFacts corner = AtomFacts.village("2", "B", 0, 0);
        AtomFacts visited = AtomFacts.village("3", "C", 0, 1);

        assertEquals(
                2,
                TerminalCoverage.of(List.of(AtomFacts.village("1", "A", 10, 0), corner, visited))
                        .villages());
        assertTrue(Dissemination.isVillageOfTheArea(0, true));
        assertFalse(Dissemination.isVillageOfTheArea(0, false));
    }

    @Test
    void terminalCoverageDoesNotApplyToAnIssueThatWasToGoToNoTerminal() {
        TerminalCoverage coverage = TerminalCoverage.of(List.of(AtomFacts.village("1", "A", 1000, 700)));

        assertNull(coverage.share());
        assertNull(coverage.servedShare());
    }

    @Test
    void thereIsNoVerdictOfNobody() {
        assertThrows(IllegalArgumentException.class, () -> Verdict.of(Figures.NONE, 0.9));
    }

    @Test
    void terminalsOfAVillageInTwoAtomsCountOnce() {
        AtomFacts north = with(AtomFacts.village("1", "A", 100, 0), playing(600));
        AtomFacts south = with(AtomFacts.village("1", "A", 200, 0), playing(600));

        assertEquals(new TerminalCoverage(1, 1, 1, 300, 300, 1, 1), TerminalCoverage.of(List.of(north, south)));
    }

    @Test
    void answerRateIsAnsweredOverAddressed() {
        assertEquals(0.75, new AnswerRate(40, 30).share());
        assertNull(new AnswerRate(0, 0).share());
    }

    @Test
    void aForecastGoesOnAsItWentLately() {
        // 10 persons a second for 60 s; 900 of 1,000 are wanted.
        Forecast forecast = Forecast.of(null, 900, line(60, 10), 60_000, 1000);

        assertEquals(Forecast.State.EXPECTED, forecast.state());
        double earliest = Objects.requireNonNull(forecast.earliest());
        double seconds = Objects.requireNonNull(forecast.seconds());
        double latest = Objects.requireNonNull(forecast.latest());
        assertEquals(90, seconds, 1.5);
        assertTrue(earliest <= seconds && seconds <= latest, forecast::toString);
    }

    @Test
    void aForecastSaysSoWhereTheGoalCannotBeMetByWhatIsOut() {
        assertEquals(
                Forecast.State.UNATTAINABLE,
                Forecast.of(null, 900, line(60, 10), 60_000, 899).state());
    }

    @Test
    void aForecastOfWhatIsMetIsWhenThatWas() {
        assertEquals(
                new Forecast(Forecast.State.MET, 50.0, null, null), Forecast.of(null, 500, line(60, 10), 60_000, 1000));
    }

    @Test
    void aGoalIsMetWhenItWasMarkedWhateverIsLeftOfTheCourse() {
        assertEquals(
                new Forecast(Forecast.State.MET, 49.2, null, null),
                Forecast.of(49.2, 500, line(60, 10).subList(55, 60), 60_000, 1000));
    }

    @Test
    void nothingIsForecastForATimeAtWhichNothingCountsAnyMore() {
        Forecast forecast = Forecast.of(null, 900, line(60, 10), 60_000, 1000);

        assertEquals(forecast, forecast.until(120));
        assertEquals(Forecast.UNKNOWN, forecast.until(80));
    }

    @Test
    void nothingIsForecastOfNothing() {
        assertEquals(Forecast.UNKNOWN, Forecast.of(null, 900, List.of(), 60_000, 1000));
        assertEquals(
                Forecast.UNKNOWN,
                Forecast.of(null, 900, line(60, 10), 600_000, 1000),
                "nothing has come for nine minutes, of ten");
    }

    @Test
    void aCourseStaysWholeAndBecomesCoarser() {
        Curve curve = new Curve();
        for (int second = 0; second <= 10_000; second++) {
            curve.add(CurvePoint.of(second * 1000L, new Figures(20_000, second, second, second, second)));
        }

        List<CurvePoint> points = curve.points();
        assertEquals(Curve.MOST_POINTS, points.size());
        assertEquals(0, points.get(0).millis());
        assertEquals(10_000_000, points.get(points.size() - 1).millis());
        long widest = 0;
        for (int at = 1; at < points.size(); at++) {
            widest = Math.max(
                    widest, points.get(at).millis() - points.get(at - 1).millis());
        }
        assertTrue(widest <= 4 * 10_000_000L / Curve.MOST_POINTS, "gaps of at most " + widest);
        assertEquals(
                List.of(0, 1, 2), curve.hours().stream().map(Curve.Hour::hour).toList());
        assertEquals(3599, curve.hours().get(0).end().lower(), "an hour's end is never let go");
    }

    @Test
    void aCourseNeverLosesWhereTheGoalWasMet() {
        Curve curve = new Curve();
        for (int second = 0; second <= 10_000; second++) {
            curve.add(CurvePoint.of(second * 1000L, new Figures(20_000, second, second, second, second)), 4321);
        }

        CurvePoint met = curve.points().stream()
                .filter(point -> point.lower() >= 4321)
                .findFirst()
                .orElseThrow();

        assertEquals(4_321_000, met.millis());
        assertEquals(Curve.MOST_POINTS, curve.points().size());
    }

    @Test
    void aCourseGoesOnWhereItWasKept() {
        Curve first = new Curve();
        first.add(CurvePoint.of(1000, new Figures(10, 1, 1, 1, 1)));
        Curve second = new Curve(first.points(), first.hours());
        second.add(CurvePoint.of(500, new Figures(10, 2, 2, 2, 2)));
        second.add(CurvePoint.of(2000, new Figures(10, 1, 1, 1, 1)));
        second.add(CurvePoint.of(3000, new Figures(10, 3, 3, 3, 3)));

        assertEquals(
                List.of(1000L, 3000L),
                second.points().stream().map(CurvePoint::millis).toList(),
                "what is older, and what changes nothing, is passed over");
        assertEquals(1, second.hours().size());
    }

    private static List<CurvePoint> line(int seconds, int perSecond) {
        List<CurvePoint> points = new ArrayList<>();
        for (int second = 1; second <= seconds; second++) {
            double persons = second * perSecond;
            points.add(new CurvePoint(second * 1000L, persons, persons, persons, persons));
        }
        return points;
    }

    private static AtomFacts with(AtomFacts atom, TerminalGroup... terminals) {
        return new AtomFacts(
                atom.code(),
                atom.name(),
                atom.residents(),
                atom.villageResidents(),
                atom.cut(),
                atom.reached(),
                atom.unpositioned(),
                List.of(terminals));
    }

    private static TerminalGroup playing(double serves) {
        return TerminalGroup.of(new ServingTerminal(serves, true, Audibility.UNSURVEYED));
    }

    private static TerminalGroup silent(double serves) {
        return TerminalGroup.of(new ServingTerminal(serves, false, Audibility.UNSURVEYED));
    }
}
