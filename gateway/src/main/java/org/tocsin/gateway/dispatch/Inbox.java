package org.tocsin.gateway.dispatch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What other threads hand to a link's thread: outcomes and receipts, in their order, drained in bursts. Bounded for
 * receipts; outcomes are bounded by what was submitted.
 */
final class Inbox {
    /** One burst: parallel arrays, the first {@link #size} places of which are filled. */
    static final class Burst {
        @Nullable
        Object[] what = new Object[256];

        @Nullable
        Object[] whose = new Object[256];

        int[] index = new int[256];
        int size;

        void add(Object thing, Object owner, int place) {
            if (size == what.length) {
                what = Arrays.copyOf(what, 2 * size);
                whose = Arrays.copyOf(whose, 2 * size);
                index = Arrays.copyOf(index, 2 * size);
            }
            what[size] = thing;
            whose[size] = owner;
            index[size++] = place;
        }

        void clear() {
            Arrays.fill(what, 0, size, null);
            Arrays.fill(whose, 0, size, null);
            size = 0;
        }
    }

    private final int mostReceipts;
    private Burst filling = new Burst();
    private Burst draining = new Burst();
    private int receipts;

    Inbox(int mostReceipts) {
        this.mostReceipts = mostReceipts;
    }

    /** Adds an outcome; whether the inbox was empty. */
    synchronized boolean addOutcome(Object outcome, Object flight, int place) {
        filling.add(outcome, flight, place);
        return filling.size == 1;
    }

    /** Adds a receipt; -1 where it is full, else 1 where it was empty, else 0. */
    synchronized int addReceipt(Object receipt, Object kept) {
        if (receipts >= mostReceipts) {
            return -1;
        }
        receipts++;
        filling.add(receipt, kept, -1);
        return filling.size == 1 ? 1 : 0;
    }

    /** All since the last drain. It is the caller's until the next call. */
    synchronized Burst drain() {
        Burst full = filling;
        draining.clear();
        filling = draining;
        draining = full;
        receipts = 0;
        return full;
    }
}
