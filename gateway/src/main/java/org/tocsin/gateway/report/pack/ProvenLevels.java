package org.tocsin.gateway.report.pack;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the receipts prove of one addressee after the other: the highest evidence level on each channel. A delivery of
 * one segment proves nothing until all segments of the same attempt are delivered. Not for several threads at once.
 */
final class ProvenLevels {
    private final ReceiptReader receipts;
    private final int[] channelOfLink;
    private final int[] levels;
    private final Map<List<Long>, Long> delivered = new HashMap<>();
    private boolean more;

    /**
     * Begins before the first receipt.
     *
     * @param receipts the receipts
     * @param channelOfLink the channel's number of each link
     * @param channels how many channels there are
     */
    ProvenLevels(ReceiptReader receipts, int[] channelOfLink, int channels) throws IOException, ReceiptReader.Broken {
        this.receipts = receipts;
        this.channelOfLink = channelOfLink;
        this.levels = new int[channels];
        this.more = receipts.next();
    }

    /** The levels by channel of the addressee at a place, which is after the one before; shared with the next call. */
    int[] at(int place) throws IOException, ReceiptReader.Broken {
        Arrays.fill(levels, 0);
        delivered.clear();
        while (more && receipts.place() == place) {
            int channel = channelOfLink[receipts.link()];
            int level = receipts.level();
            if (level > 1 || (level == 1 && isWhole())) {
                levels[channel] = Math.max(levels[channel], level);
            }
            more = receipts.next();
        }
        return levels;
    }

    /** Whether there are receipts behind the last place that was asked for. */
    boolean hasMore() {
        return more;
    }

    private boolean isWhole() {
        int of = receipts.of();
        int segment = receipts.segment();
        if (of == 1 || segment >= of) {
            return true;
        }
        long all = (1L << of) - 1;
        long known = delivered.merge(
                List.of((long) receipts.link(), receipts.attempt()), 1L << segment, (one, other) -> one | other);
        return (known & all) == all;
    }
}
