package org.tocsin.gateway.access;

import java.time.Duration;

/**
 * How long sessions live.
 *
 * @param idle without use
 * @param absolute however much they are used
 * @param step for each further step of a sign-in
 * @param freshSecondFactor how long a code that was given counts as fresh
 */
public record SessionLife(Duration idle, Duration absolute, Duration step, Duration freshSecondFactor) {
    /** Twelve hours of duty without use and a day at most, ten minutes a step, five minutes for a code. */
    public static final SessionLife STANDARD =
            new SessionLife(Duration.ofHours(12), Duration.ofHours(24), Duration.ofMinutes(10), Duration.ofMinutes(5));

    /** The same with another time without use. */
    public SessionLife withIdle(Duration other) {
        return new SessionLife(other, absolute, step, freshSecondFactor);
    }
}
