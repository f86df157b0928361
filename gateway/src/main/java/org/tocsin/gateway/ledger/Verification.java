package org.tocsin.gateway.ledger;

import java.util.List;

/**
 * What reading a chain found.
 *
 * @param entries how many entries were read
 * @param faults what is wrong, in the order of the reading; at most {@link ChainReader#MAX_FAULTS}
 */
public record Verification(long entries, List<Fault> faults) {
    /** What happened to an entry. */
    public enum Kind {
        /** It says something else than what was hashed. */
        CHANGED("was changed"),
        /** It is missing. */
        REMOVED("was removed"),
        /** It stands at another place. */
        REORDERED("stands at another place"),
        /** It does not belong to the chain. */
        ADDED("was added");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The same in words, after the entry's name. */
        public String words() {
            return words;
        }
    }

    /**
     * One finding.
     *
     * @param kind what happened
     * @param sequence to which entry
     */
    public record Fault(Kind kind, long sequence) {}

    /** Copies the list. */
    public Verification {
        faults = List.copyOf(faults);
    }

    /** Whether nothing is wrong. */
    public boolean holds() {
        return faults.isEmpty();
    }
}
