package org.tocsin.gateway.receipt;

import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/**
 * A try of which the carrier took some segments and not all, and what was reported of them: should a later try complete
 * the text with the same segments, it counts for that. Not for several threads at once.
 */
final class PartlyTaken {
    /** The last final report of a segment. */
    record Report(Evidence evidence, @Nullable Reason reason, String code, long at) {}

    final long claim;
    private final long[] references;
    private final @Nullable Report[] reports;

    /**
     * Begins one.
     *
     * @param references the fingerprint of each segment's reference, 0 for those not taken
     * @param before the try before; null where there is none
     */
    PartlyTaken(long claim, long[] references, @Nullable PartlyTaken before) {
        this.claim = claim;
        this.references = references;
        this.reports = new Report[references.length];
        for (int segment = 0; before != null && segment < references.length; segment++) {
            reports[segment] = before.reportOf(segment, references[segment]);
        }
    }

    void reported(int segment, Report report) {
        if (segment < reports.length && references[segment] != 0) {
            reports[segment] = report;
        }
    }

    /** What was reported of a segment by this reference; null for nothing. */
    @Nullable
    Report reportOf(int segment, long reference) {
        return segment < reports.length && reference != 0 && references[segment] == reference ? reports[segment] : null;
    }
}
