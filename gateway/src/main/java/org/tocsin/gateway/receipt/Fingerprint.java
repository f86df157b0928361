package org.tocsin.gateway.receipt;

/**
 * 64-bit fingerprints of carriers' references and of addresses, as the journal keeps them. A decimal number of up to 17
 * digits is its own fingerprint, so that a carrier's running numbers stay neighbours: in the journal, where only their
 * differences are written, and in memory. Of any other text it is FNV-1a over the UTF-16 units (Fowler, Noll, Vo; RFC
 * 9923) with a final mix (Stafford's variant 13 of MurmurHash3's), made negative. Never 0. Part of the journal's
 * format: it must not change.
 */
public final class Fingerprint {
    /** How far the number is shifted to make room for the count of its digits, as {@code 007} is not {@code 7}. */
    static final int DIGITS_BITS = 5;

    private static final int MOST_DIGITS = 17;
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /** The fingerprint of a text. */
    public static long of(String text) {
        int length = text.length();
        if (length == 0 || length > MOST_DIGITS) {
            return hash(text);
        }
        long number = 0;
        for (int at = 0; at < length; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return hash(text);
            }
            number = number * 10 + digit;
        }
        return (number << DIGITS_BITS) | length;
    }

    private static long hash(String text) {
        long hash = OFFSET;
        for (int at = 0; at < text.length(); at++) {
            hash = (hash ^ text.charAt(at)) * PRIME;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return hash | Long.MIN_VALUE;
    }
}
