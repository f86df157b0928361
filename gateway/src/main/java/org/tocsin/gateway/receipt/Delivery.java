package org.tocsin.gateway.receipt;

import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Reason;

/**
 * What became of one person or terminal on one channel.
 *
 * @param number the person's or terminal's number in the registry
 * @param state the furthest state
 * @param link the link that got furthest
 * @param reason why it failed or was dropped; null otherwise
 * @param code the carrier's own code, as received; empty where it gave none
 */
public record Delivery(int number, State state, String link, @Nullable Reason reason, String code) {
    /** The states, from nothing to an answer. */
    public enum State {
        /** Not handed to a carrier yet. */
        UNSENT,
        /** Stopped, cancelled or expired before it was sent. */
        DROPPED,
        /** Handed over, no word yet. */
        UNANSWERED,
        /** Taken by a carrier, no final report. */
        ACCEPTED,
        /** Refused for good, or finally not delivered. */
        FAILED,
        /** Delivered to the device or client; played to its end. */
        DELIVERED,
        /** Shown to the person. */
        SHOWN,
        /** Answered by the person. */
        ANSWERED
    }
}
