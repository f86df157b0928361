package org.tocsin.gateway.receipt;

/**
 * How far one issue has come on one channel, in persons (terminals for loudspeaker and screen), each counted once
 * whatever the segments, retries and links. The counts are cumulative: planned ≥ submitted ≥ accepted ≥ delivered ≥
 * acknowledged, and accepted = delivered + noReport + those of {@code failed} whom a carrier had accepted.
 *
 * @param planned who were to get it
 * @param submitted of these, whom a carrier was asked to take
 * @param accepted of these, whom a carrier took
 * @param delivered of these, with a positive final report, evidence level 1 or more
 * @param acknowledged of these, shown or answered, evidence level 2 or more
 * @param failed refused for good, or with a negative final report, on every route tried
 * @param noReport accepted, and no final report is there
 */
public record ChannelCounts(
        int planned, int submitted, int accepted, int delivered, int acknowledged, int failed, int noReport) {
    /** Nobody. */
    public static final ChannelCounts NONE = new ChannelCounts(0, 0, 0, 0, 0, 0, 0);
}
