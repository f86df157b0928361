package org.tocsin.gateway.coverage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The share of the residents that a jurisdiction wants reached.
 *
 * @param share 0 to 1, such as 0.9
 * @param division the jurisdiction's 12-digit code; null for the goal that holds wherever no other does
 * @param from the first day on which it holds; null means from ever
 * @param to the last day on which it holds; null means until it is changed
 */
public record Goal(double share, @Nullable String division, @Nullable LocalDate from, @Nullable LocalDate to) {
    /** Refuses another share, and a last day before the first. */
    public Goal {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a goal must be 0 to 1, was " + share);
        }
        if (from != null && to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("a goal ends on " + to + " before it begins on " + from);
        }
    }

    /** The goal that holds wherever no other does. */
    public static Goal otherwise(double share) {
        return new Goal(share, null, null, null);
    }

    /** Whether it holds on a day. */
    public boolean holdsOn(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }
}
