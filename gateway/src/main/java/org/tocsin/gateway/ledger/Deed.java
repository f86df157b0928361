package org.tocsin.gateway.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who did what, when, over which content: what an entry of the ledger says, before it has its place in the chain.
 *
 * @param at when, by the clock of who wrote it, in whole milliseconds; not necessarily after the one before
 * @param actor the principal's id, or {@code gateway}
 * @param act a word of a closed list of its room, such as {@code warning.approve} or {@code registry.import}
 * @param subject what it was done to, such as a warning's id
 * @param contentHash the {@link ContentHash} of what the actor had before them; empty where there is none
 */
public record Deed(Instant at, String actor, String act, String subject, String contentHash) {
    /** The actor where the gateway itself acts. */
    public static final String GATEWAY = "gateway";

    private static final int MAX_LENGTH = 1024;

    /** Cuts the time to milliseconds; refuses fields over 1,024 characters. */
    public Deed {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        for (String field : new String[] {actor, act, subject, contentHash}) {
            if (field.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("a deed's fields hold at most " + MAX_LENGTH + " characters");
            }
        }
    }
}
