package org.tocsin.gateway.dispatch;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The links' queues, four lanes each. May be used by any thread; stages complete on any. */
public interface Lanes {
    /**
     * An item of a lane.
     *
     * @param id its place in the lane
     * @param bytes the batch
     */
    record Item(String id, byte[] bytes) {}

    /**
     * Appends batches to one lane, once: a mark is written with them, and where it is there already nothing is
     * appended.
     *
     * @param link the link's id
     * @param lane 1 to 4
     * @param mark names what is appended, the same after a crash
     * @param batches the batches, in their order
     */
    CompletionStage<Void> push(String link, int lane, String mark, List<byte[]> batches);

    /**
     * Reads on.
     *
     * @param after the place of the last item read; empty for the beginning
     * @param limit at most so many
     */
    CompletionStage<List<Item>> read(String link, int lane, String after, int limit);

    /** Takes items out. */
    CompletionStage<Void> remove(String link, int lane, List<String> ids);
}
