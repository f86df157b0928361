package org.tocsin.gateway.receipt;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * What is known of one issue of a warning at one moment: durable facts alone. It does not change; what it gives is the
 * caller's own. May be used by any thread.
 */
public final class IssueEvidence {
    private final String issue;
    private final long version;
    private final Map<String, ChannelEvidence> channels;

    /**
     * Puts the channels together.
     *
     * @param issue the issue's id
     * @param version grows with each change, in one process
     * @param channels by name
     */
    public IssueEvidence(String issue, long version, Map<String, ChannelEvidence> channels) {
        this.issue = issue;
        this.version = version;
        this.channels = new TreeMap<>(channels);
    }

    /** The issue's id. */
    public String issue() {
        return issue;
    }

    /** Grows with each change, within one process. The same version means the same evidence. */
    public long version() {
        return version;
    }

    /** The channels that were planned, by name in order. */
    public Set<String> channels() {
        return Set.copyOf(channels.keySet());
    }

    /**
     * What is known on one channel.
     *
     * @throws IllegalArgumentException where the issue was not planned on it
     */
    public ChannelEvidence channel(String name) {
        ChannelEvidence channel = channels.get(name);
        if (channel == null) {
            throw new IllegalArgumentException("not planned on '" + name + "', only on " + channels.keySet());
        }
        return channel;
    }

    /** The counts of a channel; nobody where the issue was not planned on it. */
    public ChannelCounts counts(String channel) {
        ChannelEvidence known = channels.get(channel);
        return known == null ? ChannelCounts.NONE : known.counts();
    }

    /** The counts by channel, in the order of their names. */
    public Map<String, ChannelCounts> counts() {
        Map<String, ChannelCounts> counts = new TreeMap<>();
        channels.forEach((name, channel) -> counts.put(name, channel.counts()));
        return counts;
    }

    /** What all channels together still wait for. */
    public OpenCounts open() {
        int unsent = 0;
        int unanswered = 0;
        int awaiting = 0;
        for (ChannelEvidence channel : channels.values()) {
            unsent += channel.open().unsent();
            unanswered += channel.open().unanswered();
            awaiting += channel.open().awaiting();
        }
        return new OpenCounts(unsent, unanswered, awaiting);
    }

    /**
     * The persons with a positive personal receipt of this evidence level or a higher one on any channel, each once.
     *
     * @param level 1 delivered, 2 shown, 3 answered
     */
    public RoaringBitmap reached(int level) {
        return reachedBits(level).toRoaring();
    }

    /** How many {@link #reached} has. */
    public int reachedCount(int level) {
        return reachedBits(level).count();
    }

    private Bits reachedBits(int level) {
        Bits reached = new Bits();
        for (ChannelEvidence channel : channels.values()) {
            if (!channel.isOfTerminals()) {
                reached.or(channel.reachedBits(level));
            }
        }
        return reached;
    }

    /** The persons who were planned on any channel, each once. */
    public RoaringBitmap plannedPersons() {
        RoaringBitmap persons = new RoaringBitmap();
        for (ChannelEvidence channel : channels.values()) {
            if (!channel.isOfTerminals()) {
                persons.or(channel.planned());
            }
        }
        return persons;
    }

    /** The terminals that have reported that they played or showed this issue to its end. */
    public RoaringBitmap finished() {
        Bits finished = new Bits();
        for (ChannelEvidence channel : channels.values()) {
            if (channel.isOfTerminals()) {
                finished.or(channel.reachedBits(1));
            }
        }
        return finished.toRoaring();
    }

    /** How many submits may have reached somebody twice, all channels together. */
    public int possibleDoubles() {
        return channels.values().stream()
                .mapToInt(ChannelEvidence::possibleDoubles)
                .sum();
    }
}
