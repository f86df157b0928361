package org.tocsin.gateway.ledger;

import java.util.function.Consumer;

/**
 * The chain of all deeds. A deed that goes with a change of state is kept by that room's store in one script with the
 * change; a deed of its own comes in here. Blocking; may be used by any thread.
 */
public interface Ledger {
    /** Appends a deed that changes no other state; durable when it returns. */
    LedgerEntry append(Deed deed);

    /** Where the chain ends now. */
    LedgerHead head();

    /** Gives the entries from a sequence number on to a reader, in the order in which they are kept, in pages. */
    default void read(long fromSequence, Consumer<LedgerEntry> reader) {
        read(fromSequence, Long.MAX_VALUE, reader);
    }

    /**
     * Gives the entries of a range to a reader, in the order in which they are kept, in pages.
     *
     * @param fromSequence the first one's number
     * @param toSequence the last one's number; a higher one than there is gives all
     */
    void read(long fromSequence, long toSequence, Consumer<LedgerEntry> reader);

    /** Reads the whole chain and says whether it holds. */
    Verification verify();
}
