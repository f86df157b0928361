package org.tocsin.gateway.targeting;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.locationtech.jts.algorithm.LineIntersector;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Coordinate;

/**
 * Recognises with little work what nearly every drawn ring is: one whose edges meet at its corners alone. It sweeps
 * from west to east, and compares each edge with those that begin below or above it.
 */
final class PlainRing {
    /** So many comparisons take some milliseconds; a ring that needs more is left to who looks more closely. */
    private static final int MOST_LOOKS = 2_000_000;

    private final Coordinate[] ring;
    private final LineIntersector lines = new RobustLineIntersector();
    private int looks;

    private PlainRing(Coordinate[] ring) {
        this.ring = ring;
    }

    /**
     * Whether no two edges meet but neighbours at their corner. A ring of which that is not said may be plain too.
     *
     * @param ring closed, without repeated positions
     */
    static boolean isPlainly(Coordinate[] ring) {
        return new PlainRing(ring).sweep();
    }

    private boolean sweep() {
        int[] order = IntStream.range(0, ring.length - 1)
                .boxed()
                .sorted(Comparator.comparingDouble(this::west))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int at = 0; at < order.length; at++) {
            double east = Math.max(ring[order[at]].x, ring[order[at] + 1].x);
            for (int next = at + 1; next < order.length && west(order[next]) <= east; next++) {
                if (++looks > MOST_LOOKS || meet(order[at], order[next])) {
                    return false;
                }
            }
        }
        return true;
    }

    private double west(int edge) {
        return Math.min(ring[edge].x, ring[edge + 1].x);
    }

    /** Whether two edges meet elsewhere than neighbours do. */
    private boolean meet(int one, int other) {
        Coordinate from = ring[one];
        Coordinate to = ring[one + 1];
        Coordinate otherFrom = ring[other];
        Coordinate otherTo = ring[other + 1];
        if (Math.max(from.y, to.y) < Math.min(otherFrom.y, otherTo.y)
                || Math.max(otherFrom.y, otherTo.y) < Math.min(from.y, to.y)) {
            return false;
        }
        lines.computeIntersection(from, to, otherFrom, otherTo);
        return lines.hasIntersection()
                && !(Intricacy.areNeighbours(one, other, ring.length - 1) && lines.getIntersectionNum() == 1);
    }
}
