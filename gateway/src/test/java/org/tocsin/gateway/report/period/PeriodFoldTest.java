package org.tocsin.gateway.report.period;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tocsin.gateway.report.period.Issues.issue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.report.IssueSummary;

class PeriodFoldTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant NOW = Instant.parse("2026-08-05T00:00:00Z");
    private static final String EAST = "411426101000";
    private static final String WEST = "411426102000";

    /** The example of docs/reports.md. */
    private static final List<IssueSummary> EXAMPLE = List.of(
            issue("a", "2026-07-01T02:00:00Z")
                    .reached(1000, 920, 950, 980)
                    .seconds(1.0, 10.0, 100.0)
                    .township(EAST, "东镇", 600, 570)
                    .township(WEST, "西镇", 400, 350)
                    .made(),
            issue("b", "2026-07-09T02:00:00Z")
                    .type(MsgType.UPDATE)
                    .level(Level.II)
                    .reached(200, 100, 185, 200)
                    .seconds(3.0, null, null)
                    .township(EAST, "东镇", 200, 100)
                    .made(),
            issue("c", "2026-07-20T02:00:00Z")
                    .level(Level.IV)
                    .event("11B06")
                    .goal(0.8)
                    .reached(300, 210, 230, 290)
                    .seconds(2.0, 20.0, null)
                    .township(WEST, "西镇", 300, 210)
                    .made());

    @Test
    void factsAreAsOldAsTheOldestSummaryThatStillMoves() {
        IssueSummary open = issue("x", "2026-07-02T02:00:00Z").open().made();
        IssueSummary later = issue("y", "2026-07-03T02:00:00Z").open().made();
        IssueSummary sealed = issue("z", "2026-07-01T02:00:00Z").made();
        PeriodQuery query = PeriodQuery.of(Period.year(2026));

        assertEquals(open.asOf(), report(query, List.of(later, open, sealed)).asOf());
        assertEquals(NOW, report(query, List.of(sealed)).asOf());
    }

    private static PeriodReport report(PeriodQuery query, List<IssueSummary> summaries) {
        PeriodFold fold =
                new PeriodFold(query, ZONE, code -> code.equals("11B03") ? Optional.of("暴雨事件") : Optional.empty());
        summaries.forEach(fold::add);
        return fold.report(NOW, List.of());
    }

    private static PeriodReport july(IssueSummary... summaries) {
        return report(PeriodQuery.of(Period.month(2026, 7)), List.of(summaries));
    }

    @Test
    void givesTheFiguresOfTheExampleWorkedByHand() {
        PeriodReport report = report(PeriodQuery.of(Period.month(2026, 7)), EXAMPLE);
        GroupFigures total = report.total();

        assertEquals(List.of(3, 2, 1, 3), List.of(total.issues(), total.alerts(), total.updates(), total.measured()));
        assertEquals(List.of(1, 1, 1), List.of(total.met(), total.likely(), total.missed()));
        assertEquals(0.82, share(total.weightedLower()), 1e-12);
        assertEquals(0.91, share(total.weightedEstimate()), 1e-12);
        assertEquals(0.88, share(total.weightedGoal()), 1e-12);
        assertEquals(2.12 / 3, share(total.meanLower()), 1e-12);
        assertEquals(Verdict.LIKELY, total.verdict());
        assertEquals(2.0, total.firstSeconds());
        assertEquals(20.0, total.p50Seconds());
        assertNull(total.p90Seconds(), "most never reached nine tenths");
        assertEquals(Map.of(0.8, 1, 0.9, 2), report.goals());
    }

    private static double share(@Nullable Double value) {
        return Objects.requireNonNull(value);
    }

    @Test
    void ranksTownshipsByTheWeightedShareAndShowsTheUnweightedBesideIt() {
        List<PeriodReport.Ranked> ranked =
                report(PeriodQuery.of(Period.month(2026, 7)), EXAMPLE).townships();

        assertEquals(
                List.of("东镇", "西镇"),
                ranked.stream().map(PeriodReport.Ranked::name).toList());
        assertEquals(0.8375, ranked.get(0).weightedLower(), 1e-12);
        assertEquals(0.725, ranked.get(0).meanLower(), 1e-12);
        assertEquals(0.80, ranked.get(1).weightedLower(), 1e-12);
        assertEquals(0.7875, ranked.get(1).meanLower(), 1e-12);
    }

    @Test
    void equalTownshipsShareTheirRank() {
        List<PeriodReport.Ranked> ranked = july(issue("a", "2026-07-01T02:00:00Z")
                        .township("411426103000", "丙镇", 300, 270)
                        .township(EAST, "东镇", 100, 90)
                        .township(WEST, "西镇", 100, 50)
                        .made())
                .townships();

        assertEquals(
                List.of(1, 1, 3), ranked.stream().map(PeriodReport.Ranked::rank).toList());
        assertEquals("东镇", ranked.get(0).name(), "then by code");
    }

    @Test
    void groupsByLevelHazardIssuerAndMonth() {
        PeriodReport report = report(PeriodQuery.of(Period.quarter(2026, 3)), EXAMPLE);

        assertEquals(List.of("I", "II", "IV"), keys(report.levels()));
        assertEquals(List.of("11B03", "11B06"), keys(report.hazards()));
        assertEquals(
                List.of("暴雨事件", "暴雨"),
                report.hazards().stream().map(PeriodReport.Group::name).toList());
        assertEquals(List.of("气象台"), keys(report.issuers()));
        assertEquals(List.of("2026-07", "2026-08", "2026-09"), keys(report.months()));
        assertEquals(3, report.months().get(0).figures().issues());
        assertEquals(0, report.months().get(2).figures().issues());
    }

    private static List<String> keys(List<PeriodReport.Group> groups) {
        return groups.stream().map(PeriodReport.Group::key).toList();
    }

    @Test
    void aDrillIsInNoFigureOfWhatIsReal() {
        PeriodReport real = july(EXAMPLE.toArray(IssueSummary[]::new));
        List<IssueSummary> both = new ArrayList<>(EXAMPLE);
        both.add(issue("d", "2026-07-03T00:00:00Z")
                .status(Status.EXERCISE)
                .township(EAST, "东镇", 9999, 0)
                .made());
        both.add(issue("e", "2026-07-03T00:00:00Z").status(Status.TEST).made());
        PeriodReport mixed = report(PeriodQuery.of(Period.month(2026, 7)), both);

        assertEquals(real.total(), mixed.total());
        assertEquals(real.townships(), mixed.townships());
        assertEquals(real.channels(), mixed.channels());
        assertEquals(real.issues(), mixed.issues());
        assertEquals(real.months(), mixed.months());
        assertEquals(2, mixed.drills().issues());
        assertEquals(0, mixed.drills().measured());
        assertEquals(2, mixed.drillIssues().size());
    }

    @Test
    void cancelsAndWhatIsForOthersAreCountedAndNotMeasured() {
        PeriodReport report = july(
                issue("a", "2026-07-01T02:00:00Z").made(),
                issue("b", "2026-07-02T02:00:00Z")
                        .type(MsgType.CANCEL)
                        .reached(9, 0, 0, 0)
                        .made(),
                issue("c", "2026-07-03T02:00:00Z").forOthers().made(),
                issue("d", "2026-07-03T02:00:00Z").reached(0, 0, 0, 0).made());

        assertEquals(1, report.cancels());
        assertEquals(1, report.otherAudiences());
        assertEquals(3, report.total().issues());
        assertEquals(1, report.total().measured(), "nor is one where nobody lives");
        assertEquals(1, report.total().met());
    }

    @Test
    void whatIsStillOpenIsMarked() {
        PeriodReport open = july(issue("a", "2026-07-01T02:00:00Z").open().made());
        PeriodReport settled = july(issue("a", "2026-07-01T02:00:00Z").made());

        assertEquals(1, open.total().open());
        assertFalse(open.isFinal(LocalDate.of(2026, 8, 5)));
        assertTrue(settled.isFinal(LocalDate.of(2026, 8, 1)));
        assertFalse(settled.isFinal(LocalDate.of(2026, 7, 31)), "its last day is not over");
    }

    @Test
    void monthsAreThoseOfTheCountysZone() {
        PeriodReport report = report(
                PeriodQuery.of(new Period(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 7, 31))),
                List.of(issue("a", "2026-06-30T16:30:00Z").made()));

        assertEquals(0, report.months().get(0).figures().issues());
        assertEquals(1, report.months().get(1).figures().issues());
        assertEquals(
                Instant.parse("2026-06-30T16:00:00Z"), Period.month(2026, 7).start(ZONE));
        assertEquals(
                Instant.parse("2026-07-31T16:00:00Z"), Period.month(2026, 7).end(ZONE));
    }

    @Test
    void takesWhatTheFiltersWant() {
        Period july = Period.month(2026, 7);

        assertEquals(2, issues(new PeriodQuery(july, "11B03", Set.of(), null, null)));
        assertEquals(3, issues(new PeriodQuery(july, "11B00", Set.of(), null, null)));
        assertEquals(1, issues(new PeriodQuery(july, null, Set.of(Level.II), null, null)));
        assertEquals(0, issues(new PeriodQuery(july, null, Set.of(), "水利局", null)));
        assertEquals(3, issues(new PeriodQuery(july, null, Set.of(), null, "sms")));
        assertEquals(0, issues(new PeriodQuery(july, null, Set.of(), null, "email")));
    }

    private static int issues(PeriodQuery query) {
        return report(query, EXAMPLE).total().issues();
    }

    @Test
    void theOrderOfTheSummariesChangesNothing() {
        List<IssueSummary> turned = new ArrayList<>(EXAMPLE);
        Collections.reverse(turned);

        assertEquals(
                report(PeriodQuery.of(Period.month(2026, 7)), EXAMPLE),
                report(PeriodQuery.of(Period.month(2026, 7)), turned));
    }

    @Test
    void addsUpChannelsAndWhyTheyFailed() {
        PeriodReport.ChannelSum sms =
                july(EXAMPLE.toArray(IssueSummary[]::new)).channels().get(0);

        assertEquals(3000, sms.planned());
        assertEquals(2700, sms.delivered());
        assertEquals(90, sms.noReport());
        assertEquals(Map.of("unreachable", 180L), sms.failures());
    }

    @Test
    void theMedianTakesNeverForLongerThanEverything() {
        assertEquals(2.5, GroupFigures.median(Arrays.asList(4.0, 1.0, 2.0, 3.0)));
        assertEquals(3.0, GroupFigures.median(Arrays.asList(3.0, null, 1.0)));
        assertNull(GroupFigures.median(Arrays.asList(3.0, null)));
        assertNull(GroupFigures.median(List.of()));
    }

    @Test
    void anEmptyPeriodHasNoShares() {
        GroupFigures total = july().total();

        assertNull(total.weightedLower());
        assertNull(total.meanLower());
        assertNull(total.verdict());
        assertNull(total.firstSeconds());
    }
}
