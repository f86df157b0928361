package org.tocsin.channel.sms;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/**
 * A batch on its way out: whose turn it is, and of messages of several segments what was answered so far. A person's
 * first failure is their outcome; what is left of their segments is not sent. Used by the event loop alone.
 */
final class Job {
    private static final Outcome INVALID_NUMBER = new Outcome.Rejected(Reason.INVALID_ADDRESS, "");

    private final Batch batch;
    private final SubmitTemplate template;
    private final int segments;
    private final @Nullable String[] references;
    private final int[] missing;
    private int person;
    private int segment;

    Job(Batch batch, SubmitTemplate template) {
        this.batch = batch;
        this.template = template;
        this.segments = template.segments();
        boolean several = segments > 1;
        this.references = new String[several ? batch.size() * segments : 0];
        this.missing = new int[several ? batch.size() : 0];
        Arrays.fill(missing, segments);
    }

    int size() {
        return batch.size();
    }

    /**
     * Writes as many submits as the conversation's window takes.
     *
     * @return whether all are written
     */
    boolean write(Conversation conversation) {
        while (person < batch.size()) {
            if (batch.isSettled(person)) {
                person++;
                segment = 0;
                continue;
            }
            if (!conversation.hasRoom()) {
                return false;
            }
            String number = batch.addressee(person).address();
            if (segment == 0 && !SubmitTemplate.isNumber(number)) {
                batch.settle(person, INVALID_NUMBER);
                continue;
            }
            conversation.submit(this, person * segments + segment, number);
            if (++segment == segments) {
                person++;
                segment = 0;
            }
        }
        return true;
    }

    SubmitTemplate template() {
        return template;
    }

    /** Which segment a place is, from 0. */
    int segmentOf(int place) {
        return segments == 1 ? 0 : place % segments;
    }

    /** A segment was accepted. */
    void accepted(int place, String reference) {
        if (segments == 1) {
            batch.settle(place, new Outcome.Accepted(reference));
            return;
        }
        references[place] = reference;
        int whose = place / segments;
        if (--missing[whose] == 0 && !batch.isSettled(whose)) {
            String[] all = Arrays.copyOfRange(references, whose * segments, (whose + 1) * segments, String[].class);
            batch.settle(whose, new Outcome.Accepted(Arrays.asList(all)));
        }
    }

    /** A segment was not accepted. */
    void failed(int place, Outcome outcome) {
        batch.settle(place / segments, outcome);
    }

    /** Nothing more of this batch is sent. */
    void abandon(Outcome outcome) {
        for (int left = person; left < batch.size(); left++) {
            batch.settle(left, outcome);
        }
        person = batch.size();
    }
}
