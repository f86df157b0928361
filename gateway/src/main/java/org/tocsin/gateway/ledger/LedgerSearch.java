package org.tocsin.gateway.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for entries, the latest first, a page at a time. Blocks. */
public final class LedgerSearch {
    /** How many entries one page looks at, at most; what lies before them is another page. */
    public static final long MOST_READ = 20_000;

    private static final int CHUNK = 500;

    /**
     * Which entries are meant; what is empty or null says nothing.
     *
     * @param actor who, whole
     * @param act what, or its beginning such as {@code warning.}
     * @param subject on what, or its beginning
     * @param from when, at the earliest
     * @param to when, before this
     */
    public record Query(String actor, String act, String subject, @Nullable Instant from, @Nullable Instant to) {
        boolean takes(LedgerEntry entry) {
            return (actor.isEmpty() || entry.actor().equals(actor))
                    && entry.act().startsWith(act)
                    && entry.subject().startsWith(subject)
                    && (from == null || !entry.at().isBefore(from))
                    && (to == null || entry.at().isBefore(to));
        }
    }

    /**
     * A page.
     *
     * @param head where the ledger ended
     * @param entries the latest first
     * @param read how many entries were looked at
     * @param next from which entry downwards the next page looks; 0 where there is none
     */
    public record Page(LedgerHead head, List<LedgerEntry> entries, long read, long next) {}

    private LedgerSearch() {}

    /**
     * Looks.
     *
     * @param before the entry from which it looks downwards; 0 for the end
     * @param limit how many are found at most
     */
    public static Page find(Ledger ledger, Query query, long before, int limit) {
        LedgerHead head = ledger.head();
        long top = before == 0 ? head.sequence() : Math.min(before, head.sequence());
        List<LedgerEntry> found = new ArrayList<>();
        long at = top;
        while (at > 0 && top - at < MOST_READ) {
            long first = Math.max(1, at - CHUNK + 1);
            List<LedgerEntry> chunk = new ArrayList<>();
            ledger.read(first, at, chunk::add);
            Collections.reverse(chunk);
            for (LedgerEntry entry : chunk) {
                if (query.takes(entry)) {
                    found.add(entry);
                    if (found.size() == limit) {
                        return new Page(head, found, top - entry.sequence() + 1, entry.sequence() - 1);
                    }
                }
            }
            at = first - 1;
        }
        return new Page(head, found, top - at, at);
    }
}
