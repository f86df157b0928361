package org.tocsin.gateway.validation;

/**
 * How much one alert may hold, counted over all its infos.
 *
 * @param areas areas, 1 or more
 * @param polygons polygons, 1 or more
 * @param points points of all polygons, 4 or more
 */
public record Limits(int areas, int polygons, int points) {
    /** 200 areas, 1,000 polygons, 200,000 points. */
    public static final Limits STANDARD = new Limits(200, 1_000, 200_000);

    /** Refuses limits that would let nothing in. */
    public Limits {
        if (areas < 1 || polygons < 1 || points < 4) {
            throw new IllegalArgumentException(
                    "limits must let one area with one polygon in, were " + areas + ", " + polygons + ", " + points);
        }
    }
}
