package org.tocsin.gateway.receipt;

/**
 * What one issue still waits for on one channel, in persons or terminals.
 *
 * @param unsent planned and not handed to a carrier yet, or waiting to be tried again
 * @param unanswered handed over, and the carrier has not said whether it took it
 * @param awaiting accepted on a channel that reports deliveries, and no final report is there
 */
public record OpenCounts(int unsent, int unanswered, int awaiting) {
    /** Nothing is open. */
    public static final OpenCounts NONE = new OpenCounts(0, 0, 0);

    /** Whether nothing is open. */
    public boolean isSettled() {
        return unsent == 0 && unanswered == 0 && awaiting == 0;
    }
}
