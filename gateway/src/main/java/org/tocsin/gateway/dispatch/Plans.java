package org.tocsin.gateway.dispatch;

import java.util.Map;
import java.util.Optional;

/** What is kept of each issue's plan. Blocking; may be used by any thread. */
public interface Plans {
    /** Whether an issue may be sent. The words stand in the store. */
    enum Gate {
        /** It may. */
        OPEN,
        /** Not now. */
        STOPPED,
        /** Never again: stopped for good, cancelled or superseded. */
        DROPPED,
        /** Never again: its time is over. */
        EXPIRED
    }

    /**
     * Keeps a plan and its notices, where none is there yet.
     *
     * @return the plan that is kept: the first one
     */
    byte[] keep(String issue, byte[] plan, byte[] notices);

    /** A plan; empty where none is kept. */
    Optional<byte[]> plan(String issue);

    /** An issue's notices; empty where none are kept. */
    Optional<byte[]> notices(String issue);

    /** Says that all batches of an issue are in their lanes. */
    void markPushed(String issue);

    /** Whether all batches of an issue are in their lanes. */
    boolean isPushed(String issue);

    /** Opens or shuts an issue's gate; a gate that is shut for good stays so. */
    void gate(String issue, Gate gate);

    /** The gates of the issues that have one. */
    Map<String, Gate> gates();
}
