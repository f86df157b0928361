package org.tocsin.gateway.access;

import java.time.Duration;

/**
 * How far a sign-in has come.
 *
 * @param next what comes now
 * @param session the id of the session, or of the sign-in under way, to be told to that person alone; empty else
 * @param device what the browser may show at the next sign-in, so that strangers' guesses do not hold it up; empty
 *     where it has no new one
 * @param delay how long to wait; zero unless next is WAIT
 */
public record SignInStep(Next next, String session, String device, Duration delay) {
    /** What comes now. */
    public enum Next {
        /** Signed in. */
        OPEN,
        /** The second factor's code is asked for. */
        CODE,
        /** A password of one's own is asked for. */
        NEW_PASSWORD,
        /** Name or password, or the code, is not right. */
        WRONG,
        /** The code was right, and used before. */
        USED,
        /** The password was right, but an administrator has locked the account. */
        LOCKED,
        /** The one-time password was right, but its time is over. */
        LAPSED,
        /** Too many attempts. */
        WAIT,
        /** The sign-in took too long: it begins anew. */
        GONE,
        /** Who signed in elsewhere has no account here. */
        NOBODY
    }

    static SignInStep of(Next next) {
        return new SignInStep(next, "", "", Duration.ZERO);
    }

    static SignInStep to(Next next, String session) {
        return new SignInStep(next, session, "", Duration.ZERO);
    }

    static SignInStep waiting(Duration delay) {
        return new SignInStep(Next.WAIT, "", "", delay);
    }

    /** Never what it holds. */
    @Override
    public String toString() {
        return "SignInStep[" + next + "]";
    }
}
