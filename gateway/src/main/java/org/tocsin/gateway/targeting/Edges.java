package org.tocsin.gateway.targeting;

import java.util.Arrays;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryComponentFilter;
import org.locationtech.jts.geom.LineString;

/** The edges of a polygon's or multipolygon's rings. */
final class Edges {
    /** Is told of an edge. */
    interface Visitor {
        /** An edge from one corner to the next, in degrees. */
        void edge(double fromX, double fromY, double toX, double toY);
    }

    private Edges() {}

    /** All edges, four numbers each as in {@link Visitor#edge}. */
    static double[] of(Geometry geometry) {
        double[] edges = new double[4 * geometry.getNumPoints()];
        int[] filled = {0};
        each(geometry, (fromX, fromY, toX, toY) -> {
            edges[filled[0]++] = fromX;
            edges[filled[0]++] = fromY;
            edges[filled[0]++] = toX;
            edges[filled[0]++] = toY;
        });
        return Arrays.copyOf(edges, filled[0]);
    }

    /** Tells of each edge, ring by ring; nothing joins one ring to the next. */
    static void each(Geometry geometry, Visitor visitor) {
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
