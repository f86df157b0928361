package org.tocsin.gateway.coverage;

/**
 * The coverage at a moment of its course.
 *
 * @param millis milliseconds since sign-off, 0 or more
 * @param confirmed persons with a positive receipt of their own
 * @param lower persons reached for sure
 * @param estimate persons reached if channels reach people independently of each other
 * @param upper persons who can have been reached at most
 */
public record CurvePoint(long millis, double confirmed, double lower, double estimate, double upper) {
    /** Refuses a time before sign-off. */
    public CurvePoint {
        if (millis < 0) {
            throw new IllegalArgumentException("millis must be 0 or more, was " + millis);
        }
    }

    /** The figures of a moment, to a thousandth of a person: a course is drawn, not recomputed. */
    public static CurvePoint of(long millis, Figures figures) {
        Figures coarse = figures.toThousandths();
        return new CurvePoint(
                Math.max(0, millis), coarse.confirmed(), coarse.lower(), coarse.estimate(), coarse.upper());
    }

    /** Whether the figures are those of another point. */
    boolean hasFiguresOf(CurvePoint other) {
        return confirmed == other.confirmed
                && lower == other.lower
                && estimate == other.estimate
                && upper == other.upper;
    }
}
