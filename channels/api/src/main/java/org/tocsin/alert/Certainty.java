package org.tocsin.alert;

import java.util.Optional;

/** How sure it is (CAP 1.2, info.certainty). */
public enum Certainty {
    /** Has occurred or is going on. */
    OBSERVED("Observed"),
    /** More likely than not. */
    LIKELY("Likely"),
    /** Possible but not likely. */
    POSSIBLE("Possible"),
    /** Not expected to occur. */
    UNLIKELY("Unlikely"),
    /** Not known. */
    UNKNOWN("Unknown");

    private final String word;

    Certainty(String word) {
        this.word = word;
    }

    /** The word as CAP writes it, case included. */
    public String word() {
        return word;
    }

    /**
     * Finds the constant that CAP writes this way.
     *
     * @param word CAP's word, compared with its case
     * @return the constant, or empty where CAP has no such word
     */
    public static Optional<Certainty> of(String word) {
        for (Certainty value : values()) {
            if (value.word.equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
