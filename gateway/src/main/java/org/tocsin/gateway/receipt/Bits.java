package org.tocsin.gateway.receipt;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/**
 * A set of numbers from 0, as words in chunks of 65,536 bits which are there only where a bit was set. Not for several
 * threads at once.
 */
public final class Bits {
    private static final int CHUNK_SHIFT = 16;
    private static final int CHUNK_WORDS = 1 << (CHUNK_SHIFT - 6);
    private static final int IN_CHUNK = (1 << CHUNK_SHIFT) - 1;

    private long[] @Nullable [] chunks = new long[4][];

    /** The empty set. */
    public Bits() {}

    /** The set that a bitmap holds. */
    public static Bits of(RoaringBitmap bitmap) {
        Bits bits = new Bits();
        bitmap.forEach((int number) -> {
            bits.set(number);
        });
        return bits;
    }

    /**
     * Adds a number.
     *
     * @return whether it was not in before
     */
    public boolean set(int number) {
        long[] chunk = chunkFor(number >>> CHUNK_SHIFT);
        int word = (number & IN_CHUNK) >>> 6;
        long before = chunk[word];
        chunk[word] = before | (1L << number);
        return before != chunk[word];
    }

    /** Takes a number out. */
    public void clear(int number) {
        int at = number >>> CHUNK_SHIFT;
        long[] chunk = at < chunks.length ? chunks[at] : null;
        if (chunk != null) {
            chunk[(number & IN_CHUNK) >>> 6] &= ~(1L << number);
        }
    }

    /** Whether a number is in. */
    public boolean get(int number) {
        int at = number >>> CHUNK_SHIFT;
        long[] chunk = at < chunks.length ? chunks[at] : null;
        return chunk != null && (chunk[(number & IN_CHUNK) >>> 6] & (1L << number)) != 0;
    }

    /** How many are in. */
    public int count() {
        int count = 0;
        for (long[] chunk : chunks) {
            if (chunk != null) {
                for (long word : chunk) {
                    count += Long.bitCount(word);
                }
            }
        }
        return count;
    }

    /** Whether nobody is in. */
    public boolean isEmpty() {
        for (long[] chunk : chunks) {
            if (chunk != null) {
                for (long word : chunk) {
                    if (word != 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Adds all of the other; this set. */
    public Bits or(Bits other) {
        for (int at = 0; at < other.chunks.length; at++) {
            long[] theirs = other.chunks[at];
            if (theirs != null) {
                long[] ours = chunkFor(at);
                for (int word = 0; word < CHUNK_WORDS; word++) {
                    ours[word] |= theirs[word];
                }
            }
        }
        return this;
    }

    /** Takes all of the other out; this set. */
    public Bits andNot(Bits other) {
        int shared = Math.min(chunks.length, other.chunks.length);
        for (int at = 0; at < shared; at++) {
            long[] ours = chunks[at];
            long[] theirs = other.chunks[at];
            if (ours != null && theirs != null) {
                for (int word = 0; word < CHUNK_WORDS; word++) {
                    ours[word] &= ~theirs[word];
                }
            }
        }
        return this;
    }

    /** Keeps what is in both; this set. */
    public Bits and(Bits other) {
        for (int at = 0; at < chunks.length; at++) {
            long[] ours = chunks[at];
            long[] theirs = at < other.chunks.length ? other.chunks[at] : null;
            if (ours != null && theirs == null) {
                chunks[at] = null;
            } else if (ours != null && theirs != null) {
                for (int word = 0; word < CHUNK_WORDS; word++) {
                    ours[word] &= theirs[word];
                }
            }
        }
        return this;
    }

    /** A set of its own with the same numbers. */
    public Bits copy() {
        Bits copy = new Bits();
        copy.chunks = new long[chunks.length][];
        for (int at = 0; at < chunks.length; at++) {
            long[] chunk = chunks[at];
            copy.chunks[at] = chunk == null ? null : chunk.clone();
        }
        return copy;
    }

    /** Tells all numbers, upwards. */
    public void forEach(IntConsumer numbers) {
        for (int at = 0; at < chunks.length; at++) {
            long[] chunk = chunks[at];
            for (int word = 0; chunk != null && word < CHUNK_WORDS; word++) {
                for (long left = chunk[word]; left != 0; left &= left - 1) {
                    numbers.accept((at << CHUNK_SHIFT) + (word << 6) + Long.numberOfTrailingZeros(left));
                }
            }
        }
    }

    /** The same numbers, upwards. */
    public int[] toArray() {
        int[] numbers = new int[count()];
        int[] next = new int[1];
        forEach(number -> numbers[next[0]++] = number);
        return numbers;
    }

    /** A bitmap of its own with the same numbers. */
    public RoaringBitmap toRoaring() {
        int last = chunks.length - 1;
        while (last >= 0 && chunks[last] == null) {
            last--;
        }
        long[] words = new long[(last + 1) * CHUNK_WORDS];
        for (int at = 0; at <= last; at++) {
            long[] chunk = chunks[at];
            if (chunk != null) {
                System.arraycopy(chunk, 0, words, at * CHUNK_WORDS, CHUNK_WORDS);
            }
        }
        return BitSetUtil.bitmapOf(words);
    }

    private long[] chunkFor(int at) {
        if (at >= chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(at + 1, 2 * chunks.length));
        }
        long[] chunk = chunks[at];
        if (chunk == null) {
            chunk = new long[CHUNK_WORDS];
            chunks[at] = chunk;
        }
        return chunk;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bits bits && Arrays.equals(toArray(), bits.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toArray());
    }

    @Override
    public String toString() {
        return count() + " numbers";
    }
}
