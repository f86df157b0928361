package org.tocsin.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.alert.Level;
import org.tocsin.alert.Position;

class ImportTest {
    private static final String DIVISIONS = "code,name,parent,residents,residentsSource,residentsDate\n";
    private static final String CONTACTS =
            "personKey,name,division,phone,openid,appToken,email,language,longitude,latitude,audiences\n";
    private static final String TERMINALS =
            "code,kind,division,longitude,latitude,owner,serves,sharedLevels,sharedHours\n";
    private static final String VILLAGE = "411426100001";

    private MemoryRegistryStore store = new MemoryRegistryStore();
    private Registry registry = Registry.open(store);
    private Import imports = new Import(registry, ImportLimits.DEFAULT, () -> ImportTest::isErased);

    /** Nobody ever asked. */
    private static boolean isErased(String key) {
        return false;
    }

    @BeforeEach
    void somePlaces() throws IOException {
        store = new MemoryRegistryStore();
        registry = Registry.open(store);
        imports = new Import(registry, ImportLimits.DEFAULT, () -> ImportTest::isErased);
        ImportReport report = imports.divisions(
                in(DIVISIONS
                        + "411426100002,二村,411426100000,200,七普,2020-11-01\n"
                        + "411426100001,一村,411426100000,100,七普,2020-11-01\n"
                        + "411426100000,城关镇,411426000000,300,,\n"
                        + "411426000000,夏邑县,411400000000,300,,\n"),
                false,
                lines -> {});
        assertEquals(4, report.accepted());
        assertEquals(List.of(), report.problems());
    }

    @Test
    void whoWasErasedIsRefusedAndAllOthersAreTaken() throws IOException {
        String file = CONTACTS + "p1,,411426100001,,,,,,,,\np2,,411426100001,,,,,,,,\np3,,411426100001,,,,,,,,\n";

        ImportReport report =
                new Import(registry, ImportLimits.DEFAULT, () -> "p2"::equals).contacts(in(file), false, n -> {});

        assertEquals(2, report.accepted());
        assertEquals(1, report.refused());
        assertEquals("personKey", report.problems().get(0).field());
        assertTrue(report.problems().get(0).reason().contains("erased"));
        assertEquals(-1, registry.people().find("p2"));
        assertTrue(registry.people().find("p3") >= 0);
    }

    @Test
    void divisionsInAnyOrderGetVillageNumbersInCodeOrder() {
        assertEquals(2, registry.divisions().villages());
        assertEquals(0, registry.divisions().villageNumber("411426100001"));
        assertEquals(200, registry.divisions().village(1).residents());
        assertEquals("七普", registry.divisions().village(1).residentsSource());
    }

    @Test
    void villagesOfALaterImportFollowSoThatNumbersNeverChange() throws IOException {
        imports.divisions(
                in(DIVISIONS + "411426100000,城关镇,411426000000,1,,\n411426099001,前村,411426100000,1,,"), false, n -> {});
        ImportReport report = imports.divisions(
                in(DIVISIONS + "411426100000,城关,411426000000,1,,\n411426100000,城关,411426000000,1,,"), true, n -> {});

        assertEquals(0, registry.divisions().villageNumber("411426100001"));
        assertEquals(1, report.refused());
        assertEquals(
                "城关镇", registry.divisions().find("411426100000").orElseThrow().name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "41142610000;x;411426100000;1;;;code",
                "4114261000010;x;411426100000;1;;;code",
                "41142610000a;x;411426100000;1;;;code",
                "411426100009;'';411426100000;1;;;name",
                "411426100009;x;'';1;;;parent",
                "411426100009;x;411426200000;1;;;parent",
                "411426100009;x;411426100001;1;;;parent",
                "411426300009;x;411426300000;1;;;parent",
                "411426100009;x;411426100000;-1;;;residents",
                "411426100009;x;411426100000;ten;;;residents",
                "411426100009;x;411426100000;99999999999;;;residents",
                "411426100009;x;411426100000;1;;2020-13-01;residentsDate",
            })
    void aBadDivisionIsReportedWithItsField(
            String code, String name, String parent, String residents, String source, String date, String field)
            throws IOException {
        String line = String.join(
                ",", code, name, parent, residents, Objects.toString(source, ""), Objects.toString(date, ""));
        ImportReport report =
                imports.divisions(in(DIVISIONS + line + "\n411426100003,三村,411426100000,7,,\n"), false, lines -> {});

        assertEquals(1, report.accepted());
        assertEquals(1, report.refused());
        assertEquals(2, report.problems().get(0).line());
        assertEquals(field, report.problems().get(0).field());
        assertTrue(registry.divisions().find("411426100003").isPresent());
    }

    @Test
    void whoseParentWasRefusedIsToldThatAndNotThatItIsUnknown() throws IOException {
        ImportReport report = imports.divisions(
                in(DIVISIONS
                        + "411426500000,城东镇,411426000000,many,,\n411426500001,一村,411426500000,1,,\n"
                        + "411426600000,城西镇,411426700000,1,,\n411426800001,二村,411426800000,1,,\n"),
                false,
                lines -> {});

        assertEquals(4, report.refused());
        assertEquals("residents", report.problems().get(0).field());
        assertEquals(
                "its line in this file was refused; mend that one first",
                report.problems().get(1).reason());
        assertEquals(
                "no division of this code is known", report.problems().get(3).reason());
    }

    @Test
    void aContactIsReadWithAllItsFields() throws IOException {
        ImportReport report = contacts("k1,王五," + VILLAGE
                + ",139 0013-8000,oAbc,tok-1,a.b@example.com,en-US,116.1234567,34.2,\"officers;schools\"\n");

        assertEquals(1, report.added());
        People people = registry.people();
        assertEquals(1, people.size());
        assertEquals("8613900138000", people.address("phone", 0));
        assertEquals("oAbc", people.address("openid", 0));
        assertEquals("tok-1", people.address("appToken", 0));
        assertEquals("a.b@example.com", people.address("email", 0));
        assertEquals("en-US", people.language(0));
        assertEquals("王五", people.name(0));
        assertEquals(new Position(34.2, 116.1234567), people.position(0));
        assertTrue(people.audience("officers").contains(0));
        assertTrue(people.audience("schools").contains(0));
        assertTrue(people.audience("residents").contains(0));
        assertTrue(people.reachable("email").contains(0));
        assertTrue(people.inVillage(0).contains(0));
    }

    @Test
    void aSecondLineOfAPersonKeyUpdatesTheFirst() throws IOException {
        ImportReport report = contacts("k1,王五," + VILLAGE + ",13900138000,oAbc,,,,116.1,34.2,officers\n"
                + "k2,,411426100002,,,,,,,,\n"
                + "k1,,411426100002,-,,t,,,,,\n");

        assertEquals(3, report.accepted());
        assertEquals(2, report.added());
        assertEquals(1, report.updated());
        People people = registry.people();
        assertEquals(2, people.size());
        assertNull(people.address("phone", 0));
        assertEquals("oAbc", people.address("openid", 0));
        assertEquals("t", people.address("appToken", 0));
        assertEquals("王五", people.name(0));
        assertFalse(people.inVillage(0).contains(0));
        assertTrue(people.inVillage(1).contains(0));
        assertFalse(people.reachable("phone").contains(0));
        assertTrue(people.audience("officers").contains(0));
    }

    @Test
    void anUpdateOfAKeptPersonMovesThemInAllBitmapsAndKeepsTheirNumber() throws IOException {
        contacts("k1,王五," + VILLAGE + ",13900138000,,,,,116.1,34.2,officers\n");
        People before = registry.people();

        ImportReport report = contacts("k1,王五,411426100002,,o1,,,,-,-,schools\n");
        People after = registry.people();

        assertEquals(1, report.updated());
        assertEquals(1, after.size());
        assertEquals(1, after.villageOf(0));
        assertNull(after.position(0));
        assertFalse(after.positioned().contains(0));
        assertFalse(after.audience("officers").contains(0));
        assertTrue(after.audience("schools").contains(0));
        assertTrue(before.inVillage(0).contains(0));
        assertFalse(after.inVillage(0).contains(0));
        assertEquals(0, contacts("k1,王五,411426100002,,o1,,,,,,schools\n").updated());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",n,411426100001,,,,,,,,|personKey",
                "k,n,411426100000,,,,,,,,|division",
                "k,n,411426999999,,,,,,,,|division",
                "k,n,,,,,,,,,|division",
                "k,n,411426100001,12345,,,,,,,|phone",
                "k,n,411426100001,1390013800x,,,,,,,|phone",
                "k,n,411426100001,,a b,,,,,,|openid",
                "k,n,411426100001,,,a b,,,,,|appToken",
                "k,n,411426100001,,,,nobody,,,,|email",
                "k,n,411426100001,,,,a@b@c,,,,|email",
                "k,n,411426100001,,,,,zh_CN,,,|language",
                "k,n,411426100001,,,,,,116.1,,|latitude",
                "k,n,411426100001,,,,,,181,34,|longitude",
                "k,n,411426100001,,,,,,116,-91,|latitude",
                "k,n,411426100001,,,,,,NaN,34,|longitude",
                "k,n,411426100001,,,,,,,,a-b|audiences",
                "k,n,411426100001,,,,,,,|line",
                "k,n,411426100001,,,,,,,,,|line",
                "k,\"n,411426100001,,,,,,,,|line",
            })
    void aBadContactIsReportedWithItsFieldAndTheGoodOnesAreKept(String line, String field) throws IOException {
        ImportReport report = contacts(line + "\ngood,,411426100001,,,,,,,,\n");

        assertEquals(2, report.lines());
        assertEquals(1, report.accepted());
        assertEquals(1, report.refused());
        assertEquals(2, report.problems().get(0).line());
        assertEquals(field, report.problems().get(0).field());
        assertEquals(1, registry.people().size());
    }

    @Test
    void personalValuesAreMaskedInProblems() throws IOException {
        ImportReport report = contacts("k,n," + VILLAGE + ",1390013800x,,,,,,,\n");

        assertEquals("13*******0x", report.problems().get(0).value());
    }

    @Test
    void aBomCarriageReturnsQuotesAndHeadersInAnyOrderAreTaken() throws IOException {
        ImportReport report = imports.audiences(
                in("\uFEFFtitle,name\r\n\"Drivers, \"\"all\"\"\",drivers\r\n\r\nWardens,wardens"), false, lines -> {});

        assertEquals(List.of(), report.problems());
        assertEquals(2, report.added());
        assertEquals(
                "Drivers, \"all\"",
                Objects.requireNonNull(registry.view().audiences().get("drivers"))
                        .title());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "name\n", "name,title,more\na,b,c\n", "name,name,title\n", "title;name\n", "\"name,title\n"})
    void aWrongHeaderStopsTheImport(String file) throws IOException {
        ImportReport report = imports.audiences(in(file), false, lines -> {});

        assertNotNull(report.stopped());
        assertEquals(0, report.accepted());
        assertFalse(report.problems().isEmpty());
    }

    @Test
    void longLinesAndOtherEncodingsAreRefusedAlone() throws IOException {
        byte[] latin = "caf\u00e9,x\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] head = ("name,title\na," + "x".repeat(9000) + "\n").getBytes(UTF_8);
        byte[] tail = "good,Good\n".getBytes(UTF_8);
        byte[] all = new byte[head.length + latin.length + tail.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(latin, 0, all, head.length, latin.length);
        System.arraycopy(tail, 0, all, head.length + latin.length, tail.length);

        ImportReport report = imports.audiences(new ByteArrayInputStream(all), false, lines -> {});

        assertEquals(1, report.accepted());
        assertEquals(2, report.refused());
        assertEquals(
                List.of(2L, 3L),
                report.problems().stream().map(ImportReport.Problem::line).toList());
    }

    @Test
    void aFileOverTheLimitIsReadUpToIt() throws IOException {
        Import small = new Import(registry, new ImportLimits(30, 8192, 10, 10), () -> ImportTest::isErased);

        ImportReport report = small.audiences(in("name,title\n" + "a,Alpha\n".repeat(10)), false, lines -> {});

        assertNotNull(report.stopped());
        assertEquals(2, report.accepted());
        assertEquals(1, report.refused());
    }

    @Test
    void problemsAreListedUpToALimitAndCountedBeyond() throws IOException {
        Import small = new Import(registry, new ImportLimits(1 << 20, 8192, 3, 10), () -> ImportTest::isErased);

        ImportReport report = small.audiences(in("name,title\n" + "1,x\n".repeat(10)), false, lines -> {});

        assertEquals(3, report.problems().size());
        assertEquals(10, report.refused());
    }

    @Test
    void aDryRunChangesNothing() throws IOException {
        ImportReport report = imports.contacts(in(CONTACTS + "k,n," + VILLAGE + ",,,,,,,,other\n"), true, lines -> {});

        assertEquals(1, report.accepted());
        assertTrue(report.dryRun());
        assertEquals(0, registry.people().size());
        assertFalse(registry.view().audiences().containsKey("other"));
        assertEquals(-1, registry.people().find("k"));
    }

    @Test
    void aFailingStoreLeavesTheRegistryAsItWas() throws IOException {
        contacts("k1,n," + VILLAGE + ",,,,,,,,\n");
        store.fail(true);

        assertThrows(
                IllegalStateException.class,
                () -> contacts("k1,m," + VILLAGE + ",,,,,,,,\nk2,n," + VILLAGE + ",,,,,,,,\n"));

        assertEquals(1, registry.people().size());
        assertEquals("n", registry.people().name(0));
        assertEquals(-1, registry.people().find("k2"));
        store.fail(false);
        assertEquals(1, contacts("k2,n," + VILLAGE + ",,,,,,,,\n").added());
        assertEquals(1, registry.people().find("k2"));
    }

    @Test
    void oneImportRunsAtATime() {
        try (RegistryWriter open = registry.writer()) {
            assertNotNull(open);
            assertThrows(ImportInProgress.class, () -> contacts("k2,n," + VILLAGE + ",,,,,,,,\n"));
        }
    }

    @Test
    void aRemovedPersonLeavesATombAndAComebackGetsANewNumber() throws IOException {
        contacts("k1,n," + VILLAGE + ",13900138000,,,,,,,officers\nk2,n," + VILLAGE + ",,,,,,,,\n");
        try (RegistryWriter writer = registry.writer()) {
            assertTrue(writer.removePerson("k1"));
            assertFalse(writer.removePerson("k9"));
            writer.flush();
        }

        for (Registry either : List.of(registry, Registry.open(store))) {
            People people = either.people();
            assertTrue(people.isRemoved(0));
            assertNull(people.address("phone", 0));
            assertEquals("", people.name(0));
            assertEquals(-1, people.find("k1"));
            assertEquals(1, people.inVillage(0).getCardinality());
            assertEquals(0, people.audience("officers").getCardinality());
        }
        assertEquals(registry.people().size(), Registry.peopleKept(store), "tombs take room, too");
        assertEquals(0, Registry.peopleKept(new MemoryRegistryStore()));
        contacts("k1,n," + VILLAGE + ",,,,,,,,\n");
        assertEquals(2, registry.people().find("k1"));
    }

    @Test
    void aTerminalIsReadWithItsSharingRule() throws IOException {
        ImportReport report = terminals("T-1,loudspeaker," + VILLAGE + ",116.1,34.2,水利局,80,\"I,II,probe\",06:00-22:00\n"
                + "T-2,screen," + VILLAGE + ",,,应急局,0,,\n");

        assertEquals(List.of(), report.problems());
        Terminal first = registry.terminals().find("T-1").orElseThrow();
        assertEquals(java.util.Set.of(Level.I, Level.II), first.sharedLevels());
        assertTrue(first.probe());
        assertTrue(first.sharesFor(Level.I, java.time.LocalTime.of(6, 0)));
        assertFalse(first.sharesFor(Level.I, java.time.LocalTime.of(22, 0)));
        assertFalse(first.sharesFor(Level.III, java.time.LocalTime.of(12, 0)));
        assertEquals(
                4, registry.terminals().find("T-2").orElseThrow().sharedLevels().size());
        assertEquals(
                registry.terminals().all(), Registry.open(store).terminals().all());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'',screen,411426100001,,,o,1,I,|code",
                "a b,screen,411426100001,,,o,1,I,|code",
                "a/b,screen,411426100001,,,o,1,I,|code",
                "a#,screen,411426100001,,,o,1,I,|code",
                "T,Screen,411426100001,,,o,1,I,|kind",
                "T,screen,411426100000,,,o,1,I,|division",
                "T,screen,411426100001,200,1,o,1,I,|longitude",
                "T,screen,411426100001,,,,1,I,|owner",
                "T,screen,411426100001,,,o,-1,I,|serves",
                "T,screen,411426100001,,,o,,I,|serves",
                "T,screen,411426100001,,,o,1,V,|sharedLevels",
                "T,screen,411426100001,,,o,1,I,6-22|sharedHours",
                "T,screen,411426100001,,,o,1,I,25:00-22:00|sharedHours",
                "good,screen,411426100001,,,o,1,I,|code",
            })
    void aBadTerminalIsReportedWithItsField(String line, String field) throws IOException {
        ImportReport report = terminals("good,screen,411426100001,,,o,1,I,\n" + line.replaceFirst("^''", "") + "\n");

        assertEquals(1, report.accepted());
        assertEquals(3, report.problems().get(0).line());
        assertEquals(field, report.problems().get(0).field());
    }

    @Test
    void boundariesWithHolesAndSeveralPartsAreKept() throws IOException {
        String hole = "[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[2,2],[2,4],[4,4],[4,2],[2,2]]]";
        String file = "{\"type\":\"FeatureCollection\",\"features\":["
                + feature("411426100001", "Polygon", hole)
                + ","
                + feature("411426100002", "MultiPolygon", "[" + hole + ",[[[20,0],[21,0],[21,1],[20,0]]]]")
                + "]}";

        ImportReport report = imports.boundaries(in(file), false, lines -> {});

        assertEquals(List.of(), report.problems());
        for (Registry either : List.of(registry, Registry.open(store))) {
            Division first = either.divisions().village(0);
            assertEquals(96, Objects.requireNonNull(first.boundary()).getArea(), 1e-9);
            assertEquals(
                    96.5,
                    Objects.requireNonNull(either.divisions().village(1).boundary())
                            .getArea(),
                    1e-9);
        }
        assertEquals(0, imports.boundaries(in(file), false, lines -> {}).updated());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "411426100001|Polygon|[[[0,0],[10,0],[0,10],[10,10],[0,0]]]",
                "411426100001|Polygon|[[[0,0],[10,0],[0,10]]]",
                "411426100001|Polygon|[[[0,0],[10,0],[0,10],[1,1]]]",
                "411426100001|Polygon|[[[34,116],[34,117],[35,117],[34,116]]]",
                "411426100001|Polygon|[[[[0,0],[10,0],[0,10],[0,0]]]]",
                "411426100001|MultiPolygon|[[[0,0],[10,0],[0,10],[0,0]]]",
                "411426100001|Polygon|[[[[[[0]]]]]]",
                "411426100001|Polygon|[]",
                "411426100001|Polygon|{}",
                "411426100001|Polygon|[[[\"a\",0],[10,0],[0,10],[0,0]]]",
                "411426100001|Point|[1,2]",
                "411426999999|Polygon|[[[0,0],[10,0],[0,10],[0,0]]]",
                "4114|Polygon|[[[0,0],[10,0],[0,10],[0,0]]]",
            })
    void aBadBoundaryIsReportedAndTheGoodOnesAreKept(String code, String type, String coordinates) throws IOException {
        String file = "{\"features\":[" + feature(code, type, coordinates) + ",7,"
                + feature("411426100002", "Polygon", "[[[0,0],[10,0],[0,10],[0,0]]]") + "]}";

        ImportReport report = imports.boundaries(in(file), false, lines -> {});

        assertEquals(1, report.accepted());
        assertEquals(2, report.refused());
        assertEquals(1, report.problems().get(0).line());
        assertNotNull(registry.divisions().village(1).boundary());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"features\":[",
                "{\"features\":[{\"type\":",
                "<kml/>",
                "{\"a\":1}",
                "{\"features\":1}"
            })
    void whatIsNoGeoJsonStopsTheImport(String file) throws IOException {
        ImportReport report = imports.boundaries(in(file), false, lines -> {});

        assertNotNull(report.stopped());
        assertEquals(0, report.accepted());
    }

    private static String feature(String code, String type, String coordinates) {
        return "{\"type\":\"Feature\",\"geometry\":{\"coordinates\":" + coordinates + ",\"type\":\"" + type
                + "\"},\"properties\":{\"name\":{\"zh\":\"x\"},\"code\":\"" + code + "\"}}";
    }

    private ImportReport contacts(String lines) throws IOException {
        return imports.contacts(in(CONTACTS + lines), false, count -> {});
    }

    private ImportReport terminals(String lines) throws IOException {
        return imports.terminals(in(TERMINALS + lines), false, count -> {});
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
