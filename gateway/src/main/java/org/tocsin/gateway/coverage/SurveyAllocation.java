package org.tocsin.gateway.coverage;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Spreads a sample over strata in proportion to their residents. */
public final class SurveyAllocation {
    private SurveyAllocation() {}

    /**
     * Spreads. Each stratum gets at least so many as are said, or all its residents where there are fewer; the rest
     * goes by residents, what is left after whole numbers to the largest remainders, the first one first where they are
     * equal.
     *
     * @param total the sample, 0 or more; more than {@code total} comes back where the least of all strata sum to more
     * @param residents by stratum, 0 or more
     * @param least what each stratum has at least
     * @return by stratum, none more than its residents
     */
    public static long[] proportional(long total, long[] residents, int least) {
        long all = 0;
        for (long stratum : residents) {
            all += stratum;
        }
        long[] parts = new long[residents.length];
        double[] remainders = new double[residents.length];
        long given = 0;
        long wanted = Math.min(total, all);
        for (int place = 0; place < residents.length; place++) {
            double exact = all == 0 ? 0 : (double) wanted * residents[place] / all;
            parts[place] = Math.min(residents[place], Math.max(least, (long) Math.floor(exact)));
            // Whom the least has raised already has no claim to what is left.
            remainders[place] = exact - parts[place];
            given += parts[place];
        }
        int[] order = IntStream.range(0, residents.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer place) -> -remainders[place])
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int at = 0; at < order.length && given < wanted; at++) {
            if (parts[order[at]] < residents[order[at]]) {
                parts[order[at]]++;
                given++;
            }
        }
        return parts;
    }
}
