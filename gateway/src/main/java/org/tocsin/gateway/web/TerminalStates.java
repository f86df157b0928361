package org.tocsin.gateway.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How terminals are. May be used by any thread; does not block. */
@FunctionalInterface
public interface TerminalStates {
    /** What is known of a terminal. */
    enum Condition {
        /** It is connected and listens. */
        ONLINE,
        /** It is connected and listens; what it reported last is a failure. */
        FAULT,
        /** It is not connected. */
        OFFLINE,
        /** Nobody here can tell, as with terminals at an outside broker. */
        UNKNOWN
    }

    /**
     * How a terminal is.
     *
     * @param condition what is known
     * @param since since when it is there or gone; null where that was before the start
     * @param heard when it said something last, a heartbeat for instance; null where it did not since the start
     * @param reported when it reported last on something that it was told; null where it did not since the start
     * @param report what it said then, its own code; empty where it did not
     */
    record State(
            Condition condition,
            @Nullable Instant since,
            @Nullable Instant heard,
            @Nullable Instant reported,
            String report) {}

    /** How the terminal of a code is. */
    State of(String code);
}
