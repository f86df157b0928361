package org.tocsin.channel;

/** What a receipt proves, from nothing to an answer. */
public enum Evidence {
    /** On its way: buffered, taken by the device, playing has started. Not a delivery. */
    IN_PROGRESS(0),
    /** Delivered to the person's device or client; for a terminal, played or shown to its end. Level 1. */
    DELIVERED(1),
    /** Shown to the person. Level 2. */
    SHOWN(2),
    /** Answered by the person. Level 3. */
    ANSWERED(3),
    /** Finally not delivered. */
    FAILED(0),
    /** A code that nobody has mapped; kept as received, proves nothing. */
    UNKNOWN(0);

    private final int level;

    Evidence(int level) {
        this.level = level;
    }

    /** The evidence level, 1 to 3; 0 where nothing is proved. */
    public int level() {
        return level;
    }

    /** Whether it proves at least a delivery. */
    public boolean isPositive() {
        return level > 0;
    }
}
