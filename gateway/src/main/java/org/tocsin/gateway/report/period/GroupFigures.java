package org.tocsin.gateway.report.period;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Verdict;

/**
 * What a group of issues adds up to. An Alert and each Update count as an issue each; Cancels are in no group.
 *
 * <p>An issue is <em>measured</em> when the public coverage applies to it and residents live in its area. Verdicts,
 * sums, means and medians are over measured issues alone.
 *
 * @param alerts how many Alerts
 * @param updates how many Updates
 * @param measured how many of both are measured
 * @param met of these, that met their goal for sure
 * @param likely that met it by estimate only
 * @param missed that did not
 * @param open how many of all are not settled: their figures can still change
 * @param sum the measured issues' figures added up; a resident counts once for each issue. Its shares are the means
 *     weighted by residents
 * @param wanted how many of {@code sum.residents} the goals ask for: the sum of each issue's goal × residents
 * @param meanConfirmed the unweighted mean of the issues' confirmed shares, 0 to 1; null where none is measured
 * @param meanLower the same of the lower shares
 * @param meanEstimate the same of the estimated shares
 * @param villages villages of the areas, once for each measured issue
 * @param delivered of these, with at least one delivery
 * @param responsible responsible persons addressed, once for each issue of the group
 * @param answered of these, who answered
 * @param firstSeconds the median, over measured issues, of the seconds from sign-off to the first person
 * @param p50Seconds the same to half of the residents
 * @param p90Seconds the same to nine tenths
 * @param sentFirstSeconds the same from the agency's sent to the first person
 * @param sentP90Seconds the same from the agency's sent to nine tenths
 */
public record GroupFigures(
        int alerts,
        int updates,
        int measured,
        int met,
        int likely,
        int missed,
        int open,
        Figures sum,
        double wanted,
        @Nullable Double meanConfirmed,
        @Nullable Double meanLower,
        @Nullable Double meanEstimate,
        long villages,
        long delivered,
        long responsible,
        long answered,
        @Nullable Double firstSeconds,
        @Nullable Double p50Seconds,
        @Nullable Double p90Seconds,
        @Nullable Double sentFirstSeconds,
        @Nullable Double sentP90Seconds) {
    /** How many issues. */
    public int issues() {
        return alerts + updates;
    }

    /** The lower share weighted by residents, 0 to 1; null where none is measured. */
    public @Nullable Double weightedLower() {
        return share(sum.lower());
    }

    /** The confirmed share weighted by residents; null where none is measured. */
    public @Nullable Double weightedConfirmed() {
        return share(sum.confirmed());
    }

    /** The estimated share weighted by residents; null where none is measured. */
    public @Nullable Double weightedEstimate() {
        return share(sum.estimate());
    }

    /** The upper share weighted by residents; null where none is measured. */
    public @Nullable Double weightedUpper() {
        return share(sum.upper());
    }

    /** The goals' share weighted by residents; null where none is measured. */
    public @Nullable Double weightedGoal() {
        return share(wanted);
    }

    /** The share of the responsible persons asked who answered, 0 to 1; null where nobody was asked. */
    public @Nullable Double answerShare() {
        return responsible > 0 ? (double) answered / responsible : null;
    }

    /** How the sums stand to the goals' sum; null where none is measured. */
    public @Nullable Verdict verdict() {
        Double goal = weightedGoal();
        return goal == null ? null : Verdict.of(sum, Math.min(1, goal));
    }

    private @Nullable Double share(double persons) {
        return sum.residents() > 0 ? persons / sum.residents() : null;
    }

    /**
     * The middle one of values of which null means never: it lies behind all others. Of an even number it is the mean
     * of the two in the middle.
     *
     * @return null where there is no value, or the middle lies among those that never came
     */
    static @Nullable Double median(List<@Nullable Double> values) {
        if (values.isEmpty()) {
            return null;
        }
        double[] sorted = values.stream()
                .mapToDouble(value -> value == null ? Double.POSITIVE_INFINITY : value)
                .sorted()
                .toArray();
        int half = sorted.length / 2;
        double middle = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return Double.isInfinite(middle) ? null : middle;
    }
}
