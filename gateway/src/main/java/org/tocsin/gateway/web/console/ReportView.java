package org.tocsin.gateway.web.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Count;
import org.tocsin.gateway.coverage.Curve;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.coverage.Percent;
import org.tocsin.gateway.coverage.Timeline;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.survey.SurveyFigure;

/**
 * A warning's report as its page shows it. Where the public coverage does not apply, persons are those addressed and
 * reached rather than residents.
 *
 * @param summary the figures
 * @param headline what people call the warning
 * @param finding what the report found, in a sentence
 * @param verdict met, likely or missed; open where it is missed so far and can still change; none where none applies
 * @param total the whole area
 * @param designed the same if everything had worked; null where the public coverage does not apply
 * @param times seconds from sign-off and from the agency's sent, in words
 * @param course its course as a drawing; null where there is nothing to draw
 * @param forecast what can be said of when the goal is met; empty where no goal applies
 * @param hours how it stood at the end of each hour
 * @param channels by channel
 * @param failures why it failed, by channel and reason
 * @param unreached who was not reached, by the phrase of the cause
 * @param audiences by audience; without a rate of answers where nobody was asked
 * @param townships by township
 * @param villages by village, those with the lowest share first
 * @param map the villages as shapes
 * @param edges where the map's classes begin, in per cent, as text
 * @param classes the map's classes
 * @param survey what a sample survey says; null where there is none to hold beside
 */
record ReportView(
        IssueSummary summary,
        String headline,
        String finding,
        String verdict,
        Place total,
        @Nullable Place designed,
        List<Times> times,
        @Nullable CourseView course,
        String forecast,
        List<Hour> hours,
        List<Channel> channels,
        List<Failure> failures,
        List<Cause> unreached,
        List<Audience> audiences,
        List<Township> townships,
        List<Village> villages,
        AreaMap map,
        String edges,
        List<Shades.Shade> classes,
        @Nullable SurveyFigure survey) {
    /** Persons of somewhere, rounded once, and their shares of sums that are not rounded; null where nobody is. */
    record Place(
            Count count,
            @Nullable Double confirmed,
            @Nullable Double lower,
            @Nullable Double estimate,
            @Nullable Double upper) {
        static Place of(Figures figures) {
            double all = figures.residents();
            return new Place(
                    figures.rounded(),
                    share(figures.confirmed(), all),
                    share(figures.lower(), all),
                    share(figures.estimate(), all),
                    share(figures.upper(), all));
        }
    }

    /** Times since a moment, by its phrase. */
    record Times(String since, String first, String half, String most) {}

    /** How it stood at the end of an hour, counted from 1; the last one may hold all that came later. */
    record Hour(int hour, boolean isRest, long gained, long sofar, @Nullable Double share) {}

    /** A channel with the parts of its bar, its share delivered, and its links. */
    record Channel(LiveView.Channel shown, @Nullable Double share, List<IssueSummary.Link> links) {}

    /** Why it failed on a channel. */
    record Failure(String channel, String reason, int count) {}

    /** How many were not reached, by the phrase of the cause; some are taken off, and one is in no sum. */
    record Cause(String phrase, long count, boolean isSum) {}

    /** An audience with its shares. */
    record Audience(IssueSummary.Audience of, @Nullable Double reached, @Nullable Double answered) {}

    /** A township. */
    record Township(IssueSummary.Township of, String name, Place place) {}

    /** A village, with its shape; empty where its boundary is not known. */
    record Village(IssueSummary.Village of, Place place, String colour, String path) {
        /** Its code. */
        public String code() {
            return of.code();
        }

        /** Its name. */
        public String name() {
            return of.name();
        }

        /** Whether somebody is there. */
        public long residents() {
            return place.count().residents();
        }

        /** The share reached for sure, 0 to 1; 0 where nobody is. */
        public double share() {
            Double share = place.lower();
            return share == null ? 0 : share;
        }
    }

    static ReportView of(Reported reported, AreaMap map, @Nullable SurveyFigure survey, Phrases phrases) {
        IssueSummary summary = reported.summary();
        boolean applies = summary.applies();
        Double goal = applies ? summary.goal().share() : null;
        double whole = applies ? summary.coverage().residents() : summary.addressed();
        double reached = applies ? summary.coverage().lower() : summary.reached();
        Figures total = applies ? summary.coverage() : new Figures(whole, reached, reached, reached, reached);
        Place place = Place.of(total);
        Shades shades = Shades.of(goal);
        List<Village> villages = summary.villages().stream()
                .map(village -> village(village, shades, map))
                .sorted((one, other) -> Double.compare(one.share(), other.share()))
                .toList();
        String verdict = verdict(summary);
        return new ReportView(
                summary,
                summary.about().headline().isEmpty()
                        ? summary.about().identifier()
                        : summary.about().headline(),
                finding(summary, verdict, place.lower(), phrases),
                verdict,
                place,
                applies ? Place.of(summary.designed()) : null,
                List.of(
                        times("report.since.sign-off", summary.fromSignOff(), phrases),
                        times("report.since.sent", summary.fromSent(), phrases)),
                whole > 0 && !summary.curve().isEmpty()
                        ? CourseView.of(summary.curve(), whole, goal, reported.forecast(), phrases)
                        : null,
                applies ? forecast(reported.forecast(), phrases) : "",
                hours(summary, whole),
                channels(summary, phrases),
                failures(summary, phrases),
                unreached(summary),
                summary.audiences().stream()
                        .map(audience -> new Audience(
                                audience,
                                share(audience.reached(), audience.addressed()),
                                summary.isAnswerAsked() ? share(audience.answered(), audience.addressed()) : null))
                        .toList(),
                summary.townships().stream()
                        .map(township -> new Township(
                                township,
                                township.name().isEmpty() ? township.code() : township.name(),
                                Place.of(township.figures())))
                        .toList(),
                villages,
                map,
                shades.edgesInPercent(),
                shades.classes(villages.stream().map(Village::colour).toList(), applies),
                applies ? survey : null);
    }

    private static @Nullable Double share(double part, double whole) {
        return whole > 0 ? part / whole : null;
    }

    private static String verdict(IssueSummary summary) {
        Verdict verdict = summary.verdict();
        if (verdict == null) {
            return summary.isWithoutResidents() ? "without" : "none";
        }
        return verdict == Verdict.MISSED && !summary.settled() ? "open" : verdict.word();
    }

    private static String finding(IssueSummary summary, String verdict, @Nullable Double lower, Phrases phrases) {
        String share = lower == null ? "—" : whole(Percent.words(lower));
        return phrases.of(
                "report.finding." + verdict,
                share,
                whole(Percent.words(summary.goal().share())));
    }

    /** Keeps the sign on the line of its number. */
    private static String whole(String percent) {
        return percent.replace(' ', '\u00a0');
    }

    private static Times times(String since, Timeline.Timeliness times, Phrases phrases) {
        return new Times(
                since,
                Durations.words(phrases, times.firstSeconds()),
                Durations.words(phrases, times.p50Seconds()),
                Durations.words(phrases, times.p90Seconds()));
    }

    private static String forecast(Forecast forecast, Phrases phrases) {
        return phrases.of(
                "report.forecast." + forecast.state().word(),
                Durations.words(phrases, forecast.seconds()),
                Durations.words(phrases, forecast.earliest()),
                forecast.latest() == null
                        ? phrases.of("report.open-end")
                        : Durations.words(phrases, forecast.latest()));
    }

    private static List<Hour> hours(IssueSummary summary, double whole) {
        List<Hour> rows = new ArrayList<>();
        long before = 0;
        for (Curve.Hour hour : summary.hours()) {
            long sofar = (long) hour.end().lower();
            rows.add(new Hour(
                    hour.hour() + 1,
                    hour.hour() == Curve.MOST_HOURS - 1,
                    sofar - before,
                    sofar,
                    share(hour.end().lower(), whole)));
            before = sofar;
        }
        return rows;
    }

    private static List<Channel> channels(IssueSummary summary, Phrases phrases) {
        return summary.channels().stream()
                .map(channel -> new Channel(
                        LiveView.channel(channel, phrases),
                        share(channel.counts().delivered(), channel.counts().planned()),
                        channel.links()))
                .toList();
    }

    private static List<Failure> failures(IssueSummary summary, Phrases phrases) {
        List<Failure> rows = new ArrayList<>();
        for (IssueSummary.Channel channel : summary.channels()) {
            for (Map.Entry<String, Integer> failure : channel.failures().entrySet()) {
                rows.add(new Failure(
                        TroubleView.channel(channel.name(), phrases),
                        TroubleView.reason(failure.getKey(), phrases),
                        failure.getValue()));
            }
        }
        return rows;
    }

    private static List<Cause> unreached(IssueSummary summary) {
        IssueSummary.Unreached of = summary.unreached();
        List<Cause> rows = new ArrayList<>();
        rows.add(new Cause("report.cause.noReport", of.noReport(), false));
        rows.add(new Cause("report.cause.unsent", of.unsent(), false));
        rows.add(new Cause("report.cause.failed", of.failed(), false));
        if (summary.applies()) {
            rows.add(new Cause("report.cause.noAddress", of.noAddress(), false));
            rows.add(new Cause("report.cause.unknown", of.unknown(), false));
            if (of.unlocated() > 0) {
                rows.add(new Cause("report.cause.unlocated", of.unlocated(), false));
            }
            if (of.surplus() > 0) {
                rows.add(new Cause("report.cause.surplus", -of.surplus(), false));
            }
        }
        rows.add(new Cause("report.cause.together", of.notConfirmed(), true));
        if (summary.applies() && of.unpositioned() > 0) {
            rows.add(new Cause("report.cause.unpositioned", of.unpositioned(), false));
        }
        return rows;
    }

    private static Village village(IssueSummary.Village village, Shades shades, AreaMap map) {
        Place place = Place.of(village.figures());
        return new Village(
                village, place, shades.colour(place.lower()), map.paths().getOrDefault(village.code(), ""));
    }
}
