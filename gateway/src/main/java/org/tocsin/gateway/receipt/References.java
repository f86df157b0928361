package org.tocsin.gateway.receipt;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a fingerprint leads: an open-addressing map of primitives. A fingerprint that leads to several places keeps
 * them all, the newest first. Not for several threads at once.
 */
final class References {
    /** What {@link #find} says where a fingerprint leads nowhere. */
    static final long NOWHERE = -1;

    private static final long[] NONE = {};
    private static final int LINE_BITS = 3;
    private static final int LINE_MASK = (1 << LINE_BITS) - 1;
    /** 2^64 divided by the golden ratio, odd: Knuth's multiplicative hashing. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private long[] keys;
    private long[] values;
    private int size;
    private final Map<Long, long[]> clashes = new HashMap<>();

    References() {
        this(1024);
    }

    private References(int capacity) {
        keys = new long[capacity];
        values = new long[capacity];
    }

    /** Says that a fingerprint (not 0) leads to a place (0 or more); says it once however often it is called. */
    void put(long fingerprint, long place) {
        if (size * 8L > keys.length * 5L) {
            grow();
        }
        int at = slot(keys, fingerprint);
        if (keys[at] == 0) {
            keys[at] = fingerprint;
            values[at] = place;
            size++;
        } else if (values[at] != place) {
            clash(fingerprint, values[at], place);
            values[at] = place;
        }
    }

    /** The newest place of a fingerprint, or {@link #NOWHERE}. */
    long find(long fingerprint) {
        int at = slot(keys, fingerprint);
        return keys[at] == 0 ? NOWHERE : values[at];
    }

    /** All places of a fingerprint that leads to several, the newest first; empty where it leads to one or none. */
    long[] several(long fingerprint) {
        return clashes.isEmpty() ? NONE : clashes.getOrDefault(fingerprint, NONE);
    }

    /** How many fingerprints lead somewhere. */
    int size() {
        return size;
    }

    private void clash(long fingerprint, long before, long place) {
        long[] known = clashes.getOrDefault(fingerprint, new long[] {before});
        long[] others = Arrays.stream(known).filter(other -> other != place).toArray();
        long[] all = new long[others.length + 1];
        all[0] = place;
        System.arraycopy(others, 0, all, 1, others.length);
        clashes.put(fingerprint, all);
    }

    private void grow() {
        // Both are there before either counts: where memory ends in between, the map stays as it was.
        long[] newKeys = new long[2 * keys.length];
        long[] newValues = new long[2 * keys.length];
        for (int at = 0; at < keys.length; at++) {
            if (keys[at] != 0) {
                int slot = slot(newKeys, keys[at]);
                newKeys[slot] = keys[at];
                newValues[slot] = values[at];
            }
        }
        keys = newKeys;
        values = newValues;
    }

    /** Up to eight references that a carrier counts up share a line of the processor's cache; the lines are spread. */
    private static int slot(long[] keys, long fingerprint) {
        int mask = keys.length - 1;
        int line = (int) (((fingerprint >>> LINE_BITS) * SPREAD) >>> 32);
        int at = ((line << LINE_BITS) | (int) (fingerprint & LINE_MASK)) & mask;
        while (keys[at] != 0 && keys[at] != fingerprint) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
