package org.tocsin.gateway.issue;

/** What is known of a terminal's fitness now. May be used by any thread; does not block. */
@FunctionalInterface
public interface TerminalHealth {
    /** How a terminal is. */
    enum State {
        /** It is connected. */
        ONLINE,
        /** It is not connected. */
        OFFLINE,
        /** It is connected and has reported a fault. */
        FAULTY,
        /** Nobody can tell, as behind an outside broker. */
        UNKNOWN
    }

    /** The state of the terminal of a code. */
    State of(String code);

    /** Where nothing is known of any. */
    static TerminalHealth unknown() {
        return code -> State.UNKNOWN;
    }
}
