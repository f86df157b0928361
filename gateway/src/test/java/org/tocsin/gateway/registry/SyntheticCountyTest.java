package org.tocsin.gateway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.roaringbitmap.RoaringBitmap;

class SyntheticCountyTest {
    @Test
    void hasTheRealVillagesAndExactlyTheResidentsAskedFor() {
        SyntheticCounty county = new SyntheticCounty(1, 100_003, 0.95);

        List<Division> villages = county.divisions().stream()
                .filter(division -> division.level() == DivisionLevel.VILLAGE)
                .toList();
        assertEquals(743, villages.size());
        assertEquals(100_003, villages.stream().mapToInt(Division::residents).sum());
        assertTrue(villages.stream().allMatch(village -> village.residents() > 0));
        assertEquals(
                100_003,
                county.divisions().stream()
                        .filter(division -> division.level() == DivisionLevel.TOWNSHIP)
                        .mapToInt(Division::residents)
                        .sum());
        assertEquals(Math.round(100_003 * 0.95), county.contacts());
    }

    @Test
    void drawsValidBoundariesThatFillTheCounty() {
        SyntheticCounty county = new SyntheticCounty(7, 10_000, 1);

        double villages = 0;
        double townships = 0;
        double whole = 0;
        for (Division division : county.divisions()) {
            Geometry boundary = Objects.requireNonNull(division.boundary(), division.code());
            assertTrue(boundary.isValid() && !boundary.isEmpty(), division.code());
            switch (division.level()) {
                case VILLAGE -> villages += boundary.getArea();
                case TOWNSHIP -> townships += boundary.getArea();
                default -> whole += boundary.getArea();
            }
        }
        assertEquals(whole, villages, whole * 1e-6);
        assertEquals(whole, townships, whole * 1e-6);
    }

    @Test
    void isTheSameForTheSameSeedAndAnotherForAnother() {
        List<Person> first = people(new SyntheticCounty(3, 10_000, 0.9));

        assertEquals(first, people(new SyntheticCounty(3, 10_000, 0.9)));
        assertNotEquals(first, people(new SyntheticCounty(4, 10_000, 0.9)));
    }

    @Test
    void givesNoAddressThatCouldBeReal() {
        for (Person person : people(new SyntheticCounty(3, 10_000, 0.9))) {
            assertTrue(String.valueOf(person.phone()).matches("86100\\d{8}"), person.phone());
            String email = person.email();
            assertTrue(email == null || email.endsWith(".invalid"), email);
        }
    }

    @Test
    void keepsProbesOutsideTheResidents() {
        Registry registry = Registry.open(new MemoryRegistryStore());
        try (RegistryWriter writer = registry.writer()) {
            new SyntheticCounty(3, 10_000, 0.9).writeTo(writer);
        }

        People people = registry.people();
        RoaringBitmap probes = people.audience(Audience.PROBE);
        assertEquals(24, probes.getCardinality());
        assertEquals(9_000, people.audience(Audience.RESIDENTS).getCardinality());
        assertFalse(RoaringBitmap.intersects(probes, people.audience(Audience.RESIDENTS)));
        int inVillages = 0;
        for (int village = 0; village < registry.divisions().villages(); village++) {
            inVillages += people.inVillage(village).getCardinality();
        }
        assertEquals(9_000, inVillages);
        assertEquals(2, registry.terminals().probes().getCardinality());
    }

    @Test
    void everyVillageHasTwoOfficersAndALoudspeaker() {
        Registry registry = Registry.open(new MemoryRegistryStore());
        try (RegistryWriter writer = registry.writer()) {
            new SyntheticCounty(3, 20_000, 0.9).writeTo(writer);
        }

        for (int village = 0; village < registry.divisions().villages(); village++) {
            RoaringBitmap living = registry.people().inVillage(village);
            assertEquals(
                    2, RoaringBitmap.andCardinality(living, registry.people().audience("officers")));
        }
        assertEquals(
                744,
                registry.terminals().all().stream()
                        .filter(terminal -> terminal.kind().equals("loudspeaker"))
                        .count());
    }

    @Test
    void refusesTooFewResidentsAndAShareBeyondOne() {
        assertThrows(IllegalArgumentException.class, () -> new SyntheticCounty(1, 9_999, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new SyntheticCounty(1, 10_000, 1.1));
        assertThrows(IllegalArgumentException.class, () -> new SyntheticCounty(1, 10_000, Double.NaN));
    }

    private static List<Person> people(SyntheticCounty county) {
        Registry registry = Registry.open(new MemoryRegistryStore());
        List<Person> people = new ArrayList<>();
        try (RegistryWriter writer = registry.writer()) {
            writer.putDivisions(county.divisions());
            county.people(writer.divisions(), people::add);
        }
        return people;
    }
}
