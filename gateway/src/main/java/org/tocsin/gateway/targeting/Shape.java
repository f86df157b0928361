package org.tocsin.gateway.targeting;

import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.algorithm.locate.PointOnGeometryLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/**
 * A piece of the earth, asked whether points lie in it. Its border belongs to it.
 *
 * <p>A raster of {@value #CELLS} by {@value #CELLS} over its box says at once for cells that lie wholly inside or
 * outside; only points in cells on the border are located exactly. Not for several threads at once while it is made;
 * then any thread may ask.
 */
final class Shape {
    private static final int CELLS = 64;
    private static final byte OUTSIDE = 0;
    private static final byte INSIDE = 1;
    private static final byte BORDER = 2;

    private final Geometry geometry;
    private final PointOnGeometryLocator locator;
    private final byte[] cells = new byte[CELLS * CELLS];
    private final Envelope box;
    private final double cellWidth;
    private final double cellHeight;

    /** Takes a valid, not empty polygon or multipolygon. */
    Shape(Geometry geometry) {
        this.geometry = geometry;
        this.box = geometry.getEnvelopeInternal();
        this.cellWidth = box.getWidth() / CELLS;
        this.cellHeight = box.getHeight() / CELLS;
        this.locator = new IndexedPointInAreaLocator(geometry);
        PreparedGeometry prepared = PreparedGeometryFactory.prepare(geometry);
        for (int row = 0; row < CELLS; row++) {
            for (int column = 0; column < CELLS; column++) {
                cells[row * CELLS + column] = kind(prepared, column, row);
            }
        }
        // The locator makes its index at the first question; asked here, so that threads share a finished one.
        locator.locate(new Coordinate(box.getMinX(), box.getMinY()));
    }

    Geometry geometry() {
        return geometry;
    }

    Envelope box() {
        return box;
    }

    boolean contains(double longitude, double latitude) {
        if (!box.contains(longitude, latitude)) {
            return false;
        }
        int column = Math.min(CELLS - 1, (int) ((longitude - box.getMinX()) / cellWidth));
        int row = Math.min(CELLS - 1, (int) ((latitude - box.getMinY()) / cellHeight));
        return switch (cells[row * CELLS + column]) {
            case INSIDE -> true;
            case OUTSIDE -> false;
            default -> locator.locate(new Coordinate(longitude, latitude)) != Location.EXTERIOR;
        };
    }

    private byte kind(PreparedGeometry prepared, int column, int row) {
        // A little larger than the cell: where rounding puts a point into the neighbouring cell, it is still right.
        double slack = 1e-9;
        Envelope cell = new Envelope(
                box.getMinX() + column * cellWidth - slack,
                box.getMinX() + (column + 1) * cellWidth + slack,
                box.getMinY() + row * cellHeight - slack,
                box.getMinY() + (row + 1) * cellHeight + slack);
        Geometry rectangle = geometry.getFactory().toGeometry(cell);
        if (!prepared.intersects(rectangle)) {
            return OUTSIDE;
        }
        return prepared.containsProperly(rectangle) ? INSIDE : BORDER;
    }
}
