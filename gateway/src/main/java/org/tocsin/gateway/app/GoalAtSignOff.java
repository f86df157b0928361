package org.tocsin.gateway.app;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Function;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.coverage.Goals;
import org.tocsin.gateway.report.CoverageSubject;
import org.tocsin.gateway.targeting.Atom;

/** The goal that the settings have for an issue on the day of its sign-off. */
record GoalAtSignOff(Goals goals, ZoneId zone) implements Function<CoverageSubject, Goal> {
    @Override
    public Goal apply(CoverageSubject subject) {
        LocalDate day = LocalDate.ofInstant(subject.signed(), zone);
        return goals.of(subject.area().atoms().stream().map(Atom::code).toList(), day);
    }
}
