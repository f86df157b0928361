package org.tocsin.gateway.targeting;

import java.util.Arrays;
import org.locationtech.jts.algorithm.RayCrossingCounter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;

/**
 * Says exactly whether a point lies in a polygon or multipolygon, its border included: how often a ray from it to the
 * east crosses the border. As JTS' indexed locator, with two differences that count where a million points are asked:
 * the edges lie in bands of latitude, in plain arrays, and one that lies wholly to the east or west is not asked on
 * which side of it the point lies. Any thread.
 */
final class PointLocator {
    /** Not more: an edge stands in each band that it crosses, and {@link Intricacy#MOST_ABREAST} may cross all. */
    private static final int BANDS = 256;

    private final Envelope box;
    private final double bandHeight;
    private final int[] starts = new int[BANDS + 1];
    private final double[] edges;

    /** Takes a valid, not empty polygon or multipolygon. */
    PointLocator(Geometry geometry) {
        box = geometry.getEnvelopeInternal();
        bandHeight = box.getHeight() / BANDS;
        Edges.each(geometry, (fromX, fromY, toX, toY) -> {
            for (int band = band(Math.min(fromY, toY)); band <= band(Math.max(fromY, toY)); band++) {
                starts[band + 1]++;
            }
        });
        for (int band = 0; band < BANDS; band++) {
            starts[band + 1] += starts[band];
        }
        edges = new double[4 * starts[BANDS]];
        int[] next = Arrays.copyOf(starts, BANDS);
        Edges.each(geometry, (fromX, fromY, toX, toY) -> {
            for (int band = band(Math.min(fromY, toY)); band <= band(Math.max(fromY, toY)); band++) {
                int at = 4 * next[band]++;
                edges[at] = fromX;
                edges[at + 1] = fromY;
                edges[at + 2] = toX;
                edges[at + 3] = toY;
            }
        });
    }

    Envelope box() {
        return box;
    }

    /** Whether the point lies inside or on the border. */
    boolean contains(double longitude, double latitude) {
        if (!box.contains(longitude, latitude)) {
            return false;
        }
        int band = band(latitude);
        boolean inside = false;
        RayCrossingCounter near = null;
        for (int at = 4 * starts[band]; at < 4 * starts[band + 1]; at += 4) {
            double fromX = edges[at];
            double fromY = edges[at + 1];
            double toX = edges[at + 2];
            double toY = edges[at + 3];
            if (fromX < longitude && toX < longitude) {
                continue;
            }
            if (fromX > longitude && toX > longitude) {
                // A corner at just this latitude belongs to the edge below it, so that it counts once.
                inside ^= (fromY > latitude) != (toY > latitude);
            } else {
                near = near == null ? new RayCrossingCounter(new Coordinate(longitude, latitude)) : near;
                near.countSegment(new Coordinate(fromX, fromY), new Coordinate(toX, toY));
            }
        }
        if (near == null) {
            return inside;
        }
        return near.isOnSegment() || (inside != (near.getLocation() == Location.INTERIOR));
    }

    private int band(double latitude) {
        return Math.max(0, Math.min(BANDS - 1, (int) ((latitude - box.getMinY()) / bandHeight)));
    }
}
