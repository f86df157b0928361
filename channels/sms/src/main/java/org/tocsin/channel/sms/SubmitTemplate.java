package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;

/** All of a batch's submits but the sequence and the numbers, encoded once. Immutable; any thread. */
interface SubmitTemplate {
    /** How many submits each person or group costs. */
    int segments();

    /**
     * Writes one submit.
     *
     * @param out where to
     * @param sequence its number
     * @param job whose place it is
     * @param place which of the job's submits
     */
    void write(ByteBuf out, int sequence, Job job, int place);
}
