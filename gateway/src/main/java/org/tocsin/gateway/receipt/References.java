package org.tocsin.gateway.receipt;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where fingerprints lead: to addressees, as a {@link ClaimBook} counts them, and segments. Some 21 bytes each.
 *
 * <p>The entries lie in a thousand pages, each of which grows and forgets alone, so that neither ever moves all of them
 * and no page is an object that the collector must treat apart. References that a carrier counts up come to the same
 * page some dozens at a time, so that it lies in the processor's cache while they do. A fingerprint may lead to several
 * places; whoever asks says which fits, and the newest that does counts. Not for several threads at once.
 */
final class References {
    /** What {@link #find} says where a fingerprint leads nowhere that fits. */
    static final long NOWHERE = -1;

    private static final int SEGMENT_BITS = 8;
    private static final int PAGE_BITS = 10;
    /** So many references counted up share a page: 2 to this power. */
    private static final int RUN_BITS = 6;

    private static final long[] NONE = {};
    /** 2^64 divided by the golden ratio, odd: Knuth's multiplicative hashing. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    /** Whose a reference is. */
    interface Whose {
        /** Whether an addressee may be the one of this address; any may where it is null or empty. */
        boolean isOf(int ordinal, @Nullable String address);
    }

    private final @Nullable ReferencePage[] pages = new ReferencePage[1 << PAGE_BITS];

    /**
     * Says where a fingerprint leads; says it once however often it is called in a row.
     *
     * @param fingerprint not 0
     * @param ordinal the addressee's, 0 or more
     * @param segment 0 to 255
     */
    void put(long fingerprint, int ordinal, int segment) {
        int at = page(fingerprint);
        ReferencePage page = pages[at];
        if (page == null) {
            page = new ReferencePage();
            pages[at] = page;
        }
        page.put(fingerprint, ordinal, segment);
    }

    /** The newest place of a fingerprint that fits, for {@link #ordinal} and {@link #segment}, or {@link #NOWHERE}. */
    long find(long fingerprint, @Nullable String address, Whose whose) {
        ReferencePage page = pages[page(fingerprint)];
        return page == null ? NOWHERE : page.find(fingerprint, address, whose);
    }

    /** All places of a fingerprint, the newest first. */
    long[] all(long fingerprint) {
        ReferencePage page = pages[page(fingerprint)];
        return page == null ? NONE : page.all(fingerprint);
    }

    /** Forgets all that lead to addressees who are gone. */
    void forget(IntPredicate gone) {
        for (int at = 0; at < pages.length; at++) {
            ReferencePage page = pages[at];
            if (page != null) {
                ReferencePage rest = page.without(gone);
                pages[at] = rest.size() == 0 ? null : rest;
            }
        }
    }

    /** Counts all addressees from a later one on. */
    void rebase(int by) {
        for (ReferencePage page : pages) {
            if (page != null) {
                page.rebase(by);
            }
        }
    }

    /** How many entries there are. */
    int size() {
        int size = 0;
        for (ReferencePage page : pages) {
            size += page == null ? 0 : page.size();
        }
        return size;
    }

    private static int page(long fingerprint) {
        return (int) (spread(fingerprint >>> RUN_BITS) >>> (Integer.SIZE - PAGE_BITS));
    }

    /** A number of 32 bits, not negative. Two rounds: with one, references in hexadecimal digits pile up. */
    static long spread(long number) {
        long once = number * SPREAD;
        return ((once ^ (once >>> Integer.SIZE)) * SPREAD) >>> Integer.SIZE;
    }

    static long place(int ordinal, int segment) {
        return ((long) ordinal << SEGMENT_BITS) | segment;
    }

    static int ordinal(long place) {
        return (int) (place >>> SEGMENT_BITS);
    }

    static int segment(long place) {
        return (int) place & ((1 << SEGMENT_BITS) - 1);
    }
}
