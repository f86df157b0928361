package org.tocsin.gateway.targeting;

import java.util.Arrays;
import org.locationtech.jts.algorithm.CGAlgorithmsDD;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * A piece of the earth, asked whether points lie in it. Its border belongs to it.
 *
 * <p>A raster over its box says at once for cells that the border does not touch, and for boxes of such cells. The
 * cells of a row that it touches make stretches, each with the edges in it: a point there is located exactly, by how
 * often a ray to the east crosses these edges before it comes to a cell of which the side is known. Any thread.
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

    /** Cells in a row and in a column where a million points are asked. */
    static final int FINE = 512;

    /** Cells in a row and in a column where there may be many shapes at once, of which few points are asked. */
    static final int COARSE = 32;

    /** To look through more cells for a box would cost more than to ask for each point in it. */
    private static final int MOST_CELLS = 4_096;

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
    /** By row and column the number of the stretch of a cell that the border touches. No huge array: G1 minds. */
    private final int[][] stretchOf;

    private final double[] edges;
    private final int[] starts;
    private final int[] members;
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
        this.stretchOf = new int[across][across];
        eachRow((edge, row, left, right) -> Arrays.fill(cells, row + left, row + right + 1, BORDER));
        int stretches = numberStretches();
        this.starts = new int[stretches + 1];
        eachRow((edge, row, left, right) -> starts[stretch(row + left) + 1]++);
        for (int stretch = 0; stretch < stretches; stretch++) {
            starts[stretch + 1] += starts[stretch];
        }
        this.members = new int[starts[stretches]];
        int[] next = Arrays.copyOf(starts, stretches);
        eachRow((edge, row, left, right) -> members[next[stretch(row + left)]++] = edge);
        this.insideBeyond = new boolean[stretches];
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
        return kind == BORDER ? locate(stretchOf[row][column], longitude, latitude) : kind == INSIDE;
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

    private int stretch(int cell) {
        return stretchOf[cell / across][cell % across];
    }

    private int column(double longitude) {
        return Math.max(0, Math.min(across - 1, (int) ((longitude - minX) * columnsADegree)));
    }

    private int row(double latitude) {
        return Math.max(0, Math.min(across - 1, (int) ((latitude - minY) * rowsADegree)));
    }

    private boolean locate(int stretch, double longitude, double latitude) {
        boolean inside = insideBeyond[stretch];
        for (int member = starts[stretch]; member < starts[stretch + 1]; member++) {
            int at = members[member];
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
    private void eachRow(RowVisitor visitor) {
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

    /** Gives neighbours in a row that the border touches one number; an edge lies in one stretch of each row. */
    private int numberStretches() {
        int stretches = 0;
        for (int row = 0; row < cells.length; row += across) {
            byte before = OUTSIDE;
            for (int cell = row; cell < row + across; cell++) {
                if (cells[cell] == BORDER) {
                    stretches += before == BORDER ? 0 : 1;
                    stretchOf[cell / across][cell % across] = stretches - 1;
                }
                before = cells[cell];
            }
        }
        return stretches;
    }

    /** Goes through each row from the east, where it is outside, and changes sides as the row's middle does. */
    private void fill() {
        for (int row = 0; row < across; row++) {
            double middle = box.getMinY() + (row + 0.5) * cellHeight;
            byte kind = OUTSIDE;
            int before = -1;
            for (int cell = (row + 1) * across - 1; cell >= row * across; cell--) {
                if (cells[cell] != BORDER) {
                    cells[cell] = kind;
                } else if (stretch(cell) != before) {
                    before = stretch(cell);
                    insideBeyond[before] = kind == INSIDE;
                    kind = insideBeyond[before] == crosses(before, middle) ? OUTSIDE : INSIDE;
                }
            }
        }
    }

    /** Whether the border crosses a latitude an odd number of times in a stretch. */
    private boolean crosses(int stretch, double latitude) {
        boolean odd = false;
        for (int member = starts[stretch]; member < starts[stretch + 1]; member++) {
            int at = members[member];
            odd ^= (edges[at + 1] > latitude) != (edges[at + 3] > latitude);
        }
        return odd;
    }
}
