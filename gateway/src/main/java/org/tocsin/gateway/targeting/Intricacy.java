package org.tocsin.gateway.targeting;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.algorithm.LineIntersector;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.noding.BasicSegmentString;
import org.locationtech.jts.noding.MCIndexNoder;
import org.locationtech.jts.noding.SegmentIntersector;
import org.locationtech.jts.noding.SegmentString;

/**
 * How much work rings make for whoever repairs or joins them, found out with little: it stops where it is too much, so
 * that nobody begins what would take minutes and gigabytes.
 */
final class Intricacy implements SegmentIntersector {
    /** How many pairs of edges may lie so near that they have to be compared. */
    static final int MOST_PAIRS = 3_000_000;

    /** How often edges may cross or touch, beyond the corners of their own ring. */
    static final int MOST_CROSSINGS = 10_000;

    private final LineIntersector lines = new RobustLineIntersector();
    private int pairs;
    private int crossings;

    private Intricacy() {}

    /**
     * Counts where rings cross or touch themselves and each other.
     *
     * @param rings closed, without repeated positions
     * @return the crossings
     * @throws TooIntricate where they or the pairs to compare are too many
     */
    static int of(List<Coordinate[]> rings) {
        Intricacy intricacy = new Intricacy();
        List<SegmentString> strings = new ArrayList<>();
        rings.forEach(ring -> strings.add(new BasicSegmentString(ring, null)));
        MCIndexNoder noder = new MCIndexNoder(intricacy);
        noder.computeNodes(strings);
        if (intricacy.isDone()) {
            throw new TooIntricate();
        }
        return intricacy.crossings;
    }

    @Override
    public void processIntersections(SegmentString one, int at, SegmentString other, int otherAt) {
        if (isDone() || (one == other && at == otherAt)) {
            return;
        }
        pairs++;
        lines.computeIntersection(
                one.getCoordinate(at),
                one.getCoordinate(at + 1),
                other.getCoordinate(otherAt),
                other.getCoordinate(otherAt + 1));
        if (lines.hasIntersection()
                && !(one == other && areNeighbours(at, otherAt, one.size() - 1) && lines.getIntersectionNum() == 1)) {
            crossings++;
        }
    }

    private static boolean areNeighbours(int at, int otherAt, int edges) {
        int apart = Math.abs(at - otherAt);
        return apart == 1 || apart == edges - 1;
    }

    @Override
    public boolean isDone() {
        return pairs > MOST_PAIRS || crossings > MOST_CROSSINGS;
    }

    /** Rings whose edges lie or cross too often over each other. */
    static final class TooIntricate extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        TooIntricate() {
            super("its edges cross or lie across each other too often; draw it more simply");
        }
    }
}
