package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.gateway.dispatch.Plans;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.LedgerEntry;

@ExtendWith(RedisExtension.class)
class ArchiveTest {
    private static final Instant AT = Instant.ofEpochMilli(1_800_000_000_000L);

    @TempDir
    private Path folder;

    @Test
    void keepsFilesMarkAndLedgerEntryAndLetsGoOfNoticesAndGate(Redis redis) throws IOException {
        RedisPlans plans = new RedisPlans(redis);
        plans.keep("a1", new byte[] {1}, new byte[] {2});
        plans.gate("a1", Plans.Gate.EXPIRED);
        plans.gate("a2", Plans.Gate.EXPIRED);
        RedisLedger ledger = new RedisLedger(redis);
        Archive archive = new Archive(redis, ledger, folder);

        assertTrue(seal(archive, "the pack", "the evidence"));

        Archive.Sealed sealed = archive.find("a1").orElseThrow();
        assertEquals("the pack", Files.readString(sealed.pack()));
        assertEquals(ContentHash.of("the pack"), sealed.sha256());
        assertEquals(AT, sealed.at());
        assertEquals("{}", new String(sealed.coverage(), UTF_8));
        assertArrayEquals("the evidence".getBytes(UTF_8), archive.evidence("a1").orElseThrow());
        assertEquals(Set.of("a1"), archive.sealed(Set.of("a1", "a2")));
        assertTrue(archive.find("a2").isEmpty());
        assertTrue(archive.evidence("a2").isEmpty());
        assertTrue(plans.notices("a1").isEmpty());
        assertTrue(plans.plan("a1").isPresent());
        assertEquals(Set.of("a2"), plans.gates().keySet());
        List<LedgerEntry> entries = new ArrayList<>();
        ledger.read(1, entries::add);
        assertEquals(
                List.of("evidence.seal a1 " + ContentHash.of("the pack")),
                entries.stream()
                        .map(entry -> entry.act() + " " + entry.subject() + " " + entry.contentHash())
                        .toList());
    }

    @Test
    void ofTwoGatewaysTheFirstSealsAndTheOthersFilesGo(Redis redis) throws IOException {
        Archive one = new Archive(redis, new RedisLedger(redis), folder);
        Archive other = new Archive(redis, new RedisLedger(redis), folder);

        assertTrue(seal(one, "the first's pack", "the evidence"));
        assertFalse(seal(other, "the other's pack", "the evidence"));

        assertEquals(
                "the first's pack",
                Files.readString(other.find("a1").orElseThrow().pack()));
        assertEquals(2, files());
        assertFalse(seal(other, "the first's pack", "the evidence"), "what was cut off after the mark is done again");
        assertEquals(2, files());
    }

    @Test
    void evidenceThatIsNotInThisArchiveIsNotMadeUp(Redis redis) throws IOException {
        assertTrue(seal(new Archive(redis, new RedisLedger(redis), folder.resolve("one")), "pack", "evidence"));

        Archive other = new Archive(redis, new RedisLedger(redis), folder.resolve("other"));

        assertEquals(Set.of("a1"), other.sealed(Set.of("a1")));
        assertTrue(other.evidence("a1").isEmpty());
    }

    @Test
    void aTryThatFailsLeavesNoFilesAndSealsNothing(Redis redis) throws IOException {
        Archive archive = new Archive(redis, new RedisLedger(redis), folder);
        Path gone = archive.draft("a1");
        Files.delete(gone);

        assertThrows(
                IOException.class,
                () -> archive.seal(
                        new Archive.Draft("a1", ContentHash.of("pack"), new byte[1], new byte[1]), gone, AT));

        assertEquals(0, files());
        assertTrue(archive.find("a1").isEmpty());
    }

    @Test
    void gatewaysThatShareTheFolderDraftApart(Redis redis) throws IOException {
        Archive archive = new Archive(redis, new RedisLedger(redis), folder);

        assertNotEquals(archive.draft("a1"), archive.draft("a1"));
    }

    @Test
    void lettingGoOfThePersonsKeepsPackCoverageAndMarkAndIsSaidOnce(Redis redis) throws IOException {
        RedisPlans plans = new RedisPlans(redis);
        plans.keep("a1", new byte[] {1}, new byte[] {2});
        RedisLedger ledger = new RedisLedger(redis);
        Archive archive = new Archive(redis, ledger, folder);
        assertTrue(seal(archive, "the pack", "the evidence"));
        assertEquals(List.of(new Archive.Held("a1", AT)), archive.held(AT, 0, 10));
        assertEquals(List.of(), archive.held(AT.minusMillis(1), 0, 10));
        assertEquals(AT, archive.heldNext(AT.minusMillis(1)).orElseThrow().sealed());
        byte[] said = "{\"persons\":7}".getBytes(UTF_8);

        assertTrue(archive.removePersons("a1", said, AT.plusSeconds(1)));
        assertFalse(archive.removePersons("a1", said, AT.plusSeconds(2)));
        assertFalse(archive.removePersons("a2", said, AT), "what is not sealed is not let go of");

        assertTrue(plans.plan("a1").isEmpty());
        assertTrue(archive.isRemoved("a1"));
        assertEquals(0, archive.heldCount());
        assertTrue(archive.evidence("a1").isPresent(), "a crash here leaves the file");
        Archive afterTheCrash = new Archive(redis, new RedisLedger(redis), folder);
        assertEquals(1, afterTheCrash.sweep(AT));
        assertEquals(0, afterTheCrash.sweep(AT));
        assertTrue(afterTheCrash.evidence("a1").isEmpty());
        Archive.Sealed sealed = afterTheCrash.find("a1").orElseThrow();
        assertEquals("the pack", Files.readString(sealed.pack()));
        assertEquals("{}", new String(sealed.coverage(), UTF_8));
        List<LedgerEntry> entries = new ArrayList<>();
        ledger.read(2, entries::add);
        assertEquals(
                List.of("retention.remove a1 " + ContentHash.of(said)),
                entries.stream()
                        .map(entry -> entry.act() + " " + entry.subject() + " " + entry.contentHash())
                        .toList());
    }

    @Test
    void whatAnUnluckyTryLeftGoesAndWhatIsOfNoSealedIssueStays(Redis redis) throws IOException {
        Archive archive = new Archive(redis, new RedisLedger(redis), folder);
        String other = "a1-" + "0".repeat(16);
        String open = "a2-" + "0".repeat(16);
        for (String name : List.of(other + ".evidence", other + ".pack", other + ".part", open + ".evidence")) {
            Path file = Files.writeString(folder.resolve(name), "of a try that a crash has cut short");
            Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(AT));
        }
        Files.writeString(folder.resolve(open + ".pack"), "perhaps the store is the wrong one");
        assertEquals(0, archive.sweep(AT), "before it is sealed nobody knows which is right");
        assertTrue(seal(archive, "the pack", "the evidence"));

        Path begun = archive.draft("a3");
        Files.setLastModifiedTime(begun, java.nio.file.attribute.FileTime.from(AT.minusSeconds(90_000)));
        Path fresh = archive.draft("a3");
        Files.setLastModifiedTime(fresh, java.nio.file.attribute.FileTime.from(AT.minusSeconds(60)));
        assertEquals(4, archive.sweep(AT));

        assertEquals(
                "the pack", Files.readString(archive.find("a1").orElseThrow().pack()));
        assertTrue(archive.evidence("a1").isPresent());
        assertTrue(Files.exists(fresh));
        assertTrue(Files.exists(folder.resolve(open + ".pack")));
        assertEquals(5, files());
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static boolean seal(Archive archive, String pack, String evidence) throws IOException {
        Path draft = archive.draft("a1");
        Files.writeString(draft, pack);
        return archive.seal(
                new Archive.Draft("a1", ContentHash.of(pack), evidence.getBytes(UTF_8), "{}".getBytes(UTF_8)),
                draft,
                AT);
    }
}
