package org.tocsin.gateway.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a link's lanes ahead and takes out what is done with. For the link's thread. */
final class LaneReader {
    private static final Logger LOG = LoggerFactory.getLogger(LaneReader.class);
    private static final int LANES = 4;
    private static final int PAGE = 500;
    private static final int MOST_SLICES = 20_000;

    private final String link;
    private final Lanes lanes;
    private final LinkThread thread;
    private final Consumer<Slice> arrived;
    private final String[] position = {"", "", "", ""};
    private final boolean[] reading = new boolean[LANES];
    private final Map<String, Integer> parts = new HashMap<>();
    private long generation;

    LaneReader(String link, Lanes lanes, LinkThread thread, Consumer<Slice> arrived) {
        this.link = link;
        this.lanes = lanes;
        this.thread = thread;
        this.arrived = arrived;
    }

    /** Begins again with the first items. */
    void restart() {
        generation++;
        parts.clear();
        for (int lane = 0; lane < LANES; lane++) {
            position[lane] = "";
            reading[lane] = false;
        }
    }

    /** Reads on in each lane that has room. */
    void read(LinkQueues queues) {
        for (int lane = 1; lane <= LANES; lane++) {
            if (!reading[lane - 1] && queues.slices(lane) < MOST_SLICES) {
                readLane(lane, queues);
            }
        }
    }

    /** An item's addressees wait in one more slice from now on. */
    void split(int lane, String item) {
        parts.merge(lane + ":" + item, 1, Integer::sum);
    }

    /** One slice of an item is done with; whether it was the last. */
    boolean isDone(int lane, String item) {
        Integer more = parts.remove(lane + ":" + item);
        if (more == null) {
            return true;
        }
        if (more > 1) {
            parts.put(lane + ":" + item, more - 1);
        }
        return false;
    }

    /** Takes out items whose end is durable: pairs of lane and item. */
    void remove(List<String[]> finished) {
        if (finished.isEmpty()) {
            return;
        }
        Map<String, List<String>> byLane = new HashMap<>();
        for (String[] one : finished) {
            byLane.computeIfAbsent(one[0], unknown -> new ArrayList<>()).add(one[1]);
        }
        byLane.forEach((lane, items) -> lanes.remove(link, Integer.parseInt(lane), items)
                .exceptionally(failure -> {
                    LOG.debug("link {}: done batches stay in the lane", link, failure);
                    return null;
                }));
    }

    private void readLane(int lane, LinkQueues queues) {
        reading[lane - 1] = true;
        long asked = generation;
        thread.after(lanes.read(link, lane, position[lane - 1], PAGE), (items, failure) -> {
            if (asked != generation) {
                return;
            }
            reading[lane - 1] = false;
            if (failure != null) {
                LOG.debug("link {}: lane {} cannot be read", link, lane, failure);
                return;
            }
            for (Lanes.Item item : items) {
                position[lane - 1] = item.id();
                LaneBatch batch = LaneBatch.decode(item.bytes());
                arrived.accept(new Slice(batch, item.id(), 1, 0, batch.numbers()));
            }
            if (items.size() == PAGE) {
                read(queues);
            }
        });
    }
}
