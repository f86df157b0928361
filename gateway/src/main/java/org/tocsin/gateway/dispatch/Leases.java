package org.tocsin.gateway.dispatch;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Who owns which link. May be used by any thread; stages complete on any. */
public interface Leases {
    /** Another node owns the link. */
    long NOT_FREE = -1;

    /**
     * Takes a link that is free, or that this node holds.
     *
     * @param link the link's id
     * @param node this node's id, not used by any other
     * @param time for how long
     * @return a new epoch, larger than all before; {@link #NOT_FREE} where another node has it
     */
    CompletionStage<Long> acquire(String link, String node, Duration time);

    /** Holds on; false where it is lost. */
    CompletionStage<Boolean> renew(String link, String node, long epoch, Duration time);

    /** Gives it back, where this epoch still has it. */
    CompletionStage<Void> release(String link, String node, long epoch);
}
