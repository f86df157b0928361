package org.tocsin.gateway.issue;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a warning would reach if it were sent now.
 *
 * @param residents the residents of the area, of whom public coverage is a share
 * @param villages the villages that the area holds or touches
 * @param cutVillages of those, the ones of which it holds only a part
 * @param persons the registered persons addressed; of an Exercise or Test the probes
 * @param channels by channel, in their order
 * @param terminals by kind
 * @param sms what its short messages are; null where SMS is not among the channels
 */
public record Reach(
        long residents,
        int villages,
        int cutVillages,
        int persons,
        List<ChannelReach> channels,
        List<TerminalReach> terminals,
        @Nullable SmsLoad sms) {
    /** Copies the lists. */
    public Reach {
        channels = List.copyOf(channels);
        terminals = List.copyOf(terminals);
    }

    /**
     * Addressees of one channel.
     *
     * @param channel its name
     * @param addressees persons with an address there, or terminals
     */
    public record ChannelReach(String channel, int addressees) {}

    /**
     * The terminals of one kind that would be told.
     *
     * @param kind loudspeaker or screen
     * @param total how many
     * @param offline of those, not connected
     * @param faulty of those, with a fault
     * @param unknown of those, the ones of which nobody can tell
     */
    public record TerminalReach(String kind, int total, int offline, int faulty, int unknown) {
        /** Those that are connected and report no fault. */
        public int fit() {
            return total - offline - faulty - unknown;
        }
    }

    /**
     * The short messages.
     *
     * @param phones how many phones
     * @param segments the segments of one message, of the longest where languages differ
     * @param messages all segments to all phones
     * @param cost what they cost in yuan; null where no price is set
     */
    public record SmsLoad(int phones, int segments, long messages, @Nullable BigDecimal cost) {}

    /** Whether somebody or something is addressed. */
    public boolean isNobody() {
        return channels.stream().allMatch(channel -> channel.addressees() == 0);
    }
}
