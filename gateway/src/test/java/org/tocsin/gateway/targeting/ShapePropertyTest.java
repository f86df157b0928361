package org.tocsin.gateway.targeting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.util.GeometryFixer;

/** Raster and locator against JTS' own predicates. The seed is the repetition's number. */
class ShapePropertyTest {
    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    @RepeatedTest(40)
    void aPointLiesInAShapeJustWhereJtsSaysThatTheShapeCoversIt(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        Geometry geometry = random.nextBoolean() ? star(random) : onAGrid(random);
        Shape shape = new Shape(geometry);
        Coordinate[] corners = geometry.getCoordinates();
        for (int point = 0; point < 3_000; point++) {
            Coordinate at = corners[random.nextInt(corners.length)].copy();
            Coordinate next = corners[random.nextInt(corners.length)];
            switch (point % 4) {
                case 0 -> at = new Coordinate(115 + 2 * random.nextDouble(), 33 + 2 * random.nextDouble());
                case 1 -> at.x += (random.nextDouble() - 0.5) * 1e-6;
                case 2 -> at.y = next.y;
                default -> {
                    // A corner itself.
                }
            }
            Point asked = GEOMETRY.createPoint(at);
            assertEquals(geometry.covers(asked), shape.contains(at.x, at.y), () -> asked + " in " + geometry);
        }
    }

    private static Geometry star(SplittableRandom random) {
        int corners = 5 + random.nextInt(200);
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int corner = 0; corner < corners; corner++) {
            double angle = 2 * Math.PI * corner / corners;
            double reach = 0.2 + 0.7 * random.nextDouble();
            ring[corner] = new Coordinate(116 + reach * Math.cos(angle), 34 + reach * Math.sin(angle));
        }
        ring[corners] = ring[0].copy();
        return GEOMETRY.createPolygon(ring);
    }

    /** Corners on few latitudes and longitudes, so that rays meet corners and level edges; with holes and parts. */
    private static Geometry onAGrid(SplittableRandom random) {
        int corners = 6 + random.nextInt(20);
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int corner = 0; corner < corners; corner++) {
            ring[corner] = new Coordinate(115 + random.nextInt(9) * 0.25, 33 + random.nextInt(9) * 0.25);
        }
        ring[corners] = ring[0].copy();
        Geometry fixed = GeometryFixer.fix(GEOMETRY.createPolygon(ring));
        return fixed.isEmpty() || fixed.getDimension() < 2 ? star(random) : fixed;
    }
}
