package org.tocsin.gateway.web.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Count;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.receipt.ChannelCounts;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.Reported;

/**
 * How far a signed warning has come, as its live page shows it.
 *
 * @param applies whether the public coverage does; else persons are those addressed and reached
 * @param share reached for sure, 0 to 1
 * @param residents of whom
 * @param confirmed persons
 * @param lower persons
 * @param estimate persons
 * @param upper persons
 * @param goal 0 to 1
 * @param verdict met, likely or missed; open where it is missed so far and can still change; none where none applies
 * @param forecast the phrase of what can be said of when the goal is met
 * @param forecastAt when that is or was; null where nothing is known
 * @param forecastIn the same as a time from sign-off, in words; empty where nothing is known
 * @param villagesReached villages with a delivery
 * @param villagesAll villages of the area
 * @param asOf up to when receipts are in it
 * @param channels by channel
 * @param villages by village, those with the lowest share first
 * @param villagesLeftOut how many have no row
 * @param edges where the map's classes begin, shares as text
 * @param map the villages as shapes
 */
record LiveView(
        boolean applies,
        double share,
        long residents,
        long confirmed,
        long lower,
        long estimate,
        long upper,
        double goal,
        String verdict,
        String forecast,
        @Nullable Instant forecastAt,
        String forecastIn,
        int villagesReached,
        int villagesAll,
        Instant asOf,
        List<Channel> channels,
        List<Village> villages,
        int villagesLeftOut,
        String edges,
        List<Shade> classes,
        AreaMap map) {
    /** How far it came on a channel, with the parts of its bar. */
    record Channel(String name, String words, boolean ofTerminals, ChannelCounts counts, List<Part> parts) {}

    /** A part of a bar: its state, how many, and where it lies from 0 to 1,000. */
    record Part(String state, long count, long from, long width) {}

    /** A village with the class of its share, and its shape; empty where its boundary is not known. */
    record Village(
            String code,
            String name,
            long residents,
            long lower,
            double share,
            boolean delivered,
            String colour,
            String path) {}

    /** A class of the map: its colour, where it begins and ends, and how many villages are in it. */
    record Shade(String colour, double from, double to, int villages) {}

    static LiveView of(Reported reported, AreaMap map, Phrases phrases) {
        IssueSummary summary = reported.summary();
        boolean applies = summary.applies();
        Count count = summary.coverage().rounded();
        long whole = applies ? count.residents() : summary.addressed();
        long lower = applies ? count.lower() : summary.reached();
        double goal = summary.goal().share();
        List<Double> edges = edges(applies ? goal : null);
        List<Village> villages = summary.villages().stream()
                .map(village -> village(village, edges, map))
                .sorted((one, other) -> Double.compare(one.share(), other.share()))
                .toList();
        Forecast forecast = reported.forecast();
        Double seconds = forecast.seconds();
        Instant signed = summary.about().signed();
        return new LiveView(
                applies,
                whole == 0 ? 0 : Math.min(1, (double) lower / whole),
                whole,
                applies ? count.confirmed() : summary.reached(),
                lower,
                applies ? count.estimate() : summary.reached(),
                applies ? count.upper() : summary.addressed(),
                goal,
                verdict(summary),
                "watch.forecast." + (applies ? forecast.state().word() : "none"),
                seconds == null ? null : signed.plusMillis(Math.round(seconds * 1000)),
                seconds == null ? "" : Ages.words(phrases, Duration.ofMillis(Math.round(seconds * 1000))),
                summary.dissemination().delivered(),
                summary.dissemination().villages(),
                summary.asOf(),
                summary.channels().stream()
                        .map(channel -> channel(channel, phrases))
                        .toList(),
                villages,
                summary.villagesLeftOut(),
                edges.stream()
                        .map(edge -> String.format(Locale.ROOT, "%.4f", edge))
                        .collect(Collectors.joining(",")),
                classes(villages, edges),
                map);
    }

    private static String verdict(IssueSummary summary) {
        Verdict verdict = summary.verdict();
        if (verdict == null) {
            return "none";
        }
        return verdict == Verdict.MISSED && !summary.settled() ? "open" : verdict.word();
    }

    private static Channel channel(IssueSummary.Channel channel, Phrases phrases) {
        ChannelCounts counts = channel.counts();
        long planned = Math.max(1, counts.planned());
        long shown = Math.max(0, counts.delivered() - counts.acknowledged());
        long rest = Math.max(0, counts.planned() - counts.delivered() - counts.failed() - counts.noReport());
        List<Part> parts = new ArrayList<>();
        long[] amounts = {counts.acknowledged(), shown, counts.noReport(), rest, counts.failed()};
        String[] states = {"acknowledged", "delivered", "noReport", "open", "failed"};
        long sum = 0;
        for (int at = 0; at < states.length; at++) {
            long from = Math.min(1000, 1000 * sum / planned);
            sum += amounts[at];
            parts.add(new Part(states[at], amounts[at], from, Math.min(1000, 1000 * sum / planned) - from));
        }
        return new Channel(
                channel.name(),
                TroubleView.channel(channel.name(), phrases),
                channel.ofTerminals(),
                counts,
                List.copyOf(parts));
    }

    private static List<Double> edges(@Nullable Double goal) {
        TreeSet<Double> edges = new TreeSet<>(List.of(0.5, 0.8));
        if (goal != null) {
            edges.add(goal);
            edges.removeIf(edge -> edge <= 0 || edge > goal);
        }
        return List.copyOf(edges);
    }

    private static Village village(IssueSummary.Village village, List<Double> edges, AreaMap map) {
        Count count = village.figures().rounded();
        double share = count.residents() == 0
                ? 0
                : village.figures().lower() / village.figures().residents();
        return new Village(
                village.code(),
                village.name(),
                count.residents(),
                count.lower(),
                share,
                village.delivered(),
                count.residents() == 0 ? "cx" : "c" + colour(share, edges),
                map.paths().getOrDefault(village.code(), ""));
    }

    /** That of who meets the goal is always the same, whatever the number of classes. */
    private static int colour(double share, List<Double> edges) {
        int at = 0;
        while (at < edges.size() && share >= edges.get(at) - 1e-9) {
            at++;
        }
        return 3 - edges.size() + at;
    }

    private static List<Shade> classes(List<Village> villages, List<Double> edges) {
        List<Shade> classes = new ArrayList<>();
        for (int at = edges.size(); at >= 0; at--) {
            double from = at == 0 ? 0 : edges.get(at - 1);
            double to = at == edges.size() ? 1 : edges.get(at);
            String colour = "c" + (3 - edges.size() + at);
            classes.add(new Shade(colour, from, to, count(villages, colour)));
        }
        if (count(villages, "cx") > 0) {
            classes.add(new Shade("cx", 0, 0, count(villages, "cx")));
        }
        return classes;
    }

    private static int count(List<Village> villages, String colour) {
        return (int) villages.stream()
                .filter(village -> village.colour().equals(colour))
                .count();
    }
}
