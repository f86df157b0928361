package org.tocsin.gateway.coverage;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.tocsin.gateway.access.Codes;

/**
 * The goals of the jurisdictions.
 *
 * @param goals each with its division; no two of one division hold on the same day
 * @param otherwise the share that holds wherever none of them does, 0 to 1
 */
public record Goals(List<Goal> goals, double otherwise) {
    /** Copies the list. */
    public Goals {
        goals = List.copyOf(goals);
    }

    /** One goal for all. */
    public static Goals everywhere(double share) {
        return new Goals(List.of(), share);
    }

    /**
     * The goal that applies to a target: that of the smallest jurisdiction that holds all of it.
     *
     * @param villages the codes of the target's villages; none means a target of which nothing is known
     * @param day the day of sign-off, in the county's zone
     */
    public Goal of(Collection<String> villages, LocalDate day) {
        return goals.stream()
                .filter(goal -> goal.holdsOn(day) && !villages.isEmpty() && holdsAll(goal, villages))
                .max(Comparator.comparingInt(Goals::depth))
                .orElse(Goal.otherwise(otherwise));
    }

    private static boolean holdsAll(Goal goal, Collection<String> villages) {
        String division = goal.division();
        return division != null && villages.stream().allMatch(village -> Codes.divisionHolds(division, village));
    }

    private static int depth(Goal goal) {
        return goal.division() == null
                ? 0
                : Codes.divisionPrefix(goal.division()).length();
    }
}
