package org.tocsin.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a carrier or terminal reports of one addressee: a fact, never a guess.
 *
 * @param reference the carrier's id as told in {@link Outcome.Accepted}; null where the report names none
 * @param address the address that the report names; null where it names none
 * @param evidence what it proves
 * @param reason why it failed; null unless it did
 * @param code the carrier's own code, as received
 * @param at when it happened by the carrier's clock, or when the report came where the carrier does not say
 */
public record Receipt(
        @Nullable String reference,
        @Nullable String address,
        Evidence evidence,
        @Nullable Reason reason,
        String code,
        Instant at) {
    /** Refuses a receipt of nobody, and a failure without a reason. */
    public Receipt {
        if (reference == null && address == null) {
            throw new IllegalArgumentException("a receipt needs a reference or an address");
        }
        if ((evidence == Evidence.FAILED) != (reason != null)) {
            throw new IllegalArgumentException("a reason goes with a failure, and only with one");
        }
    }
}
