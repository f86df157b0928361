package org.tocsin.channel.sms;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The submits of one connection whose time for an answer is over, by sequence number: an answer may come all the same,
 * and tells for sure. Bounded; the eldest are forgotten. Used by the event loop alone.
 */
final class LateAnswers {
    private static final int MOST = 8_192;

    /** A submit: whom it is to, and which segment of how many. */
    record Submit(List<Tries.Whom> whom, int segment, int segments) {}

    private final Map<Integer, Submit> submits = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Submit> eldest) {
            return size() > MOST;
        }
    };

    void add(int sequence, Submit submit) {
        submits.put(sequence, submit);
    }

    /** The submit of this number; null where none is known. */
    @Nullable
    Submit find(int sequence) {
        return submits.get(sequence);
    }

    /** Takes it out. */
    @Nullable
    Submit take(int sequence) {
        return submits.remove(sequence);
    }
}
