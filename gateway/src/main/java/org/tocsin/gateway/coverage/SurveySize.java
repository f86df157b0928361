package org.tocsin.gateway.coverage;

/**
 * How exact a sample survey of a share of the residents is to be, and how many interviews that takes.
 *
 * <p>The size is that of a simple random sample for a proportion with finite population correction, times the design
 * effect: n = deff · n0 / (1 + (n0 − 1) / N) with n0 = z² · p · (1 − p) / e² (Cochran, Sampling Techniques, 3rd
 * edition, 1977, section 4.4; Kish, Survey Sampling, 1965, for the design effect).
 *
 * @param marginOfError e: half the interval's width that is wanted, 0.005 to 0.2
 * @param confidence how often such an interval is to hold the truth
 * @param expectedShare p: the share that is expected, 0.01 to 0.99; 0.5 is the careful guess
 * @param designEffect by how much the variance is larger than that of a simple random sample, 1 to 5
 * @param responseRate the share of the drawn that are expected to be interviewed, 0.1 to 1
 */
public record SurveySize(
        double marginOfError, Confidence confidence, double expectedShare, double designEffect, double responseRate) {
    /** A confidence and its two-sided quantile of the standard normal distribution. */
    public enum Confidence {
        /** 90 %. */
        P90(0.90, 1.6448536269514722),
        /** 95 %. */
        P95(0.95, 1.959963984540054),
        /** 99 %. */
        P99(0.99, 2.5758293035489004);

        private final double share;
        private final double z;

        Confidence(double share, double z) {
            this.share = share;
            this.z = z;
        }

        /** The share of such intervals that hold the truth, such as 0.95. */
        public double share() {
            return share;
        }

        /** How many standard errors the interval reaches to either side. */
        public double z() {
            return z;
        }
    }

    /** Refuses values out of range. */
    public SurveySize {
        check("marginOfError", marginOfError, 0.005, 0.2);
        check("expectedShare", expectedShare, 0.01, 0.99);
        check("designEffect", designEffect, 1, 5);
        check("responseRate", responseRate, 0.1, 1);
    }

    private static void check(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", was " + value);
        }
    }

    /**
     * The interviews that it takes.
     *
     * @param residents how many there are to choose from, 0 or more
     * @return at most {@code residents}
     */
    public long interviews(long residents) {
        if (residents <= 0) {
            return 0;
        }
        double z = confidence.z();
        double plain = z * z * expectedShare * (1 - expectedShare) / (marginOfError * marginOfError);
        double wanted = designEffect * plain / (1 + (plain - 1) / residents);
        return Math.max(1, Math.min(residents, up(wanted)));
    }

    /**
     * How many to draw so that so many interviews are to be expected.
     *
     * @param interviews wanted
     * @param most how many there are to draw from
     */
    public long drawn(long interviews, long most) {
        return Math.min(most, up(interviews / responseRate));
    }

    private static long up(double value) {
        // What the division of binary fractions is off by is no reason for one more interview.
        return (long) Math.ceil(value - 1e-9);
    }
}
