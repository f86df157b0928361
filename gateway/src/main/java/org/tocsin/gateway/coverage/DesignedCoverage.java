package org.tocsin.gateway.coverage;

import java.util.List;

/**
 * The designed coverage: who could be reached if everything worked. It is the public coverage, by the same formulas and
 * the same atoms, as it would be had every message been delivered and every terminal played to the end, heard by all
 * whom it serves. It says what a county is equipped for, and nothing of what it did.
 */
public final class DesignedCoverage {
    private static final Audibility ALL = new Audibility(1, 1, 1, "design: all who are served take it in");

    private DesignedCoverage() {}

    /**
     * Computes it.
     *
     * @param equipped the atoms, whose {@code reached} and {@code unpositioned} are the persons with at least one
     *     usable address, each once, and whose terminals are all that were to play or show it, finished or not
     * @return the sums, not rounded: of these {@code upper} is the persons with an address or served by a terminal, if
     *     these are as different people as they can be, and {@code lower} if they are as much the same as they can be
     */
    public static Figures of(List<AtomFacts> equipped) {
        return Coverage.of(equipped.stream().map(DesignedCoverage::working).toList())
                .total();
    }

    private static AtomFacts working(AtomFacts atom) {
        return new AtomFacts(
                atom.code(),
                atom.name(),
                atom.residents(),
                atom.villageResidents(),
                atom.cut(),
                atom.reached(),
                atom.unpositioned(),
                atom.terminals().stream().map(DesignedCoverage::working).toList());
    }

    private static TerminalGroup working(TerminalGroup group) {
        return new TerminalGroup(group.terminals().stream()
                .map(terminal -> new ServingTerminal(terminal.serves(), true, ALL))
                .toList());
    }
}
