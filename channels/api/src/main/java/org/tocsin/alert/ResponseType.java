package org.tocsin.alert;

import java.util.Optional;

/** What people are asked to do (CAP 1.2, info.responseType). */
public enum ResponseType {
    /** Take shelter in place. */
    SHELTER("Shelter"),
    /** Relocate. */
    EVACUATE("Evacuate"),
    /** Make preparations. */
    PREPARE("Prepare"),
    /** Execute a planned activity. */
    EXECUTE("Execute"),
    /** Avoid the event. */
    AVOID("Avoid"),
    /** Attend to information sources. */
    MONITOR("Monitor"),
    /** Evaluate the information; not for public warning. */
    ASSESS("Assess"),
    /** The threat is over. */
    ALL_CLEAR("AllClear"),
    /** No action recommended. */
    NONE("None");

    private final String word;

    ResponseType(String word) {
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
    public static Optional<ResponseType> of(String word) {
        for (ResponseType value : values()) {
            if (value.word.equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
