package org.tocsin.gateway.targeting;

import java.util.Arrays;
import org.locationtech.jts.algorithm.RayCrossingCounter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryComponentFilter;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Location;

/**
 * Says exactly whether a point lies in a polygon or multipolygon, its border included: how often a ray from it to the
 * east crosses the border. As JTS' indexed locator, with two differences that count where a million points are asked:
 * the edges lie in bands of latitude, in plain arrays, and one that lies wholly to the east or west is not asked on
 * which side of it the point lies. Any thread.
 */
final class PointLocator {
    private static final int BANDS = 1024;

    private final double south;
    private final double north;
    private final double bandHeight;
    private final int[] starts = new int[BANDS + 1];
    private double[] edges = new double[0];

    /** Takes a valid, not empty polygon or multipolygon. */
    PointLocator(Geometry geometry) {
        Envelope box = geometry.getEnvelopeInternal();
        south = box.getMinY();
        north = box.getMaxY();
        bandHeight = box.getHeight() / BANDS;
        each(geometry, (fromX, fromY, toX, toY) -> {
            for (int band = band(Math.min(fromY, toY)); band <= band(Math.max(fromY, toY)); band++) {
                starts[band + 1]++;
            }
        });
        for (int band = 0; band < BANDS; band++) {
            starts[band + 1] += starts[band];
        }
        edges = new double[4 * starts[BANDS]];
        int[] next = Arrays.copyOf(starts, BANDS);
        each(geometry, (fromX, fromY, toX, toY) -> {
            for (int band = band(Math.min(fromY, toY)); band <= band(Math.max(fromY, toY)); band++) {
                int at = 4 * next[band]++;
                edges[at] = fromX;
                edges[at + 1] = fromY;
                edges[at + 2] = toX;
                edges[at + 3] = toY;
            }
        });
    }

    /** Whether the point lies inside or on the border. */
    boolean contains(double longitude, double latitude) {
        if (!(latitude >= south && latitude <= north)) {
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
        return Math.max(0, Math.min(BANDS - 1, (int) ((latitude - south) / bandHeight)));
    }

    private interface EdgeVisitor {
        void edge(double fromX, double fromY, double toX, double toY);
    }

    private static void each(Geometry geometry, EdgeVisitor visitor) {
        geometry.apply((GeometryComponentFilter) part -> {
            if (part instanceof LineString line) {
                CoordinateSequence ring = line.getCoordinateSequence();
                for (int at = 1; at < ring.size(); at++) {
                    visitor.edge(ring.getX(at - 1), ring.getY(at - 1), ring.getX(at), ring.getY(at));
                }
            }
        });
    }
}
