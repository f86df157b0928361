package org.tocsin.channel.sms;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Outcome;

/**
 * A job with one number in each submit. A person's first failure is their outcome; what is left of their segments is
 * not sent. Used by the event loop alone.
 */
final class SingleJob extends Job {
    private final @Nullable String[] references;
    private final int[] missing;
    private int person;
    private int segment;

    SingleJob(Batch batch, SubmitTemplate template) {
        super(batch, template);
        boolean several = segments > 1;
        this.references = new String[several ? batch.size() * segments : 0];
        this.missing = new int[several ? batch.size() : 0];
        Arrays.fill(missing, segments);
    }

    @Override
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
            if (segment == 0 && !Numbers.isNumber(batch.addressee(person).address())) {
                batch.settle(person, INVALID_NUMBER);
                continue;
            }
            conversation.submit(this, person * segments + segment);
            if (++segment == segments) {
                person++;
                segment = 0;
            }
        }
        return true;
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
        int whose = place / segments;
        if (--missing[whose] == 0 && !batch.isSettled(whose)) {
            String[] all = Arrays.copyOfRange(references, whose * segments, (whose + 1) * segments, String[].class);
            batch.settle(whose, new Outcome.Accepted(Arrays.asList(all)));
        }
    }

    @Override
    void failed(int place, Outcome outcome) {
        batch.settle(place / segments, outcome);
    }

    @Override
    void abandon(Outcome outcome) {
        for (int left = person; left < batch.size(); left++) {
            batch.settle(left, outcome);
        }
        person = batch.size();
    }
}
