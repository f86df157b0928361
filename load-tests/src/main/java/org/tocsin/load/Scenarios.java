package org.tocsin.load;

import java.util.List;
import java.util.Optional;

/** All scenarios, in the order in which {@code all} runs them. */
final class Scenarios {
    private static final List<Scenario> ALL = List.of(
            new WholePath(),
            new Kannel(),
            new Carriers(),
            new RedLane(),
            new Receipts(),
            new TargetingTimes(),
            new Intake(),
            new Terminals(),
            new Growth());

    private Scenarios() {}

    static List<Scenario> all() {
        return ALL;
    }

    static Optional<Scenario> find(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }
}
