package org.tocsin.alert;

import java.util.Optional;

/** How an alert is to be handled (CAP 1.2, alert.status). */
public enum Status {
    /** For all to act on. */
    ACTUAL("Actual"),
    /** For the exercise's participants only. */
    EXERCISE("Exercise"),
    /** Between alert systems. */
    SYSTEM("System"),
    /** Technical test; recipients disregard it. */
    TEST("Test"),
    /** Not to be acted on. */
    DRAFT("Draft");

    private final String word;

    Status(String word) {
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
    public static Optional<Status> of(String word) {
        for (Status value : values()) {
            if (value.word.equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
