package org.tocsin.gateway.targeting;

import org.roaringbitmap.RoaringBitmap;

/**
 * A village, or the part of one that the area cuts out: the piece for which coverage is computed.
 *
 * @param village the village's number
 * @param code the village's 12-digit code
 * @param name the village's name
 * @param residents N: the residents of this piece, as {@link #residents(long, double)} has them
 * @param villageResidents N_v: the residents of the whole village
 * @param cut whether the area holds only a part of the village; N is then an estimate
 * @param share the share of the village's residents in this piece, 0 to 1; 1 where it is not cut
 * @param living the persons who live in this piece: of a cut village those whose position lies inside. They count where
 *     they are reached. Shared: never change it.
 * @param unpositioned of a cut village, the persons without position: addressed, and counted only in the upper bound.
 *     Shared: never change it.
 */
public record Atom(
        int village,
        String code,
        String name,
        int residents,
        int villageResidents,
        boolean cut,
        double share,
        RoaringBitmap living,
        RoaringBitmap unpositioned) {
    /**
     * N of a village or of a part of it: the share of its residents, in whole persons, a half one up. It is rounded
     * here, once, when the issue is planned, and everything after it goes by the whole number.
     *
     * @param villageResidents N_v, 0 or more
     * @param share the share of the village's residents in this piece, 0 to 1
     */
    public static int residents(long villageResidents, double share) {
        return (int) Math.min(Integer.MAX_VALUE, Math.round(villageResidents * share));
    }

    /** The same with bitmaps of its own, kept as runs: neighbours have neighbouring numbers, so a village is a few. */
    Atom inRuns() {
        return new Atom(village, code, name, residents, villageResidents, cut, share, runs(living), runs(unpositioned));
    }

    private static RoaringBitmap runs(RoaringBitmap bitmap) {
        RoaringBitmap runs = bitmap.clone();
        runs.runOptimize();
        return runs;
    }

    /** How many of the village's persons are without position; 0 where it is not cut. */
    public int unpositionedCount() {
        return unpositioned.getCardinality();
    }
}
