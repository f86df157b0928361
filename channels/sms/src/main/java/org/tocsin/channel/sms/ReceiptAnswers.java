package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The answers to receipts that are ready to go out on one connection. Any thread may add. */
final class ReceiptAnswers {
    private static final int LENGTH = Smpp.HEADER + 1;

    private int[] sequences = new int[256];
    private int[] statuses = new int[256];
    private int size;

    /**
     * Adds an answer.
     *
     * @return whether it is the first since the last {@link #write}
     */
    synchronized boolean add(int sequence, int status) {
        if (size == sequences.length) {
            sequences = Arrays.copyOf(sequences, size * 2);
            statuses = Arrays.copyOf(statuses, size * 2);
        }
        sequences[size] = sequence;
        statuses[size] = status;
        return size++ == 0;
    }

    synchronized boolean isEmpty() {
        return size == 0;
    }

    /**
     * Writes all deliver_sm_resp and forgets them.
     *
     * @return how many
     */
    synchronized int write(ByteBuf out) {
        int written = size;
        out.ensureWritable(written * LENGTH);
        for (int i = 0; i < written; i++) {
            Smpp.header(out, LENGTH, Smpp.DELIVER_SM_RESP, statuses[i], sequences[i]);
            out.writeByte(0);
        }
        size = 0;
        return written;
    }
}
