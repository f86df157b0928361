package org.tocsin.gateway.report.survey;

import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.SurveyEstimate;
import org.tocsin.gateway.coverage.SurveyStratum;

/**
 * What a sample survey says of an issue, to stand beside the measured coverage.
 *
 * @param share the share of the residents who heard the warning in time, 0 to 1; null while too many live where nobody
 *     was asked
 * @param low where the interval of 95 % begins, 0 to 1
 * @param high where it ends
 * @param interviewed how many were asked
 * @param residents how many residents they stand for
 */
public record SurveyFigure(@Nullable Double share, double low, double high, long interviewed, long residents) {
    static SurveyFigure of(SurveyEstimate estimate) {
        return new SurveyFigure(
                estimate.isProvisional() ? null : estimate.ofAsked(),
                estimate.low(),
                estimate.high(),
                estimate.strata().stream().mapToLong(SurveyStratum::interviewed).sum(),
                estimate.strata().stream().mapToLong(SurveyStratum::residents).sum());
    }

    /** Whether its interval and what was measured, from lower to upper share, have anything in common. */
    public boolean agreesWith(double lower, double upper) {
        return low <= upper && lower <= high;
    }
}
