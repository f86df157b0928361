package org.tocsin.load;

import java.util.List;

/**
 * What a carrier's link can take at best: a capacity that changes at known times. Times in seconds since the sign-off.
 *
 * @param steps by time, the first at 0
 */
record Schedule(List<Step> steps) {
    /** From this time on so many a second. */
    record Step(double from, double perSecond) {}

    /** Copies the steps. */
    Schedule {
        steps = List.copyOf(steps);
    }

    /** How many it can take between two times. */
    double between(double from, double to) {
        double sum = 0;
        for (int at = 0; at < steps.size(); at++) {
            double begins = Math.max(from, steps.get(at).from());
            double ends = at + 1 < steps.size() ? Math.min(to, steps.get(at + 1).from()) : to;
            sum += Math.max(0, ends - begins) * steps.get(at).perSecond();
        }
        return sum;
    }

    /**
     * When several links, each with its share of all, have taken so many together at best.
     *
     * @param each how many each link has to take
     * @param wanted how many together, at most links × each
     */
    static double reached(List<Schedule> links, double each, double wanted) {
        double low = 0;
        double high = 1;
        while (taken(links, each, high) < wanted && high < 1e6) {
            high *= 2;
        }
        for (int round = 0; round < 60; round++) {
            double middle = (low + high) / 2;
            if (taken(links, each, middle) >= wanted) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static double taken(List<Schedule> links, double each, double until) {
        return links.stream()
                .mapToDouble(link -> Math.min(each, link.between(0, until)))
                .sum();
    }
}
