package org.tocsin.gateway.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of rights that somebody has proposed and another person must confirm.
 *
 * @param id its id
 * @param kind what is to be changed
 * @param subject the account's name or the client's id; {@code matrix} for the matrix
 * @param name a new client's name for people; empty else
 * @param before the rights as they were when it was proposed; for the matrix none
 * @param after the rights as they shall be; for the matrix none
 * @param matrixBefore the matrix as it was; empty for other kinds
 * @param matrixAfter the matrix as it shall be; empty for other kinds
 * @param by who proposed it, by id
 * @param at when
 * @param ends when it can be confirmed no longer
 * @param state how far it is
 * @param decidedBy who confirmed, refused or withdrew it; null while nobody has
 * @param decidedAt when; null while nobody has
 * @param reason why it was refused; empty else
 * @param firstHalf the first half of the one-time password by which its account is opened anew once it is confirmed,
 *     encrypted; null where none is, and once it is decided
 * @param version counts its changes
 */
public record Proposal(
        String id,
        Kind kind,
        String subject,
        String name,
        Grant before,
        Grant after,
        String matrixBefore,
        String matrixAfter,
        String by,
        Instant at,
        Instant ends,
        State state,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        String reason,
        @Nullable String firstHalf,
        long version) {
    /** What a proposal changes. */
    public enum Kind {
        /** An account's roles, divisions and hazards. */
        ACCOUNT,
        /** A new client, or a client's roles, divisions, hazards and senders. */
        CLIENT,
        /** A new key for a client that has one. */
        KEY,
        /** A new one-time password for a person who is somebody's second person. */
        PASSWORD,
        /** Takes an account's second factor away, whose person has lost it. */
        SECOND_FACTOR,
        /** The approval matrix. */
        MATRIX
    }

    /** How far it is. */
    public enum State {
        /** A second person is waited for. */
        WAITING,
        /** Confirmed, and done. */
        CONFIRMED,
        /** Refused by a second person. */
        REFUSED,
        /** Taken back by who proposed it. */
        WITHDRAWN,
        /** Nobody decided in time. */
        EXPIRED
    }

    /** Whether its account is opened anew once it is confirmed. */
    public boolean opens() {
        return firstHalf != null;
    }

    /** The same, decided. */
    Proposal decided(State how, String who, Instant when, String why) {
        return new Proposal(
                id,
                kind,
                subject,
                name,
                before,
                after,
                matrixBefore,
                matrixAfter,
                by,
                at,
                ends,
                how,
                who,
                when,
                why,
                null,
                version + 1);
    }
}
