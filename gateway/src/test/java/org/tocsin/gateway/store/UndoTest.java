package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.registry.Column;
import org.tocsin.gateway.registry.Import;
import org.tocsin.gateway.registry.ImportLimits;
import org.tocsin.gateway.registry.ImportReport;
import org.tocsin.gateway.registry.LastImport;
import org.tocsin.gateway.registry.OpenWarnings;
import org.tocsin.gateway.registry.People;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.UndoRefused;
import org.tocsin.gateway.registry.UndoReport;

@ExtendWith(RedisExtension.class)
class UndoTest {
    private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");
    private static final String DIVISIONS = "code,name,parent,residents,residentsSource,residentsDate\n";
    private static final String CONTACTS =
            "personKey,name,division,phone,openid,appToken,email,language,longitude,latitude,audiences\n";
    private static final String TERMINALS =
            "code,kind,division,longitude,latitude,owner,serves,sharedLevels,sharedHours\n";

    private Redis redis;
    private Registry registry;

    @BeforeEach
    void aCountyOfTwoVillages(Redis given) throws IOException {
        redis = given;
        registry = Registry.open(new RedisRegistryStore(redis));
        take(
                "divisions",
                DIVISIONS
                        + "411426000000,夏邑县,,30,,\n411426100000,城关镇,411426000000,30,,\n"
                        + "411426100001,一居委会,411426100000,10,普查,2020-11-01\n411426100002,二居委会,411426100000,20,,\n");
        take(
                "contacts",
                CONTACTS
                        + "p1,王五,411426100001,13900138001,,,,,,,officers\n"
                        + "p2,赵六,411426100002,13900138002,o2,,p2@example.org,en-US,116.1,34.2,\n");
        take(
                "terminals",
                TERMINALS + "LS1,loudspeaker,411426100001,116.1,34.2,村委会,10,,\n"
                        + "LS2,loudspeaker,411426100002,,,村委会,20,I II,06:00-22:00\n");
    }

    @Test
    void contactsAreAsBeforeAndNewcomersAreGone() throws IOException {
        String before = told(registry.view());
        take(
                "contacts",
                CONTACTS
                        + "p1,-,411426100002,13900138111,o1,,,,116.2,34.1,probe;nurses\n"
                        + "p3,孙七,411426100001,13900138003,,,,,,,\np3,孙八,411426100002,13900138004,,,,,,,nurses\n");
        assertEquals(3, named(registry).size());
        LastImport last = registry.lastImport().orElseThrow();
        assertEquals(List.of("contacts", "f.csv", "7"), List.of(last.kind(), last.file(), last.actor()));
        assertEquals(List.of(1, 1), List.of(last.added(), last.changed()));

        UndoReport done = registry.undo(last, NOW, OpenWarnings.NONE);

        assertEquals(new UndoReport("contacts", 1, 1), done);
        assertEquals(before, told(registry.view()));
        assertEquals(before, told(Registry.open(new RedisRegistryStore(redis)).view()));
        assertTrue(registry.lastImport().isEmpty());
        assertTrue(redis.connection().sync().keys("*:undo:*").isEmpty());
    }

    @Test
    void whoWasTakenOutCanBeImportedAgainUnderAnotherNumber() throws IOException {
        take("contacts", CONTACTS + "p3,孙七,411426100001,13900138003,,,,,,,\n");
        int number = registry.people().find("p3");
        registry.undo(registry.lastImport().orElseThrow(), NOW, OpenWarnings.NONE);
        assertEquals(-1, registry.people().find("p3"));

        take("contacts", CONTACTS + "p3,孙七,411426100001,13900138003,,,,,,,\n");

        assertEquals(number + 1, registry.people().find("p3"));
        assertEquals("8613900138003", registry.people().address("phone", number + 1));
        assertTrue(registry.people().isRemoved(number));
    }

    @Test
    void divisionsAndTheirBoundariesAreAsBefore() throws IOException {
        String before = told(registry.view());
        take("divisions", DIVISIONS + "411426100001,一社区,411426100000,11,,\n411426100003,三居委会,411426100000,5,,\n");
        registry.undo(registry.lastImport().orElseThrow(), NOW, OpenWarnings.NONE);
        assertEquals(before, told(registry.view()));
        assertEquals(before, told(Registry.open(new RedisRegistryStore(redis)).view()));

        take("boundaries", boundary("116.10"));
        String bounded = told(registry.view());
        take("boundaries", boundary("116.12"));
        registry.undo(registry.lastImport().orElseThrow(), NOW, OpenWarnings.NONE);
        assertEquals(bounded, told(registry.view()));
        assertEquals(bounded, told(Registry.open(new RedisRegistryStore(redis)).view()));
    }

    @Test
    void terminalsAreAsBeforeAndNewOnesServeNobody() throws IOException {
        String before = told(registry.view());
        take(
                "terminals",
                TERMINALS + "LS1,screen,411426100002,,,乡政府,99,I,\nLS3,loudspeaker,411426100001,116.1,34.2,村委会,7,,\n");
        registry.undo(registry.lastImport().orElseThrow(), NOW, OpenWarnings.NONE);

        assertEquals(before, told(registry.view()));
        assertTrue(registry.terminals().find("LS3").isEmpty());
        Registry again = Registry.open(new RedisRegistryStore(redis));
        assertEquals(before, told(again.view()));
        assertTrue(again.terminals().get(2).isRemoved());
    }

    @Test
    void titlesOfAudiencesAreAsBefore() throws IOException {
        take("audiences", "name,title\nofficers,灾害信息员队伍\n");
        registry.undo(registry.lastImport().orElseThrow(), NOW, OpenWarnings.NONE);

        assertEquals(
                "灾害信息员 information officers",
                Objects.requireNonNull(registry.view().audiences().get("officers"))
                        .title());
    }

    @Test
    void whateverIsWrittenAfterwardsEndsTheUndo() throws IOException {
        take("contacts", CONTACTS + "p3,孙七,411426100001,13900138003,,,,,,,\n");
        LastImport contacts = registry.lastImport().orElseThrow();
        take("audiences", "name,title\nnurses,护士\n");
        UndoRefused another = assertThrows(UndoRefused.class, () -> registry.undo(contacts, NOW, OpenWarnings.NONE));
        assertEquals(UndoRefused.Why.ANOTHER, another.why());

        try (RegistryWriter erasure = registry.writer()) {
            erasure.removePerson("p3");
            erasure.flush();
        }

        assertTrue(registry.lastImport().isEmpty());
        assertTrue(redis.connection().sync().keys("*:undo:*").isEmpty(), "nothing of the erased stays");
        UndoRefused nothing = assertThrows(UndoRefused.class, () -> registry.undo(contacts, NOW, OpenWarnings.NONE));
        assertEquals(UndoRefused.Why.NOTHING, nothing.why());
    }

    @Test
    void aDryRunChangesNothingOfTheUndo() throws IOException {
        LastImport last = registry.lastImport().orElseThrow();
        imports().contacts(stream(CONTACTS + "p3,孙七,411426100001,13900138003,,,,,,,\n"), true, lines -> {});
        assertEquals(last, registry.lastImport().orElseThrow());
    }

    @Test
    void theUndoOutlivesARestartAndEndsWithItsTime() throws IOException {
        take("contacts", CONTACTS + "p3,孙七,411426100001,13900138003,,,,,,,\n");
        Registry again = Registry.open(new RedisRegistryStore(redis));
        LastImport last = again.lastImport().orElseThrow();
        assertEquals(registry.lastImport().orElseThrow(), last);
        long seconds = redis.connection().sync().ttl("{tocsin}:registry:undo:0");
        assertTrue(seconds > 7 * 86_400 && seconds <= 8 * 86_400, "forgotten after " + seconds);

        UndoRefused late = assertThrows(
                UndoRefused.class, () -> again.undo(last, NOW.plus(Duration.ofDays(7)), OpenWarnings.NONE));

        assertEquals(UndoRefused.Why.LATE, late.why());
        assertEquals(3, named(again).size());
    }

    @Test
    void openWarningsAreNeverTouched() throws IOException {
        take("contacts", CONTACTS + "p1,,411426100001,13900138111,,,,,,,\np3,孙七,411426100001,13900138003,,,,,,,\n");
        OpenWarnings toNewcomer = addressed(2);
        OpenWarnings toChanged = addressed(0);
        OpenWarnings toOther = addressed(1);
        LastImport last = registry.lastImport().orElseThrow();

        UndoRefused refused = assertThrows(UndoRefused.class, () -> registry.undo(last, NOW, toNewcomer));
        assertEquals(UndoRefused.Why.WARNINGS, refused.why());
        assertEquals(List.of("w1"), refused.warnings());
        assertThrows(UndoRefused.class, () -> registry.undo(last, NOW, toChanged));
        assertEquals(3, named(registry).size());

        registry.undo(last, NOW, toOther);
        assertEquals(2, named(registry).size());
    }

    @Test
    void newVillagesStayWhereAWarningWasSignedSince() throws IOException {
        take("divisions", DIVISIONS + "411426100003,三居委会,411426100000,5,,\n");
        LastImport last = registry.lastImport().orElseThrow();

        assertThrows(UndoRefused.class, () -> registry.undo(last, NOW, addressed(0)));
        assertEquals(3, registry.divisions().villages());
    }

    private static OpenWarnings addressed(int number) {
        return new OpenWarnings() {
            @Override
            public List<String> addressing(RoaringBitmap persons, RoaringBitmap terminals) {
                return persons.contains(number) ? List.of("w1") : List.of();
            }

            @Override
            public List<String> signedSince(Instant since) {
                return since.isAfter(NOW) ? List.of() : List.of("w1");
            }
        };
    }

    private void take(String kind, String file) throws IOException {
        ImportReport report = imports().read(kind, stream(file), false, lines -> {});
        assertEquals(List.of(), report.problems());
        assertEquals(0, report.refused());
    }

    private Import imports() {
        return new Import(registry, ImportLimits.DEFAULT, () -> key -> false).noting(NOW, "7", "f.csv");
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static String boundary(String west) {
        return """
                {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"411426100001"},
                "geometry":{"type":"Polygon","coordinates":[[[WEST,34.20],[116.15,34.20],[116.15,34.25],[WEST,34.20]]]}}]}
                """
                .replace("WEST", west);
    }

    private static Set<String> named(Registry of) {
        Set<String> names = new TreeSet<>();
        for (int number = 0; number < of.people().size(); number++) {
            if (!of.people().isRemoved(number)) {
                names.add(of.people().name(number));
            }
        }
        return names;
    }

    /** All that a view says, but for tombs and for audiences without anybody. */
    private static String told(RegistryView view) {
        List<String> lines = new ArrayList<>();
        view.divisions().all().forEach(division -> lines.add(division.toString()));
        view.terminals().present().forEach(terminal -> lines.add(terminal.toString()));
        People people = view.people();
        for (int number = 0; number < people.size(); number++) {
            if (people.isRemoved(number)) {
                continue;
            }
            StringBuilder person = new StringBuilder(number + " " + people.name(number) + people.language(number));
            person.append(people.position(number)).append(people.villageOf(number));
            for (Column column : Column.values()) {
                person.append(' ')
                        .append(people.address(column.word(), number))
                        .append(people.reachable(column.word()).contains(number));
            }
            lines.add(person.toString());
        }
        for (int village = 0; village < view.divisions().villages(); village++) {
            lines.add(village + ": " + people.inVillage(village) + people.probesInVillage(village));
        }
        view.audiences().keySet().stream()
                .filter(name -> !people.audience(name).isEmpty())
                .forEach(name -> lines.add(name + people.audience(name)));
        return String.join("\n", lines);
    }
}
