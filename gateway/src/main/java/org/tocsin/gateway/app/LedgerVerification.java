package org.tocsin.gateway.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.ledger.LedgerFile;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.ledger.Seal;
import org.tocsin.gateway.ledger.SealCheck;
import org.tocsin.gateway.report.pack.PackVerification;

/**
 * What an exported ledger and the seals of a witness say, as {@code verify} was given them.
 *
 * @param ledger what was found in the ledger; null where none was given
 * @param seals the seals, by day; empty where none were given
 * @param troubles what does not fit of both
 * @param hashes the hashes of the ledger's entries that a pack has too, by number
 */
record LedgerVerification(
        LedgerFile.@Nullable Found ledger,
        List<Seal> seals,
        List<SealCheck.Trouble> troubles,
        Map<Long, String> hashes) {

    /**
     * Reads both.
     *
     * @param signer the fingerprint that must have signed the seals; null where nobody knows one
     * @param wanted the numbers of the entries that are to be compared afterwards
     * @throws IOException when a file cannot be read as what it should be
     */
    static LedgerVerification read(
            @Nullable Path file, @Nullable Path sealed, @Nullable String signer, Set<Long> wanted) throws IOException {
        List<Seal> seals = sealed == null ? List.of() : SealFiles.read(sealed);
        SealCheck check = new SealCheck(seals, signer == null ? Set.of() : Set.of(signer));
        if (file == null) {
            return new LedgerVerification(null, seals, check.troubles(), Map.of());
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no file");
        }
        Map<Long, String> hashes = new HashMap<>();
        try {
            LedgerFile.Found found = LedgerFile.verify(file, check, entry -> {
                if (wanted.contains(entry.sequence())) {
                    hashes.put(entry.sequence(), entry.hash());
                }
            });
            return new LedgerVerification(found, seals, found.troubles(), hashes);
        } catch (LedgerFile.Unreadable none) {
            throw new IOException(file + ": " + none.getMessage(), none);
        }
    }

    /** Whether there are seals. */
    boolean isSealed() {
        return !seals.isEmpty();
    }

    /** What of a pack does not fit: its signer, and the entries that it has of the ledger. */
    List<SealCheck.Trouble> against(PackVerification pack) {
        List<SealCheck.Trouble> found = new ArrayList<>();
        Set<String> signers = new TreeSet<>();
        Map<Long, String> known = new HashMap<>(hashes);
        for (Seal seal : seals) {
            signers.add(seal.signer());
            if (seal.isTrue()) {
                // What a witness has kept counts more than a file that may have been written anew.
                known.put(seal.sequence(), seal.head());
            }
        }
        if (isSealed() && !signers.contains(pack.fingerprint())) {
            found.add(new SealCheck.Trouble(
                    "signer",
                    "the pack is signed by " + pack.fingerprint() + ", the seals by " + String.join(", ", signers)));
        }
        for (LedgerHead place : pack.ledger()) {
            String hash = known.get(place.sequence());
            if (hash != null && !hash.equals(place.hash())) {
                found.add(new SealCheck.Trouble(
                        "segment ledger, entry " + place.sequence(),
                        "is another one than the "
                                + (hashes.containsKey(place.sequence()) ? "ledger has" : "seals have") + ": " + hash));
            } else if (hash == null && ledger != null && place.sequence() >= ledger.from() && place.sequence() > 0) {
                found.add(new SealCheck.Trouble(
                        "segment ledger, entry " + place.sequence(),
                        "is not in the ledger, which ends at " + ledger.head().sequence()));
            }
            if (found.size() >= SealCheck.MOST_TROUBLES) {
                break;
            }
        }
        return found;
    }

    /** Whether a seal or the ledger speaks of one of the entries that a pack has. */
    boolean speaksOf(PackVerification pack) {
        return ledger != null
                || pack.ledger().stream()
                        .anyMatch(place -> seals.stream().anyMatch(seal -> seal.sequence() == place.sequence()));
    }

    /** Says what was looked at. */
    void tell(PrintWriter out) {
        LedgerFile.Found read = ledger;
        if (read != null) {
            out.println("台账 Ledger");
            out.println("  条目 entries: " + read.entries() + " (" + read.from() + " – "
                    + read.head().sequence() + ")");
            out.println("  末尾哈希 head: " + VerifyCommand.shown(read.head().hash()));
        }
        if (isSealed()) {
            out.println("封签 Seals: " + seals.size() + (read == null ? "" : ", 相符 matched " + read.matched()));
            if (read != null && read.confirmedUpTo() < read.head().sequence()) {
                out.println("  第 " + (read.confirmedUpTo() + 1) + " 条起尚无封签 no seal speaks of the entries from "
                        + (read.confirmedUpTo() + 1) + " on yet");
            }
        } else if (read != null) {
            out.println("  （未核对封签：整条链被重写无法发现 no seals were given: a chain that was written anew as a whole"
                    + " would not show）");
        }
    }
}
