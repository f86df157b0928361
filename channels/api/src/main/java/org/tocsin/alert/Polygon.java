package org.tocsin.alert;

import java.util.List;

/**
 * A closed ring of positions (CAP 1.2, area.polygon).
 *
 * @param positions at least four, the first equal to the last
 */
public record Polygon(List<Position> positions) {
    /** Copies the positions; refuses a ring that is too short or open. */
    public Polygon {
        positions = List.copyOf(positions);
        if (positions.size() < 4) {
            throw new IllegalArgumentException("a polygon needs at least 4 positions, was " + positions.size());
        }
        if (!positions.get(0).equals(positions.get(positions.size() - 1))) {
            throw new IllegalArgumentException("a polygon's first and last position must be the same");
        }
    }
}
