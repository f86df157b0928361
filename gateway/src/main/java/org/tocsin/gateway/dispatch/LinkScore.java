package org.tocsin.gateway.dispatch;

import java.util.List;

/**
 * How much of a channel's work a link is worth: by what it can take in a second, how often it errs, how slow its
 * reports are against the quickest link's, and, for levels III and IV, what it costs. Pure.
 */
final class LinkScore {
    /** What a link is taken to carry of which nothing is known, in addressees a second. */
    static final double ASSUMED_SPEED = 500;
    /** However bad, a link gets this share of its worth, so that it is seen when it recovers. */
    private static final double LEAST_QUALITY = 0.05;

    private static final double LEAST_FOR_SLOW_REPORTS = 0.25;
    /** Below this delay nobody calls reports slow, in milliseconds. */
    private static final double SLOW_MILLIS = 10_000;

    private static final int TELLING_REPORTS = 20;
    /** Levels I and II go where they go fastest. */
    private static final int THRIFTY_LANE = 3;

    /** A link with what is known of it. */
    record Candidate(String link, LinkTerms terms, LinkQuality quality) {}

    private LinkScore() {}

    /** The weights of a channel's links for a lane, in their order; each above 0. */
    static double[] weights(List<Candidate> links, int lane) {
        double quickest = links.stream()
                .filter(LinkScore::tellsDelay)
                .mapToDouble(link -> link.quality().delay50())
                .min()
                .orElse(0);
        double cheapest = links.stream()
                .filter(link -> link.terms().terms().price() > 0)
                .mapToDouble(link -> link.terms().terms().price())
                .min()
                .orElse(0);
        return links.stream()
                .mapToDouble(link -> weight(link, lane, quickest, cheapest))
                .toArray();
    }

    private static double weight(Candidate link, int lane, double quickest, double cheapest) {
        double sound = 1 - link.quality().trouble();
        double weight = capacity(link.quality()) * Math.max(LEAST_QUALITY, sound * sound);
        if (tellsDelay(link) && link.quality().delay50() > SLOW_MILLIS) {
            weight *= Math.max(
                    LEAST_FOR_SLOW_REPORTS,
                    Math.min(1, Math.max(SLOW_MILLIS, quickest) / link.quality().delay50()));
        }
        int price = link.terms().terms().price();
        return lane < THRIFTY_LANE || price == 0 || cheapest == 0 ? weight : weight * cheapest / price;
    }

    /** What a link can take in a second, as far as is known. */
    static double capacity(LinkQuality quality) {
        if (quality.throttled()) {
            return quality.rate();
        }
        double known = quality.speed() > ASSUMED_SPEED ? quality.speed() : ASSUMED_SPEED;
        return quality.rate() > 0 ? quality.rate() : known;
    }

    private static boolean tellsDelay(Candidate link) {
        return link.quality().reports() >= TELLING_REPORTS && link.quality().delay50() >= 0;
    }
}
