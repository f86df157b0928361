package org.tocsin.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person sent to one of our numbers (MO): an answer to a warning, or anything else.
 *
 * @param reference the carrier's id of this message, by which a repeat is known; null where it gives none
 * @param from the person's number as the carrier names it
 * @param to the number that was written to, extension code and all
 * @param extension the digits of {@code to} behind the link's own number: what {@link Manner#extension} of the message
 *     was that is answered; empty where there are none, or where {@code to} does not begin with the link's own number
 * @param text the text, of long messages put together; at most 64 KiB
 * @param at when it was sent by the carrier's clock, or when it came where the carrier does not say
 */
public record Reply(@Nullable String reference, String from, String to, String extension, String text, Instant at) {
    /** Refuses a reply of nobody. */
    public Reply {
        if (from.isEmpty()) {
            throw new IllegalArgumentException("a reply needs a sender");
        }
    }

    /** Names neither the person nor what they wrote. */
    @Override
    public String toString() {
        return "Reply[to " + to + ", " + text.length() + " characters, " + at + "]";
    }
}
