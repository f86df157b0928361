package org.tocsin.gateway.targeting;

import java.util.Arrays;
import org.locationtech.jts.algorithm.CGAlgorithmsDD;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;

/**
 * A piece of the earth, asked whether points lie in it. Its border belongs to it.
 *
 * <p>A raster over its box says at once for cells that the border does not touch, and for boxes of such cells. A cell
 * that it touches knows its edges: a point there is located exactly, by how often a ray to the east crosses the border
 * before it comes to a cell of which the side is known. The ray crosses edges of the cell itself and edges that lie
 * wholly to its east. Of the latter just their ends matter: an edge is crossed when one end of it lies above the ray,
 * so all of them are crossed as often, odd or even, as ends lie above, and where two meet at a corner it counts twice,
 * which is not at all. Any thread.
 */
final class Shape {
    /** Where something lies: all of it inside, all of it outside, or who knows. */
    enum Side {
        /** Inside, all of it. */
        INSIDE,
        /** Outside, all of it. */
        OUTSIDE,
        /** Perhaps on both sides. */
        UNSURE
    }

    /** How the border meets other lines. */
    enum Meeting {
        /** Nowhere. */
        NONE,
        /** A line goes from one side of the border to the other. */
        CROSSING,
        /** They touch, and perhaps no more. */
        TOUCHING
    }

    /** Cells in a row and in a column where a million points are asked. */
    static final int FINE = 512;

    /** Cells in a row and in a column where there may be many shapes at once, of which few points are asked. */
    static final int COARSE = 32;

    /** To look through more cells for a box would cost more than to ask for each point in it. */
    private static final int MOST_CELLS = 4_096;

    /** So many edges in cells at most, some megabytes; with more, a whole stretch of cells shares its edges. */
    private static final int MOST_TOUCHED = 1_000_000;

    /** Added to an edge's place in the westernmost piece of a row in which it is. */
    private static final int LAST = 1;

    private static final byte OUTSIDE = 0;
    private static final byte INSIDE = 1;
    private static final byte BORDER = 2;
    // Degrees, a tenth of a millimetre: where rounding puts a point into the neighbouring cell, it is still right.
    private static final double SLACK = 1e-9;

    private final Geometry geometry;
    private final Envelope box;
    private final double minX;
    private final double maxX;
    private final double minY;
    private final double maxY;
    private final int across;
    private final double cellHeight;
    private final double columnsADegree;
    private final double rowsADegree;
    private final byte[] cells;
    /**
     * By row and column the number of the piece of a cell that the border touches: one cell, or where that would be too
     * much all neighbours in a row. No huge array: G1 minds.
     */
    private final int[][] pieceOf;

    private final double[] edges;
    /** By piece, where its edges begin among the members, which are places in the edges, or one more: {@link #LAST}. */
    private final int[] starts;

    private final int[] members;
    /** By piece, where the latitudes begin of what ends east of it and counts. */
    private final int[] endStarts;

    private double[] ends = new double[64];
    /** By piece, on which side a ray would be that crosses none of its edges and has no end above it. */
    private final boolean[] insideBeyond;

    /**
     * Makes the raster.
     *
     * @param geometry a valid, not empty polygon or multipolygon
     * @param across how many cells a row has, and a column: {@link #FINE} or {@link #COARSE}
     */
    Shape(Geometry geometry, int across) {
        this.geometry = geometry;
        this.box = geometry.getEnvelopeInternal();
        this.minX = box.getMinX();
        this.maxX = box.getMaxX();
        this.minY = box.getMinY();
        this.maxY = box.getMaxY();
        this.across = across;
        this.cellHeight = box.getHeight() / across;
        this.columnsADegree = across / box.getWidth();
        this.rowsADegree = across / box.getHeight();
        this.edges = Edges.of(geometry);
        this.cells = new byte[across * across];
        this.pieceOf = new int[across][across];
        long[] touched = {0};
        eachRow(edges, (edge, row, left, right) -> {
            Arrays.fill(cells, row + left, row + right + 1, BORDER);
            touched[0] += right - left + 1;
        });
        int pieces = numberPieces(touched[0] <= MOST_TOUCHED);
        this.starts = new int[pieces + 1];
        eachPiece((edge, piece, last) -> starts[piece + 1]++);
        for (int piece = 0; piece < pieces; piece++) {
            starts[piece + 1] += starts[piece];
        }
        this.members = new int[starts[pieces]];
        int[] next = Arrays.copyOf(starts, pieces);
        eachPiece((edge, piece, last) -> members[next[piece]++] = last ? edge + LAST : edge);
        this.insideBeyond = new boolean[pieces];
        this.endStarts = new int[pieces + 1];
        fill();
    }

    Geometry geometry() {
        return geometry;
    }

    Envelope box() {
        return box;
    }

    /** Whether the point lies inside or on the border. */
    boolean contains(double longitude, double latitude) {
        if (!(longitude >= minX && longitude <= maxX && latitude >= minY && latitude <= maxY)) {
            return false;
        }
        int row = row(latitude);
        int column = column(longitude);
        byte kind = cells[row * across + column];
        return kind == BORDER ? locate(pieceOf[row][column], longitude, latitude) : kind == INSIDE;
    }

    /** On which side all points of a box lie, its own border included, as far as the raster says. */
    Side side(Envelope other) {
        if (!box.intersects(other)) {
            return Side.OUTSIDE;
        }
        int left = column(other.getMinX());
        int right = column(other.getMaxX());
        int bottom = row(other.getMinY());
        int top = row(other.getMaxY());
        int first = bottom * across + left;
        int length = right - left + 1;
        byte kind = cells[first];
        if (kind == BORDER || length * (top - bottom + 1) > MOST_CELLS || (kind == INSIDE && !box.covers(other))) {
            return Side.UNSURE;
        }
        for (int cell = first + 1; cell < first + length; cell++) {
            if (cells[cell] != kind) {
                return Side.UNSURE;
            }
        }
        for (int cell = first + across; cell <= top * across + left; cell += across) {
            if (!Arrays.equals(cells, first, first + length, cells, cell, cell + length)) {
                return Side.UNSURE;
            }
        }
        return kind == INSIDE ? Side.INSIDE : Side.OUTSIDE;
    }

    /** Whether there is ground within the shape that does not belong to it. */
    boolean hasHoles() {
        for (int part = 0; part < geometry.getNumGeometries(); part++) {
            if (geometry.getGeometryN(part) instanceof Polygon polygon && polygon.getNumInteriorRing() > 0) {
                return true;
            }
        }
        return false;
    }

    /** How the border meets the border of other ground. */
    Meeting meeting(Geometry other) {
        double[] lines = Edges.of(other);
        boolean[] found = new boolean[2];
        eachRow(lines, (line, row, left, right) -> {
            int before = -1;
            for (int cell = row + left; cell <= row + right && !found[0]; cell++) {
                if (cells[cell] == BORDER && piece(cell) != before) {
                    before = piece(cell);
                    for (int member = starts[before]; member < starts[before + 1]; member++) {
                        Meeting meeting = meeting(lines, line, edges, members[member] & -4);
                        found[0] |= meeting == Meeting.CROSSING;
                        found[1] |= meeting == Meeting.TOUCHING;
                    }
                }
            }
        });
        return found[0] ? Meeting.CROSSING : found[1] ? Meeting.TOUCHING : Meeting.NONE;
    }

    /** How two edges meet. */
    private static Meeting meeting(double[] ones, int one, double[] others, int other) {
        if (isApart(ones[one], ones[one + 2], others[other], others[other + 2])
                || isApart(ones[one + 1], ones[one + 3], others[other + 1], others[other + 3])) {
            return Meeting.NONE;
        }
        int sides = turn(ones, one, others, other) * turn(ones, one, others, other + 2);
        int otherSides = turn(others, other, ones, one) * turn(others, other, ones, one + 2);
        if (sides > 0 || otherSides > 0) {
            return Meeting.NONE;
        }
        return sides < 0 && otherSides < 0 ? Meeting.CROSSING : Meeting.TOUCHING;
    }

    private static boolean isApart(double from, double to, double otherFrom, double otherTo) {
        return Math.max(from, to) < Math.min(otherFrom, otherTo) || Math.max(otherFrom, otherTo) < Math.min(from, to);
    }

    /** On which side of an edge a corner lies: 1, -1, or 0 where it lies on its line. */
    private static int turn(double[] lines, int line, double[] corners, int corner) {
        return CGAlgorithmsDD.orientationIndex(
                lines[line], lines[line + 1], lines[line + 2], lines[line + 3], corners[corner], corners[corner + 1]);
    }

    private int piece(int cell) {
        return pieceOf[cell / across][cell % across];
    }

    private int column(double longitude) {
        return Math.max(0, Math.min(across - 1, (int) ((longitude - minX) * columnsADegree)));
    }

    private int row(double latitude) {
        return Math.max(0, Math.min(across - 1, (int) ((latitude - minY) * rowsADegree)));
    }

    private boolean locate(int piece, double longitude, double latitude) {
        boolean inside = insideBeyond[piece];
        for (int end = endStarts[piece]; end < endStarts[piece + 1]; end++) {
            inside ^= ends[end] > latitude;
        }
        for (int member = starts[piece]; member < starts[piece + 1]; member++) {
            int at = members[member] & -4;
            double fromX = edges[at];
            double fromY = edges[at + 1];
            double toX = edges[at + 2];
            double toY = edges[at + 3];
            if (fromX < longitude && toX < longitude) {
                continue;
            }
            // A corner at just this latitude belongs to the edge below it, so that it counts once.
            boolean crosses = (fromY > latitude) != (toY > latitude);
            if (fromX > longitude && toX > longitude) {
                inside ^= crosses;
            } else if (crosses) {
                int turn = CGAlgorithmsDD.orientationIndex(fromX, fromY, toX, toY, longitude, latitude);
                if (turn == Orientation.COLLINEAR) {
                    return true;
                }
                inside ^= (turn == Orientation.LEFT) == (toY > fromY);
            } else if (fromY == latitude
                    ? toY == latitude || fromX == longitude
                    : toY == latitude && toX == longitude) {
                // It is level, or an end of it is the point.
                return true;
            }
        }
        return inside;
    }

    /** Is told which cells of a row an edge touches. */
    private interface RowVisitor {
        /** The edge by its place among the edges, the row by its first cell, the columns of the cells. */
        void touched(int edge, int row, int left, int right);
    }

    /** Goes along each edge, row by row upwards. */
    private void eachRow(double[] edges, RowVisitor visitor) {
        for (int edge = 0; edge < edges.length; edge += 4) {
            boolean upwards = edges[edge + 1] <= edges[edge + 3];
            double lowX = edges[upwards ? edge : edge + 2];
            double lowY = edges[upwards ? edge + 1 : edge + 3];
            double highX = edges[upwards ? edge + 2 : edge];
            double highY = edges[upwards ? edge + 3 : edge + 1];
            int last = row(highY + SLACK);
            for (int row = row(lowY - SLACK); row <= last; row++) {
                double bottom = box.getMinY() + row * cellHeight - SLACK;
                double low = at(bottom, lowX, lowY, highX, highY);
                double high = at(bottom + cellHeight + 2 * SLACK, lowX, lowY, highX, highY);
                int left = column(Math.min(low, high) - SLACK);
                visitor.touched(edge, row * across, left, column(Math.max(low, high) + SLACK));
            }
        }
    }

    /** The edge's longitude at a latitude, at its nearer end where it does not come so far. */
    private static double at(double latitude, double lowX, double lowY, double highX, double highY) {
        if (latitude <= lowY) {
            return lowX;
        }
        return latitude >= highY ? highX : lowX + (highX - lowX) * ((latitude - lowY) / (highY - lowY));
    }

    /** Gives each cell that the border touches a number, or neighbours in a row one together; from the east. */
    private int numberPieces(boolean single) {
        int pieces = 0;
        for (int row = 0; row < across; row++) {
            byte before = OUTSIDE;
            for (int column = across - 1; column >= 0; column--) {
                byte kind = cells[row * across + column];
                if (kind == BORDER) {
                    pieces += single || before != BORDER ? 1 : 0;
                    pieceOf[row][column] = pieces - 1;
                }
                before = kind;
            }
        }
        return pieces;
    }

    /** Is told in which pieces an edge is. */
    private interface PieceVisitor {
        /** The edge by its place among the edges, the piece, whether it is the row's westernmost with this edge. */
        void touched(int edge, int piece, boolean last);
    }

    private void eachPiece(PieceVisitor visitor) {
        eachRow(edges, (edge, row, left, right) -> {
            int last = piece(row + left);
            // Numbers of neighbours follow each other from the east.
            for (int piece = piece(row + right); piece <= last; piece++) {
                visitor.touched(edge, piece, piece == last);
            }
        });
    }

    /** Goes through each row from the east, where it is outside, and changes sides as the row's middle does. */
    private void fill() {
        int filled = 0;
        for (int row = 0; row < across; row++) {
            double bottom = minY + row * cellHeight;
            EndsEast east = new EndsEast(bottom - SLACK, bottom + cellHeight + SLACK);
            byte kind = OUTSIDE;
            int before = -1;
            for (int column = across - 1; column >= 0; column--) {
                if (cells[row * across + column] != BORDER) {
                    kind = before == -1 ? kind : east.isInside(bottom + 0.5 * cellHeight) ? INSIDE : OUTSIDE;
                    cells[row * across + column] = kind;
                    before = -1;
                } else if (pieceOf[row][column] != before) {
                    if (before == -1) {
                        east.begin(kind == INSIDE);
                    }
                    before = pieceOf[row][column];
                    filled = keep(before, east, filled);
                }
            }
        }
    }

    /** Keeps what lies east of a piece, and adds the edges that do not go on to the west of it. */
    private int keep(int piece, EndsEast east, int filled) {
        double[] latitudes = east.latitudes();
        if (filled + latitudes.length > ends.length) {
            ends = Arrays.copyOf(ends, Math.max(filled + latitudes.length, 2 * ends.length));
        }
        System.arraycopy(latitudes, 0, ends, filled, latitudes.length);
        endStarts[piece + 1] = filled + latitudes.length;
        insideBeyond[piece] = east.isInside();
        for (int member = starts[piece]; member < starts[piece + 1]; member++) {
            int edge = members[member] & -4;
            if (members[member] != edge) {
                east.add(edges[edge + 1], edges[edge + 3]);
            }
        }
        return filled + latitudes.length;
    }
}
