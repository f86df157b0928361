package org.tocsin.gateway.dispatch;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Reason;

/**
 * What a link's answers and reports say of it since this node started.
 *
 * @param speed addressees a second that its carrier has taken lately, while it had any; 0 where nothing is known
 * @param rate addressees a second that it may be handed now; 0 means without limit
 * @param throttled whether its carrier keeps that below what is set
 * @param window how many addressees may be with the carrier at once
 * @param trouble the share of its lately answered addressees whose answer speaks against the link, 0 to 1
 * @param accepted how many addressees its carrier has accepted
 * @param segments in how many segments
 * @param errors how many refusals, deferrals and negative reports, by reason
 * @param reports how many reports the delays are of, the older ones faded
 * @param delay50 in milliseconds, after which half of the reports had come; -1 where none has
 * @param delay90 … nine of ten
 * @param delay99 … ninety-nine of a hundred
 * @param lastReport when the last report came; null where none has
 */
public record LinkQuality(
        double speed,
        double rate,
        boolean throttled,
        int window,
        double trouble,
        long accepted,
        long segments,
        Map<Reason, Long> errors,
        long reports,
        long delay50,
        long delay90,
        long delay99,
        @Nullable Instant lastReport) {
    /** Copies the map. */
    public LinkQuality {
        errors = Map.copyOf(errors);
    }

    static LinkQuality of(LinkSpec spec, LinkPulse pulse, RateBudget rate) {
        Delays delays = pulse.delays();
        return new LinkQuality(
                pulse.speed(),
                rate.rate(),
                rate.isLowered(),
                spec.mostOutstanding(),
                pulse.trouble(),
                pulse.accepted(),
                pulse.segments(),
                pulse.errors(),
                delays.count(),
                delays.percentile(0.5),
                delays.percentile(0.9),
                delays.percentile(0.99),
                pulse.lastReport());
    }
}
