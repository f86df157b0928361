package org.tocsin.gateway.coverage;

import org.jspecify.annotations.Nullable;

/**
 * The dissemination coverage: in how many villages of the area at least one channel has delivered.
 *
 * @param villages the villages of the area
 * @param delivered those with at least one delivery, to a person or by a terminal, 0 to {@code villages}
 */
public record Dissemination(int villages, int delivered) {
    /** Refuses more villages delivered to than there are. */
    public Dissemination {
        if (delivered < 0 || villages < delivered) {
            throw new IllegalArgumentException("delivered must be 0 to " + villages + ", was " + delivered);
        }
    }

    /**
     * Whether a village, or the part of it that lies inside, is one of the area's: somebody lives there, or something
     * was planned there. A corner of fields that the area's edge cuts off is none, so that nothing can be missed there.
     *
     * @param residents N of what lies inside
     * @param isPlanned whether anybody or anything there was to be reached
     */
    public static boolean isVillageOfTheArea(double residents, boolean isPlanned) {
        return residents > 0 || isPlanned;
    }

    /** The share of the villages that were delivered to, 0 to 1; null where there is no village. */
    public @Nullable Double share() {
        return villages == 0 ? null : (double) delivered / villages;
    }
}
