package org.tocsin.gateway.reply;

import java.time.Instant;

/**
 * A reply as it is kept. It holds personal data: show {@link #maskedFrom} rather than {@code from}.
 *
 * @param id in the order of time; the same for a repeat of the same reply
 * @param at when it was sent
 * @param channel the channel's name
 * @param link the link's id by which it came
 * @param from the person's number in its normal form, or as it came where it is none
 * @param text what they wrote, at most {@value #LONGEST} characters
 * @param kind what it is taken for
 * @param warning the id of the warning that it answers; empty where none is known
 * @param issue the issue's id; empty where none is known
 */
public record KeptReply(
        String id,
        Instant at,
        String channel,
        String link,
        String from,
        String text,
        Kind kind,
        String warning,
        String issue) {
    /** The longest text that is kept. */
    public static final int LONGEST = 2_000;

    private static final int SHOWN = 3;

    /** What a reply is taken for. */
    public enum Kind {
        /** The person says that they have seen the warning. */
        ACKNOWLEDGED,
        /** They want no more of what may be refused. */
        OPTED_OUT,
        /** They want it again. */
        OPTED_IN,
        /** Anything else, for the operator to read. */
        OTHER
    }

    /** The number with all but its ends masked. */
    public String maskedFrom() {
        int length = from.length();
        return length <= 2 * SHOWN
                ? "*".repeat(length)
                : from.substring(0, SHOWN) + "*".repeat(length - 2 * SHOWN) + from.substring(length - SHOWN);
    }

    /** Names neither the person nor what they wrote. */
    @Override
    public String toString() {
        return "KeptReply[" + id + ", " + kind + "]";
    }
}
