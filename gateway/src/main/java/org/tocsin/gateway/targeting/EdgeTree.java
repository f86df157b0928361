package org.tocsin.gateway.targeting;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.LinearRing;

/**
 * The rings of a valid area, cut by straight lines into pieces with few edges each, so that a point is compared with
 * those alone. A piece is closed by seams along the cuts; a point on a cut belongs to the piece west or south of it,
 * and a ray to the west is counted, so that no seam is ever taken for a border. Immutable.
 */
final class EdgeTree {
    private static final int FEW = 12;
    private static final int DEPTH = 28;
    /** What all pieces may hold together; beyond it they are cut no further. */
    private static final int MOST_EDGES = 1_200_000;

    private static final int SEAM = -1;
    private static final byte LEAF = 2;

    private final byte axis;
    private final double cut;
    private final @Nullable EdgeTree below;
    private final @Nullable EdgeTree above;
    private final Edges edges;
    private final boolean inside;
    private final double[] originals;

    private EdgeTree(
            byte axis,
            double cut,
            @Nullable EdgeTree below,
            @Nullable EdgeTree above,
            Edges edges,
            boolean inside,
            double[] originals) {
        this.axis = axis;
        this.cut = cut;
        this.below = below;
        this.above = above;
        this.edges = edges;
        this.inside = inside;
        this.originals = originals;
    }

    /** Cuts rings up; each is closed, and no two cross. */
    static EdgeTree of(List<LinearRing> rings) {
        int count = rings.stream().mapToInt(ring -> ring.getNumPoints() - 1).sum();
        double[] originals = new double[4 * count];
        Edges all = new Edges(count);
        Envelope box = new Envelope();
        int next = 0;
        for (LinearRing ring : rings) {
            CoordinateSequence corners = ring.getCoordinateSequence();
            box.expandToInclude(ring.getEnvelopeInternal());
            for (int corner = 0; corner < corners.size() - 1; corner++) {
                originals[4 * next] = corners.getX(corner);
                originals[4 * next + 1] = corners.getY(corner);
                originals[4 * next + 2] = corners.getX(corner + 1);
                originals[4 * next + 3] = corners.getY(corner + 1);
                all.add(
                        originals[4 * next],
                        originals[4 * next + 1],
                        originals[4 * next + 2],
                        originals[4 * next + 3],
                        next);
                next++;
            }
        }
        return new Cutter(originals).cut(all, box, 0);
    }

    /** Whether a point lies inside or on the border. */
    boolean holds(double x, double y) {
        EdgeTree tree = this;
        while (tree.below != null && tree.above != null) {
            tree = (tree.axis == 0 ? x : y) <= tree.cut ? tree.below : tree.above;
        }
        return tree.edges.count == 0 ? tree.inside : tree.edges.holds(x, y, originals);
    }

    /** Where a box lies that is not much larger than the area's own. */
    Shape.Kind kindOf(Envelope box) {
        if (below == null || above == null) {
            if (edges.count > 0 && edges.meets(box, originals)) {
                return Shape.Kind.BORDER;
            }
            // No edge passes: every point of the box in this piece is alike.
            return edges.count == 0 && inside ? Shape.Kind.INSIDE : kindOfMiddle(box);
        }
        double least = axis == 0 ? box.getMinX() : box.getMinY();
        double most = axis == 0 ? box.getMaxX() : box.getMaxY();
        if (most <= cut) {
            return below.kindOf(box);
        }
        if (least > cut) {
            return above.kindOf(box);
        }
        Envelope lower = axis == 0
                ? new Envelope(least, cut, box.getMinY(), box.getMaxY())
                : new Envelope(box.getMinX(), box.getMaxX(), least, cut);
        Shape.Kind one = below.kindOf(lower);
        if (one == Shape.Kind.BORDER) {
            return one;
        }
        Envelope upper = axis == 0
                ? new Envelope(cut, most, box.getMinY(), box.getMaxY())
                : new Envelope(box.getMinX(), box.getMaxX(), cut, most);
        return above.kindOf(upper) == one ? one : Shape.Kind.BORDER;
    }

    private Shape.Kind kindOfMiddle(Envelope box) {
        if (edges.count == 0) {
            return Shape.Kind.OUTSIDE;
        }
        double x = (box.getMinX() + box.getMaxX()) / 2;
        double y = (box.getMinY() + box.getMaxY()) / 2;
        return edges.holds(x, y, originals) ? Shape.Kind.INSIDE : Shape.Kind.OUTSIDE;
    }

    /** Edges from (x0, y0) to (x1, y1), cut, with the number of the whole edge that each is of, or {@link #SEAM}. */
    private static final class Edges {
        private double[] ends;
        private int[] whole;
        private int count;
        private int real;

        Edges(int room) {
            ends = new double[4 * room];
            whole = new int[room];
        }

        void add(double x0, double y0, double x1, double y1, int of) {
            if (x0 == x1 && y0 == y1) {
                return;
            }
            if (count == whole.length) {
                int room = Math.max(8, 2 * count);
                ends = Arrays.copyOf(ends, 4 * room);
                whole = Arrays.copyOf(whole, room);
            }
            ends[4 * count] = x0;
            ends[4 * count + 1] = y0;
            ends[4 * count + 2] = x1;
            ends[4 * count + 3] = y1;
            whole[count++] = of;
            real += of == SEAM ? 0 : 1;
        }

        void trim() {
            ends = Arrays.copyOf(ends, 4 * count);
            whole = Arrays.copyOf(whole, count);
        }

        boolean holds(double x, double y, double[] originals) {
            boolean odd = false;
            for (int edge = 0; edge < count; edge++) {
                double y0 = ends[4 * edge + 1];
                double y1 = ends[4 * edge + 3];
                if (Math.min(y0, y1) > y || Math.max(y0, y1) < y) {
                    continue;
                }
                boolean crosses = y0 < y != y1 < y;
                double x0 = ends[4 * edge];
                double x1 = ends[4 * edge + 2];
                if (x > Math.max(x0, x1)) {
                    odd ^= crosses;
                } else if (x >= Math.min(x0, x1) && whole[edge] != SEAM) {
                    int side = side(4 * whole[edge], x, y, originals);
                    if (side == 0) {
                        return true;
                    }
                    odd ^= crosses && side < 0;
                }
            }
            return odd;
        }

        /** Which side of an edge, looked at upwards, a point lies on: below 0 east of it. */
        private static int side(int at, double x, double y, double[] originals) {
            boolean up = originals[at + 1] < originals[at + 3];
            int from = up ? at : at + 2;
            int to = up ? at + 2 : at;
            return Orientation.index(
                    new Coordinate(originals[from], originals[from + 1]),
                    new Coordinate(originals[to], originals[to + 1]),
                    new Coordinate(x, y));
        }

        /** Whether a true edge may meet a box. */
        boolean meets(Envelope box, double[] originals) {
            for (int edge = 0; edge < count; edge++) {
                int at = 4 * edge;
                if (whole[edge] != SEAM
                        && Math.max(ends[at], ends[at + 2]) >= box.getMinX()
                        && Math.min(ends[at], ends[at + 2]) <= box.getMaxX()
                        && Math.max(ends[at + 1], ends[at + 3]) >= box.getMinY()
                        && Math.min(ends[at + 1], ends[at + 3]) <= box.getMaxY()
                        && !passes(box, 4 * whole[edge], originals)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether all of a box lies clearly to one side of an edge's line. */
        private static boolean passes(Envelope box, int at, double[] originals) {
            double dx = originals[at + 2] - originals[at];
            double dy = originals[at + 3] - originals[at + 1];
            double x = (box.getMinX() + box.getMaxX()) / 2 - originals[at];
            double y = (box.getMinY() + box.getMaxY()) / 2 - originals[at + 1];
            double reach = Math.abs(dx) * box.getHeight() / 2 + Math.abs(dy) * box.getWidth() / 2;
            return Math.abs(dx * y - dy * x) > reach + 1e-12 * (Math.abs(dx) + Math.abs(dy));
        }
    }

    /** Cuts edges until few are left in each piece. */
    private static final class Cutter {
        private static final Edges NONE = new Edges(0);
        private final double[] originals;
        private long kept;

        Cutter(double[] originals) {
            this.originals = originals;
        }

        EdgeTree cut(Edges edges, Envelope box, int depth) {
            if (edges.real == 0) {
                boolean inside = edges.count > 0
                        && edges.holds(
                                (box.getMinX() + box.getMaxX()) / 2, (box.getMinY() + box.getMaxY()) / 2, originals);
                return leaf(NONE, inside);
            }
            if (edges.real <= FEW || depth == DEPTH || kept + edges.count > MOST_EDGES) {
                return leaf(edges, false);
            }
            byte axis = axis(edges);
            double at = middle(edges, axis);
            double least = axis == 0 ? box.getMinX() : box.getMinY();
            double most = axis == 0 ? box.getMaxX() : box.getMaxY();
            if (!(at > least && at < most)) {
                return leaf(edges, false);
            }
            Edges low = half(edges, axis, at, 1);
            Edges high = half(edges, axis, at, -1);
            if (low.real + high.real > 1.8 * edges.real) {
                return leaf(edges, false);
            }
            Envelope lower = axis == 0
                    ? new Envelope(least, at, box.getMinY(), box.getMaxY())
                    : new Envelope(box.getMinX(), box.getMaxX(), least, at);
            Envelope upper = axis == 0
                    ? new Envelope(at, most, box.getMinY(), box.getMaxY())
                    : new Envelope(box.getMinX(), box.getMaxX(), at, most);
            return new EdgeTree(
                    axis, at, cut(low, lower, depth + 1), cut(high, upper, depth + 1), NONE, false, originals);
        }

        private EdgeTree leaf(Edges edges, boolean inside) {
            edges.trim();
            kept += edges.count;
            return new EdgeTree(LEAF, 0, null, null, edges, inside, originals);
        }

        /** The axis along which edges are shorter for how far they are spread. */
        private static byte axis(Edges edges) {
            double[] lengths = new double[2];
            double[] least = {Double.MAX_VALUE, Double.MAX_VALUE};
            double[] most = {-Double.MAX_VALUE, -Double.MAX_VALUE};
            for (int edge = 0; edge < edges.count; edge++) {
                if (edges.whole[edge] == SEAM) {
                    continue;
                }
                for (int axis = 0; axis < 2; axis++) {
                    double one = edges.ends[4 * edge + axis];
                    double other = edges.ends[4 * edge + 2 + axis];
                    lengths[axis] += Math.abs(one - other);
                    least[axis] = Math.min(least[axis], Math.min(one, other));
                    most[axis] = Math.max(most[axis], Math.max(one, other));
                }
            }
            double wide = most[0] - least[0];
            double high = most[1] - least[1];
            return (byte) (lengths[0] * high <= lengths[1] * wide ? 0 : 1);
        }

        private static double middle(Edges edges, byte axis) {
            double sum = 0;
            for (int edge = 0; edge < edges.count; edge++) {
                if (edges.whole[edge] != SEAM) {
                    sum += edges.ends[4 * edge + axis] + edges.ends[4 * edge + 2 + axis];
                }
            }
            return sum / (2 * edges.real);
        }

        /**
         * What lies on one side of a cut. Each edge that passes the cut is cut there; what lies beyond it to the west
         * is pressed onto the cut as a seam, which leaves every ray's count of crossings as it was. What lies beyond it
         * elsewhere no ray to the west can cross.
         *
         * @param sign 1 for what is below the cut, -1 for what is above
         */
        private static Edges half(Edges edges, byte axis, double at, int sign) {
            Edges half = new Edges(edges.count / 2 + 8);
            Seams seams = new Seams();
            boolean seamed = axis == 0 && sign < 0;
            int across = 1 - axis;
            for (int edge = 0; edge < edges.count; edge++) {
                int place = 4 * edge;
                double one = sign * (edges.ends[place + axis] - at);
                double other = sign * (edges.ends[place + 2 + axis] - at);
                double oneAcross = edges.ends[place + across];
                double otherAcross = edges.ends[place + 2 + across];
                if (one <= 0 && other <= 0) {
                    half.add(
                            edges.ends[place],
                            edges.ends[place + 1],
                            edges.ends[place + 2],
                            edges.ends[place + 3],
                            edges.whole[edge]);
                } else if (one > 0 && other > 0) {
                    seams.add(oneAcross, otherAcross, seamed);
                } else {
                    double where = oneAcross + (otherAcross - oneAcross) * (one / (one - other));
                    double from = one <= 0 ? edges.ends[place + axis] : edges.ends[place + 2 + axis];
                    double fromAcross = one <= 0 ? oneAcross : otherAcross;
                    if (axis == 0) {
                        half.add(from, fromAcross, at, where, edges.whole[edge]);
                    } else {
                        half.add(fromAcross, from, where, at, edges.whole[edge]);
                    }
                    seams.add(one <= 0 ? where : oneAcross, one <= 0 ? otherAcross : where, seamed);
                }
            }
            seams.putInto(half, at);
            return half;
        }
    }

    /** The parts of a meridian that an odd number of edges is pressed onto. */
    private static final class Seams {
        private double[] ends = new double[16];
        private int count;

        void add(double from, double to, boolean kept) {
            if (!kept || from == to) {
                return;
            }
            if (count > 0 && ends[count - 1] == from) {
                // The next edge of the same ring: as long as a ring stays beyond the cut, it makes one seam.
                ends[count - 1] = to;
                return;
            }
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count++] = from;
            ends[count++] = to;
        }

        void putInto(Edges edges, double at) {
            Arrays.sort(ends, 0, count);
            int open = 0;
            for (int end = 0; end < count; end++) {
                if (end + 1 < count && ends[end] == ends[end + 1]) {
                    end++;
                } else if (open++ % 2 == 0) {
                    ends[0] = ends[end];
                } else {
                    edges.add(at, ends[0], at, ends[end], SEAM);
                }
            }
        }
    }
}
