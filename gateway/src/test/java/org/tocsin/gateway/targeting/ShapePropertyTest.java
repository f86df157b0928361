package org.tocsin.gateway.targeting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/** The cut-up shape compared with the whole geometry. */
class ShapePropertyTest {
    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    /** Any area, also with holes and parts, on a grid so coarse that corners, edges and points often meet. */
    private static Geometry area(Random random, int corners) {
        while (true) {
            double[] ring = new double[2 * corners];
            for (int place = 0; place < ring.length; place++) {
                ring[place] = random.nextInt(33);
            }
            try {
                return AreaShapes.of(Contents.polygon(ring).polygons().get(0));
            } catch (IllegalArgumentException refused) {
                corners++;
            }
        }
    }

    @Property(tries = 200)
    void holdsWhatTheGeometryMeets(@ForAll long seed, @ForAll @IntRange(min = 3, max = 60) int corners) {
        Random random = new Random(seed);
        Geometry area = area(random, corners);
        Shape shape = new Shape(area);
        for (int point = 0; point < 300; point++) {
            double x = point % 2 == 0 ? random.nextInt(34) : 33 * random.nextDouble();
            double y = point % 3 == 0 ? random.nextInt(34) : 33 * random.nextDouble();
            boolean exact = area.intersects(GEOMETRY.createPoint(new Coordinate(x, y)));
            assertEquals(exact, shape.contains(x, y), () -> x + " " + y + " in " + area);
        }
        for (Coordinate corner : area.getCoordinates()) {
            assertEquals(true, shape.contains(corner.x, corner.y), () -> corner + " of " + area);
        }
    }

    @Property(tries = 200)
    void aBoxIsInsideOrOutsideOnlyWhereTheGeometrySaysSo(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 60) int corners) {
        Random random = new Random(seed);
        Geometry area = area(random, corners);
        Shape shape = new Shape(area);
        for (int tried = 0; tried < 100; tried++) {
            double x = 33 * random.nextDouble() - 1;
            double y = 33 * random.nextDouble() - 1;
            Envelope box = new Envelope(x, x + 3 * random.nextDouble(), y, y + 3 * random.nextDouble());
            Geometry rectangle = GEOMETRY.toGeometry(box);
            switch (shape.kindOf(box)) {
                case INSIDE -> assertEquals(true, area.covers(rectangle), () -> rectangle + " in " + area);
                case OUTSIDE -> assertEquals(false, area.intersects(rectangle), () -> rectangle + " of " + area);
                case BORDER -> {
                    // Whoever asks looks closer.
                }
            }
        }
    }

    @Property(tries = 100)
    void sharesAreThoseOfTheWholeOverlay(@ForAll long seed, @ForAll @IntRange(min = 3, max = 80) int corners) {
        Random random = new Random(seed);
        Geometry area = area(random, corners);
        List<VillageShares.Village> villages = new ArrayList<>();
        for (int village = 0; village < 20; village++) {
            villages.add(new VillageShares.Village(village, area(random, 5)));
        }
        new VillageShares((village, share) -> {
                    double exact = OverlayNGRobust.overlay(area, village.boundary(), OverlayNG.INTERSECTION)
                                    .getArea()
                            / village.boundary().getArea();
                    assertEquals(exact, share, 1e-9);
                })
                .find(area, villages);
    }

    @Example
    void aTangleIsRefusedSoon() {
        Random random = new Random(1);
        double[] ring = new double[180_000];
        for (int place = 0; place < ring.length; place++) {
            ring[place] = random.nextDouble();
        }
        assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThrows(
                        Intricacy.TooIntricate.class,
                        () -> AreaShapes.of(Contents.polygon(ring).polygons().get(0))));
    }
}
