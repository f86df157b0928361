package org.tocsin.gateway.coverage;

import org.jspecify.annotations.Nullable;

/**
 * The share of those whom a terminal serves that take in what it plays or shows.
 *
 * @param low the share that is sure, 0 to 1
 * @param mid the share to reckon with, from {@code low} to 1
 * @param high the share that is possible, from {@code mid} to 1
 * @param source the survey or inspection on record that says so; null only for {@link #UNSURVEYED}
 */
public record Audibility(double low, double mid, double high, @Nullable String source) {
    /** What holds where nobody has surveyed: nobody for sure, half to reckon with, all possible. */
    public static final Audibility UNSURVEYED = new Audibility(0, 0.5, 1, null);

    /** Refuses shares out of order or out of range, and any other than the default without a source. */
    public Audibility {
        if (!(low >= 0 && low <= mid && mid <= high && high <= 1)) {
            throw new IllegalArgumentException(
                    "audibility must be 0 <= low <= mid <= high <= 1, was " + low + ", " + mid + ", " + high);
        }
        boolean unsurveyed = low == 0 && mid == 0.5 && high == 1;
        if (!unsurveyed && (source == null || source.isBlank())) {
            throw new IllegalArgumentException("an audibility other than the default needs a survey on record");
        }
    }
}
