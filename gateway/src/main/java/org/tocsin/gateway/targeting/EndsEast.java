package org.tocsin.gateway.targeting;

import java.util.Arrays;

/**
 * The ends of edges that lie wholly east of a place in a row of a raster, as far as they count: which of them lie above
 * a ray is known beforehand but for those within the row, and two at one latitude count as none. One row after the
 * other, from the east.
 */
final class EndsEast {
    private static final double[] NONE = {};

    private final double bottom;
    private final double top;
    private boolean inside;
    private boolean above;
    private double[] latitudes = new double[16];
    private int count;

    /**
     * Begins a row.
     *
     * @param bottom no ray in the row lies lower
     * @param top no ray in the row lies higher
     */
    EndsEast(double bottom, double top) {
        this.bottom = bottom;
        this.top = top;
    }

    /** Forgets all edges: east of here no edge is, and this is the side. */
    void begin(boolean insideHere) {
        inside = insideHere;
        above = false;
        count = 0;
    }

    /** Adds an edge. */
    void add(double fromLatitude, double toLatitude) {
        addEnd(fromLatitude);
        addEnd(toLatitude);
    }

    private void addEnd(double latitude) {
        if (latitude > top) {
            above = !above;
        } else if (latitude >= bottom) {
            if (count == latitudes.length) {
                latitudes = Arrays.copyOf(latitudes, 2 * count);
            }
            latitudes[count++] = latitude;
        }
    }

    /** On which side a ray begins that has no end of the {@link #latitudes} above it. */
    boolean isInside() {
        return inside ^ above;
    }

    /** On which side a ray begins. */
    boolean isInside(double latitude) {
        boolean side = isInside();
        for (int at = 0; at < count; at++) {
            side ^= latitudes[at] > latitude;
        }
        return side;
    }

    /** The latitudes within the row at which edges end; those at which two do are left out. */
    double[] latitudes() {
        if (count == 0) {
            return NONE;
        }
        Arrays.sort(latitudes, 0, count);
        int left = 0;
        for (int at = 0; at < count; at++) {
            if (left > 0 && latitudes[left - 1] == latitudes[at]) {
                left--;
            } else {
                latitudes[left++] = latitudes[at];
            }
        }
        count = left;
        return Arrays.copyOf(latitudes, count);
    }
}
