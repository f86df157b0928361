package org.tocsin.gateway.web;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.Reported;

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

    /**
     * What a live page is told.
     *
     * @param totals the coverage object without its divisions
     * @param villages the names of figures, and these of each division by its code
     */
    record Live(byte[] totals, byte[] villages) {}

    /** The coverage as it was last computed, in the form that a live page is told. */
    @Nullable
    Live live(Warning warning);
    /** The report: live while the issue is open, as it was kept once it is settled. */
    @Nullable
    Reported report(Warning warning);

    /** The villages of a report as shapes to draw. */
    AreaMap map(Reported of);

    /**
     * A page of those who were not reached, with names and masked addresses. Whoever calls has made sure that the
     * principal may read it; the reading is kept in the ledger before this returns.
     *
     * @param principal who reads
     * @param cause only of this cause; null for all
     * @param village only of the village of this code; null for all
     * @param cursor where the page before ended; null for the first
     * @throws IllegalArgumentException for a cause, village or cursor that there is not, saying which
     * @throws Removed when the time for which it is kept is over
     */
    byte @Nullable [] unreached(
            Warning warning,
            Principal principal,
            @Nullable String cause,
            @Nullable String village,
            @Nullable String cursor);

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
