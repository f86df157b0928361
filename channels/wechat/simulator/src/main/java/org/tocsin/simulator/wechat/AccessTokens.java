package org.tocsin.simulator.wechat;

import java.time.Duration;
import java.time.Instant;

/** The one valid access token of the account; a new one ends the one before. Any thread. */
final class AccessTokens {
    private final Duration life;
    private int issued;
    private String current = "";
    private Instant expires = Instant.EPOCH;

    AccessTokens(Duration life) {
        this.life = life;
    }

    synchronized String issue(Instant now) {
        issued++;
        current = "SIMULATED-TOKEN-" + issued;
        expires = now.plus(life);
        return current;
    }

    synchronized void expire() {
        expires = Instant.EPOCH;
    }

    /** The errcode for a token, 0 when it is valid. */
    synchronized int check(String token, Instant now) {
        if (token.isEmpty()) {
            return 41001;
        }
        if (!token.equals(current)) {
            return 40001;
        }
        return now.isBefore(expires) ? 0 : 42001;
    }

    synchronized int issued() {
        return issued;
    }
}
