package org.tocsin.gateway.coverage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The terminal coverage of one issue: in how many villages of the area a terminal works, and whom these serve. Only
 * terminals to which this issue was to go are in it: one that stands there and was not asked is not counted.
 *
 * <p>A terminal works when its own report says that it played or showed this issue to the end. That it answers a
 * connection is no proof.
 *
 * @param villages the villages of the area
 * @param equipped those in which a terminal was to play or show the issue, 0 to {@code villages}
 * @param working those in which at least one did, 0 to {@code equipped}
 * @param residents N of the area, 0 or more
 * @param served the residents whom terminals that did can serve at most: the sum over atoms of min(N, Σ sHi)
 * @param planned how many terminals were to play or show it
 * @param finished how many did, 0 to {@code planned}
 */
public record TerminalCoverage(
        int villages, int equipped, int working, double residents, double served, int planned, int finished) {
    /** No village and no terminal. */
    public static final TerminalCoverage NONE = new TerminalCoverage(0, 0, 0, 0, 0, 0, 0);

    /** Refuses counts that are not within one another. */
    public TerminalCoverage {
        if (working < 0 || equipped < working || villages < equipped) {
            throw new IllegalArgumentException(
                    "working <= equipped <= villages must hold, was " + working + ", " + equipped + ", " + villages);
        }
        if (finished < 0 || planned < finished) {
            throw new IllegalArgumentException("finished must be 0 to " + planned + ", was " + finished);
        }
    }

    /**
     * Computes it.
     *
     * @param atoms the atoms of the area with all persons and terminals to which the issue was to go, finished or not;
     *     atoms of one village have the same terminals, which count once
     */
    public static TerminalCoverage of(List<AtomFacts> atoms) {
        Map<String, List<ServingTerminal>> byVillage = new HashMap<>();
        double residents = 0;
        double served = 0;
        for (AtomFacts atom : atoms) {
            List<ServingTerminal> terminals = atom.terminals().stream()
                    .flatMap(group -> group.terminals().stream())
                    .toList();
            double n = atom.residents();
            boolean isPlanned = atom.reached() + atom.unpositioned() > 0 || !terminals.isEmpty();
            if (Dissemination.isVillageOfTheArea(n, isPlanned)) {
                byVillage.putIfAbsent(atom.code(), terminals);
            }
            residents += n;
            served += Math.min(
                    n,
                    terminals.stream()
                            .filter(ServingTerminal::finished)
                            .mapToDouble(terminal -> Math.min(terminal.serves(), n))
                            .sum());
        }
        int equipped = 0;
        int working = 0;
        int planned = 0;
        int finished = 0;
        for (List<ServingTerminal> terminals : byVillage.values()) {
            int done =
                    (int) terminals.stream().filter(ServingTerminal::finished).count();
            equipped += terminals.isEmpty() ? 0 : 1;
            working += done > 0 ? 1 : 0;
            planned += terminals.size();
            finished += done;
        }
        return new TerminalCoverage(byVillage.size(), equipped, working, residents, served, planned, finished);
    }

    /**
     * The share of the villages in which a terminal works, 0 to 1; null where it does not apply, since the issue was to
     * go to no terminal.
     */
    public @Nullable Double share() {
        return planned == 0 ? null : (double) working / villages;
    }

    /** The share of the residents whom working terminals can serve, 0 to 1; null as above, and where nobody lives. */
    public @Nullable Double servedShare() {
        return planned > 0 && residents > 0 ? Math.min(1, served / residents) : null;
    }
}
