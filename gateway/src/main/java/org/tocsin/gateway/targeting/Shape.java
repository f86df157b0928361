package org.tocsin.gateway.targeting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * A piece of the earth, asked whether points lie in it. Its border belongs to it.
 *
 * <p>A raster of {@value #CELLS} by {@value #CELLS} over its box says at once for cells that lie wholly inside or
 * outside; points in cells on the border are located exactly, among the few edges near them. Immutable: any thread may
 * ask.
 */
final class Shape {
    /** Where a box lies. */
    enum Kind {
        OUTSIDE,
        INSIDE,
        BORDER
    }

    private static final int CELLS = 128;

    private final Geometry geometry;
    private final EdgeTree tree;
    private final Kind[] cells = new Kind[CELLS * CELLS];
    private final Envelope box;
    private final double west;
    private final double south;
    private final double columnsPerDegree;
    private final double rowsPerDegree;

    /** Takes a valid, not empty polygon or multipolygon. */
    Shape(Geometry geometry) {
        this.geometry = geometry;
        this.box = geometry.getEnvelopeInternal();
        this.west = box.getMinX();
        this.south = box.getMinY();
        this.columnsPerDegree = CELLS / box.getWidth();
        this.rowsPerDegree = CELLS / box.getHeight();
        this.tree = EdgeTree.of(rings(geometry));
        fill(0, 0, CELLS);
    }

    Geometry geometry() {
        return geometry;
    }

    Envelope box() {
        return box;
    }

    boolean contains(double longitude, double latitude) {
        // Not written as a refusal of what is outside: an unknown position is NaN and lies nowhere.
        if (!(longitude >= west && longitude <= box.getMaxX() && latitude >= south && latitude <= box.getMaxY())) {
            return false;
        }
        int column = Math.min(CELLS - 1, (int) ((longitude - west) * columnsPerDegree));
        int row = Math.min(CELLS - 1, (int) ((latitude - south) * rowsPerDegree));
        Kind kind = cells[row * CELLS + column];
        return kind == Kind.BORDER ? tree.holds(longitude, latitude) : kind == Kind.INSIDE;
    }

    /** Where a box lies; {@link Kind#BORDER} too where it cannot be told cheaply. */
    Kind kindOf(Envelope other) {
        if (!box.intersects(other)) {
            return Kind.OUTSIDE;
        }
        return box.covers(other)
                ? tree.kindOf(other)
                : tree.kindOf(box.intersection(other)) == Kind.OUTSIDE ? Kind.OUTSIDE : Kind.BORDER;
    }

    /** Finds the kind of a square of cells at once where all are alike, else of its quarters. */
    private void fill(int column, int row, int size) {
        Kind kind = tree.kindOf(cell(column, row, size));
        if (kind == Kind.BORDER && size > 1) {
            int half = size / 2;
            fill(column, row, half);
            fill(column + half, row, half);
            fill(column, row + half, half);
            fill(column + half, row + half, half);
            return;
        }
        for (int line = row; line < row + size; line++) {
            Arrays.fill(cells, line * CELLS + column, line * CELLS + column + size, kind);
        }
    }

    private Envelope cell(int column, int row, int size) {
        // A little larger than the cell: where rounding puts a point into the neighbouring cell, it is still right.
        double slack = 1e-9;
        return new Envelope(
                west + column / columnsPerDegree - slack,
                west + (column + size) / columnsPerDegree + slack,
                south + row / rowsPerDegree - slack,
                south + (row + size) / rowsPerDegree + slack);
    }

    /** The rings of a polygon or multipolygon. */
    static List<LinearRing> rings(Geometry geometry) {
        List<LinearRing> rings = new ArrayList<>();
        for (int part = 0; part < geometry.getNumGeometries(); part++) {
            Polygon polygon = (Polygon) geometry.getGeometryN(part);
            rings.add(polygon.getExteriorRing());
            for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                rings.add(polygon.getInteriorRingN(hole));
            }
        }
        return rings;
    }
}
