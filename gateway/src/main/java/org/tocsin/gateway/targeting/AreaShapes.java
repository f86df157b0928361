package org.tocsin.gateway.targeting;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateArrays;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryComponentFilter;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.util.AffineTransformation;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.tocsin.alert.Circle;
import org.tocsin.alert.Polygon;
import org.tocsin.alert.Position;

/**
 * Turns CAP's polygons and circles into geometries: x the longitude, y the latitude, both in degrees, -180 to 180.
 *
 * <p>A ring that crosses itself is taken as the area that it encloses, each of its loops. A ring whose neighbouring
 * positions are more than 180° apart in longitude goes the short way, over the antimeridian. A circle is the polygon of
 * 180 corners on the sphere that encloses it, at most 0.02 % of its radius outside it.
 */
final class AreaShapes {
    private static final GeometryFactory GEOMETRY = new GeometryFactory();
    private static final double EARTH_KILOMETRES = 6371.0088;
    private static final double SMALLEST_KILOMETRES = 0.001;
    private static final double LARGEST_KILOMETRES = 5000;
    private static final int CORNERS = 180;

    /** How many positions a ring may have that crosses or touches itself. */
    static final int MOST_REPAIRED = 20_000;

    /** How often such a ring may do so; the repair of some thousands takes seconds. */
    static final int MOST_REPAIRED_CROSSINGS = 1_000;

    private AreaShapes() {}

    /**
     * A polygon's geometry.
     *
     * @throws IllegalArgumentException for one without area, and one around a pole
     * @throws Intricacy.TooIntricate for one that cannot be read with bounded work
     */
    static Geometry of(Polygon polygon) {
        List<Position> positions = polygon.positions();
        Coordinate[] ring = new Coordinate[positions.size()];
        double turned = 0;
        for (int place = 0; place < ring.length; place++) {
            Position position = positions.get(place);
            if (place > 0) {
                double step = position.longitude() - positions.get(place - 1).longitude();
                turned -= step > 180 ? 360 : step < -180 ? -360 : 0;
            }
            ring[place] = new Coordinate(position.longitude() + turned, position.latitude());
        }
        if (turned != 0) {
            throw new IllegalArgumentException("the polygon goes around a pole");
        }
        Coordinate[] corners = CoordinateArrays.removeRepeatedPoints(ring);
        if (corners.length < 4) {
            throw new IllegalArgumentException("the polygon has no area");
        }
        int crossings = Intricacy.of(List.<Coordinate[]>of(corners));
        Geometry area = GEOMETRY.createPolygon(corners);
        Intricacy.ofRays(area);
        if (crossings > 0 && !area.isValid()) {
            if (corners.length > MOST_REPAIRED || crossings > MOST_REPAIRED_CROSSINGS) {
                throw new Intricacy.TooIntricate();
            }
            area = GeometryFixer.fix(area);
        }
        if (area.isEmpty() || area.getDimension() < 2 || area.getArea() <= 0) {
            throw new IllegalArgumentException("the polygon has no area");
        }
        return intoRange(area);
    }

    /**
     * A circle's geometry; a radius below a metre is taken as a metre.
     *
     * @throws IllegalArgumentException for a radius over 5,000 km, and one that holds a pole
     */
    static Geometry of(Circle circle) {
        if (circle.radiusKilometres() > LARGEST_KILOMETRES) {
            throw new IllegalArgumentException("the circle's radius is over 5,000 km");
        }
        double inscribed = Math.max(circle.radiusKilometres(), SMALLEST_KILOMETRES);
        double reach = inscribed / Math.cos(Math.PI / CORNERS) / EARTH_KILOMETRES;
        double latitude = Math.toRadians(circle.centre().latitude());
        if (Math.abs(latitude) + reach >= Math.PI / 2) {
            throw new IllegalArgumentException("the circle goes around a pole");
        }
        Coordinate[] ring = new Coordinate[CORNERS + 1];
        for (int corner = 0; corner < CORNERS; corner++) {
            double bearing = 2 * Math.PI * corner / CORNERS;
            double sine =
                    Math.sin(latitude) * Math.cos(reach) + Math.cos(latitude) * Math.sin(reach) * Math.cos(bearing);
            double east = Math.atan2(
                    Math.sin(bearing) * Math.sin(reach) * Math.cos(latitude),
                    Math.cos(reach) - Math.sin(latitude) * sine);
            ring[corner] =
                    new Coordinate(circle.centre().longitude() + Math.toDegrees(east), Math.toDegrees(Math.asin(sine)));
        }
        ring[CORNERS] = ring[0].copy();
        return intoRange(GEOMETRY.createPolygon(ring));
    }

    /**
     * The union, or an empty polygon of none.
     *
     * @throws Intricacy.TooIntricate where they cross each other too often
     */
    static Geometry union(List<Geometry> areas) {
        if (areas.isEmpty()) {
            return GEOMETRY.createPolygon();
        }
        List<Geometry> different = new ArrayList<>(new LinkedHashSet<>(areas));
        if (different.size() == 1) {
            return different.get(0);
        }
        List<Coordinate[]> rings = new ArrayList<>();
        for (Geometry area : different) {
            area.apply((GeometryComponentFilter) part -> {
                if (part instanceof LineString ring) {
                    rings.add(ring.getCoordinates());
                }
            });
        }
        Intricacy.of(rings);
        return OverlayNGRobust.union(GEOMETRY.buildGeometry(different));
    }

    /** Brings what lies beyond 180° to the other side. */
    private static Geometry intoRange(Geometry area) {
        Envelope box = area.getEnvelopeInternal();
        if (box.getMinX() >= -180 && box.getMaxX() <= 180) {
            return area;
        }
        Geometry world = GEOMETRY.toGeometry(new Envelope(-180, 180, -90, 90));
        List<Geometry> parts = new ArrayList<>();
        for (int shift = -720; shift <= 720; shift += 360) {
            if (box.getMinX() + shift < 180 && box.getMaxX() + shift > -180) {
                Geometry shifted =
                        AffineTransformation.translationInstance(shift, 0).transform(area);
                parts.add(OverlayNGRobust.overlay(
                        shifted, world, org.locationtech.jts.operation.overlayng.OverlayNG.INTERSECTION));
            }
        }
        return union(parts);
    }
}
