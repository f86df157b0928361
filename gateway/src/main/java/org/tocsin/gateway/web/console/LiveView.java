package org.tocsin.gateway.web.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * @param edges where the map's classes begin, in per cent, as text
 * @param classes the map's classes
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
        List<Shades.Shade> classes,
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

    static LiveView of(Reported reported, AreaMap map, Phrases phrases) {
        IssueSummary summary = reported.summary();
        boolean applies = summary.applies();
        Count count = summary.coverage().rounded();
        long whole = applies ? count.residents() : summary.addressed();
        long lower = applies ? count.lower() : summary.reached();
        double goal = summary.goal().share();
        Shades shades = Shades.of(applies ? goal : null);
        List<Village> villages = summary.villages().stream()
                .map(village -> village(village, shades, map))
                .sorted((one, other) -> Double.compare(one.share(), other.share()))
                .toList();
        Forecast forecast = reported.forecast();
        Double seconds = forecast.seconds();
        Instant signed = summary.about().signed();
        return new LiveView(
                applies,
                share(summary),
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
                shades.edgesInPercent(),
                shades.classes(villages.stream().map(Village::colour).toList(), applies),
                map);
    }

    /** Of sums that are not rounded. */
    private static double share(IssueSummary summary) {
        double whole = summary.applies() ? summary.coverage().residents() : summary.addressed();
        double reached = summary.applies() ? summary.coverage().lower() : summary.reached();
        return whole > 0 ? Math.min(1, reached / whole) : 0;
    }

    private static String verdict(IssueSummary summary) {
        Verdict verdict = summary.verdict();
        if (verdict == null) {
            return "none";
        }
        return verdict == Verdict.MISSED && !summary.settled() ? "open" : verdict.word();
    }

    static Channel channel(IssueSummary.Channel channel, Phrases phrases) {
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

    private static Village village(IssueSummary.Village village, Shades shades, AreaMap map) {
        Count count = village.figures().rounded();
        Double share = count.residents() == 0
                ? null
                : Double.valueOf(village.figures().lower() / village.figures().residents());
        return new Village(
                village.code(),
                village.name(),
                count.residents(),
                count.lower(),
                share == null ? 0 : share,
                village.delivered(),
                shades.colour(share),
                map.paths().getOrDefault(village.code(), ""));
    }
}
