package org.tocsin.gateway.report.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.LedgerFile;
import org.tocsin.gateway.ledger.MemoryLedger;

/** The second verifier, docs/verify_pack.py, says of real packs what the first says, and refuses what it refuses. */
@Tag("debian")
class VerifyScriptIT {
    private static final Path SCRIPT = Path.of("docs", "verify_pack.py");
    private static final String[] FIGURES = {"residents", "confirmed", "lower", "estimate", "upper", "verdict"};

    @TempDir
    private Path folder = Path.of("");

    private record Ended(int code, String out) {}

    @Test
    void bothVerifiersAndTheDemoSayTheSamePercentage() throws Exception {
        Path pack = folder.resolve("demo.pack");
        Path report = folder.resolve("demo.json");
        List<String> demo = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target", "tocsin.jar").toAbsolutePath().toString(),
                "demo",
                "--once",
                "--json",
                "--residents",
                "10000",
                "--evidence",
                pack.toString());
        Process running = new ProcessBuilder(demo)
                .redirectOutput(report.toFile())
                .redirectError(folder.resolve("demo.err").toFile())
                .start();
        assertTrue(running.waitFor(150, TimeUnit.SECONDS), "the demo ends");
        assertEquals(0, running.exitValue(), () -> "the demo: " + folder.resolve("demo.err"));
        JsonNode said = new JsonMapper().readTree(report.toFile()).path("coverage");
        PackVerification first = PackVerifier.verify(pack, null);
        assertTrue(first.holds(), () -> first.findings().toString());
        String told = Files.readString(folder.resolve("demo.err"));
        assertTrue(told.contains("verify " + pack + " --signer " + first.fingerprint()), told);

        Ended second = script(pack, "--signer", first.fingerprint());

        assertEquals(0, second.code(), second.out());
        assertTrue(second.out().contains("signature fits"), second.out());
        for (String figure : FIGURES) {
            assertEquals(said.path(figure).asText(), computed(first, figure));
            assertEquals(said.path(figure).asText(), recomputed(second, figure), figure);
        }
        assertEquals(1, script(pack, "--signer", "0".repeat(64)).code());
    }

    @Test
    void bothVerifiersSayTheSameOfPaperCounties() throws Exception {
        for (PaperCounty county :
                List.of(new PaperCounty(5, 30, 40, 1), new PaperCounty(1, 500, 20, 2), PaperCounty.silent(3, 20, 30))) {
            Path pack = Files.write(folder.resolve("paper.pack"), county.packBytes());
            PackVerification first = PackVerifier.verify(pack, null);

            Ended second = script(pack);

            assertEquals(0, second.code(), second.out());
            assertTrue(second.out().contains("signed by signer"), second.out());
            for (String figure : FIGURES) {
                assertEquals(computed(first, figure), recomputed(second, figure), figure);
            }
        }
    }

    @Test
    void theScriptRefusesWhatWasChangedWhereverItWasChanged() throws Exception {
        byte[] whole = new PaperCounty(3, 20, 25, 7).packBytes();
        Random random = new Random(3);
        for (Map.Entry<String, int[]> region : PackSurgery.regions(whole).entrySet()) {
            int from = region.getValue()[0];
            int to = region.getValue()[1];
            for (int at : new int[] {from, to - 1, from + random.nextInt(to - from)}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                Ended told = refused(changed, region.getKey() + " at " + at);
                if (region.getKey().startsWith("segment ")) {
                    assertTrue(told.out().contains(region.getKey()), told.out());
                }
            }
        }
        refused(Arrays.copyOf(whole, whole.length - 1), "cut");
        refused(Arrays.copyOf(whole, whole.length + 1), "grown");
        refused(new byte[0], "empty");
    }

    @Test
    void theScriptRefusesForgeriesThatWereSignedAnew() throws Exception {
        byte[] whole = new PaperCounty(3, 20, 25, 7).packBytes();
        Map<String, String[]> forgeries = Map.of(
                "target", new String[] {"\"residents\":25", "\"residents\":15"},
                "coverage", new String[] {"\"residents\":63", "\"residents\":53"},
                "ledger", new String[] {"\"actor\":\"signer\"", "\"actor\":\"sinner\""},
                "signoffs", new String[] {"\"by\":\"signer\"", "\"by\":\"sinner\""},
                "terminals", new String[] {"\"finished\":true", "\"finished\":false"},
                "cap.received", new String[] {"alert", "cheer"});

        for (Map.Entry<String, String[]> forgery : forgeries.entrySet()) {
            byte[] forged = PackSurgery.resigned(whole, forgery.getKey(), forgery.getValue()[0], forgery.getValue()[1]);
            Ended told = refused(forged, forgery.getKey());
            assertTrue(told.out().contains("signature fits"), told.out());
        }
        byte[] cut = PackSurgery.resigned(whole, "target", "\"residents\":13", "\"residents\":12");
        assertTrue(refused(cut, "target").out().contains("0.5 of 25 are 13"));
        byte[] word = PackSurgery.resigned(whole, "target", "\"residents\":25", "\"residents\":\"x\"");
        assertTrue(refused(word, "target").out().contains("is no count"));
        byte[] unsigned = PackSurgery.unsigned(whole, PaperCounty.newKey());
        assertTrue(refused(unsigned, "unsigned").out().contains("nobody has signed off"));
        byte[] rubbish = PackSurgery.resigned(whole, "persons", "\0", "\1\1");
        assertTrue(refused(rubbish, "persons").out().contains("persons"));
    }

    @Test
    void theScriptHoldsAPackAgainstTheEntryThatSealedItsIssue() throws Exception {
        PaperCounty county = new PaperCounty(2, 20, 30, 1);
        Path pack = county.pack(folder.resolve("the.pack"));
        MemoryLedger ledger = new MemoryLedger();
        county.ledger(ledger.entries::add);
        assertTrue(script(pack).out().contains("cannot be told without --ledger"));
        assertTrue(script(pack, "--ledger", export(ledger)).out().contains("the ledger ends before"));

        ledger.append(new Deed(Instant.EPOCH, "gateway", "evidence.seal", "w2", "0".repeat(64)));
        Ended draft = script(pack, "--ledger", export(ledger));
        ledger.append(
                new Deed(Instant.EPOCH, "gateway", "evidence.seal", "w1", ContentHash.of(Files.readAllBytes(pack))));
        Ended sealed = script(pack, "--ledger", export(ledger));
        // The same key, another file: what a county could do that owns the key.
        Ended replaced = script(county.pack(folder.resolve("replaced.pack")), "--ledger", export(ledger));

        assertEquals(0, draft.code(), draft.out());
        assertTrue(draft.out().contains("not sealed") && draft.out().contains("a draft"), draft.out());
        assertEquals(0, sealed.code(), sealed.out());
        assertTrue(sealed.out().contains("sealed by ledger entry 8"), sealed.out());
        assertEquals(1, replaced.code(), replaced.out());
        assertTrue(replaced.out().contains("ledger export, entry 8: the issue was sealed with"), replaced.out());
        Path file = Path.of(export(ledger));
        Files.writeString(file, Files.readString(file).replaceFirst("\"actor\":\"signer\"", "\"actor\":\"sinner\""));
        assertEquals(1, script(pack, "--ledger", file.toString()).code());
        assertEquals(2, script(pack, "--ledger").code());
    }

    private String export(MemoryLedger ledger) throws Exception {
        Path file = folder.resolve("ledger.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            LedgerFile.write(ledger, 1, ledger.head(), out);
        }
        return file.toString();
    }

    private Ended refused(byte[] pack, String what) throws Exception {
        Ended ended = script(Files.write(folder.resolve("changed.pack"), pack));
        assertTrue(ended.code() == 1 || ended.code() == 3, () -> what + ": " + ended);
        assertTrue(
                ended.out().contains("does not fit: ") || ended.out().contains("unreadable: "),
                () -> what + ": " + ended);
        return ended;
    }

    private Ended script(Path pack, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("python3", SCRIPT.toString(), pack.toString()));
        command.addAll(List.of(more));
        Path out = folder.resolve("script.out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the script ends");
        return new Ended(process.exitValue(), Files.readString(out));
    }

    private static String computed(PackVerification found, String figure) {
        return Objects.requireNonNull(found.figures().get(figure), figure).computed();
    }

    private static String recomputed(Ended ended, String figure) {
        return ended.out()
                .lines()
                .filter(line -> line.startsWith(figure + " "))
                .map(line -> line.substring(line.indexOf("recomputed ") + 11))
                .findFirst()
                .orElse("");
    }
}
