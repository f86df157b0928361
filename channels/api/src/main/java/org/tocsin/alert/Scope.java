package org.tocsin.alert;

import java.util.Optional;

/** Whom an alert is meant for (CAP 1.2, alert.scope). */
public enum Scope {
    /** Everybody. */
    PUBLIC("Public"),
    /** Those whom the restriction names. */
    RESTRICTED("Restricted"),
    /** The addresses named. */
    PRIVATE("Private");

    private final String word;

    Scope(String word) {
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
    public static Optional<Scope> of(String word) {
        for (Scope value : values()) {
            if (value.word.equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
