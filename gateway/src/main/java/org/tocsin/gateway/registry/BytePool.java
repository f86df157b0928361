package org.tocsin.gateway.registry;

import java.util.Arrays;

/**
 * Bytes in chunks, appended only. An entry never spans two chunks. One thread appends; any thread reads an entry whose
 * address it got by safe publication.
 */
final class BytePool {
    /** The longest entry. */
    static final int LONGEST = 1 << 16;

    private static final int CHUNK_BITS = 20;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int MOST_CHUNKS = 1 << (Integer.SIZE - CHUNK_BITS);

    private volatile byte[][] chunks = new byte[0][];
    private int usedInLast = CHUNK;

    /** Appends and returns the address. */
    int append(byte[] bytes, int length) {
        if (length > LONGEST) {
            throw new IllegalArgumentException("an entry of " + length + " bytes is too long");
        }
        byte[][] now = chunks;
        if (usedInLast + length > CHUNK) {
            if (now.length == MOST_CHUNKS) {
                throw new IllegalStateException("the registry's addresses are full: 4 GiB");
            }
            now = Arrays.copyOf(now, now.length + 1);
            now[now.length - 1] = new byte[CHUNK];
            chunks = now;
            usedInLast = 0;
        }
        int last = now.length - 1;
        System.arraycopy(bytes, 0, now[last], usedInLast, length);
        int address = (last << CHUNK_BITS) | usedInLast;
        usedInLast += length;
        return address;
    }

    /** The chunk that holds the entry. */
    byte[] chunk(int address) {
        return chunks[address >>> CHUNK_BITS];
    }

    /** Where in its chunk the entry begins. */
    static int place(int address) {
        return address & (CHUNK - 1);
    }

    /** The bytes taken, used or not. */
    long size() {
        return (long) chunks.length << CHUNK_BITS;
    }
}
