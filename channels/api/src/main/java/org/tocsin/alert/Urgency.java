package org.tocsin.alert;

import java.util.Optional;

/** How soon to act (CAP 1.2, info.urgency). */
public enum Urgency {
    /** At once. */
    IMMEDIATE("Immediate"),
    /** Within the next hour. */
    EXPECTED("Expected"),
    /** In the near future. */
    FUTURE("Future"),
    /** No longer required. */
    PAST("Past"),
    /** Not known. */
    UNKNOWN("Unknown");

    private final String word;

    Urgency(String word) {
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
    public static Optional<Urgency> of(String word) {
        for (Urgency value : values()) {
            if (value.word.equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
