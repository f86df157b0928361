package org.tocsin.alert;

import java.util.Optional;

/** The class of the event (CAP 1.2, info.category). */
public enum Category {
    /** Geophysical. */
    GEO("Geo"),
    /** Meteorological, flood included. */
    MET("Met"),
    /** General emergency and public safety. */
    SAFETY("Safety"),
    /** Law enforcement, military, local security. */
    SECURITY("Security"),
    /** Rescue and recovery. */
    RESCUE("Rescue"),
    /** Fire suppression and rescue. */
    FIRE("Fire"),
    /** Medical and public health. */
    HEALTH("Health"),
    /** Pollution and other environmental. */
    ENV("Env"),
    /** Public and private transportation. */
    TRANSPORT("Transport"),
    /** Utility, telecommunication, other infrastructure. */
    INFRA("Infra"),
    /** Chemical, biological, radiological, nuclear, explosive. */
    CBRNE("CBRNE"),
    /** Anything else. */
    OTHER("Other");

    private final String word;

    Category(String word) {
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
    public static Optional<Category> of(String word) {
        for (Category value : values()) {
            if (value.word.equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
