package org.tocsin.gateway.link;

/** Hears which terminals come and go. Called on an event loop, in order; does not block. */
public interface TerminalPresence {
    /** For those who need not know. */
    TerminalPresence NONE = new TerminalPresence() {
        @Override
        public void online(String code) {
            // Nobody asks.
        }

        @Override
        public void offline(String code) {
            // Nobody asks.
        }
    };

    /** The terminal is connected and has subscribed, so that it can be told something. */
    void online(String code);

    /** The terminal that was online is gone. */
    void offline(String code);
}
