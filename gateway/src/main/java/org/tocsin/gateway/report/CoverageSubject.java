package org.tocsin.gateway.report;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tocsin.alert.Status;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.coverage.Audibility;
import org.tocsin.gateway.registry.Terminal;
import org.tocsin.gateway.registry.Terminals;
import org.tocsin.gateway.targeting.Target;

/**
 * Whose coverage is measured: what does not change while the receipts come in.
 *
 * @param issue the issue's id
 * @param status the alert's status
 * @param sent when the agency sent it
 * @param signed when it was signed off
 * @param target the area, its people and its terminals
 * @param terminals the terminals' numbers and what they serve, as of the target's registry
 * @param audibility the audibility of a terminal
 */
public record CoverageSubject(
        String issue,
        Status status,
        Instant sent,
        Instant signed,
        Target target,
        Terminals terminals,
        Function<Terminal, Audibility> audibility) {
    /**
     * The subject of a signed warning, whose terminals nobody has surveyed.
     *
     * @throws IllegalArgumentException when it is not signed
     */
    public static CoverageSubject of(Warning warning, Target target, Terminals terminals) {
        Instant signed = warning.signed();
        if (signed == null) {
            throw new IllegalArgumentException("issue " + warning.id() + " is not signed");
        }
        return new CoverageSubject(
                warning.id(),
                warning.alert().status(),
                warning.alert().sent().toInstant(),
                signed,
                target,
                terminals,
                terminal -> Audibility.UNSURVEYED);
    }

    /** Whether the public coverage applies: an Actual issue for all residents. */
    public boolean isPublic() {
        return target.isPublic() && status == Status.ACTUAL;
    }

    /** The terminals by the number of their village. */
    Map<Integer, List<Terminal>> terminalsByVillage() {
        Map<Integer, List<Terminal>> byVillage = new HashMap<>();
        for (Terminal terminal : terminals.all()) {
            byVillage
                    .computeIfAbsent(terminal.village(), village -> new java.util.ArrayList<>())
                    .add(terminal);
        }
        return byVillage;
    }
}
