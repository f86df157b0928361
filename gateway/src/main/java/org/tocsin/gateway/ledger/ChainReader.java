package org.tocsin.gateway.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tocsin.gateway.ledger.Verification.Fault;
import org.tocsin.gateway.ledger.Verification.Kind;

/**
 * Verifies a chain as it streams by: entry after entry, then the head that the chain is said to have. Not thread-safe.
 *
 * <p>Only the number and hash of the last entry that fits are held, and the numbers of a bounded count of gaps, so that
 * a chain of any length can be read.
 */
public final class ChainReader {
    /** How many faults are named before the rest is only counted in {@code entries}. */
    public static final int MAX_FAULTS = 100;

    private final List<Fault> faults = new ArrayList<>();
    private final Set<Long> missing = new HashSet<>();
    private LedgerHead last;
    private long entries;
    private boolean chained = true;

    /** Begins before the first entry. */
    public ChainReader() {
        this(LedgerHead.EMPTY);
    }

    /** Begins behind an entry that is taken as given. */
    public ChainReader(LedgerHead before) {
        this.last = before;
    }

    /** Takes the next entry as it is kept. */
    public void accept(LedgerEntry entry) {
        entries++;
        if (entry.sequence() <= last.sequence()) {
            boolean late = missing.remove(entry.sequence());
            if (late) {
                faults.remove(new Fault(Kind.REMOVED, entry.sequence()));
            }
            found(late ? Kind.REORDERED : Kind.ADDED, entry.sequence());
            if (late && !entry.isTrue()) {
                found(Kind.CHANGED, entry.sequence());
            }
            return;
        }
        for (long gone = last.sequence() + 1; gone < entry.sequence() && faults.size() < MAX_FAULTS; gone++) {
            missing.add(gone);
            found(Kind.REMOVED, gone);
            chained = false;
        }
        if (!entry.isTrue()) {
            found(Kind.CHANGED, entry.sequence());
        } else if (chained && !entry.previousHash().equals(last.hash())) {
            // An entry that was rewritten together with its hash shows only in the one that follows it.
            found(Kind.CHANGED, Math.max(1, last.sequence()));
        }
        chained = true;
        last = entry.head();
    }

    /**
     * Ends the reading.
     *
     * @param head where the chain is said to end
     */
    public Verification end(LedgerHead head) {
        for (long gone = last.sequence() + 1; gone <= head.sequence() && faults.size() < MAX_FAULTS; gone++) {
            found(Kind.REMOVED, gone);
        }
        for (long extra = head.sequence() + 1; extra <= last.sequence() && faults.size() < MAX_FAULTS; extra++) {
            long added = extra;
            faults.removeIf(fault -> fault.sequence() == added);
            found(Kind.ADDED, added);
        }
        if (last.sequence() == head.sequence() && !last.hash().equals(head.hash())) {
            found(Kind.CHANGED, head.sequence());
        }
        return new Verification(entries, faults);
    }

    private void found(Kind kind, long sequence) {
        Fault fault = new Fault(kind, sequence);
        if (faults.size() < MAX_FAULTS && !faults.contains(fault)) {
            faults.add(fault);
        }
    }
}
