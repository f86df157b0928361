package org.tocsin.gateway.approval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.Codes;
import org.tocsin.gateway.access.Role;

/**
 * Who must approve what: level × hazard × issuer × area gives the steps of a sign-off.
 *
 * <p>For each pair of an event and a division of the warning the first rule that fits gives steps, else the default of
 * the level. The warning needs them all: what one pair asks for, another never takes away. Where an alert's events or
 * divisions cannot be told, every rule fits that could.
 */
public final class ApprovalMatrix {
    private final List<Rule> rules;
    private final Map<Level, List<Step>> defaults;
    private final @Nullable Level machineSignOff;

    /**
     * A line of the matrix; an empty set fits all.
     *
     * @param levels for which levels
     * @param hazards for which event codes, each with all below it
     * @param issuers for warnings made by which principals, by id
     * @param areas for which divisions, each with all below it
     * @param steps the approvals needed, reviewers before signers, a signer last
     */
    public record Rule(
            Set<Level> levels, Set<String> hazards, Set<String> issuers, Set<String> areas, List<Step> steps) {
        /** Copies; refuses steps in another order or without a signer. */
        public Rule {
            levels = Set.copyOf(levels);
            hazards = Set.copyOf(hazards);
            issuers = Set.copyOf(issuers);
            areas = Set.copyOf(areas);
            steps = List.copyOf(steps);
            requireOrder(steps);
        }

        private boolean fits(Level level, String issuer, @Nullable String event, @Nullable String division) {
            return (levels.isEmpty() || levels.contains(level))
                    && (issuers.isEmpty() || issuers.contains(issuer))
                    && (hazards.isEmpty()
                            || event == null
                            || hazards.stream().anyMatch(hazard -> Codes.eventHolds(hazard, event)))
                    && (areas.isEmpty()
                            || division == null
                            || areas.stream().anyMatch(area -> Codes.divisionHolds(area, division)));
        }

        /** Whether it fits for sure, and not only because something is unknown. */
        private boolean isCertain(@Nullable String event, @Nullable String division) {
            return (hazards.isEmpty() || event != null) && (areas.isEmpty() || division != null);
        }
    }

    /**
     * Makes a matrix.
     *
     * @param rules the first that fits holds
     * @param defaults the steps of each level where no rule fits; every level must be there
     * @param machineSignOff the gravest level that an API client may approve; null means none
     */
    public ApprovalMatrix(List<Rule> rules, Map<Level, List<Step>> defaults, @Nullable Level machineSignOff) {
        this.rules = List.copyOf(rules);
        this.defaults = Map.copyOf(defaults);
        this.machineSignOff = machineSignOff;
        for (Level level : Level.values()) {
            requireOrder(Optional.ofNullable(defaults.get(level)).orElse(List.of()));
        }
    }

    /** The default: a signer for III and IV, a reviewer and a signer for I and II; no API client may approve. */
    public static ApprovalMatrix standard() {
        List<Step> both = List.of(Step.REVIEW, Step.SIGN);
        List<Step> signer = List.of(Step.SIGN);
        return new ApprovalMatrix(
                List.of(), Map.of(Level.I, both, Level.II, both, Level.III, signer, Level.IV, signer), null);
    }

    /** The demo's: a signer alone, and API clients may approve every level. */
    public static ApprovalMatrix demo() {
        List<Step> signer = List.of(Step.SIGN);
        return new ApprovalMatrix(
                List.of(), Map.of(Level.I, signer, Level.II, signer, Level.III, signer, Level.IV, signer), Level.I);
    }

    /**
     * The steps that a warning needs.
     *
     * @param level its level
     * @param events its event codes; none means unknown
     * @param issuer the id of its author
     * @param divisions its divisions; none means unknown
     * @return reviewers before signers, a signer last
     */
    public List<Step> steps(Level level, Collection<String> events, String issuer, Collection<String> divisions) {
        Map<Step, Integer> needed = new LinkedHashMap<>();
        for (String event : orUnknown(events)) {
            for (String division : orUnknown(divisions)) {
                for (List<Step> steps : fitting(level, event.isEmpty() ? null : event, issuer, division)) {
                    merge(needed, steps);
                }
            }
        }
        return ordered(needed);
    }

    List<Rule> rules() {
        return rules;
    }

    List<Step> defaults(Level level) {
        return defaults.getOrDefault(level, List.of());
    }

    @Nullable
    Level machineSignOff() {
        return machineSignOff;
    }

    /** Whether an API client may approve a warning of this level. */
    public boolean machineMayApprove(Level level) {
        return machineSignOff != null && !level.isGraverThan(machineSignOff);
    }

    private List<List<Step>> fitting(Level level, @Nullable String event, String issuer, String division) {
        String known = division.isEmpty() ? null : division;
        List<List<Step>> found = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.fits(level, issuer, event, known)) {
                found.add(rule.steps());
                if (rule.isCertain(event, known)) {
                    return found;
                }
            }
        }
        found.add(defaults.getOrDefault(level, List.of(Step.REVIEW, Step.SIGN)));
        return found;
    }

    private static Collection<String> orUnknown(Collection<String> codes) {
        return codes.isEmpty() ? List.of("") : new TreeSet<>(codes);
    }

    private static void merge(Map<Step, Integer> needed, List<Step> steps) {
        Map<Step, Integer> counts = new LinkedHashMap<>();
        steps.forEach(step -> counts.merge(step, 1, Integer::sum));
        counts.forEach((step, count) -> needed.merge(step, count, Math::max));
    }

    /** Reviewers first; an "anybody" step is met by a named one of the same role. */
    private static List<Step> ordered(Map<Step, Integer> needed) {
        List<Step> all = new ArrayList<>();
        for (Role role : new Role[] {Role.REVIEWER, Role.SIGNER}) {
            int named = 0;
            for (Map.Entry<Step, Integer> entry : needed.entrySet()) {
                Step step = entry.getKey();
                if (step.role() == role && !step.who().isEmpty()) {
                    named += entry.getValue();
                    for (int i = 0; i < entry.getValue(); i++) {
                        all.add(step);
                    }
                }
            }
            Step anybody = new Step(role, Set.of());
            for (int i = named; i < needed.getOrDefault(anybody, 0); i++) {
                all.add(anybody);
            }
        }
        return all;
    }

    private static void requireOrder(List<Step> steps) {
        if (steps.isEmpty() || steps.get(steps.size() - 1).role() != Role.SIGNER) {
            throw new IllegalArgumentException("a sign-off ends with a signer");
        }
        boolean signing = false;
        for (Step step : steps) {
            if (signing && step.role() == Role.REVIEWER) {
                throw new IllegalArgumentException("reviewers come before signers");
            }
            signing = step.role() == Role.SIGNER;
        }
    }
}
