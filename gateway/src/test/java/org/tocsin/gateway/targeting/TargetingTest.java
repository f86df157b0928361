package org.tocsin.gateway.targeting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Area;
import org.tocsin.alert.Content;
import org.tocsin.alert.Level;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Position;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.registry.Terminal;

class TargetingTest {
    static final int RESIDENTS = 40_000;
    private static final Instant NOON = Instant.parse("2026-07-01T04:00:00Z");
    private static final Targeting TARGETING = new Targeting(TargetingSettings.DEFAULT);
    private static RegistryView registry = county();

    @BeforeAll
    static void fill() {
        registry = county();
    }

    static RegistryView county() {
        Registry registry = Registry.open(new org.tocsin.gateway.registry.MemoryRegistryStore());
        try (RegistryWriter writer = registry.writer()) {
            new SyntheticCounty(1, RESIDENTS, 0.9).writeTo(writer);
        }
        return registry.view();
    }

    @Test
    void aCountysCodeMeansAllItsVillagesResidentsAndTerminals() throws TargetRefused {
        Target target = target("residents", Contents.of(Severity.EXTREME, Contents.codes("411426000000")));

        assertEquals(743, target.atoms().size());
        assertEquals(RESIDENTS, target.residents());
        assertEquals(36_000, target.persons().getCardinality());
        assertEquals(743 + 248, target.terminals().getCardinality());
        assertTrue(target.isPublic());
        assertTrue(target.atoms().stream().noneMatch(Atom::cut));
    }

    @Test
    void codesOfSixNineAndTwelveDigitsAndListsAreUnderstood() throws TargetRefused {
        Target county = target("residents", Contents.of(Severity.EXTREME, Contents.codes("411426")));
        Target township = target("residents", Contents.of(Severity.EXTREME, Contents.codes("411426100")));
        Target same = target("residents", Contents.of(Severity.EXTREME, Contents.codes("411426100000")));
        Target two = target("residents", Contents.of(Severity.EXTREME, Contents.codes("411426100000, 411426101")));
        String village = registry.divisions().village(5).code();
        Target one = target("residents", Contents.of(Severity.EXTREME, Contents.named("gb/t 2260", village)));

        assertEquals(743, county.atoms().size());
        assertEquals(23, township.atoms().size());
        assertEquals(township.persons(), same.persons());
        assertEquals(23 + 35, two.atoms().size());
        assertEquals(List.of(5), one.atoms().stream().map(Atom::village).toList());
        assertEquals(registry.people().inVillage(5), one.persons());
    }

    @Test
    void anUnknownCodeIsNamedAndNeverMeansTheWholeCounty() {
        for (String unknown : List.of("411425000000", "999999", "411426999", "4114", "abc", "000000000000")) {
            TargetRefused refused = assertThrows(
                    TargetRefused.class,
                    () -> target("residents", Contents.of(Severity.EXTREME, Contents.codes(unknown))));
            assertEquals(
                    unknown, ((TargetProblem.UnknownArea) refused.problems().get(0)).value());
        }
    }

    /** The repair of such rings once took half a minute and gigabytes. */
    @Test
    void aTangleIsRefusedAndARingThatCrossesItselfSomeTimesIsTaken() throws TargetRefused {
        TargetRefused tangled = assertThrows(
                TargetRefused.class, () -> target("residents", Contents.of(Severity.EXTREME, zigzag(3_000))));
        Target crossed = target("residents", Contents.of(Severity.EXTREME, zigzag(30)));

        assertEquals(
                TargetProblem.Why.INTRICATE,
                ((TargetProblem.UnknownArea) tangled.problems().get(0)).why());
        assertFalse(crossed.atoms().isEmpty());
    }

    /** Such a comb, which crosses itself nowhere, once took half a minute; on either way it lies. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCombOfFarTooManyTeethIsRefusedAndACoastOfAsManyCornersIsTaken(boolean upright) throws TargetRefused {
        TargetRefused comb = assertThrows(
                TargetRefused.class, () -> target("residents", Contents.of(Severity.EXTREME, comb(100_000, upright))));
        Target coast = target("residents", Contents.of(Severity.EXTREME, ring(100_000)));

        assertEquals(
                TargetProblem.Why.INTRICATE,
                ((TargetProblem.UnknownArea) comb.problems().get(0)).why());
        assertFalse(coast.atoms().isEmpty());
    }

    @Test
    void combsThatAreEachLittleWorkAreRefusedWhereTheyAreTooMuchTogether() {
        Content[] contents = new Content[20];
        Arrays.setAll(contents, at -> Contents.of(Severity.EXTREME, comb(4_000, true)));

        TargetRefused refused = assertThrows(TargetRefused.class, () -> target("residents", contents));

        assertEquals(
                TargetProblem.Why.INTRICATE,
                ((TargetProblem.UnknownArea) refused.problems().get(0)).why());
    }

    @Test
    void manySmallAreasAllOverTheCountyAreTaken() throws TargetRefused {
        Area[] areas = new Area[190];
        Arrays.setAll(areas, at -> {
            Geometry boundary = registry.divisions().village(at).boundary();
            Point middle = Objects.requireNonNull(boundary).getInteriorPoint();
            double[] ring = new double[200];
            for (int corner = 0; corner < 100; corner++) {
                double angle = 2 * Math.PI * corner / 100;
                ring[2 * corner] = middle.getX() + 1e-5 * Math.cos(angle);
                ring[2 * corner + 1] = middle.getY() + 1e-5 * Math.sin(angle);
            }
            return Contents.polygon(ring);
        });

        Target target = target("residents", Contents.of(Severity.EXTREME, areas));

        assertEquals(
                IntStream.range(0, 190).boxed().toList(),
                target.atoms().stream().map(Atom::village).toList());
    }

    private static Area comb(int teeth, boolean upright) {
        double[] ring = new double[2 * (teeth + 2)];
        for (int tooth = 0; tooth < teeth; tooth++) {
            double along = 0.4 * tooth / teeth;
            double across = tooth % 2 == 0 ? 0.4 : 0;
            ring[2 * tooth] = 116 + (upright ? along : across);
            ring[2 * tooth + 1] = 34 + (upright ? across : along);
        }
        ring[2 * teeth] = upright ? 116.5 : 115.9;
        ring[2 * teeth + 1] = upright ? 33.9 : 34.5;
        ring[2 * teeth + 2] = 115.9;
        ring[2 * teeth + 3] = 33.9;
        return Contents.polygon(ring);
    }

    private static Area ring(int corners) {
        double[] ring = new double[2 * corners];
        for (int corner = 0; corner < corners; corner++) {
            double angle = 2 * Math.PI * corner / corners;
            ring[2 * corner] = 116.2 + 0.2 * Math.cos(angle);
            ring[2 * corner + 1] = 34.2 + 0.2 * Math.sin(angle);
        }
        return Contents.polygon(ring);
    }

    /** From west to east and back, ever further north; the way home crosses all of it. */
    private static Area zigzag(int corners) {
        double[] ring = new double[2 * corners];
        for (int corner = 0; corner < corners; corner++) {
            ring[2 * corner] = corner % 2 == 0 ? 116.28 : 115.98;
            ring[2 * corner + 1] = 34.1 + 0.3 * corner / corners;
        }
        return Contents.polygon(ring);
    }

    @Test
    void anUnknownCodeAmongKnownOnesIsReportedToo() {
        List<TargetProblem> problems = TARGETING.problems(
                List.of(Contents.of(Severity.EXTREME, Contents.codes("411426100000,411499000000"))), registry);

        assertEquals(1, problems.size());
        assertEquals("411499000000", ((TargetProblem.UnknownArea) problems.get(0)).value());
    }

    @Test
    void aGeocodeOfAnotherSchemeAloneIsUnknown() {
        assertThrows(
                TargetRefused.class,
                () -> target("residents", Contents.of(Severity.EXTREME, Contents.named("SAME", "006037"))));
    }

    @Test
    void aGeocodeOfAnotherSchemeBesideAKnownOneIsPassedOver() throws TargetRefused {
        Area both = new Area(
                "both",
                List.of(),
                List.of(),
                List.of(new NamedValue("UGC", "CAZ006"), new NamedValue("CPEAS Geographic Code", "411426100000")),
                null,
                null);

        assertEquals(
                23,
                target("residents", Contents.of(Severity.EXTREME, both)).atoms().size());
    }

    @Test
    void aPolygonElsewhereIsUnknown() {
        assertThrows(
                TargetRefused.class,
                () -> target("residents", Contents.of(Severity.EXTREME, Contents.box(10, 50, 11, 51))));
    }

    @Test
    void aPolygonCutsVillagesAndAddressesThePositionedInsideAndTheUnpositioned() throws TargetRefused {
        Target target = target("residents", Contents.of(Severity.EXTREME, Contents.box(116.1, 34.2, 116.16, 34.26)));

        List<Atom> cut = target.atoms().stream().filter(Atom::cut).toList();
        assertFalse(cut.isEmpty());
        assertTrue(target.atoms().stream().anyMatch(atom -> !atom.cut()));
        for (Atom atom : cut) {
            for (int person : atom.living()) {
                Position position = registry.people().position(person);
                assertTrue(position != null
                        && position.longitude() >= 116.1
                        && position.longitude() <= 116.16
                        && position.latitude() >= 34.2
                        && position.latitude() <= 34.26);
            }
            assertTrue(target.persons().contains(atom.living()));
            assertTrue(target.persons().contains(atom.unpositioned()));
            RoaringBitmap positioned = RoaringBitmap.and(
                    registry.people().inVillage(atom.village()),
                    registry.people().positioned());
            assertEquals((double) atom.living().getCardinality() / positioned.getCardinality(), atom.share(), 1e-12);
        }
    }

    @Test
    void aPolygonAroundTheCountyIsTheCounty() throws TargetRefused {
        Target target = target("residents", Contents.of(Severity.EXTREME, Contents.box(115, 33, 117, 35)));

        assertEquals(743, target.atoms().size());
        assertEquals(RESIDENTS, target.residents());
        assertEquals(36_000, target.persons().getCardinality());
    }

    @Test
    void aCircleHoldsThePositionsWithinItsRadius() throws TargetRefused {
        Target target = target("residents", Contents.of(Severity.EXTREME, Contents.circle(116.13, 34.24, 3)));

        RoaringBitmap living = RoaringBitmap.or(
                target.atoms().stream().filter(Atom::cut).map(Atom::living).iterator());
        for (int person : registry.people().positioned()) {
            double distance = kilometres(
                    registry.people().longitude(person), registry.people().latitude(person), 116.13, 34.24);
            if (distance < 2.999) {
                assertTrue(
                        target.persons().contains(person) || registry.people().isProbe(person));
            } else if (distance > 3.01) {
                assertFalse(living.contains(person));
            }
        }
    }

    @Test
    void aCircleOfNoRadiusReachesTheVillageAroundIt() throws TargetRefused {
        Target target = target("residents", Contents.of(Severity.EXTREME, Contents.circle(116.13, 34.24, 0)));

        assertFalse(target.atoms().isEmpty());
    }

    @Test
    void eachPersonGetsTheGravestContentThenTheFirst() throws TargetRefused {
        Target target = target(
                "residents",
                Contents.of(Severity.MINOR, Contents.codes("411426000000")),
                Contents.of(Severity.EXTREME, Contents.codes("411426100000")),
                Contents.of(Severity.EXTREME, Contents.codes("411426100000,411426101000")));

        Target first = target("residents", Contents.of(Severity.EXTREME, Contents.codes("411426100000")));
        Target second = target("residents", Contents.of(Severity.EXTREME, Contents.codes("411426101000")));
        assertEquals(first.persons(), target.parts().get(1).persons());
        assertEquals(second.persons(), target.parts().get(2).persons());
        assertEquals(
                36_000 - first.persons().getCardinality() - second.persons().getCardinality(),
                target.parts().get(0).persons().getCardinality());
        assertEquals(743, target.atoms().size());
        assertEquals(Level.IV, target.parts().get(0).level());
    }

    @Test
    void anExerciseReachesTheProbesOfTheAreaWhateverTheAudience() throws TargetRefused {
        Target target = target("schools", Contents.of(Severity.EXTREME, Contents.codes("411426100000")));

        List<Part> parts = target.parts(Status.EXERCISE);
        assertEquals(1, parts.get(0).persons().getCardinality());
        assertTrue(registry.people().isProbe(parts.get(0).persons().first()));
        assertTrue(parts.get(0).terminals().stream()
                .allMatch(number -> registry.terminals().get(number).probe()));
        assertFalse(RoaringBitmap.intersects(target.persons(), parts.get(0).persons()));
    }

    @Test
    void audiencesAreJoinedTakenAwayAndCrossed() throws TargetRefused {
        Content county = Contents.of(Severity.EXTREME, Contents.codes("411426"));

        int officers = target("officers", county).persons().getCardinality();
        int schools = target("schools", county).persons().getCardinality();
        assertEquals(2 * 743, officers);
        assertEquals(
                officers + schools,
                target("officers + schools", county).persons().getCardinality());
        assertEquals(
                36_000 - schools, target("residents-schools", county).persons().getCardinality());
        assertEquals(743, target("officers & officersA", county).persons().getCardinality());
        assertEquals(
                743 + schools,
                target("(officers-officersB)+schools", county).persons().getCardinality());
    }

    @Test
    void terminalsAreForTheWholePublicOnly() throws TargetRefused {
        Content county = Contents.of(Severity.EXTREME, Contents.codes("411426"));

        assertTrue(target("officers", county).terminals().isEmpty());
        assertTrue(target("residents-schools", county).terminals().isEmpty());
        assertFalse(target("residents+schools", county).terminals().isEmpty());
    }

    @Test
    void terminalsFollowTheirOwnersSharingByLevel() throws TargetRefused {
        Target blue = target("residents", Contents.of(Severity.MINOR, Contents.codes("411426")));

        assertTrue(blue.terminals().getCardinality() < 743 + 248);
        for (int number : blue.terminals()) {
            Terminal terminal = registry.terminals().get(number);
            assertTrue(terminal.sharedLevels().contains(Level.IV));
        }
    }

    @Test
    void anUnknownOrUnreadableAudienceIsRefused() {
        Content county = Contents.of(Severity.EXTREME, Contents.codes("411426"));
        for (String bad : List.of(
                "nobody",
                "",
                "a+",
                "(residents",
                "residents)",
                "residents+-schools",
                "residents|schools",
                "+residents",
                "residents schools",
                "((((((((((residents))))))))))",
                "residents+".repeat(40) + "residents")) {
            TargetRefused refused = assertThrows(TargetRefused.class, () -> target(bad, county), bad);
            assertEquals("unknownAudience", refused.problems().get(0).code(), bad);
        }
    }

    @Test
    void anAreaWithoutAnybodyOfTheAudienceIsAnEmptyTarget() {
        String village = registry.divisions().village(1).code();

        TargetRefused refused = assertThrows(
                TargetRefused.class, () -> target("schools", Contents.of(Severity.EXTREME, Contents.codes(village))));
        assertEquals("emptyTarget", refused.problems().get(0).code());
    }

    @Test
    void theEstimateCountsPeopleByAddressAndTheServed() throws TargetRefused {
        Target target = target("residents", Contents.of(Severity.EXTREME, Contents.codes("411426")));

        Estimate estimate = TARGETING.estimate(target, registry);
        assertEquals(RESIDENTS, estimate.residents());
        assertEquals(743, estimate.villages());
        assertEquals(36_000, estimate.personsByColumn().get("phone"));
        assertEquals(0.30 * 36_000, estimate.personsByColumn().getOrDefault("openid", 0), 800);
        assertEquals(743, estimate.terminalsByKind().get("loudspeaker"));
        assertEquals(0.6 * RESIDENTS, estimate.servedByKind().getOrDefault("loudspeaker", 0L), 743);
    }

    private static Target target(String audience, Content... contents) throws TargetRefused {
        return TARGETING.target(List.of(contents), audience, registry, NOON);
    }

    private static double kilometres(double longitude, double latitude, double otherLongitude, double otherLatitude) {
        double a = Math.pow(Math.sin(Math.toRadians(latitude - otherLatitude) / 2), 2)
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(otherLatitude))
                        * Math.pow(Math.sin(Math.toRadians(longitude - otherLongitude) / 2), 2);
        return 2 * 6371.0088 * Math.asin(Math.sqrt(a));
    }
}
