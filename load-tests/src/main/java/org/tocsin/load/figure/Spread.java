package org.tocsin.load.figure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The median and the range of several runs.
 *
 * @param median the middle value, or the mean of the two in the middle
 * @param min the least
 * @param max the greatest
 */
public record Spread(double median, double min, double max) {
    /** Refuses what is no number, and a median outside its range. */
    public Spread {
        if (!(min <= median && median <= max)) {
            throw new IllegalArgumentException("not a spread: " + min + " " + median + " " + max);
        }
    }

    /**
     * Of the values of some runs.
     *
     * @throws IllegalArgumentException when there is none, or one is no number
     */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no value");
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Of a single value. */
    public static Spread of(double value) {
        return new Spread(value, value, value);
    }
}
