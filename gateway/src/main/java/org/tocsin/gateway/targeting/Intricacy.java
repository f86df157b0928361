package org.tocsin.gateway.targeting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.algorithm.LineIntersector;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.noding.BasicSegmentString;
import org.locationtech.jts.noding.MCIndexNoder;
import org.locationtech.jts.noding.SegmentIntersector;
import org.locationtech.jts.noding.SegmentString;
import org.tocsin.gateway.registry.Divisions;

/**
 * How much work rings make for whoever repairs or joins them, found out with little: it stops where it is too much, so
 * that nobody begins what would take minutes and gigabytes.
 */
final class Intricacy implements SegmentIntersector {
    /** How many pairs of edges may lie so near that they have to be compared. */
    static final int MOST_PAIRS = 3_000_000;

    /** How often edges may cross or touch, beyond the corners of their own ring. */
    static final int MOST_CROSSINGS = 10_000;

    /** How many edges may cross one latitude: so many are looked at for each person near the border. */
    static final int MOST_ABREAST = 5_000;

    /** How often an edge may lie at a village, all edges and villages together: each is cut along the other. */
    static final int MOST_CUTS = 300_000;

    /** So few edges cost too little to be counted. */
    private static final int FEW = 10_000;

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
        if (rings.size() == 1 && PlainRing.isPlainly(rings.get(0))) {
            return 0;
        }
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

    /**
     * Looks how many edges a ray along a latitude can meet.
     *
     * @throws TooIntricate where they are too many
     */
    static void ofRays(Geometry area) {
        int edges = area.getNumPoints();
        if (edges <= MOST_ABREAST) {
            return;
        }
        double[] begins = new double[edges];
        double[] ends = new double[edges];
        int[] filled = {0};
        Edges.each(area, (fromX, fromY, toX, toY) -> {
            begins[filled[0]] = Math.min(fromY, toY);
            ends[filled[0]++] = Math.max(fromY, toY);
        });
        Arrays.sort(begins, 0, filled[0]);
        Arrays.sort(ends, 0, filled[0]);
        int ended = 0;
        for (int begun = 0; begun < filled[0]; begun++) {
            while (ends[ended] < begins[begun]) {
                ended++;
            }
            if (begun + 1 - ended > MOST_ABREAST) {
                throw new TooIntricate();
            }
        }
    }

    /**
     * Looks how much there is to cut where a message's areas meet villages.
     *
     * @param areas those of each content, because each is cut for itself
     * @throws TooIntricate where it is too much
     */
    static void ofCuts(List<Geometry> areas, Divisions divisions) {
        if (areas.stream().mapToInt(Geometry::getNumPoints).sum() <= FEW) {
            return;
        }
        long[] cuts = {0};
        areas.forEach(area -> Edges.each(area, (fromX, fromY, toX, toY) -> {
            if (cuts[0] <= MOST_CUTS) {
                cuts[0] += divisions
                        .villagesNear(new Envelope(fromX, toX, fromY, toY))
                        .getCardinality();
            }
        }));
        if (cuts[0] > MOST_CUTS) {
            throw new TooIntricate();
        }
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

    /** Whether edges of a closed ring follow each other. */
    static boolean areNeighbours(int at, int otherAt, int edges) {
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
