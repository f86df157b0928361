package org.tocsin.gateway.targeting;

import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * A piece of the earth, asked whether points lie in it. Its border belongs to it.
 *
 * <p>A raster of {@value #CELLS} by {@value #CELLS} over its box says at once for cells that the border does not touch;
 * only points in cells that it touches are located exactly. Not for several threads at once while it is made; then any
 * thread may ask.
 */
final class Shape {
    private static final int CELLS = 512;
    private static final byte OUTSIDE = 0;
    private static final byte INSIDE = 1;
    private static final byte BORDER = 2;
    // Degrees, a tenth of a millimetre: where rounding puts a point into the neighbouring cell, it is still right.
    private static final double SLACK = 1e-9;

    private final Geometry geometry;
    private final PointLocator locator;
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
        this.locator = new PointLocator(geometry);
        Edges.each(geometry, this::markEdge);
        fill();
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
        return switch (cells[row(latitude) * CELLS + column(longitude)]) {
            case INSIDE -> true;
            case OUTSIDE -> false;
            default -> locator.contains(longitude, latitude);
        };
    }

    private int column(double longitude) {
        return Math.max(0, Math.min(CELLS - 1, (int) ((longitude - box.getMinX()) / cellWidth)));
    }

    private int row(double latitude) {
        return Math.max(0, Math.min(CELLS - 1, (int) ((latitude - box.getMinY()) / cellHeight)));
    }

    /** Marks each cell that an edge touches, row by row upwards. */
    private void markEdge(double fromX, double fromY, double toX, double toY) {
        boolean upwards = fromY <= toY;
        double lowX = upwards ? fromX : toX;
        double lowY = upwards ? fromY : toY;
        double highX = upwards ? toX : fromX;
        double highY = upwards ? toY : fromY;
        int last = row(highY + SLACK);
        for (int row = row(lowY - SLACK); row <= last; row++) {
            double bottom = box.getMinY() + row * cellHeight - SLACK;
            double low = at(bottom, lowX, lowY, highX, highY);
            double high = at(bottom + cellHeight + 2 * SLACK, lowX, lowY, highX, highY);
            int right = column(Math.max(low, high) + SLACK);
            for (int column = column(Math.min(low, high) - SLACK); column <= right; column++) {
                cells[row * CELLS + column] = BORDER;
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

    /** Locates one point of each stretch of cells in a row that the border does not touch: all of it is alike. */
    private void fill() {
        for (int row = 0; row < CELLS; row++) {
            byte kind = BORDER;
            for (int column = 0; column < CELLS; column++) {
                int cell = row * CELLS + column;
                if (cells[cell] == BORDER) {
                    kind = BORDER;
                } else {
                    kind = kind == BORDER ? middle(column, row) : kind;
                    cells[cell] = kind;
                }
            }
        }
    }

    private byte middle(int column, int row) {
        double longitude = box.getMinX() + (column + 0.5) * cellWidth;
        double latitude = box.getMinY() + (row + 0.5) * cellHeight;
        return locator.contains(longitude, latitude) ? INSIDE : OUTSIDE;
    }
}
