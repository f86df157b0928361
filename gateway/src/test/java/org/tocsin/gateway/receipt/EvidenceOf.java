package org.tocsin.gateway.receipt;

import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/** Makes evidence for tests of other rooms, without a journal. */
public final class EvidenceOf {
    private final String issue;
    private final long version;
    private final Map<String, ChannelEvidence> channels = new TreeMap<>();

    /** Of an issue, with nothing yet. */
    public EvidenceOf(String issue, long version) {
        this.issue = issue;
        this.version = version;
    }

    /** A channel of persons: all planned are accepted, some delivered, shown or answered. */
    public EvidenceOf persons(
            String channel,
            RoaringBitmap planned,
            RoaringBitmap delivered,
            RoaringBitmap shown,
            RoaringBitmap answered) {
        return channel(channel, false, planned, delivered, shown, answered);
    }

    /** A channel of terminals: all planned are accepted, some finished. */
    public EvidenceOf terminals(String channel, RoaringBitmap planned, RoaringBitmap finished) {
        return channel(channel, true, planned, finished, new RoaringBitmap(), new RoaringBitmap());
    }

    /** The evidence. */
    public IssueEvidence build() {
        return new IssueEvidence(issue, version, channels);
    }

    private EvidenceOf channel(
            String channel,
            boolean terminals,
            RoaringBitmap planned,
            RoaringBitmap delivered,
            RoaringBitmap shown,
            RoaringBitmap answered) {
        RouteEvidence route = new RouteEvidence();
        route.claimed.or(Bits.of(planned));
        route.submitted.or(Bits.of(planned));
        route.accepted.or(Bits.of(planned));
        route.delivered.or(Bits.of(delivered));
        route.shown.or(Bits.of(shown));
        route.answered.or(Bits.of(answered));
        channels.put(
                channel,
                new ChannelEvidence(
                        terminals, true, Map.of(channel + "-1", Bits.of(planned)), Map.of(channel + "-1", route)));
        return this;
    }
}
