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
     * When several links have taken so many together at best, where each may take what another cannot.
     *
     * @param wanted how many together
     */
    static double reached(List<Schedule> links, double wanted) {
        double low = 0;
        double high = 1;
        while (taken(links, high) < wanted && high < 1e6) {
            high *= 2;
        }
        for (int round = 0; round < 60; round++) {
            double middle = (low + high) / 2;
            if (taken(links, middle) >= wanted) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static double taken(List<Schedule> links, double until) {
        return links.stream().mapToDouble(link -> link.between(0, until)).sum();
    }
}
