package org.tocsin.gateway.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.ledger.LedgerEntry;
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
 * @param signers the fingerprints of those who truly signed seals, with their days
 * @param troubles what does not fit of both
 * @param hashes the hashes of the ledger's entries that a pack has too, by number
 * @param packSeals the ledger's entries that seal evidence of the pack's issue, in their order
 */
record LedgerVerification(
        LedgerFile.@Nullable Found ledger,
        List<Seal> seals,
        SortedMap<String, List<LocalDate>> signers,
        List<SealCheck.Trouble> troubles,
        Map<Long, String> hashes,
        List<LedgerEntry> packSeals) {

    /**
     * Reads both.
     *
     * @param parts the ledger's files in their order; empty where none is given
     * @param signers the fingerprints that may have signed the seals; empty where nobody knows one
     * @param pack the pack that is to be compared afterwards; null where there is none
     * @throws IOException when a file cannot be read as what it should be
     */
    static LedgerVerification read(
            List<Path> parts, @Nullable Path sealed, Set<String> signers, @Nullable PackVerification pack)
            throws IOException {
        List<Seal> seals = sealed == null ? List.of() : SealFiles.read(sealed);
        SealCheck check = new SealCheck(seals, signers);
        if (parts.isEmpty()) {
            return new LedgerVerification(null, seals, check.signers(), check.troubles(), Map.of(), List.of());
        }
        for (Path part : parts) {
            if (!Files.isRegularFile(part)) {
                throw new IOException(part + " is no file");
            }
        }
        Set<Long> wanted = pack == null
                ? Set.of()
                : pack.ledger().stream().map(LedgerHead::sequence).collect(Collectors.toSet());
        Map<Long, String> hashes = new HashMap<>();
        List<LedgerEntry> packSeals = new ArrayList<>();
        try {
            LedgerFile.Found found = LedgerFile.verify(parts, check, entry -> {
                if (wanted.contains(entry.sequence())) {
                    hashes.put(entry.sequence(), entry.hash());
                }
                if (pack != null
                        && entry.act().equals(PackSeal.ACT)
                        && entry.subject().equals(pack.about().issue())
                        && packSeals.size() < SealCheck.MOST_TROUBLES) {
                    packSeals.add(entry);
                }
            });
            return new LedgerVerification(found, seals, check.signers(), found.troubles(), hashes, packSeals);
        } catch (LedgerFile.Unreadable none) {
            throw new IOException(none.getMessage(), none);
        }
    }

    /** Whether there are seals. */
    boolean isSealed() {
        return !seals.isEmpty();
    }

    /** The pack beside the ledger's word on which file was sealed. */
    PackSeal packSeal(PackVerification pack) {
        return new PackSeal(pack, ledger, packSeals);
    }

    /** What of a pack does not fit: its signer, its hash, and the entries that it has of the ledger. */
    List<SealCheck.Trouble> against(PackVerification pack) {
        List<SealCheck.Trouble> found = new ArrayList<>(packSeal(pack).troubles());
        Map<Long, String> known = known();
        if (isSealed() && !signers.containsKey(pack.fingerprint())) {
            found.add(new SealCheck.Trouble(
                    "signer",
                    "the pack is signed by " + pack.fingerprint() + ", the seals by "
                            + (signers.isEmpty() ? "nobody" : String.join(", ", signers.keySet()))));
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

    /** The hashes of entries that the ledger or a true seal tells, by number. */
    private Map<Long, String> known() {
        Map<Long, String> known = new HashMap<>(hashes);
        // What a witness has kept counts more than a file that may have been written anew.
        seals.stream().filter(Seal::isTrue).forEach(seal -> known.put(seal.sequence(), seal.head()));
        return known;
    }

    /** How many of the entries that a pack has neither the ledger nor a seal speaks of. */
    long notCompared(PackVerification pack) {
        Map<Long, String> known = known();
        return pack.ledger().stream()
                .filter(place -> !known.containsKey(place.sequence()))
                .count();
    }

    /** Whether seals were held against a ledger and confirm none of its entries. */
    boolean isUnconfirmed() {
        return isSealed() && ledger != null && !ledger.isConfirmed();
    }

    /**
     * Says what was looked at.
     *
     * @param signerChecked whether it was said who may have signed
     */
    void tell(PrintWriter out, boolean signerChecked) {
        LedgerFile.Found read = ledger;
        if (read != null) {
            out.println("台账 Ledger");
            out.println("  条目 entries: " + read.entries() + " (" + read.from() + " – "
                    + read.head().sequence() + ")");
            out.println("  末尾哈希 head: " + VerifyCommand.shown(read.head().hash()));
            if (read.from() > 1) {
                out.println(
                        "  （第 " + read.from() + " 条之前未核对 the entries before " + read.from() + " were not looked at）");
            }
        }
        if (isSealed()) {
            out.println("封签 Seals: " + seals.size() + (read == null ? "" : ", 相符 matched " + read.matched()));
            signers.forEach((signer, days) -> out.println("  签名者 signer: " + signer + " (" + days.get(0) + " – "
                    + days.get(days.size() - 1) + ")" + (signerChecked ? "" : VerifyCommand.NOT_CHECKED)));
            if (isUnconfirmed()) {
                out.println("  （没有封签可证实这些条目 none of the " + seals.size() + " seals speaks of an entry of this ledger）");
            } else if (read != null && read.confirmedUpTo() < read.head().sequence()) {
                out.println("  第 " + (read.confirmedUpTo() + 1) + " 条起尚无封签 no seal speaks of the entries from "
                        + (read.confirmedUpTo() + 1) + " on yet");
            }
        } else if (read != null) {
            out.println("  （未核对封签：整条链被重写无法发现 no seals were given: a chain that was written anew as a whole"
                    + " would not show）");
        }
    }
}
