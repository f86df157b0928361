package org.tocsin.simulator;

/**
 * Chance by seed, purpose and subject alone, so that the same subject always draws the same lot, whatever the order.
 * Immutable.
 */
public final class Chance {
    private final long seed;

    /** Makes chances of a seed. */
    public Chance(long seed) {
        this.seed = seed;
    }

    /**
     * Whether the subject falls into a share.
     *
     * @param purpose what is drawn; different purposes draw independently
     * @param subject whom it is drawn for
     * @param share 0 for never to 1 for always
     */
    public boolean falls(String purpose, String subject, double share) {
        return lot(purpose, subject) < share;
    }

    /** The subject's lot, 0 included to 1 excluded. */
    public double lot(String purpose, String subject) {
        long hash = mix(seed ^ 0x9E3779B97F4A7C15L);
        hash = absorb(hash, purpose);
        hash = absorb(mix(hash + 1), subject);
        return (mix(hash) >>> 11) * 0x1.0p-53;
    }

    private static long absorb(long hash, String text) {
        long absorbed = hash;
        for (int i = 0; i < text.length(); i++) {
            absorbed = (absorbed ^ text.charAt(i)) * 0x100000001B3L;
        }
        return absorbed;
    }

    // The finalizer of MurmurHash3, 64 bit (Austin Appleby, public domain).
    private static long mix(long value) {
        long mixed = value;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
