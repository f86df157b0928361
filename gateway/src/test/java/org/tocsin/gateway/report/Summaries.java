package org.tocsin.gateway.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.approval.Sample;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.coverage.Curve;
import org.tocsin.gateway.coverage.CurvePoint;
import org.tocsin.gateway.coverage.Dissemination;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.coverage.TerminalCoverage;
import org.tocsin.gateway.coverage.Timeline;
import org.tocsin.gateway.receipt.ChannelCounts;

/** Summaries for tests. */
public final class Summaries {
    /** The sign-off of {@link #of}. */
    public static final Instant SIGNED = Instant.parse("2026-07-21T00:30:10.123Z");

    private Summaries() {}

    /** The summary of a real red rainstorm warning, every field filled, with so many villages in three townships. */
    public static IssueSummary of(String issue, Instant signed, int villages) {
        return of(issue, signed, villages, Status.ACTUAL);
    }

    /** The same of an exercise, to which no public coverage applies. */
    public static IssueSummary drill(String issue, Instant signed, int villages) {
        return of(issue, signed, villages, Status.EXERCISE);
    }

    /** The same with a text that asks for no answer, and without one. */
    public static IssueSummary unasked(IssueSummary of) {
        return with(
                of,
                new CoverageSnapshot.Levels(of.levels().delivered(), of.levels().shown(), 0),
                List.of(new IssueSummary.Audience("responsible", "责任人", 40, 39, 20, 0)));
    }

    /** The same with a text that asks for no answer. */
    public static IssueSummary asksNothing(IssueSummary of) {
        return with(of, of.levels(), of.audiences());
    }

    private static IssueSummary with(
            IssueSummary of, CoverageSnapshot.Levels levels, List<IssueSummary.Audience> audiences) {
        IssueSummary.About about = new IssueSummary.About(
                of.about().issue(),
                of.about().warning(),
                of.about().identifier(),
                of.about().msgType(),
                of.about().status(),
                of.about().eventCode(),
                of.about().event(),
                of.about().level(),
                of.about().sender(),
                of.about().senderName(),
                of.about().author(),
                of.about().headline(),
                of.about().area(),
                of.about().audience(),
                of.about().sent(),
                of.about().signed(),
                of.about().ended(),
                false);
        return new IssueSummary(
                about,
                of.asOf(),
                of.settled(),
                of.applies(),
                of.goal(),
                of.coverage(),
                of.designed(),
                of.dissemination(),
                of.terminals(),
                of.fromSignOff(),
                of.fromSent(),
                of.goalSeconds(),
                levels,
                of.outside(),
                of.addressed(),
                of.reached(),
                of.possibleDoubles(),
                of.unreached(),
                of.channels(),
                audiences,
                of.townships(),
                of.villages(),
                of.villagesLeftOut(),
                of.townshipsLeftOut(),
                of.hours(),
                of.curve());
    }

    /** A signed red warning that holds. */
    public static Warning warning(String issue, Instant signed) {
        return warning(issue, signed, null);
    }

    /** A signed red warning, perhaps closed. */
    public static Warning warning(String issue, Instant signed, @Nullable Instant closed) {
        return warning(issue, signed, closed, "暴雨");
    }

    /** The same with a headline. */
    public static Warning warning(String issue, Instant signed, @Nullable Instant closed, String headline) {
        return new Warning(
                issue,
                issue,
                null,
                "abc",
                Sample.alert("A1").headline(headline).build(),
                new byte[0],
                "application/cap+xml",
                "",
                closed == null ? WarningState.ACTIVE : WarningState.CLOSED,
                Level.I,
                3,
                List.of(),
                List.of(),
                List.of("agency"),
                List.of(),
                false,
                "residents",
                Set.of(),
                null,
                signed.minusSeconds(5),
                signed.minusSeconds(5),
                signed,
                closed);
    }

    private static IssueSummary of(String issue, Instant signed, int villages, Status status) {
        boolean applies = status == Status.ACTUAL;
        List<IssueSummary.Township> townships = new ArrayList<>();
        List<IssueSummary.Village> rows = new ArrayList<>();
        Figures total = Figures.NONE;
        int[] inTownship = new int[3];
        Figures[] sums = {Figures.NONE, Figures.NONE, Figures.NONE};
        for (int number = 0; number < villages; number++) {
            int township = number * 3 / villages;
            double residents = 1500 + number % 700;
            Figures figures = new Figures(
                    residents, residents - 200, residents - 200, residents - 120.307 - number % 90, residents - 17);
            total = total.plus(figures);
            sums[township] = sums[township].plus(figures);
            rows.add(new IssueSummary.Village(
                    String.format("41142610%d%03d", township, inTownship[township]),
                    "孔祖村第" + number,
                    figures,
                    number % 9 == 0,
                    true,
                    1,
                    1));
            inTownship[township]++;
        }
        for (int township = 0; township < 3; township++) {
            townships.add(new IssueSummary.Township(
                    "41142610" + township + "000",
                    "会亭镇" + township,
                    sums[township],
                    inTownship[township],
                    inTownship[township],
                    inTownship[township],
                    inTownship[township]));
        }
        ChannelCounts counts = new ChannelCounts(1000, 990, 980, 900, 10, 60, 20);
        Curve curve = new Curve();
        for (int second = 1; second < 90; second++) {
            curve.add(CurvePoint.of(second * 1000L, new Figures(1000, second, second, second + 0.5, second + 9)));
        }
        return new IssueSummary(
                new IssueSummary.About(
                        issue,
                        issue,
                        "41142641600001_20260721083010",
                        MsgType.ALERT,
                        status,
                        "11B03",
                        "暴雨",
                        Level.I,
                        "county@example.org",
                        "",
                        "c1",
                        "夏邑县气象台发布暴雨红色预警",
                        "夏邑县",
                        "residents",
                        signed.minusSeconds(10),
                        signed,
                        null,
                        true),
                signed.plusSeconds(90),
                false,
                applies,
                new Goal(0.95, "411426000000", LocalDate.of(2026, 1, 1), null),
                applies ? total : Figures.NONE,
                applies ? total : Figures.NONE,
                new Dissemination(villages, villages),
                new TerminalCoverage(villages, villages, villages - 1, 1000, 900.5, villages, villages - 1),
                new Timeline.Timeliness(0.8, 6.0, null),
                new Timeline.Timeliness(10.8, 16.0, null),
                null,
                new CoverageSnapshot.Levels(900, 20, 10),
                3,
                1000,
                900,
                1,
                new IssueSummary.Unreached(20, 1, 60, 12, 7, 5, 0, 0),
                List.of(new IssueSummary.Channel(
                        "sms",
                        false,
                        counts,
                        1,
                        2,
                        20,
                        4,
                        Map.of("unreachable", 50, "opted-out", 10),
                        List.of(new IssueSummary.Link("mobile", "mobile", counts)))),
                List.of(new IssueSummary.Audience("responsible", "责任人", 40, 39, 20, 10)),
                townships,
                rows,
                0,
                0,
                curve.hours(),
                curve.points());
    }
}
