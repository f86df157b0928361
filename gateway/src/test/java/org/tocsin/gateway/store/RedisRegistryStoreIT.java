package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ConcurrentModificationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.registry.Column;
import org.tocsin.gateway.registry.Import;
import org.tocsin.gateway.registry.ImportLimits;
import org.tocsin.gateway.registry.ImportReport;
import org.tocsin.gateway.registry.People;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryStore;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;

@ExtendWith(RedisExtension.class)
class RedisRegistryStoreIT {

    @Test
    void whatWasWrittenIsThereAfterAReload(Redis redis) {
        Registry written = Registry.open(new RedisRegistryStore(redis));
        try (RegistryWriter writer = written.writer()) {
            new SyntheticCounty(5, 50_000, 0.9).writeTo(writer);
        }

        assertSame(written, Registry.open(new RedisRegistryStore(redis)));
    }

    @Test
    void theExportedFilesImportToTheSameCounty(Redis redis, @TempDir Path folder) throws IOException {
        SyntheticCounty county = new SyntheticCounty(5, 20_000, 0.9);
        county.writeFiles(folder);
        Registry imported = Registry.open(new RedisRegistryStore(redis));
        Import imports = new Import(imported, ImportLimits.DEFAULT, () -> key -> false);
        accept(imports.divisions(open(folder, "divisions.csv"), false, lines -> {}), 768);
        accept(imports.boundaries(open(folder, "boundaries.geojson"), false, lines -> {}), 768);
        accept(imports.audiences(open(folder, "audiences.csv"), false, lines -> {}), 2);
        accept(imports.terminals(open(folder, "terminals.csv"), false, lines -> {}), 743 + 248 + 2);
        accept(imports.contacts(open(folder, "contacts.csv"), false, lines -> {}), 18_000 + 24);

        redis.connection().sync().flushall();
        Registry direct = Registry.open(new RedisRegistryStore(redis));
        try (RegistryWriter writer = direct.writer()) {
            county.writeTo(writer);
        }
        assertSame(direct, imported);
    }

    @Test
    void aNodeThatDoesNotKnowTheLastCommitIsRefused(Redis redis) {
        Registry one = Registry.open(new RedisRegistryStore(redis));
        Registry other = Registry.open(new RedisRegistryStore(redis));
        SyntheticCounty county = new SyntheticCounty(5, 10_000, 0.9);
        try (RegistryWriter writer = one.writer()) {
            writer.putDivisions(county.divisions());
            writer.flush();
        }

        try (RegistryWriter writer = other.writer()) {
            writer.putDivisions(new SyntheticCounty(6, 20_000, 0.9).divisions());
            assertThrows(ConcurrentModificationException.class, writer::flush);
        }
        assertEquals(0, other.divisions().villages());
    }

    @Test
    void aCommitKeepsAllOrNothing(Redis redis) {
        RedisRegistryStore store = new RedisRegistryStore(redis);
        store.commit(
                new RegistryStore.Head(1, new byte[] {1}),
                List.of(new RegistryStore.Block(RegistryStore.Kind.PEOPLE, 0, new byte[] {7})));

        assertThrows(
                ConcurrentModificationException.class,
                () -> store.commit(
                        new RegistryStore.Head(1, new byte[] {2}),
                        List.of(new RegistryStore.Block(RegistryStore.Kind.PEOPLE, 0, new byte[] {8}))));

        store.read(RegistryStore.Kind.PEOPLE, 1, block -> assertArrayEquals(new byte[] {7}, block));
        assertThrows(IllegalStateException.class, () -> store.read(RegistryStore.Kind.PEOPLE, 2, block -> {}));
        assertTrue(redis.connection().sync().keys("*").stream().allMatch(key -> key.startsWith("{tocsin}:")));
    }

    private static void accept(ImportReport report, long lines) {
        assertEquals(List.of(), report.problems());
        assertEquals(lines, report.added());
    }

    private static InputStream open(Path folder, String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }

    private static void assertSame(Registry one, Registry other) {
        assertEquals(
                List.copyOf(one.divisions().all()),
                List.copyOf(other.divisions().all()));
        assertEquals(one.terminals().all(), other.terminals().all());
        assertEquals(one.view().audiences(), other.view().audiences());
        People people = one.people();
        People others = other.people();
        assertEquals(people.size(), others.size());
        for (int number = 0; number < people.size(); number++) {
            assertEquals(people.villageOf(number), others.villageOf(number));
            assertEquals(people.name(number), others.name(number));
            assertEquals(people.language(number), others.language(number));
            assertEquals(people.position(number), others.position(number));
            assertEquals(people.isProbe(number), others.isProbe(number));
            for (Column column : Column.values()) {
                assertEquals(people.address(column.word(), number), others.address(column.word(), number));
            }
        }
        for (String audience : one.view().audiences().keySet()) {
            assertEquals(people.audience(audience), others.audience(audience));
        }
        for (int village = 0; village < one.divisions().villages(); village++) {
            RoaringBitmap living = people.inVillage(village);
            assertEquals(living, others.inVillage(village));
        }
        assertEquals(people.positioned(), others.positioned());
    }
}
