package org.tocsin.gateway.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session of the console as it is kept, by its id's hash.
 *
 * @param principal whose it is, by id
 * @param stage how far the sign-in has come
 * @param opened when it was opened
 * @param ends when it ends however much it is used
 * @param from where it was opened from in rough words, such as "Chrome, Windows, 10.1.2.x"; for its owner to know it by
 * @param secondFactorAt when its person last gave a code that was right; null where never
 */
public record Session(
        String principal, Stage stage, Instant opened, Instant ends, String from, @Nullable Instant secondFactorAt) {
    /** How far a sign-in has come. */
    public enum Stage {
        /** Signed in. */
        OPEN,
        /** The password was right, the second factor's code is still asked for. */
        CODE,
        /** The one-time password was right, and must be replaced. */
        NEW_PASSWORD
    }

    /** The same with a second factor given. */
    Session confirmed(Instant at) {
        return new Session(principal, stage, opened, ends, from, at);
    }
}
