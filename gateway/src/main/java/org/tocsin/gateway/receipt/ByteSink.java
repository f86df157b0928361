package org.tocsin.gateway.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.zip.Checksum;

/**
 * Bytes that grow: numbers in 7-bit groups, texts in UTF-8 with their length before. Not for several threads at once.
 */
public final class ByteSink {
    private byte[] bytes;
    private int size;

    /** An empty one. */
    public ByteSink() {
        this(1024);
    }

    /** An empty one with room for some bytes. */
    public ByteSink(int room) {
        bytes = new byte[room];
    }

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** Forgets all. */
    public void clear() {
        size = 0;
        if (bytes.length > 1 << 20) {
            bytes = new byte[1024];
        }
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Adds a byte. */
    public void put(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    /** Adds bytes as they are. */
    public void put(byte[] values) {
        ensure(values.length);
        System.arraycopy(values, 0, bytes, size, values.length);
        size += values.length;
    }

    /** Adds the bytes of another one as they are. */
    public void put(ByteSink other) {
        ensure(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
    }

    /** Adds all bytes to a checksum. */
    void update(Checksum checksum) {
        checksum.update(bytes, 0, size);
    }

    /** Adds 4 bytes, the highest first. */
    public void putInt(int value) {
        ensure(4);
        size += 4;
        setInt(size - 4, value);
    }

    /** Overwrites 4 bytes. */
    void setInt(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    /** Adds 8 bytes, the highest first. */
    public void putFixed(long value) {
        putInt((int) (value >>> 32));
        putInt((int) value);
    }

    /** Adds a number of 0 or more, in groups of 7 bits, the lowest first. */
    public void putVar(long value) {
        ensure(10);
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes[size++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    /** Adds a number of any sign, small ones short. */
    public void putSigned(long value) {
        putVar((value << 1) ^ (value >> 63));
    }

    /** Adds a text. */
    public void putText(String text) {
        byte[] encoded = text.getBytes(UTF_8);
        putVar(encoded.length);
        put(encoded);
    }

    /** Adds numbers, each larger than the one before: as differences, or as bits where that is shorter. */
    public void putAscending(int[] numbers) {
        putVar(numbers.length);
        if (numbers.length == 0) {
            return;
        }
        int span = numbers[numbers.length - 1] - numbers[0] + 1;
        boolean asBits = span / 8 < numbers.length;
        putVar(((long) numbers[0] << 1) | (asBits ? 1 : 0));
        if (asBits) {
            byte[] bits = new byte[(span + 7) / 8];
            for (int number : numbers) {
                int bit = number - numbers[0];
                bits[bit >> 3] |= (byte) (1 << (bit & 7));
            }
            putVar(bits.length);
            put(bits);
        } else {
            for (int at = 1; at < numbers.length; at++) {
                putVar(numbers[at] - (long) numbers[at - 1]);
            }
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
