package org.tocsin.gateway.coverage;

import java.util.List;

/**
 * What is known of one atom: a village (or hamlet), cut by the target area.
 *
 * @param code the village's division code
 * @param name the village's name
 * @param residents N, the permanent residents inside the target area, 0 or more; not whole where a village is cut
 * @param villageResidents N_v, the permanent residents of the whole village; less than {@code residents} counts as
 *     {@code residents}
 * @param cut whether the target area holds only a part of the village
 * @param reached persons who live in the atom and have a positive personal receipt, each once, 0 or more; more than
 *     {@code residents} counts as {@code residents}
 * @param unpositioned U, persons with a positive personal receipt who live in the cut village and whose position nobody
 *     knows, each once, 0 or more; they count only in {@code upper}
 * @param terminals the terminals that serve the village
 */
public record AtomFacts(
        String code,
        String name,
        double residents,
        double villageResidents,
        boolean cut,
        int reached,
        int unpositioned,
        List<TerminalGroup> terminals) {
    /** Copies the terminals; refuses negative and undefined numbers. */
    public AtomFacts {
        requireCount("residents", residents);
        requireCount("villageResidents", villageResidents);
        requireCount("reached", reached);
        requireCount("unpositioned", unpositioned);
        terminals = List.copyOf(terminals);
    }

    /** A whole village of which only personal receipts are known. */
    public static AtomFacts village(String code, String name, double residents, int reached) {
        return new AtomFacts(code, name, residents, residents, false, reached, 0, List.of());
    }

    private static void requireCount(String field, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(field + " must be 0 or more, was " + value);
        }
    }
}
