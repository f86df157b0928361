package org.tocsin.alert;

/**
 * A circle on the earth (CAP 1.2, area.circle).
 *
 * @param centre its middle
 * @param radiusKilometres its radius in kilometres, 0 or more
 */
public record Circle(Position centre, double radiusKilometres) {
    /** Refuses a negative, infinite or undefined radius. */
    public Circle {
        if (!(radiusKilometres >= 0 && radiusKilometres < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("radius must be 0 or more kilometres, was " + radiusKilometres);
        }
    }
}
