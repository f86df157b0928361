package org.tocsin.alert;

import java.util.Optional;

/** What an alert does to those before it (CAP 1.2, alert.msgType). */
public enum MsgType {
    /** First word about an event. */
    ALERT("Alert"),
    /** Replaces the alerts it references. */
    UPDATE("Update"),
    /** Ends the alerts it references. */
    CANCEL("Cancel"),
    /** Says that the referenced alerts were received. */
    ACK("Ack"),
    /** Says that the referenced alerts were refused. */
    ERROR("Error");

    private final String word;

    MsgType(String word) {
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
    public static Optional<MsgType> of(String word) {
        for (MsgType value : values()) {
            if (value.word.equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
