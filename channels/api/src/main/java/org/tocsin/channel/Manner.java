package org.tocsin.channel;

/**
 * How a message is to be carried, where a channel knows a choice; SMS does, the others look at nothing here.
 *
 * @param flash whether it shall be shown at once and not be stored (SMS of class 0, 闪信)
 * @param encoding which alphabet
 * @param extension digits behind the link's own number as the sender, by which a {@link Reply} names what it answers;
 *     empty for none; cut off where the carrier's field is too short for them
 */
public record Manner(boolean flash, Encoding encoding, String extension) {
    /** Not flash, the alphabet that fits, no extension. */
    public static final Manner PLAIN = new Manner(false, Encoding.FITTING, "");

    /** Alphabets of a message. */
    public enum Encoding {
        /** The one that needs fewest pieces and loses no character: GSM-7 where it has all of them, else UCS-2. */
        FITTING,
        /** UCS-2, whatever the text. */
        UCS2
    }

    /** Refuses an extension that is none. */
    public Manner {
        if (extension.length() > 20 || !extension.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("an extension is at most 20 digits, was '" + extension + "'");
        }
    }
}
