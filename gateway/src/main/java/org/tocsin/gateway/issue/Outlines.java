package org.tocsin.gateway.issue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.simplify.DouglasPeuckerSimplifier;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.Divisions;

/**
 * The divisions' boundaries as GeoJSON for a map on a small screen: simplified until they have few enough corners.
 * Longitude first, five decimals (about a metre).
 */
public final class Outlines {
    /** The most corners of all outlines together: some 150 kB compressed. */
    static final int MOST_CORNERS = 30_000;

    private static final double FINEST = 1.0 / 4_000;

    private Outlines() {}

    /** A FeatureCollection with properties code, name and level; without those whose boundary is not known. */
    public static String of(Divisions divisions) {
        List<Division> drawn = divisions.all().stream()
                .filter(division -> division.boundary() != null)
                .toList();
        Envelope box = new Envelope();
        drawn.forEach(division -> box.expandToInclude(boundary(division).getEnvelopeInternal()));
        double tolerance = Math.max(box.getWidth(), box.getHeight()) * FINEST;
        List<Geometry> outlines = simplified(drawn, tolerance);
        while (outlines.stream().mapToInt(Geometry::getNumPoints).sum() > MOST_CORNERS && tolerance < box.getWidth()) {
            tolerance *= 2;
            outlines = simplified(drawn, tolerance);
        }
        StringBuilder json = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
        for (int at = 0; at < drawn.size(); at++) {
            Division division = drawn.get(at);
            json.append(at == 0 ? "" : ",")
                    .append("{\"type\":\"Feature\",\"properties\":{\"code\":\"")
                    .append(division.code())
                    .append("\",\"name\":\"")
                    .append(escaped(division.name()))
                    .append("\",\"level\":\"")
                    .append(division.level().name().toLowerCase(Locale.ROOT))
                    .append("\"},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[");
            parts(json, outlines.get(at));
            json.append("]}}");
        }
        return json.append("]}").toString();
    }

    private static List<Geometry> simplified(List<Division> divisions, double tolerance) {
        List<Geometry> simplified = new ArrayList<>();
        for (Division division : divisions) {
            Geometry simple = DouglasPeuckerSimplifier.simplify(boundary(division), tolerance);
            // What is smaller than the tolerance stays as its box, so that no village is missing.
            simplified.add(simple.isEmpty() ? boundary(division).getEnvelope() : simple);
        }
        return simplified;
    }

    private static Geometry boundary(Division division) {
        return java.util.Objects.requireNonNull(division.boundary());
    }

    private static void parts(StringBuilder json, Geometry geometry) {
        boolean first = true;
        for (int part = 0; part < geometry.getNumGeometries(); part++) {
            if (geometry.getGeometryN(part) instanceof Polygon polygon && !polygon.isEmpty()) {
                json.append(first ? "" : ",").append('[');
                ring(json, polygon.getExteriorRing().getCoordinates());
                for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                    json.append(',');
                    ring(json, polygon.getInteriorRingN(hole).getCoordinates());
                }
                json.append(']');
                first = false;
            }
        }
    }

    private static void ring(StringBuilder json, Coordinate[] corners) {
        json.append('[');
        for (int at = 0; at < corners.length; at++) {
            json.append(at == 0 ? "[" : ",[")
                    .append(rounded(corners[at].x))
                    .append(',')
                    .append(rounded(corners[at].y))
                    .append(']');
        }
        json.append(']');
    }

    private static String rounded(double degrees) {
        return Double.toString(Math.round(degrees * 1e5) / 1e5);
    }

    private static String escaped(String text) {
        return new String(
                com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
