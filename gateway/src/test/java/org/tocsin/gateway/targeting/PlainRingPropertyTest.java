package org.tocsin.gateway.targeting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateArrays;
import org.locationtech.jts.geom.GeometryFactory;

class PlainRingPropertyTest {
    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    /** Corners on a small grid, so that edges often touch, lie over each other or go back on themselves. */
    @Property(tries = 2_000)
    void isSaidOfJustThoseThatJtsCallsSimple(@ForAll long seed) {
        Random random = new Random(seed);
        Coordinate[] ring = new Coordinate[4 + random.nextInt(8)];
        for (int corner = 0; corner < ring.length; corner++) {
            ring[corner] = new Coordinate(random.nextInt(6), random.nextInt(6));
        }
        ring[ring.length - 1] = ring[0].copy();
        Coordinate[] corners = CoordinateArrays.removeRepeatedPoints(ring);
        if (corners.length >= 4) {
            boolean simple = GEOMETRY.createLinearRing(corners).isSimple();
            assertEquals(simple, PlainRing.isPlainly(corners), () -> java.util.Arrays.toString(corners));
        }
    }

    @Example
    void aStarOfManyCornersIsPlain() {
        Coordinate[] ring = new Coordinate[5_001];
        for (int corner = 0; corner < ring.length; corner++) {
            double angle = 2 * Math.PI * (corner % 5_000) / 5_000;
            double reach = corner % 2 == 0 ? 1 : 0.98;
            ring[corner] = new Coordinate(reach * Math.cos(angle), reach * Math.sin(angle));
        }
        assertTrue(PlainRing.isPlainly(ring));
        ring[100] = new Coordinate(-2, 0);
        assertFalse(PlainRing.isPlainly(ring));
    }

    @Example
    void aCombThatIsTooMuchWorkIsLeftToOthers() {
        Coordinate[] ring = new Coordinate[20_003];
        for (int corner = 0; corner < 20_000; corner++) {
            ring[corner] = new Coordinate(corner % 4 == 1 || corner % 4 == 2 ? 1 : 0, corner * 1e-4);
        }
        ring[20_000] = new Coordinate(-1, 3);
        ring[20_001] = new Coordinate(-1, -1);
        ring[20_002] = ring[0].copy();
        assertFalse(PlainRing.isPlainly(ring));
    }
}
