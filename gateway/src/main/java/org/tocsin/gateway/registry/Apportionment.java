package org.tocsin.gateway.registry;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Splits a whole number by weights, so that the parts sum to it exactly: the largest remainders get what is left. */
final class Apportionment {
    private Apportionment() {}

    /**
     * Splits.
     *
     * @param total 0 or more, at least the number of weights times {@code least}
     * @param weights 0 or more, not all 0
     * @param least what each part has at least
     */
    static int[] split(int total, double[] weights, int least) {
        int toSplit = total - least * weights.length;
        if (toSplit < 0) {
            throw new IllegalArgumentException(total + " cannot be split into " + weights.length + " parts");
        }
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        int[] parts = new int[weights.length];
        double[] remainders = new double[weights.length];
        int given = 0;
        for (int place = 0; place < weights.length; place++) {
            double exact = toSplit * (weights[place] / sum);
            int whole = (int) Math.floor(exact);
            parts[place] = least + whole;
            remainders[place] = exact - whole;
            given += whole;
        }
        int left = toSplit - given;
        IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer place) -> -remainders[place])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(Math.max(0, left))
                .forEach(place -> parts[place]++);
        return parts;
    }
}
