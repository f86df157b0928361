package org.tocsin.gateway.targeting;

import java.util.Arrays;
import org.locationtech.jts.algorithm.CGAlgorithmsDD;
import org.locationtech.jts.algorithm.LineIntersector;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Coordinate;

/**
 * Recognises with little work what nearly every drawn ring is: one whose edges meet at its corners alone. It sweeps
 * from west to east, and compares each edge with those that begin below or above it.
 */
final class PlainRing {
    /** So many comparisons take some milliseconds; a ring that needs more is left to who looks more closely. */
    private static final int MOST_LOOKS = 2_000_000;

    /** The lower bits of a key to sort by are the edge's number, those above say where it begins. */
    private static final int NUMBER_BITS = 24;

    private static final double STRIPS = 1L << (62 - NUMBER_BITS);

    /** Degrees; a ring that is narrower is one strip. */
    private static final double NARROWEST = 1e-9;

    private final Coordinate[] ring;
    private final LineIntersector lines = new RobustLineIntersector();
    private double west = Double.POSITIVE_INFINITY;
    private double stripsADegree;

    private PlainRing(Coordinate[] ring) {
        this.ring = ring;
    }

    /**
     * Whether no two edges meet but neighbours at their corner. A ring of which that is not said may be plain too.
     *
     * @param ring closed, without repeated positions
     */
    static boolean isPlainly(Coordinate[] ring) {
        return ring.length < 1 << NUMBER_BITS && new PlainRing(ring).sweep();
    }

    private boolean sweep() {
        double east = Double.NEGATIVE_INFINITY;
        for (Coordinate corner : ring) {
            west = Math.min(west, corner.x);
            east = Math.max(east, corner.x);
        }
        stripsADegree = east - west > NARROWEST ? STRIPS / (east - west) : 0;
        int edges = ring.length - 1;
        // Numbers are sorted faster than objects. Within a strip the order is any: what may overlap is compared.
        long[] order = new long[edges];
        for (int edge = 0; edge < edges; edge++) {
            order[edge] = (strip(Math.min(ring[edge].x, ring[edge + 1].x)) << NUMBER_BITS) | edge;
        }
        Arrays.sort(order);
        double[] south = new double[edges];
        double[] north = new double[edges];
        for (int at = 0; at < edges; at++) {
            int edge = number(order[at]);
            south[at] = Math.min(ring[edge].y, ring[edge + 1].y);
            north[at] = Math.max(ring[edge].y, ring[edge + 1].y);
        }
        int looks = 0;
        for (int at = 0; at < edges; at++) {
            int edge = number(order[at]);
            long end = (strip(Math.max(ring[edge].x, ring[edge + 1].x)) + 1) << NUMBER_BITS;
            for (int next = at + 1; next < edges && order[next] < end; next++) {
                if (++looks > MOST_LOOKS
                        || (south[next] <= north[at] && south[at] <= north[next] && meet(edge, number(order[next])))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int number(long key) {
        return (int) key & ((1 << NUMBER_BITS) - 1);
    }

    /** Never less for a longitude further east. */
    private long strip(double longitude) {
        return (long) ((longitude - west) * stripsADegree);
    }

    /** Whether two edges meet elsewhere than neighbours do. */
    private boolean meet(int one, int other) {
        boolean neighbours = Intricacy.areNeighbours(one, other, ring.length - 1);
        if (neighbours && turns(one, other)) {
            return false;
        }
        lines.computeIntersection(ring[one], ring[one + 1], ring[other], ring[other + 1]);
        return lines.hasIntersection() && !(neighbours && lines.getIntersectionNum() == 1);
    }

    /** Whether neighbours lie on two lines, so that they have their corner and nothing else in common. */
    private boolean turns(int one, int other) {
        int first = ring[one + 1].equals2D(ring[other]) ? one : other;
        int second = first == one ? other : one;
        return CGAlgorithmsDD.orientationIndex(ring[first], ring[first + 1], ring[second + 1]) != Orientation.COLLINEAR;
    }
}
