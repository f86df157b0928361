package org.tocsin.gateway.report;

import java.util.List;
import org.tocsin.gateway.coverage.Curve;
import org.tocsin.gateway.coverage.CurvePoint;

/**
 * How an issue's coverage went.
 *
 * @param points since sign-off, oldest first, at most {@link Curve#MOST_POINTS}
 * @param hours how each hour ended in which something changed, oldest first
 */
public record Course(List<CurvePoint> points, List<Curve.Hour> hours) {
    /** Nothing yet. */
    public static final Course NONE = new Course(List.of(), List.of());

    /** Copies the lists. */
    public Course {
        points = List.copyOf(points);
        hours = List.copyOf(hours);
    }
}
