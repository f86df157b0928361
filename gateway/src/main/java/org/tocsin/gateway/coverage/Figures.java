package org.tocsin.gateway.coverage;

/**
 * The coverage of an atom, or of a sum of atoms, in persons, not rounded.
 *
 * <p>0 &lt;= confirmed &lt;= lower &lt;= estimate &lt;= upper &lt;= residents.
 *
 * @param residents N
 * @param confirmed persons with a positive receipt of their own
 * @param lower persons reached for sure; rests on no assumption
 * @param estimate persons reached if channels reach people independently of each other
 * @param upper persons who can have been reached at most
 */
public record Figures(double residents, double confirmed, double lower, double estimate, double upper) {
    /** Nobody. */
    public static final Figures NONE = new Figures(0, 0, 0, 0, 0);

    /** What sums of binary fractions may be off by, in persons, before they are rounded. */
    private static final double TOLERANCE = 1e-6;

    /** The figures of both together. */
    public Figures plus(Figures other) {
        return new Figures(
                residents + other.residents,
                confirmed + other.confirmed,
                lower + other.lower,
                estimate + other.estimate,
                upper + other.upper);
    }

    /**
     * Whole persons, rounded against ourselves: confirmed and lower down, estimate to the nearest, upper and residents
     * up. The order of the figures holds after it too.
     */
    public Count rounded() {
        return new Count(up(residents), down(confirmed), down(lower), Math.round(estimate), up(upper));
    }

    /** The same to a thousandth of a person: as rows are kept, of which nothing is summed. */
    public Figures toThousandths() {
        return new Figures(
                thousandths(residents),
                thousandths(confirmed),
                thousandths(lower),
                thousandths(estimate),
                thousandths(upper));
    }

    private static double thousandths(double persons) {
        return Math.round(persons * 1000) / 1000.0;
    }

    private static long down(double persons) {
        return (long) Math.floor(persons + TOLERANCE);
    }

    private static long up(double persons) {
        return (long) Math.ceil(persons - TOLERANCE);
    }
}
