package org.tocsin.gateway.targeting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.locationtech.jts.geom.Geometry;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Area;
import org.tocsin.alert.Content;
import org.tocsin.alert.Severity;
import org.tocsin.gateway.registry.RegistryView;

class TargetingPropertyTest {
    private static final RegistryView REGISTRY = TargetingTest.county();
    private static final Targeting TARGETING = new Targeting(TargetingSettings.DEFAULT);
    private static final List<Severity> SEVERITIES =
            List.of(Severity.EXTREME, Severity.SEVERE, Severity.MODERATE, Severity.MINOR);

    @Property(tries = 30)
    void personsAreInOnePartAndAtomsHoldThemAndTheirResidentsFit(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int contents) throws TargetRefused {
        Random random = new Random(seed);
        List<Content> warning = new ArrayList<>();
        for (int content = 0; content < contents; content++) {
            warning.add(Contents.of(SEVERITIES.get(random.nextInt(4)), area(random), area(random)));
        }

        Target target = TARGETING.target(warning, "residents", REGISTRY, Instant.EPOCH);

        RoaringBitmap seen = new RoaringBitmap();
        RoaringBitmap seenTerminals = new RoaringBitmap();
        for (Part part : target.parts()) {
            assertFalse(RoaringBitmap.intersects(seen, part.persons()));
            assertFalse(RoaringBitmap.intersects(seenTerminals, part.terminals()));
            seen.or(part.persons());
            seenTerminals.or(part.terminals());
        }
        RoaringBitmap inAtoms = new RoaringBitmap();
        int last = -1;
        long sum = 0;
        for (Atom atom : target.atoms()) {
            assertTrue(atom.village() > last);
            last = atom.village();
            assertTrue(atom.share() >= 0 && atom.share() <= 1);
            assertTrue(atom.residents() >= 0 && atom.residents() <= atom.villageResidents());
            assertTrue(atom.cut() || atom.residents() == atom.villageResidents());
            inAtoms.or(atom.living());
            inAtoms.or(atom.unpositioned());
            sum += atom.residents();
        }
        assertEquals(sum, target.residents());
        assertTrue(sum <= TargetingTest.RESIDENTS);
        assertTrue(inAtoms.contains(seen));
    }

    @Property(tries = 100)
    void anyRingIsAnAreaOrIsRefused(@ForAll long seed, @ForAll @IntRange(min = 3, max = 12) int corners) {
        Random random = new Random(seed);
        double[] ring = new double[2 * corners];
        for (int corner = 0; corner < corners; corner++) {
            ring[2 * corner] = random.nextInt(361) - 180;
            ring[2 * corner + 1] = random.nextInt(181) - 90;
        }
        Geometry area;
        try {
            area = AreaShapes.of(Contents.polygon(ring).polygons().get(0));
        } catch (IllegalArgumentException refused) {
            Assertions.assertNotNull(refused.getMessage());
            return;
        }
        assertTrue(area.isValid());
        assertTrue(area.getArea() > 0);
        assertTrue(area.getEnvelopeInternal().getMinX() >= -180 - 1e-9);
        assertTrue(area.getEnvelopeInternal().getMaxX() <= 180 + 1e-9);
    }

    @Property(tries = 60)
    void theRasterAgreesWithTheExactGeometry(@ForAll long seed) {
        Random random = new Random(seed);
        Geometry area = AreaShapes.of(Contents.circle(random.nextInt(100), random.nextInt(60), 1 + random.nextInt(900))
                .circles()
                .get(0));
        Shape shape = new Shape(area, Shape.FINE);
        for (int point = 0; point < 200; point++) {
            double x = area.getEnvelopeInternal().getMinX()
                    + random.nextDouble() * area.getEnvelopeInternal().getWidth();
            double y = area.getEnvelopeInternal().getMinY()
                    + random.nextDouble() * area.getEnvelopeInternal().getHeight();
            boolean exact =
                    area.intersects(area.getFactory().createPoint(new org.locationtech.jts.geom.Coordinate(x, y)));
            assertEquals(exact, shape.contains(x, y));
        }
    }

    private static Area area(Random random) {
        double x = 115.98 + 0.3 * random.nextDouble();
        double y = 34.14 + 0.2 * random.nextDouble();
        return switch (random.nextInt(3)) {
            case 0 ->
                Contents.codes(REGISTRY.divisions()
                        .village(random.nextInt(REGISTRY.divisions().villages()))
                        .code()
                        .substring(0, random.nextBoolean() ? 12 : 9));
            case 1 -> Contents.circle(x, y, 0.5 + 6 * random.nextDouble());
            default -> Contents.box(x - 0.03, y - 0.02, x + 0.03 * random.nextDouble(), y + 0.02);
        };
    }
}
