package org.tocsin.channel.sms;

import java.util.function.IntFunction;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/**
 * A batch on its way out: whose turn it is, and of messages of several segments what was answered so far. A submit of
 * it has a place: {@code submits before it}, counted over persons or groups and their segments. Used by the event loop
 * alone.
 */
abstract class Job {
    static final Outcome INVALID_NUMBER = new Outcome.Rejected(Reason.INVALID_ADDRESS, "");

    final Batch batch;
    final SubmitTemplate template;
    final int segments;
    /** Whether it waits in the link for room in the windows. */
    boolean queued;

    Job(Batch batch, SubmitTemplate template) {
        this.batch = batch;
        this.template = template;
        this.segments = template.segments();
    }

    /** A job of this batch, with at most so many numbers in a submit. */
    static Job of(Batch batch, SubmitTemplate template, int group) {
        return group > 1 ? new GroupJob(batch, template, group) : new SingleJob(batch, template);
    }

    final int size() {
        return batch.size();
    }

    final SubmitTemplate template() {
        return template;
    }

    /** Which segment a place is, from 0. */
    final int segmentOf(int place) {
        return segments == 1 ? 0 : place % segments;
    }

    /**
     * Writes as many submits as the conversation's window takes.
     *
     * @return whether all are written
     */
    abstract boolean write(Conversation conversation);

    /** How many numbers the submit at a place has. */
    abstract int count(int place);

    /** A number of the submit at a place. */
    abstract String number(int place, int index);

    /**
     * A submit was accepted.
     *
     * @param references the carrier's id for each of its numbers, by their index
     */
    abstract void accepted(int place, IntFunction<String> references);

    /** A submit was accepted that is known to have one number. */
    void accepted(int place, String reference) {
        accepted(place, index -> reference);
    }

    /** A submit was not accepted. */
    abstract void failed(int place, Outcome outcome);

    /**
     * A submit was refused because of a number in it.
     *
     * @return whether the job has more to write now
     */
    boolean refusedForNumber(int place, Outcome outcome) {
        failed(place, outcome);
        return false;
    }

    /** Nothing more of this batch is sent. */
    abstract void abandon(Outcome outcome);
}
