package org.tocsin.channel;

/** What a link can do now. */
public enum LinkState {
    /** Not connected yet, or connecting again after a loss. */
    CONNECTING,
    /** Ready for batches. */
    UP,
    /** Refused by the provider for good (wrong password, account closed); it is tried again, rarely. */
    REFUSED,
    /** Closed by its owner. */
    CLOSED
}
