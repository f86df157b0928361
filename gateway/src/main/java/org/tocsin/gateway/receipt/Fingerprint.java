package org.tocsin.gateway.receipt;

/**
 * 64-bit fingerprints of carriers' references and of addresses, as the journal keeps them: the last three characters as
 * they are, 7 bits each, below 43 bits of FNV-1a over the rest (Fowler, Noll, Vo; RFC 9923) with a final mix
 * (Stafford's variant 13 of MurmurHash3's). So the references that a carrier counts up stay neighbours: in the journal,
 * where only their differences are written, and in memory. Never 0. Part of the journal's format: it must not change.
 */
public final class Fingerprint {
    private static final int TAIL = 3;
    private static final int CHARACTER_BITS = 7;
    private static final int CHARACTER = (1 << CHARACTER_BITS) - 1;
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /** The fingerprint of a text. */
    public static long of(String text) {
        int length = text.length();
        int cut = Math.max(0, length - TAIL);
        long hash = OFFSET;
        for (int at = 0; at < cut; at++) {
            hash = (hash ^ text.charAt(at)) * PRIME;
        }
        long tail = 0;
        for (int at = cut; at < length; at++) {
            int character = text.charAt(at);
            hash = (hash ^ (character >>> CHARACTER_BITS)) * PRIME;
            tail = (tail << CHARACTER_BITS) | (character & CHARACTER);
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        long fingerprint = (hash << (TAIL * CHARACTER_BITS)) | tail;
        return fingerprint == 0 ? 1 : fingerprint;
    }
}
