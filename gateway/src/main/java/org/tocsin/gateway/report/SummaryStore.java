package org.tocsin.gateway.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the summary of every signed issue. The one of an open issue follows its figures by some seconds; a settled one
 * stays for good. Blocking; may be used by any thread.
 */
public interface SummaryStore {
    /** The most summaries of one page: each is some 10 to 50 kB. */
    int MOST_OF_A_PAGE = 200;

    /**
     * Which summaries to list.
     *
     * @param from signed at this time or later
     * @param until signed before this time
     * @param cursor where the page before ended; null for the first page
     * @param limit at most so many, 1 to {@link #MOST_OF_A_PAGE}
     */
    record Query(Instant from, Instant until, @Nullable String cursor, int limit) {
        /** Refuses another limit, and a time that ends before it begins. */
        public Query {
            if (until.isBefore(from)) {
                throw new IllegalArgumentException("until must not be before from");
            }
            if (limit < 1 || limit > MOST_OF_A_PAGE) {
                throw new IllegalArgumentException("limit must be 1 to " + MOST_OF_A_PAGE + ", was " + limit);
            }
        }
    }

    /**
     * A page of a list.
     *
     * @param summaries those signed first come first; without the villages' rows
     * @param cursor where the next page begins; null where this is the last
     * @param unreadable the issues of this page whose summaries cannot be read, and are missing here: say so
     */
    record Page(List<IssueSummary> summaries, @Nullable String cursor, List<String> unreadable) {
        /** Copies the lists. */
        public Page {
            summaries = List.copyOf(summaries);
            unreadable = List.copyOf(unreadable);
        }

        /** A page of which all can be read. */
        public Page(List<IssueSummary> summaries, @Nullable String cursor) {
            this(summaries, cursor, List.of());
        }
    }

    /**
     * Keeps the summary of an issue, in place of an earlier one; durable when it returns.
     *
     * @return false, and nothing is changed, where the one that is kept is settled
     * @throws IllegalArgumentException when it is too long even without its villages and townships
     */
    boolean put(IssueSummary summary);

    /**
     * The summary of an issue with its villages; empty where none is kept.
     *
     * @throws SummaryJson.Unreadable where what is kept cannot be read
     */
    Optional<IssueSummary> find(String issue);

    /**
     * Lists summaries.
     *
     * @throws IllegalArgumentException where the cursor is none of this store's
     */
    Page list(Query query);

    /**
     * Gives all summaries of issues signed in a time to a reader, page by page, without the villages' rows.
     *
     * @return the issues whose summaries cannot be read; whoever counts must say that they are missing
     */
    default List<String> each(Instant from, Instant until, Consumer<IssueSummary> reader) {
        List<String> unreadable = new ArrayList<>();
        String cursor = null;
        do {
            Page page = list(new Query(from, until, cursor, MOST_OF_A_PAGE));
            page.summaries().forEach(reader);
            unreadable.addAll(page.unreadable());
            cursor = page.cursor();
        } while (cursor != null);
        return unreadable;
    }
}
