package org.tocsin.gateway.dispatch;

import org.tocsin.gateway.receipt.ByteSink;
import org.tocsin.gateway.receipt.ByteSource;

/**
 * A batch as it waits in a link's lane.
 *
 * @param id its name: the same plan gives the same names
 * @param warning the warning's id
 * @param issue the issue's id
 * @param notice which of the issue's notices
 * @param lane 1 to 4
 * @param terminals whether the numbers are terminals' rather than persons'
 * @param generation the registry's generation in which the numbers mean something
 * @param tried the ids of the links that had it before, with commas between; empty for none
 * @param numbers the addressees' numbers, each larger than the one before, at least one
 */
record LaneBatch(
        String id,
        String warning,
        String issue,
        String notice,
        int lane,
        boolean terminals,
        int generation,
        String tried,
        int[] numbers) {
    private static final int VERSION = 1;

    byte[] encode() {
        ByteSink sink = new ByteSink();
        sink.put(VERSION);
        sink.putText(id);
        sink.putText(warning);
        sink.putText(issue);
        sink.putText(notice);
        sink.put(lane);
        sink.put(terminals ? 1 : 0);
        sink.putVar(generation);
        sink.putText(tried);
        sink.putAscending(numbers);
        return sink.toArray();
    }

    static LaneBatch decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes, 0, bytes.length);
        int version = source.take();
        if (version != VERSION) {
            throw new IllegalStateException("a batch of version " + version + ", known is " + VERSION);
        }
        return new LaneBatch(
                source.takeText(),
                source.takeText(),
                source.takeText(),
                source.takeText(),
                source.take(),
                source.take() == 1,
                source.takeVar(Integer.MAX_VALUE),
                source.takeText(),
                source.takeAscending());
    }

    /** The same for others of its addressees. */
    LaneBatch with(int[] others) {
        return new LaneBatch(id, warning, issue, notice, lane, terminals, generation, tried, others);
    }

    /** A part of it for another link. */
    LaneBatch movedFrom(String link, String name, int[] part) {
        return new LaneBatch(
                name,
                warning,
                issue,
                notice,
                lane,
                terminals,
                generation,
                tried.isEmpty() ? link : tried + "," + link,
                part);
    }
}
