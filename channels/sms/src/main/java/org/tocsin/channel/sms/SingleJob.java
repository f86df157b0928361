package org.tocsin.channel.sms;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Outcome;

/**
 * A job with one number in each submit. Once a segment has failed, what is left of a person's segments is not sent; the
 * outcome waits until those that were sent are answered, so that nothing which the carrier took is forgotten. Used by
 * the event loop alone.
 */
final class SingleJob extends Job {
    private static final @Nullable String[] NO_REFERENCES = {};

    private final @Nullable String[] references;
    private final int[] open;
    private final @Nullable Outcome[] failures;
    private final boolean[] timedOut;
    private int person;
    private int segment;

    SingleJob(Batch batch, SubmitTemplate template, Tries tries) {
        super(batch, template, tries);
        int several = segments > 1 ? batch.size() : 0;
        this.references = several == 0 ? NO_REFERENCES : new String[several * segments];
        this.open = new int[several];
        this.failures = new Outcome[several];
        this.timedOut = new boolean[several];
    }

    @Override
    boolean write(Conversation conversation) {
        while (person < batch.size()) {
            if (batch.isSettled(person) || (segments > 1 && failures[person] != null)) {
                person++;
                segment = 0;
                continue;
            }
            if (!conversation.hasRoom()) {
                return false;
            }
            if (segment == 0 && !Numbers.isNumber(batch.addressee(person).address())) {
                batch.settle(person, INVALID_NUMBER);
                continue;
            }
            if (segments == 1) {
                conversation.submit(this, person++);
            } else {
                writeSegment(conversation);
            }
        }
        return true;
    }

    /** Writes the next segment, unless the carrier has it from a try before. */
    private void writeSegment(Conversation conversation) {
        if (segment == 0) {
            Tries.Try before = before(person);
            if (before != null) {
                System.arraycopy(before.references, 0, references, person * segments, segments);
            }
        }
        int place = person * segments + segment;
        if (references[place] == null) {
            open[person]++;
            conversation.submit(this, place);
        }
        int whose = person;
        if (++segment == segments) {
            person++;
            segment = 0;
            settleWhenDone(whose);
        }
    }

    @Override
    int count(int place) {
        return 1;
    }

    @Override
    String number(int place, int index) {
        return batch.addressee(place / segments).address();
    }

    @Override
    void accepted(int place, IntFunction<String> all) {
        accepted(place, all.apply(0));
    }

    @Override
    void accepted(int place, String reference) {
        if (segments == 1) {
            batch.settle(place, new Outcome.Accepted(reference));
            return;
        }
        references[place] = reference;
        open[place / segments]--;
        settleWhenDone(place / segments);
    }

    @Override
    void failed(int place, Outcome outcome) {
        if (segments == 1) {
            batch.settle(place, outcome);
            return;
        }
        int whose = place / segments;
        failures[whose] = worse(failures[whose], outcome);
        open[whose]--;
        settleWhenDone(whose);
    }

    @Override
    void timedOut(int place, Outcome outcome) {
        if (segments == 1) {
            settleFailed(place, outcome, NO_REFERENCES, true);
        } else {
            timedOut[place / segments] = true;
            failed(place, outcome);
        }
    }

    private void settleWhenDone(int whose) {
        if (open[whose] > 0 || batch.isSettled(whose)) {
            return;
        }
        @Nullable String[] own = Arrays.copyOfRange(references, whose * segments, (whose + 1) * segments);
        Outcome failure = failures[whose];
        if (Arrays.stream(own).allMatch(reference -> reference != null)) {
            if (!tries.isEmpty()) {
                tries.forget(whom(batch.addressee(whose).address()));
            }
            batch.settle(whose, new Outcome.Accepted(Arrays.asList(Arrays.copyOf(own, own.length, String[].class))));
        } else if (failure != null) {
            settleFailed(whose, failure, own, timedOut[whose]);
        }
    }

    @Override
    void abandon(Outcome outcome) {
        if (segment > 0) {
            // What was written of this one ends with its connection.
            failures[person] = worse(failures[person], outcome);
            settleWhenDone(person++);
            segment = 0;
        }
        for (int left = person; left < batch.size(); left++) {
            batch.settle(left, outcome);
        }
        person = batch.size();
    }
}
