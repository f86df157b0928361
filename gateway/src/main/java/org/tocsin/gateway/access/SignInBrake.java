package org.tocsin.gateway.access;

import java.time.Duration;
import java.time.Instant;

/** Counts attempts to sign in, so that guessing gets slower. Blocking; may be used by any thread. */
public interface SignInBrake {
    /**
     * How guessing gets slower.
     *
     * @param free how many attempts cost nothing
     * @param first the wait after them, which doubles with each further one
     * @param longest the longest wait
     * @param memory how long after the last attempt the count starts anew
     */
    record Pace(int free, Duration first, Duration longest, Duration memory) {
        /** Against guesses of one password: the duty officer who mistypes, or is held up by others, waits little. */
        static final Pace ACCOUNT = new Pace(5, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(15));

        /** Against one address that tries many names; an office has one address for all its people. */
        static final Pace ADDRESS = new Pace(30, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(15));

        /** Against guesses of a code by one who has the password. */
        static final Pace CODE = new Pace(5, Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofHours(1));
    }

    /**
     * Takes an attempt, before it is known whether it is right, so that many at once count one by one.
     *
     * @param what whose attempts are counted together
     * @return how long to wait; zero where it may go on
     */
    Duration take(String what, Pace pace, Instant now);

    /** Forgets the attempts, as one was right. */
    void release(String what);

    /** Takes one attempt back, as it was right, and leaves those of others counted. */
    void giveBack(String what);
}
