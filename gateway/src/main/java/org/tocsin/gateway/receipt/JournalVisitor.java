package org.tocsin.gateway.receipt;

import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/** Is told a journal entry's records in their order. A claim is named by its id, an addressee by its place in it. */
public interface JournalVisitor {
    /** Addressees are about to be submitted. */
    void claimed(Claim claim);

    /**
     * A carrier took one.
     *
     * @param references the fingerprints of the carrier's references, one for each segment; the visitor's own
     */
    void accepted(long claim, int index, long[] references);

    /**
     * In how many segments the text of a claim goes out; not said where it is one.
     *
     * @param segments 2 to 255
     */
    void cut(long claim, int segments);

    /**
     * A carrier took some of the segments of a text and not all; what became of the whole follows.
     *
     * @param references as for {@link #accepted}, 0 where a segment was not taken
     */
    void partlyTaken(long claim, int index, long[] references);

    /** A link refused one for good. */
    void rejected(long claim, int index, Reason reason, String code);

    /** Not now; with {@link Reason#UNANSWERED} it may have been taken. */
    void deferred(long claim, int index, Reason reason, String code);

    /** One is not tried any more. */
    void gaveUp(long claim, int index, Reason reason, String code);

    /** One was given to another link. */
    void moved(long claim, int index, String link);

    /**
     * A report.
     *
     * @param segment which segment, from 0
     * @param at in milliseconds since 1970
     */
    void reported(long claim, int index, int segment, Evidence evidence, @Nullable Reason reason, String code, long at);

    /** A report of which nobody knows yet whose it is. */
    void orphaned(Orphan orphan);

    /** An orphan was found to be somebody's; the report stands beside. */
    void resolved(Orphan orphan);

    /** Addressees of a batch are not sent any more. */
    void dropped(String batch, String issue, Reason reason, int[] numbers);
}
