package org.tocsin.gateway.targeting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.operation.overlayng.RingClipper;

/**
 * Finds which share of each village's area lies on drawn ground. The ground is clipped to ever smaller groups of
 * villages first, so that each village is laid over what is near it alone.
 */
final class VillageShares {
    private static final int FEW_POINTS = 64;

    private final ObjDoubleConsumer<Village> found;

    /**
     * A village.
     *
     * @param number its number
     * @param boundary its boundary
     */
    record Village(int number, Geometry boundary) {
        Envelope box() {
            return boundary.getEnvelopeInternal();
        }
    }

    /** Takes who is told each village's share, 0 to 1. */
    VillageShares(ObjDoubleConsumer<Village> found) {
        this.found = found;
    }

    /** Finds the shares of villages on some ground, a polygon or multipolygon. */
    void find(Geometry ground, List<Village> villages) {
        if (villages.isEmpty()) {
            return;
        }
        if (villages.size() == 1) {
            Village village = villages.get(0);
            Geometry common = common(clip(ground, village.box()), village.boundary());
            found.accept(village, common.getArea() / village.boundary().getArea());
            return;
        }
        Envelope box = new Envelope();
        villages.forEach(village -> box.expandToInclude(village.box()));
        Geometry near = clip(ground, box);
        Comparator<Village> order = box.getWidth() > box.getHeight()
                ? Comparator.comparingDouble(village -> village.box().getMinX())
                : Comparator.comparingDouble(village -> village.box().getMinY());
        List<Village> sorted = villages.stream().sorted(order).toList();
        find(near, sorted.subList(0, sorted.size() / 2));
        find(near, sorted.subList(sorted.size() / 2, sorted.size()));
    }

    private static Geometry common(Geometry ground, Geometry boundary) {
        try {
            return OverlayNGRobust.overlay(ground, boundary, OverlayNG.INTERSECTION);
        } catch (TopologyException rounded) {
            // Rounding has put an edge of a repaired or cut ring to the wrong side of another.
            return OverlayNGRobust.overlay(GeometryFixer.fix(ground), boundary, OverlayNG.INTERSECTION);
        }
    }

    /** Cuts away what lies beyond a box. What comes of it may touch itself along the box, where nobody looks. */
    private static Geometry clip(Geometry ground, Envelope box) {
        if (ground.getNumPoints() <= FEW_POINTS) {
            return ground;
        }
        Envelope wide = box.copy();
        wide.expandBy(0.01 * (box.getWidth() + box.getHeight()));
        RingClipper clipper = new RingClipper(wide);
        List<Polygon> parts = new ArrayList<>();
        for (int part = 0; part < ground.getNumGeometries(); part++) {
            Polygon polygon = (Polygon) ground.getGeometryN(part);
            if (wide.covers(polygon.getEnvelopeInternal())) {
                parts.add(polygon);
                continue;
            }
            LinearRing shell = clip(polygon.getExteriorRing(), wide, clipper);
            if (shell.isEmpty()) {
                continue;
            }
            List<LinearRing> holes = new ArrayList<>();
            for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                LinearRing clipped = clip(polygon.getInteriorRingN(hole), wide, clipper);
                if (!clipped.isEmpty()) {
                    holes.add(clipped);
                }
            }
            parts.add(ground.getFactory().createPolygon(shell, holes.toArray(LinearRing[]::new)));
        }
        return parts.size() == 1 ? parts.get(0) : ground.getFactory().createMultiPolygon(parts.toArray(Polygon[]::new));
    }

    private static LinearRing clip(LinearRing ring, Envelope box, RingClipper clipper) {
        if (!box.intersects(ring.getEnvelopeInternal())) {
            return ring.getFactory().createLinearRing();
        }
        Coordinate[] clipped = clipper.clip(ring.getCoordinates());
        return clipped.length < 4
                ? ring.getFactory().createLinearRing()
                : ring.getFactory().createLinearRing(clipped);
    }
}
