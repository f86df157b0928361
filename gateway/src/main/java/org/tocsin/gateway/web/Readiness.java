package org.tocsin.gateway.web;

import org.jspecify.annotations.Nullable;

/** Whether the gateway can take work. Must not block; may be used by any thread. */
public interface Readiness {
    /** Why it is not ready, in a few words that show nothing of the inside, as anybody reads them; null when it is. */
    @Nullable
    String whyNot();

    /** Whether so little disk is left that no new warning may be taken. */
    boolean isDiskLow();

    /** Whether a failure means that the store is not there, and not that something is wrong with the request. */
    boolean isOutage(Throwable failure);
}
