package org.tocsin.gateway.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads what {@link ByteSink} wrote; throws {@link CorruptJournal} for anything else. Not for several threads at once.
 */
public final class ByteSource {
    private final byte[] bytes;
    private final int end;
    private int at;

    /** Reads an array from a place to an end. */
    public ByteSource(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Whether there is more. */
    public boolean hasMore() {
        return at < end;
    }

    /** The next byte, 0 to 255. */
    public int take() {
        need(1);
        return bytes[at++] & 0xff;
    }

    /** The next 4 bytes. */
    public int takeInt() {
        need(4);
        at += 4;
        return (bytes[at - 4] & 0xff) << 24
                | (bytes[at - 3] & 0xff) << 16
                | (bytes[at - 2] & 0xff) << 8
                | (bytes[at - 1] & 0xff);
    }

    /** The next 8 bytes. */
    public long takeFixed() {
        return ((long) takeInt() << 32) | (takeInt() & 0xffffffffL);
    }

    /** The next number of 0 or more. */
    public long takeVar() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = take();
            value |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new CorruptJournal("a number does not end");
    }

    /** The next number that must lie from 0 to a limit. */
    public int takeVar(int limit) {
        long value = takeVar();
        if (value < 0 || value > limit) {
            throw new CorruptJournal(value + " is beyond " + limit);
        }
        return (int) value;
    }

    /** The next number of any sign. */
    public long takeSigned() {
        long value = takeVar();
        return (value >>> 1) ^ -(value & 1);
    }

    /** The next text. */
    public String takeText() {
        int length = takeVar(end - at);
        need(length);
        at += length;
        return new String(bytes, at - length, length, UTF_8);
    }

    /** The next bytes, with their length before. */
    public byte[] takeBytes() {
        int length = takeVar(end - at);
        need(length);
        at += length;
        return java.util.Arrays.copyOfRange(bytes, at - length, at);
    }

    /** The next numbers, ascending. */
    public int[] takeAscending() {
        int count = takeVar(Integer.MAX_VALUE);
        if (count == 0) {
            return new int[0];
        }
        if (count / 8 > end - at) {
            throw new CorruptJournal(count + " numbers in " + (end - at) + " bytes");
        }
        long head = takeVar();
        if (head >>> 1 > Integer.MAX_VALUE) {
            throw new CorruptJournal("a first number of " + (head >>> 1));
        }
        int[] numbers = new int[count];
        numbers[0] = (int) (head >>> 1);
        if ((head & 1) == 0) {
            for (int next = 1; next < count; next++) {
                numbers[next] = numbers[next - 1] + takeVar(Integer.MAX_VALUE - numbers[next - 1]);
            }
        } else {
            takeBits(numbers);
        }
        return numbers;
    }

    private void takeBits(int[] numbers) {
        int first = numbers[0];
        int length = takeVar(end - at);
        need(length);
        int next = 0;
        for (int bit = 0; bit < 8 * length; bit++) {
            if ((bytes[at + (bit >> 3)] & (1 << (bit & 7))) != 0) {
                if (next == numbers.length) {
                    throw new CorruptJournal("more bits than " + next);
                }
                numbers[next++] = first + bit;
            }
        }
        if (next != numbers.length) {
            throw new CorruptJournal(next + " bits instead of " + numbers.length);
        }
        at += length;
    }

    /** A reader of the next bytes, which this one passes. */
    ByteSource part(int length) {
        need(length);
        at += length;
        return new ByteSource(bytes, at - length, at);
    }

    private void need(int length) {
        if (length < 0 || end - at < length) {
            throw new CorruptJournal("ends after " + end + " bytes");
        }
    }
}
