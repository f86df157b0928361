package org.tocsin.gateway.dispatch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/**
 * A test that somebody sent to themselves, as it stands now.
 *
 * @param id names it
 * @param who the id of who sent it, which is also whom it went to
 * @param link over which link
 * @param channel the link's channel
 * @param at when
 * @param outcome what the carrier said to it
 * @param reason why it was refused or put off; null unless it was
 * @param code the carrier's own code to that; empty where there is none
 * @param evidence what the carrier reported afterwards; null as long as nothing came
 * @param reported the carrier's own code of the report; empty where there is none
 * @param reportedAt when the report came; null as long as none did
 */
public record TestSend(
        String id,
        String who,
        String link,
        String channel,
        Instant at,
        Said outcome,
        @Nullable Reason reason,
        String code,
        @Nullable Evidence evidence,
        String reported,
        @Nullable Instant reportedAt) {
    /** What the carrier said to a test. */
    public enum Said {
        /** Nothing yet. */
        NOTHING,
        /** It took it; that is no delivery. */
        ACCEPTED,
        /** It refused it for good. */
        REJECTED,
        /** Not now; it is not tried again by itself. */
        DEFERRED
    }

    TestSend answered(Said said, @Nullable Reason why, String carriersCode) {
        return new TestSend(id, who, link, channel, at, said, why, carriersCode, evidence, reported, reportedAt);
    }

    TestSend reported(Evidence proves, String carriersCode, Instant when) {
        return new TestSend(id, who, link, channel, at, outcome, reason, code, proves, carriersCode, when);
    }

    /** Whether more is to come. */
    public boolean isOpen() {
        return outcome == Said.NOTHING
                || (outcome == Said.ACCEPTED && (evidence == null || evidence == Evidence.IN_PROGRESS));
    }
}
