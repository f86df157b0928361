package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.LedgerFile;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.ledger.MemoryLedger;
import org.tocsin.gateway.ledger.Seal;
import org.tocsin.gateway.ledger.TestKeys;
import org.tocsin.gateway.report.pack.PaperCounty;
import picocli.CommandLine;

/** What an auditor types, and what the exit code and the words say. */
class LedgerVerifyTest {
    private static final Deed LIE = new Deed(Instant.EPOCH, "nobody", "warning.approve", "w1", "");

    @TempDir
    private Path folder = Path.of("");

    private final MemoryLedger ledger = MemoryLedger.of(3, 4, TestKeys.COUNTY);
    private String said = "";

    @Test
    void aTrueLedgerFitsTheSealsInAnyFormInWhichTheyAreKept() throws Exception {
        String file = export();

        assertEquals(0, verify("--ledger", file));
        assertTrue(said.contains("no seals were given"), said);
        assertEquals(0, verify("--ledger", file, "--seals", sealFolder().toString()));
        assertTrue(said.contains("matched 3"), said);
        assertTrue(said.contains("no seal speaks of the entries from 15 on yet"), said);
        StringBuilder pages = new StringBuilder();
        for (Seal seal : ledger.seals) {
            pages.append("{\"seals\":[{\"receipt\":{},\"seal\":")
                    .append(seal.json())
                    .append("}]}\n");
        }
        Path page = Files.writeString(folder.resolve("pages.json"), pages.toString());
        String signer = TestKeys.fingerprint(TestKeys.COUNTY);
        assertEquals(0, verify("--ledger", file, "--seals", page.toString(), "--signer", signer));
        assertEquals(
                1,
                verify(
                        "--ledger",
                        file,
                        "--seals",
                        page.toString(),
                        "--signer",
                        TestKeys.fingerprint(TestKeys.WITNESS)));
    }

    @Test
    void whatWasDoneIsNamedWithItsPlace() throws Exception {
        String seals = sealFolder().toString();
        Path file = Path.of(export());
        Files.writeString(file, Files.readString(file).replaceFirst("\"w6\"", "\"w9\""));
        assertEquals(1, verify("--ledger", file.toString()));
        assertTrue(said.contains("entry 7: was changed"), said);

        ledger.chainAnewFrom(6, LIE);
        String forged = export();
        assertEquals(0, verify("--ledger", forged), "without seals nobody can tell");
        assertEquals(1, verify("--ledger", forged, "--seals", seals));
        assertTrue(said.contains("entries 5 to 9: are not those that the seal of 2026-07-02 saw"), said);
        assertTrue(said.contains("1 later seals do not fit either"), said);
    }

    @Test
    void aCutTailIsNamedByTheLatestSeal() throws Exception {
        String seals = sealFolder().toString();
        ledger.entries.subList(12, ledger.entries.size()).clear();

        assertEquals(1, verify("--ledger", export(), "--seals", seals));
        assertTrue(said.contains("entries 13 to 14: are missing at the end"), said);
    }

    @Test
    void partsAreReadAsOneLedgerInTheirOrder() throws Exception {
        String seals = sealFolder().toString();
        String first = part(1, 6);
        String second = part(7, 15);

        assertEquals(0, verify("--ledger", first, "--ledger", second, "--seals", seals));
        assertTrue(said.contains("matched 3") && said.contains("entries: 15 (1 – 15)"), said);
        assertTrue(said.contains("All fits"), said);
        assertEquals(3, verify("--ledger", second, "--ledger", first, "--seals", seals));
        assertTrue(said.contains("give the parts in their order"), said);
        assertEquals(0, verify("--ledger", second, "--seals", seals));
        assertTrue(said.contains("the entries before 7 were not looked at"), said);
        assertEquals(1, verify("--ledger", first, "--seals", seals));
        assertTrue(said.contains("further parts of it were not given"), said);
    }

    @Test
    void sealsThatSpeakOfNothingInTheFileConfirmNothing() throws Exception {
        String seals = sealFolder().toString();
        Path empty = Files.writeString(
                folder.resolve("empty.jsonl"),
                "{\"format\":\"tocsin ledger\",\"from\":100,\"head\":{\"hash\":\"" + "0".repeat(64)
                        + "\",\"sequence\":99},\"version\":1}\n");
        for (String file : List.of(empty.toString(), part(15, 15))) {
            assertEquals(0, verify("--ledger", file, "--seals", seals));
            assertTrue(said.contains("none of the 3 seals speaks of an entry of this ledger"), said);
            assertFalse(said.contains("All fits"), said);
        }
        LedgerHead known = new LedgerHead(14, "0".repeat(64));
        Path forged = folder.resolve("forged.jsonl");
        try (OutputStream out = Files.newOutputStream(forged)) {
            LedgerFile.write(new MemoryLedger(), 15, known, out);
        }
        assertEquals(1, verify("--ledger", forged.toString(), "--seals", seals), "a seal knows entry 14");
    }

    @Test
    void signersAreNamedWithTheirDaysAndSeveralMayBeGiven() throws Exception {
        MemoryLedger changed = MemoryLedger.of(2, 4, TestKeys.COUNTY);
        changed.acts(LocalDate.of(2026, 7, 3), 1);
        changed.seal(LocalDate.of(2026, 7, 3), TestKeys.WITNESS);
        ledger.seals.clear();
        ledger.seals.addAll(changed.seals);
        String seals = sealFolder().toString();
        String file = export(changed);
        String one = TestKeys.fingerprint(TestKeys.COUNTY);
        String other = TestKeys.fingerprint(TestKeys.WITNESS);

        assertEquals(0, verify("--ledger", file, "--seals", seals));
        assertTrue(said.contains(one + " (2026-07-01 – 2026-07-02)（未核对签名者"), said);
        assertTrue(said.contains(other + " (2026-07-03 – 2026-07-03)（未核对签名者"), said);
        assertEquals(1, verify("--ledger", file, "--seals", seals, "--signer", one));
        assertEquals(0, verify("--ledger", file, "--seals", seals, "--signer", one, "--signer", other));
        assertFalse(said.contains("not checked"), said);
    }

    @Test
    void usageAndWhatCannotBeReadHaveCodesOfTheirOwn() throws Exception {
        String file = export();
        assertEquals(2, verify());
        assertEquals(3, verify("--ledger", folder.resolve("none").toString()));
        assertEquals(
                3,
                verify(
                        "--ledger",
                        Files.writeString(folder.resolve("no"), "{}\n").toString()));
        assertEquals(
                3, verify("--ledger", file, "--seals", folder.resolve("none").toString()));
        assertEquals(
                3,
                verify(
                        "--ledger",
                        file,
                        "--seals",
                        Files.writeString(folder.resolve("no.json"), "{\"day\":1}")
                                .toString()));
        assertEquals(
                3,
                verify(
                        "--ledger",
                        file,
                        "--seals",
                        Files.createDirectory(folder.resolve("empty")).toString()));
    }

    @Test
    void aPackIsHeldAgainstTheSealsAndTheLedger() throws Exception {
        PaperCounty county = new PaperCounty(2, 20, 30, 1);
        String pack = county.pack(folder.resolve("the.pack")).toString();
        LedgerHead head = county.ledgerHead();

        assertEquals(0, verify(pack, "--seals", sealOf(head, county.key)));
        assertEquals(1, verify(pack, "--seals", sealOf(head, TestKeys.COUNTY)));
        assertTrue(said.contains("signer: the pack is signed by"), said);
        assertEquals(1, verify(pack, "--seals", sealOf(new LedgerHead(head.sequence(), "0".repeat(64)), county.key)));
        assertTrue(
                said.contains("segment ledger, entry " + head.sequence() + ": is another one than the seals have"),
                said);
        assertEquals(1, verify(pack, "--ledger", export()), "the ledger of another county");
        assertTrue(said.contains("segment ledger, entry 2: is another one than the ledger has"), said);
        MemoryLedger own = new MemoryLedger();
        county.ledger(own.entries::add);
        assertEquals(0, verify(pack, "--ledger", export(own), "--seals", sealOf(head, county.key)));
        assertFalse(said.contains("were not compared"), said);
        assertEquals(0, verify(pack, "--seals", sealOf(head, county.key)));
        assertTrue(said.contains("were not compared"), said);
        String signer = TestKeys.fingerprint(county.key);
        String another = TestKeys.fingerprint(TestKeys.WITNESS);
        assertEquals(0, verify(pack, "--signer", another, "--signer", signer));
        assertEquals(1, verify(pack, "--signer", another, "--signer", TestKeys.fingerprint(TestKeys.COUNTY)));
        own.entries.remove(own.entries.size() - 1);
        assertEquals(1, verify(pack, "--ledger", export(own)));
        assertTrue(said.contains("is not in the ledger, which ends at"), said);
    }

    @Test
    void aPackIsHeldAgainstTheEntryThatSealedItsIssueWhateverTheSealsCover() throws Exception {
        PaperCounty county = new PaperCounty(2, 20, 30, 1);
        Path pack = county.pack(folder.resolve("the.pack"));
        MemoryLedger own = new MemoryLedger();
        county.ledger(own.entries::add);
        LedgerHead head = county.ledgerHead();
        String seal = sealOf(head, county.key);
        assertEquals(0, verify(pack.toString()));
        assertTrue(said.contains("give --ledger"), said);
        assertTrue(said.contains("Signed by: signer, 2026-07-20T00:09:59Z"), said);
        assertEquals(0, verify(pack.toString(), "--ledger", export(own)));
        assertTrue(said.contains("where the pack was made"), said);

        own.append(new Deed(Instant.EPOCH, "gateway", "evidence.seal", "w2", "0".repeat(64)));
        assertEquals(0, verify(pack.toString(), "--ledger", export(own), "--seals", seal));
        assertTrue(said.contains("none up to entry 7") && said.contains("this is a draft"), said);

        String hash = ContentHash.of(Files.readAllBytes(pack));
        own.append(new Deed(Instant.EPOCH, "gateway", "evidence.seal", "w1", hash));
        assertEquals(0, verify(pack.toString(), "--ledger", export(own), "--seals", seal));
        assertTrue(said.contains("this file is the one (台账 ledger entry 8"), said);
        assertTrue(said.contains("the seals reach entry 6: none speaks of entry 8 yet"), said);
        assertEquals(0, verify(pack.toString(), "--ledger", export(own), "--seals", sealOf(own.head(), county.key)));
        assertFalse(said.contains("none speaks of entry 8"), said);

        // The same key, another file: what a county could do that owns the key.
        Path replaced = county.pack(folder.resolve("replaced.pack"));
        String signer = TestKeys.fingerprint(county.key);
        assertEquals(1, verify(replaced.toString(), "--signer", signer, "--ledger", export(own), "--seals", seal));
        assertTrue(said.contains("ledger entry 8, evidence.seal: the sealed pack of this issue has the SHA-256"), said);
    }

    private String export() throws IOException {
        return export(ledger);
    }

    private String export(MemoryLedger from) throws IOException {
        Path file = folder.resolve("ledger.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            LedgerFile.write(from, 1, from.head(), out);
        }
        return file.toString();
    }

    private String part(long from, long to) throws IOException {
        Path file = folder.resolve("part-" + from + ".jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            LedgerFile.write(ledger, from, ledger.entries.get((int) to - 1).head(), out);
        }
        return file.toString();
    }

    private Path sealFolder() throws IOException {
        Path seals = Files.createDirectories(folder.resolve("seals"));
        for (Seal seal : ledger.seals) {
            Files.write(seals.resolve(seal.day() + ".json"), seal.bytes());
        }
        return seals;
    }

    private String sealOf(LedgerHead head, KeyPair key) throws IOException {
        Seal seal = Seal.after(null, head, LocalDate.of(2026, 7, 20), Instant.parse("2026-07-20T16:00:00Z"), key);
        return Files.write(folder.resolve("one.json"), List.of(seal.json().toString()))
                .toString();
    }

    private int verify(String... arguments) {
        CommandLine line = Tocsin.commandLine();
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        String[] all = new String[arguments.length + 1];
        all[0] = "verify";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int code = line.execute(all);
        said = out.toString();
        return code;
    }
}
