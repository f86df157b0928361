package org.tocsin.gateway.targeting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Location;
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

    @RepeatedTest(12)
    void aPointInTheBandOfManyCornersLiesWhereJtsSays(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        Geometry geometry = saw(random);
        Shape shape = new Shape(geometry, repetition.getCurrentRepetition() % 3 == 0 ? Shape.COARSE : Shape.FINE);
        IndexedPointInAreaLocator jts = new IndexedPointInAreaLocator(geometry);
        Coordinate[] corners = geometry.getCoordinates();
        int inside = 0;
        for (int point = 0; point < 60_000; point++) {
            Coordinate at = corners[random.nextInt(corners.length)].copy();
            Coordinate next = corners[random.nextInt(corners.length)];
            switch (point % 4) {
                case 0 -> at = new Coordinate(at.x + 0.01 * random.nextDouble(), at.y - 0.01 * random.nextDouble());
                case 1 -> at.x += 0.02 * (random.nextDouble() - 0.5);
                case 2 -> at.y = next.y;
                default -> at.y += 1e-7 * (random.nextInt(3) - 1);
            }
            boolean covers = jts.locate(at) != Location.EXTERIOR;
            inside += covers ? 1 : 0;
            assertEquals(covers, shape.contains(at.x, at.y), at::toString);
        }
        assertTrue(inside > 6_000 && inside < 54_000, inside + " points are inside");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCombThatTouchesMoreCellsThanAreKeptApartIsAskedAsExactly(boolean steep) {
        int teeth = 2_000;
        Coordinate[] ring = new Coordinate[2 * teeth + 2];
        for (int tooth = 0; tooth < teeth; tooth++) {
            double level = 34 + 0.4 * tooth / teeth;
            ring[2 * tooth] = new Coordinate(115, level);
            ring[2 * tooth + 1] = new Coordinate(117, level + (steep ? 0.0003 : 0));
        }
        ring[2 * teeth] = new Coordinate(115 - 1e-4, 34.41);
        ring[2 * teeth + 1] = ring[0].copy();
        Geometry comb = GEOMETRY.createPolygon(ring);
        assertTrue(comb.isValid());
        Shape shape = new Shape(comb, Shape.FINE);
        IndexedPointInAreaLocator jts = new IndexedPointInAreaLocator(comb);
        SplittableRandom random = new SplittableRandom(1);
        for (int point = 0; point < 20_000; point++) {
            Coordinate at = new Coordinate(
                    115 + 2 * random.nextDouble(),
                    point % 2 == 0 ? ring[random.nextInt(ring.length)].y : 34 + 0.41 * random.nextDouble());
            assertEquals(jts.locate(at) != Location.EXTERIOR, shape.contains(at.x, at.y), at::toString);
        }
    }

    @RepeatedTest(30)
    void howBordersMeetIsWhatJtsSays(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        Geometry geometry = random.nextBoolean() ? star(random) : onAGrid(random);
        Shape shape = new Shape(geometry, Shape.FINE);
        for (int ground = 0; ground < 60; ground++) {
            double size = Math.pow(10, -3 * random.nextDouble());
            double west = ground % 2 == 0 ? 115 + random.nextInt(9) * 0.25 : 114.5 + 2.5 * random.nextDouble();
            double south = ground % 2 == 0 ? 33 + random.nextInt(9) * 0.25 : 32.5 + 2.5 * random.nextDouble();
            double side = ground % 4 == 0 ? 0.25 * (1 + random.nextInt(4)) : size;
            Geometry other = ground % 3 == 0
                    ? GEOMETRY.createPoint(new Coordinate(west, south)).buffer(side)
                    : GEOMETRY.toGeometry(new Envelope(west, west + side, south, south + side));
            Shape.Meeting meeting = shape.meeting(other);
            boolean meet = geometry.getBoundary().intersects(other.getBoundary());
            assertEquals(meet, meeting != Shape.Meeting.NONE, () -> other + " and " + geometry);
            assertTrue(
                    meeting != Shape.Meeting.CROSSING || (!geometry.covers(other) && !other.covers(geometry)),
                    () -> other + " and " + geometry);
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

    /** A ring of thousands of teeth, so that many edges share a cell; every other time corners have few latitudes. */
    private static Geometry saw(SplittableRandom random) {
        boolean rounded = random.nextBoolean();
        int corners = 2 * (500 + random.nextInt(1_500));
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int corner = 0; corner < corners; corner++) {
            double angle = 2 * Math.PI * corner / corners;
            double reach = 0.6 + 0.1 * Math.sin(9 * angle) + (corner % 2 == 0 ? 0.02 : 0) * random.nextDouble();
            double y = 34 + reach * Math.sin(angle);
            ring[corner] = new Coordinate(116 + reach * Math.cos(angle), rounded ? Math.round(y * 1e4) / 1e4 : y);
        }
        ring[corners] = ring[0].copy();
        Geometry drawn = GEOMETRY.createPolygon(ring);
        return drawn.isValid() ? drawn : GeometryFixer.fix(drawn);
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
