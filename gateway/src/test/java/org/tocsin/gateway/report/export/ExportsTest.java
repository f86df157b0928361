package org.tocsin.gateway.report.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.report.export.ExportJob.State;

class ExportsTest {
    private static final ExportLimits LIMITS = new ExportLimits(5, 3, 100, Duration.ofHours(24));
    private static final Instant START = Instant.parse("2026-07-21T00:00:00Z");
    private static final Work HELLO = (out, progress) -> out.write("hello".getBytes(UTF_8));

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final List<ExportJob> ledger = new ArrayList<>();

    private Exports open(Consumer<ExportJob> made) {
        return new Exports(folder.resolve("exports"), LIMITS, now::get, new Random(1), queue::add, made);
    }

    private Exports open() {
        return open(ledger::add);
    }

    private static ExportJob submit(Exports exports, String owner, Work work) {
        return exports.submit(owner, Map.of("what", "period"), "a.csv", "text/csv", work);
    }

    private void runAll() {
        while (!queue.isEmpty()) {
            queue.poll().run();
        }
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("exports"))) {
            return all.count();
        }
    }

    @Test
    void makesAFileAndPutsItIntoTheLedgerOnce() throws IOException {
        Exports exports = open();
        ExportJob job = submit(exports, "c1", HELLO);
        assertEquals(State.WAITING, exports.find("c1", job.id()).orElseThrow().state());
        assertTrue(exports.file("c1", job.id()).isEmpty());

        runAll();

        ExportJob done = exports.find("c1", job.id()).orElseThrow();
        assertEquals(State.DONE, done.state());
        assertEquals(5, done.bytes());
        assertEquals(ContentHash.of("hello"), done.sha256());
        assertEquals("hello", Files.readString(exports.file("c1", job.id()).orElseThrow()));
        assertEquals(List.of(done), ledger);
    }

    @Test
    void tellsHowFarItIs() {
        Exports exports = open();
        AtomicReference<@Nullable Double> seen = new AtomicReference<>();
        String[] id = {""};
        id[0] = submit(exports, "c1", (out, progress) -> {
                    progress.accept(0.4);
                    progress.accept(0.1);
                    seen.set(exports.find("c1", id[0]).orElseThrow().progress());
                })
                .id();

        runAll();

        assertEquals(0.4, seen.get());
    }

    @Test
    void showsAJobToNobodyElse() {
        Exports exports = open();
        ExportJob job = submit(exports, "c1", HELLO);
        runAll();

        assertTrue(exports.find("c2", job.id()).isEmpty());
        assertTrue(exports.file("c2", job.id()).isEmpty());
        assertFalse(exports.delete("c2", job.id()));
        assertEquals(List.of(), exports.list("c2"));
        assertEquals(1, exports.list("c1").size());
    }

    @Test
    void letsOnlyTheOwnerOfTheProcessReadTheFiles() throws IOException {
        Exports exports = open();
        ExportJob job = submit(exports, "c1", HELLO);
        runAll();

        Path file = exports.file("c1", job.id()).orElseThrow();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    }

    @Test
    void saysOfWhatARestartLostThatItIsLostAndKeepsWhatWasDone() throws IOException {
        Exports exports = open();
        ExportJob done = submit(exports, "c1", HELLO);
        runAll();
        ExportJob waiting = submit(exports, "c1", HELLO);
        ExportJob half = submit(exports, "c1", HELLO);
        Files.writeString(folder.resolve("exports").resolve(half.id() + ".part"), "hel");
        queue.clear();

        Exports later = open();

        assertEquals(State.DONE, later.find("c1", done.id()).orElseThrow().state());
        assertEquals("hello", Files.readString(later.file("c1", done.id()).orElseThrow()));
        for (ExportJob lost : List.of(waiting, half)) {
            ExportJob now = later.find("c1", lost.id()).orElseThrow();
            assertEquals(State.LOST, now.state());
            assertTrue(now.problem().contains("ask again"), now.problem());
        }
        assertEquals(4, files(), "three records and a file");
    }

    @Test
    void aFileWhoseRecordCannotBeReadGoesWithIt() throws IOException {
        ExportJob job = submit(open(), "c1", HELLO);
        runAll();
        Files.writeString(folder.resolve("exports").resolve(job.id() + ".json"), "{");

        assertEquals(List.of(), open().list("c1"));
        assertEquals(0, files());
    }

    @Test
    void removesWhatIsTooOld() throws IOException {
        Exports exports = open();
        ExportJob job = submit(exports, "c1", HELLO);
        runAll();
        now.set(START.plus(Duration.ofHours(25)));

        exports.sweep();

        assertTrue(exports.find("c1", job.id()).isEmpty());
        assertEquals(0, files());
    }

    @Test
    void takesSoManyOfOneAndInAll() {
        Exports exports = open();
        for (int job = 0; job < 3; job++) {
            submit(exports, "c1", HELLO);
        }
        assertThrows(Exports.TooMany.class, () -> submit(exports, "c1", HELLO));
        submit(exports, "c2", HELLO);
        submit(exports, "c2", HELLO);
        assertThrows(Exports.TooMany.class, () -> submit(exports, "c3", HELLO));

        exports.delete("c1", exports.list("c1").get(0).id());

        assertEquals(State.WAITING, submit(exports, "c1", HELLO).state());
    }

    @Test
    void endsAFileThatGrowsTooLongAndSaysSo() throws IOException {
        Exports exports = open();
        ExportJob job = submit(exports, "c1", (out, progress) -> out.write(new byte[101]));

        runAll();

        ExportJob failed = exports.find("c1", job.id()).orElseThrow();
        assertEquals(State.FAILED, failed.state());
        assertTrue(failed.problem().contains("longer than 100 bytes"), failed.problem());
        assertEquals(1, files());
        assertEquals(List.of(), ledger);
    }

    @Test
    void aFileThatTheLedgerDoesNotTakeIsNotShown() throws IOException {
        Exports exports = open(job -> {
            throw new IllegalStateException("the store is not there");
        });
        ExportJob job = submit(exports, "c1", HELLO);

        runAll();

        assertEquals(State.FAILED, exports.find("c1", job.id()).orElseThrow().state());
        assertTrue(exports.file("c1", job.id()).isEmpty());
        assertEquals(1, files());
    }

    @Test
    void endsTheWorkOfAJobThatWasDeleted() throws IOException {
        Exports exports = open();
        String[] id = {""};
        AtomicBoolean reached = new AtomicBoolean();
        id[0] = submit(exports, "c1", (out, progress) -> {
                    exports.delete("c1", id[0]);
                    progress.accept(0.5);
                    reached.set(true);
                })
                .id();

        runAll();

        assertFalse(reached.get());
        assertEquals(0, files());
        assertEquals(List.of(), ledger);
    }

    @Test
    void removesARecordThatCannotBeRead() throws IOException {
        open();
        Files.writeString(folder.resolve("exports").resolve("0".repeat(32) + ".json"), "{\"id\":\"../../etc\"}");

        assertEquals(List.of(), open().list("c1"));
        assertEquals(0, files());
    }
}
