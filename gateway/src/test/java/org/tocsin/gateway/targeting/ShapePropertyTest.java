package org.tocsin.gateway.targeting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
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
        Shape shape = new Shape(geometry, random.nextBoolean() ? Shape.FINE : Shape.COARSE);
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

    @RepeatedTest(20)
    void aBoxIsOnOneSideOnlyWhereJtsSaysThatAllOfItIs(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        Geometry geometry = random.nextBoolean() ? star(random) : onAGrid(random);
        Shape shape = new Shape(geometry, Shape.FINE);
        Coordinate[] corners = geometry.getCoordinates();
        int sure = 0;
        for (int box = 0; box < 500; box++) {
            Coordinate corner = corners[random.nextInt(corners.length)];
            double west = box % 3 == 0 ? corner.x : 114.8 + 2.4 * random.nextDouble();
            double south = box % 3 == 0 ? corner.y : 32.8 + 2.4 * random.nextDouble();
            double size = random.nextInt(10) == 0 ? 0 : Math.pow(10, -7 * random.nextDouble());
            Envelope asked = new Envelope(west, west + size, south, south + size);
            Geometry ground = GEOMETRY.toGeometry(asked);
            Shape.Side side = shape.side(asked);
            sure += side == Shape.Side.UNSURE ? 0 : 1;
            assertTrue(side != Shape.Side.INSIDE || geometry.covers(ground), () -> asked + " in " + geometry);
            assertTrue(side != Shape.Side.OUTSIDE || geometry.disjoint(ground), () -> asked + " in " + geometry);
        }
        assertTrue(sure > 50, sure + " boxes are sure");
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
