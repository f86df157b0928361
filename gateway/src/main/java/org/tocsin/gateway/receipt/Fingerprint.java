package org.tocsin.gateway.receipt;

/**
 * 64-bit fingerprints of carriers' references and of addresses, as the journal keeps them: FNV-1a over the UTF-16 units
 * (Fowler, Noll, Vo; RFC 9923) and a final mix (Stafford's variant 13 of MurmurHash3's). Never 0. Part of the journal's
 * format: it must not change.
 */
public final class Fingerprint {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /** The fingerprint of a text. */
    public static long of(String text) {
        long hash = OFFSET;
        for (int at = 0; at < text.length(); at++) {
            hash = (hash ^ text.charAt(at)) * PRIME;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return hash == 0 ? 1 : hash;
    }
}
