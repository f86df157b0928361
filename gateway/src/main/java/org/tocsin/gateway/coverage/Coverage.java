package org.tocsin.gateway.coverage;

import java.util.List;

/**
 * The public coverage of one issue: computed per atom and summed; no formula is applied to totals.
 *
 * @param atoms the atoms in the order given
 * @param total their sum, not rounded
 */
public record Coverage(List<AtomCoverage> atoms, Figures total) {
    /** Copies the atoms. */
    public Coverage {
        atoms = List.copyOf(atoms);
    }

    /** Computes the coverage of each atom and their sum. */
    public static Coverage of(List<AtomFacts> facts) {
        List<AtomCoverage> atoms = facts.stream().map(AtomCoverage::of).toList();
        Figures total = Figures.NONE;
        for (AtomCoverage atom : atoms) {
            total = total.plus(atom.figures());
        }
        return new Coverage(atoms, total);
    }

    /** The sum in whole persons, rounded once. */
    public Count rounded() {
        return total.rounded();
    }

    /** How these figures stand to a goal, a share from 0 to 1. */
    public Verdict verdict(double goal) {
        return Verdict.of(total, goal);
    }
}
