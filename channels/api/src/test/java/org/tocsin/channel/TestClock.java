package org.tocsin.channel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
public final class TestClock implements InstantSource {
    private volatile Instant now;

    /** A clock that stands at this instant. */
    public TestClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves on, or back. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }
}
