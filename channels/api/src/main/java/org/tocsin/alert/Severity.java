package org.tocsin.alert;

import java.util.Optional;

/** How bad it is (CAP 1.2, info.severity). */
public enum Severity {
    /** Extraordinary threat. */
    EXTREME("Extreme"),
    /** Significant threat. */
    SEVERE("Severe"),
    /** Possible threat. */
    MODERATE("Moderate"),
    /** Minimal to no known threat. */
    MINOR("Minor"),
    /** Not known. */
    UNKNOWN("Unknown");

    private final String word;

    Severity(String word) {
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
    public static Optional<Severity> of(String word) {
        for (Severity value : values()) {
            if (value.word.equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
