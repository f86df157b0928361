package org.tocsin.gateway.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a person proves who they are, as it is kept; no secret stands in it readable.
 *
 * @param password the password's Argon2id hash in PHC form; null where nobody can sign in by one
 * @param oneTimeUntil until when a one-time password counts, which is replaced at the first sign-in; null for the
 *     person's own
 * @param secret the second factor's secret, encrypted; null where there is none
 * @param offered a secret that is being set up and not yet confirmed, encrypted; null where none is
 * @param usedStep the 30-second step of the last code that was taken, so that none is taken twice
 * @param recovery the hashes of the recovery codes that are left
 * @param openedBy who alone was told the one-time password by which the account was opened last, and so may be the one
 *     who holds it; null where two people were told a half each, or it was made on the machine
 */
public record Credentials(
        @Nullable String password,
        @Nullable Instant oneTimeUntil,
        @Nullable String secret,
        @Nullable String offered,
        long usedStep,
        Set<String> recovery,
        @Nullable String openedBy) {
    /** Nothing yet. */
    static final Credentials NONE = new Credentials(null, null, null, null, 0, Set.of(), null);

    /** Copies the set. */
    public Credentials {
        recovery = Set.copyOf(recovery);
    }

    Credentials withPassword(String hash, @Nullable Instant until) {
        return new Credentials(hash, until, secret, offered, usedStep, recovery, openedBy);
    }

    /**
     * A one-time password in the place of the person's own; a second factor stays, one that is being set up does not.
     */
    Credentials reset(String hash, Instant until, @Nullable String by) {
        return new Credentials(hash, until, secret, null, usedStep, recovery, by);
    }

    /** A one-time password that two people made, and nothing of what was before it. */
    Credentials anew(String hash, Instant until) {
        return new Credentials(hash, until, null, null, usedStep, Set.of(), null);
    }

    Credentials withOffered(String sealed) {
        return new Credentials(password, oneTimeUntil, secret, sealed, usedStep, recovery, openedBy);
    }

    Credentials withSecret(@Nullable String sealed, long step, Set<String> codes) {
        return new Credentials(password, oneTimeUntil, sealed, null, step, codes, openedBy);
    }

    Credentials withStep(long step) {
        return new Credentials(password, oneTimeUntil, secret, offered, step, recovery, openedBy);
    }

    Credentials withRecovery(Set<String> codes) {
        return new Credentials(password, oneTimeUntil, secret, offered, usedStep, codes, openedBy);
    }

    /** Never what it holds. */
    @Override
    public String toString() {
        return "Credentials";
    }
}
