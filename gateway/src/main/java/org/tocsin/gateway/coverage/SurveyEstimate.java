package org.tocsin.gateway.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a stratified sample survey says of the share of the residents who were reached.
 *
 * @param share p: the sum over strata of their share of the residents times the share of yes among the interviewed
 * @param variance of {@code share}, with finite population correction and design effect
 * @param low where the 95 % interval begins, 0 to {@code share}
 * @param high where it ends, {@code share} to 1
 * @param effectiveSize the size of a simple random sample that would be as exact; infinite where all were interviewed
 * @param strata the strata as they were computed with: those with fewer than two interviews joined to a neighbour
 */
public record SurveyEstimate(
        double share, double variance, double low, double high, double effectiveSize, List<SurveyStratum> strata) {
    /*
     * Estimator and variance: Cochran, Sampling Techniques, 3rd edition, 1977, equations 5.52 and 5.57 (proportions in
     * stratified random sampling); strata with one interview or none are joined to their neighbour, as in section 5A.12
     * there (collapsed strata), which can only make the variance larger on average.
     *
     * Interval: Wilson's score interval with the effective sample size in the place of n. The normal approximation
     * fails near 0 and 1, where coverage figures lie. Franco, Little, Louis and Slud, Comparative Study of Confidence
     * Intervals for Proportions in Complex Sample Surveys, Journal of Survey Statistics and Methodology 7 (2019),
     * recommend it. The effective size is at most what the strata would give if they all had the same share: an
     * estimated variance of 0 (all or nobody reached) says nothing. The standards of the US National Center for Health
     * Statistics (Vital and Health Statistics 2-175, 2017) hold the effective size down likewise.
     */

    private static final double Z = SurveySize.Confidence.P95.z();
    private static final int LEAST = 2;

    /** Copies the list. */
    public SurveyEstimate {
        strata = List.copyOf(strata);
    }

    /**
     * Estimates.
     *
     * @param strata all strata in the order of their codes; those without residents are left out
     * @param designEffect by how much interviews in a stratum are less exact than a simple random sample, 1 or more
     * @return empty with fewer than two interviews in all
     */
    public static Optional<SurveyEstimate> of(List<SurveyStratum> strata, double designEffect) {
        if (!(designEffect >= 1)) {
            throw new IllegalArgumentException("a design effect is 1 or more, was " + designEffect);
        }
        List<SurveyStratum> joined = joined(strata);
        if (joined.isEmpty()) {
            return Optional.empty();
        }
        double residents = joined.stream().mapToLong(SurveyStratum::residents).sum();
        double share = 0;
        double estimated = 0;
        double ifAlike = 0;
        for (SurveyStratum stratum : joined) {
            double weight = stratum.residents() / residents;
            double n = stratum.interviewed();
            double yes = stratum.reached() / n;
            double square = weight * weight * (1 - n / stratum.residents());
            share += weight * yes;
            estimated += square * yes * (1 - yes) / (n - 1);
            ifAlike += square / n;
        }
        share = Math.min(1, share);
        double spread = share * (1 - share);
        double variance = designEffect * Math.max(estimated, ifAlike * spread);
        double effective = designEffect * ifAlike == 0
                ? Double.POSITIVE_INFINITY
                : spread == 0 ? 1 / (designEffect * ifAlike) : spread / variance;
        double low =
                Double.isInfinite(effective) ? share : Math.max(0, middle(share, effective) - half(share, effective));
        double high =
                Double.isInfinite(effective) ? share : Math.min(1, middle(share, effective) + half(share, effective));
        return Optional.of(
                new SurveyEstimate(share, variance, Math.min(low, share), Math.max(high, share), effective, joined));
    }

    /** The square root of the variance. */
    public double standardError() {
        return Math.sqrt(variance);
    }

    /** Whether the interval meets another one, ends included. */
    public boolean meets(double otherLow, double otherHigh) {
        return low <= otherHigh && otherLow <= high;
    }

    private static double middle(double p, double n) {
        return (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
    }

    private static double half(double p, double n) {
        return Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    }

    /**
     * A stratum with too few interviews and those that follow, until they have enough; the last ones join backwards.
     */
    private static List<SurveyStratum> joined(List<SurveyStratum> strata) {
        List<SurveyStratum> joined = new ArrayList<>();
        SurveyStratum open = null;
        for (SurveyStratum stratum : strata) {
            if (stratum.residents() == 0) {
                continue;
            }
            open = open == null ? stratum : open.with(stratum);
            if (open.interviewed() >= LEAST) {
                joined.add(open);
                open = null;
            }
        }
        if (open != null && !joined.isEmpty()) {
            joined.add(joined.remove(joined.size() - 1).with(open));
        }
        return joined;
    }
}
