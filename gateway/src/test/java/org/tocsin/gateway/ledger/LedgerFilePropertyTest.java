package org.tocsin.gateway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is done to an exported ledger is found: by the file itself, or by the seals that somebody else has. */
class LedgerFilePropertyTest {
    private static final int DAYS = 4;
    private static final int ACTS = 5;
    private static final Deed LIE = new Deed(Instant.EPOCH, "nobody", "warning.approve", "w1", "");
    private static final MemoryLedger LEDGER = MemoryLedger.of(DAYS, ACTS, TestKeys.COUNTY);
    private static @Nullable Path file;

    @BeforeContainer
    static void makeAFile() throws IOException {
        file = Files.createTempFile("tocsin-ledger", ".jsonl");
    }

    @AfterContainer
    static void removeIt() throws IOException {
        Files.deleteIfExists(path());
    }

    @Property(tries = 400)
    void aFlippedBitIsFoundWithoutSeals(@ForAll @IntRange(max = 1 << 20) int place, @ForAll @IntRange(max = 7) int bit)
            throws Exception {
        byte[] bytes = exported(LEDGER);
        bytes[place % bytes.length] ^= (byte) (1 << bit);

        assertTrue(isFound(bytes, List.of()));
    }

    @Property(tries = 150)
    void aCutAndAnAppendixAreFoundWithoutSeals(@ForAll @IntRange(min = 1, max = 1 << 20) int cut, @ForAll byte more)
            throws Exception {
        byte[] bytes = exported(LEDGER);
        int length = bytes.length - 1 - cut % (bytes.length - 1);

        assertTrue(isFound(Arrays.copyOf(bytes, length), List.of()), () -> "cut at " + length);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = more;
        assertTrue(isFound(longer, List.of()), () -> "appended " + more);
    }

    @Property(tries = 150)
    void linesThatAreSwappedRepeatedOrLeftOutAreFoundAndNamed(
            @ForAll @IntRange(min = 1, max = DAYS * (ACTS + 1)) int one,
            @ForAll @IntRange(min = 1, max = DAYS * (ACTS + 1)) int other)
            throws Exception {
        List<String> lines = lines(exported(LEDGER));
        List<String> repeated = new ArrayList<>(lines);
        repeated.add(other, lines.get(one));
        assertTrue(names(repeated, one, List.of()), "repeated");
        List<String> without = new ArrayList<>(lines);
        without.remove(one);
        assertTrue(names(without, one, List.of()), "left out");
        if (one != other) {
            Collections.swap(lines, one, other);
            assertTrue(isFound(bytes(lines), List.of()), "swapped");
        }
    }

    @Property(tries = 100)
    void aChainThatWasWrittenAnewIsFoundByTheSealsAndTheRangeNamed(
            @ForAll @IntRange(max = DAYS * (ACTS + 1) - 2) int index) throws Exception {
        MemoryLedger forged = copy();
        forged.chainAnewFrom(index, LIE);
        byte[] bytes = exported(forged);

        assertFalse(isFound(bytes, List.of()), "the file alone is whole");
        LedgerFile.Found found = verify(bytes, LEDGER.seals);
        assertFalse(found.troubles().isEmpty());
        if (index < LEDGER.seals.get(DAYS - 1).sequence()) {
            Seal first = LEDGER.seals.stream()
                    .filter(seal -> seal.sequence() > index)
                    .findFirst()
                    .orElseThrow();
            assertTrue(
                    found.troubles().stream()
                            .anyMatch(trouble -> trouble.place().endsWith("to " + first.sequence())
                                    && trouble.what().contains(first.day().toString())),
                    () -> index + ": " + found.troubles());
        }
    }

    @Property(tries = 50)
    void aTailThatWasCutIsFoundByTheLatestSeal(@ForAll @IntRange(max = DAYS * (ACTS + 1) - 2) int kept)
            throws Exception {
        MemoryLedger shorter = copy();
        shorter.entries.subList(kept, shorter.entries.size()).clear();
        byte[] bytes = exported(shorter);

        assertFalse(isFound(bytes, List.of()), "the file alone is whole");
        assertTrue(isFound(bytes, LEDGER.seals));
    }

    @Property(tries = 100)
    void aChangedMissingOrForeignSealIsFound(
            @ForAll @IntRange(max = DAYS - 1) int which, @ForAll @IntRange(max = 3) int how) throws Exception {
        List<Seal> seals = new ArrayList<>(LEDGER.seals);
        Seal seal = seals.get(which);
        Seal before = which == 0 ? null : seals.get(which - 1);
        LedgerHead head = new LedgerHead(seal.sequence(), seal.head());
        switch (how) {
            case 0 -> seals.set(which, Seal.read(seal.json().put("count", seal.count() + 1)));
            case 1 -> seals.set(which, Seal.after(before, head, seal.day(), seal.at(), TestKeys.WITNESS));
            case 2 ->
                seals.add(Seal.after(
                        before,
                        new LedgerHead(head.sequence(), "0".repeat(64)),
                        seal.day(),
                        seal.at(),
                        TestKeys.COUNTY));
            default -> seals.remove(which);
        }
        boolean atAnEnd = how == 3 && (which == 0 || which == DAYS - 1);

        LedgerFile.Found found = verify(exported(LEDGER), seals);

        // Of the first and the last nobody can tell that they are missing: a witness may have begun later.
        assertEquals(atAnEnd, found.troubles().isEmpty(), () -> how + ": " + found.troubles());
    }

    @Test
    void aTrueLedgerFitsWithAndWithoutSealsAndAlsoInParts() throws Exception {
        LedgerFile.Found whole = verify(exported(LEDGER), LEDGER.seals);
        assertEquals(List.of(), whole.troubles());
        assertEquals(DAYS, whole.matched());
        assertEquals(LEDGER.entries.size() - 1, whole.confirmedUpTo());
        assertEquals(List.of(), verify(exported(LEDGER), List.of()).troubles());
        for (int from = 1; from <= LEDGER.entries.size(); from++) {
            for (int to = from; to <= LEDGER.entries.size(); to++) {
                ByteArrayOutputStream part = new ByteArrayOutputStream();
                LedgerFile.write(LEDGER, from, LEDGER.entries.get(to - 1).head(), part);
                List<Seal> upTo = upTo(to);
                assertEquals(List.of(), verify(part.toByteArray(), upTo).troubles(), from + " to " + to);
            }
        }
    }

    @Test
    void aSealThatPassesOverAnotherIsFound() throws Exception {
        List<Seal> seals = new ArrayList<>(LEDGER.seals);
        Seal last = seals.get(DAYS - 1);
        seals.set(
                DAYS - 1,
                Seal.after(
                        seals.get(DAYS - 3),
                        new LedgerHead(last.sequence(), last.head()),
                        last.day(),
                        last.at(),
                        TestKeys.COUNTY));

        assertTrue(new SealCheck(seals, Set.of())
                .troubles().stream().anyMatch(trouble -> trouble.what().contains("there are others between")));
    }

    @Test
    void thoseWhoKnowTheSignerFindAnother() throws Exception {
        SealCheck check = new SealCheck(LEDGER.seals, Set.of(TestKeys.fingerprint(TestKeys.WITNESS)));
        Files.write(path(), exported(LEDGER));

        assertEquals(
                DAYS,
                LedgerFile.verify(List.of(path()), check, entry -> {})
                        .troubles()
                        .size());
    }

    private static List<Seal> upTo(int to) {
        return LEDGER.seals.stream().filter(seal -> seal.sequence() <= to).toList();
    }

    private static MemoryLedger copy() {
        MemoryLedger copy = new MemoryLedger();
        copy.entries.addAll(LEDGER.entries);
        return copy;
    }

    private static byte[] exported(MemoryLedger ledger) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LedgerFile.write(ledger, 1, ledger.head(), bytes);
        return bytes.toByteArray();
    }

    private static List<String> lines(byte[] bytes) {
        return new ArrayList<>(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static boolean names(List<String> lines, int entry, List<Seal> seals) throws Exception {
        return verify(bytes(lines), seals).troubles().stream()
                .anyMatch(trouble -> trouble.place().equals("entry " + entry));
    }

    private static boolean isFound(byte[] bytes, List<Seal> seals) throws Exception {
        try {
            return !verify(bytes, seals).troubles().isEmpty();
        } catch (LedgerFile.Unreadable notEvenThat) {
            return true;
        }
    }

    private static LedgerFile.Found verify(byte[] bytes, List<Seal> seals) throws Exception {
        Files.write(path(), bytes);
        return LedgerFile.verify(List.of(path()), new SealCheck(seals, Set.of()), entry -> {});
    }

    private static Path path() {
        return java.util.Objects.requireNonNull(file);
    }
}
