package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The answers to what the carrier delivered that are ready to go out on one connection. Any thread may add. */
final class Answers {
    /** Writes one answer. */
    @FunctionalInterface
    interface Writer {
        void write(ByteBuf out, int sequence, int status, long id, long more);
    }

    private int[] sequences = new int[256];
    private int[] statuses = new int[256];
    private long[] ids = new long[512];
    private int size;

    /**
     * Adds an answer.
     *
     * @param sequence the number of what is answered
     * @param status the protocol's own status
     * @param id what else the answer must repeat, as the protocol has it
     * @param more the rest of that
     * @return whether it is the first since the last {@link #write}
     */
    synchronized boolean add(int sequence, int status, long id, long more) {
        if (size == sequences.length) {
            sequences = Arrays.copyOf(sequences, size * 2);
            statuses = Arrays.copyOf(statuses, size * 2);
            ids = Arrays.copyOf(ids, size * 4);
        }
        sequences[size] = sequence;
        statuses[size] = status;
        ids[2 * size] = id;
        ids[2 * size + 1] = more;
        return size++ == 0;
    }

    synchronized boolean isEmpty() {
        return size == 0;
    }

    /**
     * Writes all answers and forgets them.
     *
     * @return how many
     */
    synchronized int write(ByteBuf out, Writer writer) {
        int written = size;
        for (int i = 0; i < written; i++) {
            writer.write(out, sequences[i], statuses[i], ids[2 * i], ids[2 * i + 1]);
        }
        size = 0;
        return written;
    }
}
