package org.tocsin.gateway.receipt;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A small part of the {@link References}: an open-addressing map of primitives, 12 bytes a slot, 13 once a second
 * segment is there. Not for several threads at once.
 */
final class ReferencePage {
    private static final long[] NONE = {};
    private static final int LINE_BITS = 3;
    private static final int LINE = 1 << LINE_BITS;
    private static final int FIRST_LINES = 8;
    /** Grown by a third: each entry moves some four times in all, within the processor's cache. */
    private static final int GROWTH = 3;

    private int lines;
    private long[] keys;
    private int[] ordinals;
    private byte @Nullable [] segments;
    private int size;
    /** The older places of a fingerprint that leads to several, the newest first. */
    private final Map<Long, long[]> clashes = new HashMap<>();

    ReferencePage() {
        this(FIRST_LINES);
    }

    private ReferencePage(int lines) {
        this.lines = lines;
        keys = new long[lines * LINE];
        ordinals = new int[lines * LINE];
    }

    int size() {
        return size;
    }

    void put(long fingerprint, int ordinal, int segment) {
        // Two thirds full: from there on looking for a free slot gets dear.
        if (size * 3L > keys.length * 2L) {
            grow();
        }
        int at = slot(keys, lines, fingerprint);
        if (keys[at] == 0) {
            keys[at] = fingerprint;
            size++;
        } else if (ordinals[at] != ordinal || segmentAt(at) != segment) {
            clash(fingerprint, placeAt(at), References.place(ordinal, segment));
        }
        ordinals[at] = ordinal;
        setSegment(at, segment);
    }

    long find(long fingerprint, @Nullable String address, References.Whose whose) {
        int at = slot(keys, lines, fingerprint);
        if (keys[at] == 0) {
            return References.NOWHERE;
        }
        if (whose.isOf(ordinals[at], address)) {
            return placeAt(at);
        }
        for (long older : older(fingerprint)) {
            if (whose.isOf(References.ordinal(older), address)) {
                return older;
            }
        }
        return References.NOWHERE;
    }

    long[] all(long fingerprint) {
        int at = slot(keys, lines, fingerprint);
        if (keys[at] == 0) {
            return NONE;
        }
        long[] older = older(fingerprint);
        long[] all = new long[older.length + 1];
        all[0] = placeAt(at);
        System.arraycopy(older, 0, all, 1, older.length);
        return all;
    }

    /** The same without those who are gone; itself where nobody is. */
    ReferencePage without(IntPredicate gone) {
        int left = 0;
        for (int at = 0; at < keys.length; at++) {
            if (keys[at] != 0 && !gone.test(ordinals[at])) {
                left++;
            }
        }
        if (left == size && clashes.isEmpty()) {
            return this;
        }
        // At once as large as it will be: entries come in the order of their lines, and would pile up in a smaller one.
        ReferencePage rest = new ReferencePage(Math.max(FIRST_LINES, (int) (left * 5L / (3 * LINE)) + 1));
        for (int at = 0; at < keys.length; at++) {
            if (keys[at] != 0) {
                long[] all = all(keys[at]);
                for (int oldest = all.length - 1; oldest >= 0; oldest--) {
                    int ordinal = References.ordinal(all[oldest]);
                    if (!gone.test(ordinal)) {
                        rest.put(keys[at], ordinal, References.segment(all[oldest]));
                    }
                }
            }
        }
        return rest;
    }

    void rebase(int by) {
        for (int at = 0; at < keys.length; at++) {
            if (keys[at] != 0) {
                ordinals[at] -= by;
            }
        }
        clashes.replaceAll((fingerprint, places) -> Arrays.stream(places)
                .map(place -> References.place(References.ordinal(place) - by, References.segment(place)))
                .toArray());
    }

    private long[] older(long fingerprint) {
        return clashes.isEmpty() ? NONE : clashes.getOrDefault(fingerprint, NONE);
    }

    private void clash(long fingerprint, long before, long place) {
        long[] known = clashes.getOrDefault(fingerprint, NONE);
        long[] others = Arrays.stream(known).filter(other -> other != place).toArray();
        long[] all = new long[others.length + 1];
        all[0] = before;
        System.arraycopy(others, 0, all, 1, others.length);
        clashes.put(fingerprint, all);
    }

    private long placeAt(int at) {
        return References.place(ordinals[at], segmentAt(at));
    }

    private int segmentAt(int at) {
        return segments == null ? 0 : segments[at] & 0xff;
    }

    private void setSegment(int at, int segment) {
        if (segments == null) {
            if (segment == 0) {
                return;
            }
            segments = new byte[keys.length];
        }
        segments[at] = (byte) segment;
    }

    private void grow() {
        // All is there before any of it counts: where memory ends in between, the map stays as it was.
        int newLines = lines + lines / GROWTH;
        long[] newKeys = new long[newLines * LINE];
        int[] newOrdinals = new int[newLines * LINE];
        byte[] newSegments = segments == null ? null : new byte[newLines * LINE];
        for (int at = 0; at < keys.length; at++) {
            if (keys[at] != 0) {
                int slot = slot(newKeys, newLines, keys[at]);
                newKeys[slot] = keys[at];
                newOrdinals[slot] = ordinals[at];
                if (newSegments != null) {
                    newSegments[slot] = (byte) segmentAt(at);
                }
            }
        }
        lines = newLines;
        keys = newKeys;
        ordinals = newOrdinals;
        segments = newSegments;
    }

    /** Up to eight references that a carrier counts up share a line of the processor's cache; the lines are spread. */
    private static int slot(long[] keys, int lines, long fingerprint) {
        int line = (int) ((References.spread(fingerprint >>> LINE_BITS) * lines) >>> Integer.SIZE);
        int at = (line << LINE_BITS) | (int) (fingerprint & (LINE - 1));
        while (keys[at] != 0 && keys[at] != fingerprint) {
            at = at + 1 == keys.length ? 0 : at + 1;
        }
        return at;
    }
}
