package org.tocsin.gateway.receipt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where fingerprints lead: to addressees, as a {@link ClaimBook} counts them, and segments. Some 18 to 23 bytes each.
 *
 * <p>The entries lie in volumes of limited size, the newest last, so that neither growing nor forgetting ever moves all
 * of them. A fingerprint may lead to several places; whoever asks says which fits, and the newest that does counts. Not
 * for several threads at once.
 */
final class References {
    /** What {@link #find} says where a fingerprint leads nowhere that fits. */
    static final long NOWHERE = -1;

    private static final int SEGMENT_BITS = 8;
    private static final int MOST_A_VOLUME = 1_400_000;

    /** Whose a reference is. */
    interface Whose {
        /** Whether an addressee may be the one of this address; any may where it is null or empty. */
        boolean isOf(int ordinal, @Nullable String address);
    }

    private final List<ReferenceVolume> volumes = new ArrayList<>(List.of(new ReferenceVolume()));

    /**
     * Says where a fingerprint leads; says it once however often it is called in a row.
     *
     * @param fingerprint not 0
     * @param ordinal the addressee's, 0 or more
     * @param segment 0 to 255
     */
    void put(long fingerprint, int ordinal, int segment) {
        ReferenceVolume newest = volumes.get(volumes.size() - 1);
        if (newest.size() >= MOST_A_VOLUME) {
            newest = new ReferenceVolume();
            volumes.add(newest);
        }
        newest.put(fingerprint, ordinal, segment);
    }

    /** The newest place of a fingerprint that fits, for {@link #ordinal} and {@link #segment}, or {@link #NOWHERE}. */
    long find(long fingerprint, @Nullable String address, Whose whose) {
        for (int volume = volumes.size() - 1; volume >= 0; volume--) {
            long found = volumes.get(volume).find(fingerprint, address, whose);
            if (found != NOWHERE) {
                return found;
            }
        }
        return NOWHERE;
    }

    /** All places of a fingerprint, the newest first. */
    long[] all(long fingerprint) {
        long[] all = {};
        for (int volume = volumes.size() - 1; volume >= 0; volume--) {
            long[] found = volumes.get(volume).all(fingerprint);
            if (found.length > 0) {
                int before = all.length;
                all = Arrays.copyOf(all, before + found.length);
                System.arraycopy(found, 0, all, before, found.length);
            }
        }
        return all;
    }

    /** Forgets all that lead to addressees who are gone. */
    void forget(IntPredicate gone) {
        volumes.replaceAll(volume -> volume.without(gone));
        volumes.removeIf(volume -> volume.size() == 0);
        if (volumes.isEmpty()) {
            volumes.add(new ReferenceVolume());
        }
    }

    /** Counts all addressees from a later one on. */
    void rebase(int by) {
        volumes.forEach(volume -> volume.rebase(by));
    }

    /** How many entries there are. */
    int size() {
        return volumes.stream().mapToInt(ReferenceVolume::size).sum();
    }

    static long place(int ordinal, int segment) {
        return ((long) ordinal << SEGMENT_BITS) | segment;
    }

    static int ordinal(long place) {
        return (int) (place >>> SEGMENT_BITS);
    }

    static int segment(long place) {
        return (int) place & ((1 << SEGMENT_BITS) - 1);
    }
}
