package org.tocsin.gateway.web;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.approval.Warning;

/**
 * The figures of a warning in the contract's JSON, UTF-8. Blocking; may be used by any thread. Each is null where there
 * is none yet: the answer is then 404.
 */
public interface Reports {
    /** It was kept, and is not any more: the answer is 410. */
    final class Removed extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Says so. */
        public Removed() {
            super("what became of each addressee is not kept any more", null, false, false);
        }
    }

    /** The coverage object: the demo's fields, then dissemination, timeliness, channels, asOf, divisions. */
    byte @Nullable [] coverage(Warning warning);

    /** Who could be reached, before sending. */
    byte @Nullable [] estimate(Warning warning);

    /**
     * The evidence pack in a new file, the only one in its folder; both are the caller's to delete.
     *
     * @throws IOException when it cannot be written
     */
    @Nullable
    Path evidence(Warning warning) throws IOException;

    /**
     * A page of deliveries.
     *
     * @param channel only of this channel; null for all
     * @param state only in this state; null for all
     * @param cursor where the page before ended; null for the first
     * @throws IllegalArgumentException for a channel, state or cursor that there is not
     * @throws Removed when the time for which it is kept is over
     */
    byte @Nullable [] deliveries(
            Warning warning, @Nullable String channel, @Nullable String state, @Nullable String cursor);
}
