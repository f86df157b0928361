package org.tocsin.gateway.coverage;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a stratified sample survey says of the share of the residents who were reached.
 *
 * <p>A stratum counts as asked with two interviews, or when all of it were interviewed. Nobody speaks for the others:
 * {@link #low} and {@link #high} hold whatever is true of them.
 *
 * @param ofAsked the share among the residents of the asked strata: the sum over these of their share of those
 *     residents times the share of yes among their interviewed
 * @param variance of {@code ofAsked}, with finite population correction and design effect
 * @param low where the 95 % interval of the share among all residents begins, as if nobody in the strata not asked was
 *     reached; 0 or more
 * @param high where it ends, as if everybody there was; at most 1
 * @param effectiveSize the size of a simple random sample of the asked strata that would be as exact; infinite where
 *     all of them were interviewed
 * @param unasked the share of the residents who live in strata that were not asked, 0 to less than 1
 * @param strata the strata with residents, in the order given
 */
public record SurveyEstimate(
        double ofAsked,
        double variance,
        double low,
        double high,
        double effectiveSize,
        double unasked,
        List<SurveyStratum> strata) {
    /*
     * Estimator and variance: Cochran, Sampling Techniques, 3rd edition, 1977, equations 5.52 and 5.57 (proportions in
     * stratified random sampling), over the strata that were asked. Section 5A.12 there collapses strata with one unit,
     * but for the variance alone: to pool their answers would let the stratum with more interviews speak for the other.
     * What is not known of a stratum is bounded instead of guessed: section 13.2 there, for those who do not answer;
     * Manski, Partial Identification of Probability Distributions, Springer 2003, chapter 1.
     *
     * Interval: Wilson's score interval with the effective sample size in the place of n. The normal approximation
     * fails near 0 and 1, where coverage figures lie. Franco, Little, Louis and Slud, Comparative Study of Confidence
     * Intervals for Proportions in Complex Sample Surveys, Journal of Survey Statistics and Methodology 7 (2019),
     * recommend it. The effective size is at most what the strata would give if they all had the same share: an
     * estimated variance of 0 (all or nobody reached) says nothing. The standards of the US National Center for Health
     * Statistics (Vital and Health Statistics 2-175, 2017) hold the effective size down likewise.
     */

    /** With a larger share of the residents in strata that were not asked, there is no figure for all. */
    public static final double MOST_UNASKED = 0.05;

    private static final double Z = SurveySize.Confidence.P95.z();

    /** Copies the list. */
    public SurveyEstimate {
        strata = List.copyOf(strata);
    }

    /**
     * Estimates.
     *
     * @param strata all strata; those without residents are left out
     * @param designEffect by how much interviews in a stratum are less exact than a simple random sample, 1 or more
     * @return empty where no stratum was asked
     */
    public static Optional<SurveyEstimate> of(List<SurveyStratum> strata, double designEffect) {
        if (!(designEffect >= 1)) {
            throw new IllegalArgumentException("a design effect is 1 or more, was " + designEffect);
        }
        List<SurveyStratum> peopled =
                strata.stream().filter(stratum -> stratum.residents() > 0).toList();
        List<SurveyStratum> asked =
                peopled.stream().filter(SurveyStratum::isAsked).toList();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        double residents = residents(asked);
        double share = 0;
        double estimated = 0;
        double ifAlike = 0;
        for (SurveyStratum stratum : asked) {
            double weight = stratum.residents() / residents;
            double n = stratum.interviewed();
            double yes = stratum.reached() / n;
            double square = weight * weight * (1 - n / stratum.residents());
            share += weight * yes;
            estimated += n == 1 ? 0 : square * yes * (1 - yes) / (n - 1);
            ifAlike += square / n;
        }
        share = Math.min(1, share);
        double spread = share * (1 - share);
        double variance = designEffect * Math.max(estimated, ifAlike * spread);
        double effective = designEffect * ifAlike == 0
                ? Double.POSITIVE_INFINITY
                : spread == 0 ? 1 / (designEffect * ifAlike) : spread / variance;
        boolean exact = Double.isInfinite(effective);
        double low = exact ? share : Math.min(share, middle(share, effective) - half(share, effective));
        double high = exact ? share : Math.max(share, middle(share, effective) + half(share, effective));
        double all = residents(peopled);
        double unasked = (all - residents) / all;
        return Optional.of(new SurveyEstimate(
                share,
                variance,
                (1 - unasked) * Math.max(0, low),
                Math.max(share, Math.min(1, (1 - unasked) * Math.min(1, high) + unasked)),
                effective,
                unasked,
                peopled));
    }

    /** Whether too many live where nobody was asked for a figure for all. */
    public boolean isProvisional() {
        return unasked > MOST_UNASKED;
    }

    /** The share among all residents: that of the asked strata, and empty while {@link #isProvisional}. */
    public OptionalDouble share() {
        return isProvisional() ? OptionalDouble.empty() : OptionalDouble.of(ofAsked);
    }

    /** The square root of the variance. */
    public double standardError() {
        return Math.sqrt(variance);
    }

    /** Whether the interval meets another one, ends included. */
    public boolean meets(double otherLow, double otherHigh) {
        return low <= otherHigh && otherLow <= high;
    }

    private static double residents(List<SurveyStratum> strata) {
        return strata.stream().mapToLong(SurveyStratum::residents).sum();
    }

    private static double middle(double p, double n) {
        return (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
    }

    private static double half(double p, double n) {
        return Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    }
}
