package org.tocsin.gateway.app;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.coverage.Goals;
import org.tocsin.gateway.report.CoverageSubject;
import org.tocsin.gateway.report.GoalMemory;
import org.tocsin.gateway.targeting.Atom;

/**
 * The goal that applied to an issue on the day of its sign-off. It is kept when the issue is first measured, a moment
 * after it was planned, and moves no more.
 */
record GoalAtSignOff(Goals goals, GoalMemory memory, ZoneId zone) implements Function<CoverageSubject, Goal> {
    private static final Logger LOG = LoggerFactory.getLogger(GoalAtSignOff.class);

    @Override
    public Goal apply(CoverageSubject subject) {
        LocalDate day = LocalDate.ofInstant(subject.signed(), zone);
        Goal goal = goals.of(subject.area().atoms().stream().map(Atom::code).toList(), day);
        try {
            return memory.keep(subject.issue(), goal);
        } catch (RuntimeException failed) {
            LOG.warn("the goal of issue {} was not kept: {}", subject.issue(), failed.getMessage());
            return goal;
        }
    }
}
