package org.tocsin.channel.sms;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Notice;

/**
 * What a link remembers of those whose last try was no success: which segments the carrier has, so that the next try
 * sends those that are missing and no other, and how often it did not answer. Bounded; whoever is forgotten is sent the
 * whole text again. Used by the event loop alone.
 */
final class Tries {
    /** Of so many persons; the eldest are forgotten. */
    private static final int MOST = 65_536;

    /** Whom what is sent to. */
    record Whom(String issue, String language, String text, String number) {
        static Whom of(Notice notice, String number) {
            return new Whom(
                    notice.issue(),
                    notice.message().language(),
                    notice.message().part("text"),
                    number);
        }
    }

    /** What became of one person's tries. */
    static final class Try {
        /** The carrier's ids of the segments that it has; null for the others. */
        final @Nullable String[] references;
        /** How often the time for an answer ran out while the connection stayed. */
        int unanswered;

        Try(int segments) {
            references = new String[segments];
        }
    }

    private final Map<Whom, Try> tries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Whom, Try> eldest) {
            return size() > MOST;
        }
    };

    boolean isEmpty() {
        return tries.isEmpty();
    }

    /** What is remembered; null for nothing. */
    @Nullable
    Try find(Whom whom) {
        return tries.get(whom);
    }

    /** What is remembered, from now on if nothing was. */
    Try of(Whom whom, int segments) {
        return tries.computeIfAbsent(whom, unknown -> new Try(segments));
    }

    /** Somebody needs no further try. */
    void forget(Whom whom) {
        tries.remove(whom);
    }
}
