package org.tocsin.gateway.coverage;

import java.util.Locale;

/**
 * How shares are written for people, on every page, paper and command: in per cent to a tenth, cut and never rounded to
 * the better. What is sure, estimated or wanted is cut down, so that 89.96 % does not look like 90 %; what can be at
 * most is cut up. Shares are those of unrounded sums, not of heads that were rounded before.
 */
public final class Percent {
    /** Sums of binary fractions may be off by so much. */
    private static final double TOLERANCE = 1e-9;

    private Percent() {}

    /** A share cut down to a tenth of a per cent: 89.9 of 0.8999. */
    public static double down(double share) {
        return Math.floor((share + TOLERANCE) * 1000) / 10;
    }

    /** A share cut up to a tenth of a per cent, at most 100: 90.1 of 0.9001. */
    public static double up(double share) {
        return Math.min(100, Math.ceil((share - TOLERANCE) * 1000) / 10);
    }

    /** The same as {@link #down}, with its sign: {@code 89.9 %}. */
    public static String words(double share) {
        return words(share, false);
    }

    /**
     * A share with its sign.
     *
     * @param atMost whether it is one that can be at most, and so is cut up
     */
    public static String words(double share, boolean atMost) {
        return said(atMost ? up(share) : down(share));
    }

    /** What {@link #down} or {@link #up} gave, with its sign. */
    public static String said(double percent) {
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }

    /** A share cut down, or up where it is one that can be at most, to so many decimals, for tables to compute with. */
    public static double cut(double share, boolean atMost, int decimals) {
        double scale = Math.pow(10, decimals);
        return atMost
                ? Math.min(1, Math.ceil((share - TOLERANCE) * scale) / scale)
                : Math.floor((share + TOLERANCE) * scale) / scale;
    }
}
