package org.tocsin.channel.sms;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
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
    /**
     * So often one message goes to one person without an answer while the connection stays; a carrier may have both.
     */
    private static final int MOST_UNANSWERED = 2;

    final Batch batch;
    final SubmitTemplate template;
    final int segments;
    final Tries tries;
    /** Whether it waits in the link for room in the windows. */
    boolean queued;

    Job(Batch batch, SubmitTemplate template, Tries tries) {
        this.tries = tries;
        this.batch = batch;
        this.template = template;
        this.segments = template.segments();
    }

    /**
     * A job of this batch.
     *
     * @param group the most numbers in a submit
     * @param tries what the link remembers of tries before
     */
    static Job of(Batch batch, SubmitTemplate template, int group, Tries tries) {
        return group > 1 ? new GroupJob(batch, template, group, tries) : new SingleJob(batch, template, tries);
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

    /** The time for an answer to a submit ran out while the connection stays. */
    abstract void timedOut(int place, Outcome outcome);

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

    final Tries.Whom whom(String number) {
        return Tries.Whom.of(batch.notice(), number);
    }

    /** What the carrier has of a person's segments from tries before; null for nothing. */
    final Tries.@Nullable Try before(int person) {
        return tries.isEmpty() ? null : tries.find(whom(batch.addressee(person).address()));
    }

    /** The worst of two failures: a refusal for good, then what the carrier may have taken. */
    static Outcome worse(@Nullable Outcome one, Outcome other) {
        return one == null || weight(other) > weight(one) ? other : one;
    }

    private static int weight(Outcome outcome) {
        if (outcome instanceof Outcome.Rejected) {
            return 2;
        }
        return outcome instanceof Outcome.Deferred deferred && deferred.reason() == Reason.UNANSWERED ? 1 : 0;
    }

    /**
     * Settles somebody whose try is over and no success. What the carrier has of the segments is remembered for the
     * next one.
     *
     * @param references its ids, null for what it did not take
     * @param timedOut whether it did not answer in time while the connection stayed
     */
    final void settleFailed(int person, Outcome outcome, @Nullable String[] references, boolean timedOut) {
        boolean partly = Arrays.stream(references).anyMatch(reference -> reference != null);
        boolean silent = timedOut && weight(outcome) == 1;
        if (!partly && !silent) {
            batch.settle(person, outcome);
            return;
        }
        Tries.Whom whom = whom(batch.addressee(person).address());
        Tries.Try last = tries.of(whom, segments);
        for (int segment = 0; segment < references.length; segment++) {
            if (references[segment] != null) {
                last.references[segment] = references[segment];
            }
        }
        List<String> taken = !partly
                ? List.of()
                : Arrays.stream(references)
                        .map(reference -> reference == null ? "" : reference)
                        .toList();
        if (silent && ++last.unanswered >= MOST_UNANSWERED) {
            batch.settle(person, new Outcome.Rejected(Reason.UNANSWERED, "", taken));
        } else if (outcome instanceof Outcome.Deferred deferred) {
            batch.settle(
                    person, new Outcome.Deferred(deferred.reason(), deferred.code(), deferred.retryAfter(), taken));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            batch.settle(person, new Outcome.Rejected(rejected.reason(), rejected.code(), taken));
        } else {
            batch.settle(person, outcome);
        }
    }
}
