package org.tocsin.gateway.report.period;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.coverage.Dissemination;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.coverage.TerminalCoverage;
import org.tocsin.gateway.coverage.Timeline;
import org.tocsin.gateway.receipt.ChannelCounts;
import org.tocsin.gateway.report.CoverageSnapshot;
import org.tocsin.gateway.report.IssueSummary;

/** An issue's summary in the few words that a period's report asks for. */
public final class Issues {
    private final String id;
    private final Instant signed;
    private MsgType type = MsgType.ALERT;
    private Status status = Status.ACTUAL;
    private Level level = Level.I;
    private String event = "11B03";
    private String sender = "气象台";
    private String senderName = "";
    private String headline = "夏邑县发布暴雨预警";
    private boolean settled = true;
    private boolean applies = true;
    private double goal = 0.9;
    private Figures figures = new Figures(1000, 900, 900, 950, 1000);
    private Timeline.Timeliness times = new Timeline.Timeliness(1.0, 10.0, 100.0);
    private final List<IssueSummary.Township> townships = new ArrayList<>();

    private Issues(String id, Instant signed) {
        this.id = id;
        this.signed = signed;
    }

    /** A real red rainstorm Alert that met its goal of 90 %. */
    public static Issues issue(String id, String signed) {
        return new Issues(id, Instant.parse(signed));
    }

    Issues type(MsgType other) {
        type = other;
        return this;
    }

    public Issues status(Status other) {
        status = other;
        applies = other == Status.ACTUAL;
        return this;
    }

    Issues level(Level other) {
        level = other;
        return this;
    }

    Issues event(String code) {
        event = code;
        return this;
    }

    /** The issuing agency's name. */
    public Issues senderName(String other) {
        senderName = other;
        return this;
    }

    /** CAP's sender. */
    public Issues sender(String other) {
        sender = other;
        return this;
    }

    public Issues headline(String other) {
        headline = other;
        return this;
    }

    Issues open() {
        settled = false;
        return this;
    }

    Issues forOthers() {
        applies = false;
        return this;
    }

    Issues goal(double other) {
        goal = other;
        return this;
    }

    /** Sets residents, lower (which is confirmed too), estimate, upper. */
    public Issues reached(double residents, double lower, double estimate, double upper) {
        figures = new Figures(residents, lower, lower, estimate, upper);
        return this;
    }

    /** Sets from sign-off to the first, to half, to nine tenths. */
    public Issues seconds(@Nullable Double first, @Nullable Double half, @Nullable Double nine) {
        times = new Timeline.Timeliness(first, half, nine);
        return this;
    }

    Issues township(String code, String name, double residents, double lower) {
        townships.add(new IssueSummary.Township(
                code, name, new Figures(residents, lower, lower, lower, residents), 10, 9, 10, 9));
        return this;
    }

    /** The summary. */
    public IssueSummary made() {
        return new IssueSummary(
                new IssueSummary.About(
                        id,
                        id,
                        "id-" + id,
                        type,
                        status,
                        event,
                        "暴雨",
                        level,
                        sender,
                        senderName,
                        "c1",
                        headline,
                        "夏邑县",
                        "residents",
                        signed.minusSeconds(60),
                        signed,
                        null,
                        true),
                signed.plusSeconds(3600),
                settled,
                applies,
                new Goal(goal, null, null, null),
                applies ? figures : Figures.NONE,
                applies ? figures : Figures.NONE,
                new Dissemination(20, 18),
                TerminalCoverage.NONE,
                times,
                times,
                times.p90Seconds(),
                new CoverageSnapshot.Levels(0, 0, 0),
                0,
                1000,
                900,
                0,
                IssueSummary.Unreached.NOBODY,
                List.of(new IssueSummary.Channel(
                        "sms",
                        false,
                        new ChannelCounts(1000, 1000, 990, 900, 0, 60, 30),
                        0,
                        0,
                        30,
                        0,
                        Map.of("unreachable", 60),
                        List.of())),
                List.of(new IssueSummary.Audience("responsible", "责任人", 40, 39, 30, 30)),
                townships,
                List.of(),
                0,
                0,
                List.of(),
                List.of());
    }
}
