package org.tocsin.gateway.report;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.simplify.DouglasPeuckerSimplifier;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.Divisions;

/**
 * Villages as shapes to draw, seen from above with the north at the top, each as precise as a drawing of this size
 * shows.
 *
 * @param width of the drawing, {@value #WIDTH}; 0 where there is nothing to draw
 * @param height of the drawing, 1 to {@value #MOST_HEIGHT}; 0 where there is nothing to draw
 * @param paths by village's code the {@code d} of an SVG path; only of those whose boundary is known
 */
public record AreaMap(int width, int height, Map<String, String> paths) {
    /** Nothing to draw. */
    public static final AreaMap NONE = new AreaMap(0, 0, Map.of());

    private static final int WIDTH = 800;
    private static final int MOST_HEIGHT = 1600;
    /** In units of the drawing: less than anybody sees. */
    private static final double TOLERANCE = 0.7;

    /** Keeps the order. */
    public AreaMap {
        paths = Collections.unmodifiableMap(new LinkedHashMap<>(paths));
    }

    /** Draws the boundaries of villages that the registry has. */
    public static AreaMap of(Divisions divisions, Collection<String> villages) {
        Map<String, Geometry> boundaries = new LinkedHashMap<>();
        Envelope box = new Envelope();
        for (String code : villages) {
            @Nullable
            Geometry boundary = divisions.find(code).map(Division::boundary).orElse(null);
            if (boundary != null && !boundary.isEmpty()) {
                boundaries.put(code, boundary);
                box.expandToInclude(boundary.getEnvelopeInternal());
            }
        }
        if (boundaries.isEmpty() || box.getWidth() <= 0 || box.getHeight() <= 0) {
            return NONE;
        }
        // Degrees of longitude are shorter by the cosine of the latitude.
        double east = Math.cos(Math.toRadians(box.centre().y));
        double scale = Math.min(WIDTH / (box.getWidth() * east), MOST_HEIGHT / box.getHeight());
        Drawing drawing = new Drawing(box, scale * east, scale);
        Map<String, String> paths = new LinkedHashMap<>();
        boundaries.forEach((code, boundary) ->
                paths.put(code, drawing.path(DouglasPeuckerSimplifier.simplify(boundary, TOLERANCE / scale))));
        paths.values().removeIf(String::isEmpty);
        return new AreaMap(WIDTH, Math.max(1, (int) Math.ceil(box.getHeight() * scale)), paths);
    }

    private record Drawing(Envelope box, double xScale, double yScale) {
        String path(Geometry geometry) {
            StringBuilder path = new StringBuilder();
            for (int part = 0; part < geometry.getNumGeometries(); part++) {
                if (geometry.getGeometryN(part) instanceof Polygon polygon && !polygon.isEmpty()) {
                    ring(path, polygon.getExteriorRing());
                    for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                        ring(path, polygon.getInteriorRingN(hole));
                    }
                }
            }
            return path.toString();
        }

        private void ring(StringBuilder path, LineString ring) {
            Coordinate[] corners = ring.getCoordinates();
            for (int at = 0; at < corners.length - 1; at++) {
                path.append(at == 0 ? 'M' : 'L')
                        .append(tenths((corners[at].x - box.getMinX()) * xScale))
                        .append(' ')
                        .append(tenths((box.getMaxY() - corners[at].y) * yScale));
            }
            path.append('Z');
        }

        private static String tenths(double value) {
            long tenths = Math.round(value * 10);
            return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
        }
    }
}
