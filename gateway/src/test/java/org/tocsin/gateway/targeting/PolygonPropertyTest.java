package org.tocsin.gateway.targeting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Area;
import org.tocsin.alert.Position;
import org.tocsin.alert.Severity;
import org.tocsin.gateway.registry.MemoryRegistryStore;
import org.tocsin.gateway.registry.People;
import org.tocsin.gateway.registry.Person;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;

/**
 * Whom a drawn polygon reaches, against JTS asked for each person and village without raster, blocks or preparation.
 * The seed is the repetition's number.
 */
class PolygonPropertyTest {
    private static final double LATITUDE = 34.24;
    private static final double LONGITUDE = 116.13;
    private static final RegistryView REGISTRY = county();
    private static final Targeting TARGETING = new Targeting(TargetingSettings.DEFAULT);

    @RepeatedTest(30)
    void aPolygonReachesWhomJtsSays(RepetitionInfo repetition) throws TargetRefused {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        Area area = repetition.getCurrentRepetition() % 3 == 0 ? boxOfPositions(random) : starOfPositions(random);
        Geometry drawn = AreaShapes.of(area.polygons().get(0));
        RoaringBitmap persons = new RoaringBitmap();
        Map<Integer, Boolean> villages = new TreeMap<>();
        for (int village = 0; village < REGISTRY.divisions().villages(); village++) {
            expect(drawn, village, persons, villages);
        }

        Target target =
                TARGETING.target(List.of(Contents.of(Severity.EXTREME, area)), "residents", REGISTRY, Instant.EPOCH);

        assertEquals(persons, target.persons());
        Map<Integer, Boolean> found = new TreeMap<>();
        target.atoms().forEach(atom -> found.put(atom.village(), atom.cut()));
        assertEquals(villages, found);
    }

    /** Puts the persons that the drawn ground has of a village, and whether it cuts it, if it does anything there. */
    private static void expect(Geometry drawn, int village, RoaringBitmap persons, Map<Integer, Boolean> villages) {
        People people = REGISTRY.people();
        RoaringBitmap residents = people.inVillage(village);
        RoaringBitmap inside = new RoaringBitmap();
        RoaringBitmap unpositioned = new RoaringBitmap();
        for (int person : residents) {
            Position position = people.position(person);
            if (position == null) {
                unpositioned.add(person);
            } else if (holds(drawn, position)) {
                inside.add(person);
            }
        }
        Geometry boundary = REGISTRY.divisions().village(village).boundary();
        boolean isDivided = !inside.isEmpty()
                && inside.getCardinality() + unpositioned.getCardinality() < residents.getCardinality();
        double share = boundary == null ? 0 : drawn.intersection(boundary).getArea() / boundary.getArea();
        boolean covers = boundary != null && (drawn.covers(boundary) || (!isDivided && share >= 1 - 1e-9));
        boolean probes = probesInside(drawn, village);
        if (covers) {
            persons.or(residents);
            villages.put(village, false);
        } else if (!inside.isEmpty() || probes || share > 1e-9) {
            persons.or(inside);
            persons.or(unpositioned);
            villages.put(village, true);
        }
    }

    private static boolean probesInside(Geometry drawn, int village) {
        People people = REGISTRY.people();
        for (int probe : people.probesInVillage(village)) {
            Position position = people.position(probe);
            if (position != null && holds(drawn, position)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Geometry drawn, Position position) {
        Coordinate at = new Coordinate(position.longitude(), position.latitude());
        return SimplePointInAreaLocator.locate(at, drawn) != Location.EXTERIOR;
    }

    /** A polygon of which the corners are people's positions. */
    private static Area starOfPositions(SplittableRandom random) {
        double[] corners = Stream.generate(() -> position(random))
                .filter(position -> Math.hypot(position.longitude() - LONGITUDE, position.latitude() - LATITUDE) < 0.3)
                .limit(5 + random.nextInt(60))
                .sorted(Comparator.comparingDouble(
                        position -> Math.atan2(position.latitude() - LATITUDE, position.longitude() - LONGITUDE)))
                .flatMap(position -> Stream.of(position.longitude(), position.latitude()))
                .mapToDouble(Double::doubleValue)
                .toArray();
        return Contents.polygon(corners);
    }

    /** A box with sides through positions; one of them goes where many people live. */
    private static Area boxOfPositions(SplittableRandom random) {
        Position corner = position(random);
        double north = corner.latitude() > LATITUDE ? corner.latitude() : LATITUDE;
        double south = corner.latitude() > LATITUDE ? LATITUDE : corner.latitude() - 0.01;
        double west = Math.min(LONGITUDE, corner.longitude());
        double east = Math.max(LONGITUDE, corner.longitude()) + 0.01;
        return Contents.box(west, south, east, north);
    }

    private static Position position(SplittableRandom random) {
        People people = REGISTRY.people();
        @Nullable Position position = null;
        while (position == null) {
            position = people.position(random.nextInt(people.size()));
        }
        return position;
    }

    /** The synthetic county, where some people live far from home, on one latitude or longitude, or in no village. */
    private static RegistryView county() {
        Registry registry = Registry.open(new MemoryRegistryStore());
        SplittableRandom random = new SplittableRandom(1);
        try (RegistryWriter writer = registry.writer()) {
            new SyntheticCounty(1, SyntheticCounty.FEWEST, 0.9).writeTo(writer);
            People people = registry.people();
            for (int moved = 0; moved < 900; moved++) {
                Person person = writer.person(new String(people.key(random.nextInt(people.size())), UTF_8));
                if (person != null) {
                    double x = 115.9 + 0.5 * random.nextDouble();
                    double y = 34.0 + 0.5 * random.nextDouble();
                    writer.putPerson(at(
                            person,
                            switch (moved % 4) {
                                case 0 -> new Position(LATITUDE, x);
                                case 1 -> new Position(y, LONGITUDE);
                                case 2 -> new Position(y, x);
                                default -> new Position(20 + y, x - 30);
                            }));
                }
            }
            writer.flush();
        }
        return registry.view();
    }

    private static Person at(Person person, Position position) {
        return new Person(
                person.key(),
                person.name(),
                person.village(),
                person.phone(),
                person.openid(),
                person.appToken(),
                person.email(),
                person.language(),
                position,
                person.audiences());
    }
}
