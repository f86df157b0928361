package org.tocsin.gateway.dispatch;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How long a link's reports take, in a bounded number of buckets, four to each doubling from 1 ms to 97 hours; what is
 * older than some minutes fades. Written by one thread, read by any.
 */
final class Delays {
    private static final int PARTS = 4;
    private static final int DOUBLINGS = 28;
    private static final long FADE_NANOS = 300_000_000_000L;

    private final AtomicLongArray counts = new AtomicLongArray(PARTS * DOUBLINGS);
    private final LongSupplier nanos;
    private long faded;

    Delays(LongSupplier nanos) {
        this.nanos = nanos;
        this.faded = nanos.getAsLong();
    }

    /** Adds one, in milliseconds. */
    void add(long millis) {
        int at = bucket(millis);
        // One thread writes: no other can come between.
        counts.lazySet(at, counts.get(at) + 1);
    }

    /** Halves what is there when it is old; for the writing thread, now and then. */
    void fade() {
        long now = nanos.getAsLong();
        if (now - faded >= FADE_NANOS) {
            faded = now;
            for (int at = 0; at < counts.length(); at++) {
                counts.lazySet(at, counts.get(at) / 2);
            }
        }
    }

    /** How many reports are counted. */
    long count() {
        long all = 0;
        for (int at = 0; at < counts.length(); at++) {
            all += counts.get(at);
        }
        return all;
    }

    /**
     * The delay below which a share of the reports lies, in milliseconds, at most a fifth above the true one; -1 where
     * there is none.
     *
     * @param share 0 to 1
     */
    long percentile(double share) {
        long all = count();
        if (all == 0) {
            return -1;
        }
        long wanted = Math.max(1, (long) Math.ceil(share * all));
        long seen = 0;
        for (int at = 0; at < counts.length(); at++) {
            seen += counts.get(at);
            if (seen >= wanted) {
                return upperEdge(at);
            }
        }
        return upperEdge(counts.length() - 1);
    }

    private static int bucket(long millis) {
        long value = Math.max(1, millis);
        int doubling = 63 - Long.numberOfLeadingZeros(value);
        if (doubling >= DOUBLINGS) {
            return PARTS * DOUBLINGS - 1;
        }
        int part = (int) ((PARTS * (value - (1L << doubling))) >> doubling);
        return PARTS * doubling + part;
    }

    private static long upperEdge(int bucket) {
        long base = 1L << (bucket / PARTS);
        return base + base * (bucket % PARTS + 1) / PARTS;
    }
}
