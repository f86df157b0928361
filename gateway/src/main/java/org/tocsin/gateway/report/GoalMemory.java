package org.tocsin.gateway.report;

import org.tocsin.gateway.coverage.Goal;

/** Keeps which goal applied to an issue, so that a later change of the goals moves no verdict. */
@FunctionalInterface
public interface GoalMemory {
    /** Keeps an issue's goal unless one is kept already; gives the one that is kept. May block and may fail. */
    Goal keep(String issue, Goal goal);
}
