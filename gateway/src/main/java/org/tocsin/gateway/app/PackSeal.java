package org.tocsin.gateway.app;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.LedgerFile;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.ledger.SealCheck;
import org.tocsin.gateway.report.pack.PackVerification;

/**
 * A pack held against the ledger's {@code evidence.seal} entries of its issue: an issue has one sealed pack, whose
 * SHA-256 that entry has. Whoever holds the gateway's key can sign another one, and shows here.
 *
 * @param pack the pack
 * @param ledger what was found in the ledger; null where none was given
 * @param seals the issue's {@code evidence.seal} entries, in their order
 */
record PackSeal(PackVerification pack, LedgerFile.@Nullable Found ledger, List<LedgerEntry> seals) {
    /** The act of sealing an issue's evidence; its content is the pack. */
    static final String ACT = "evidence.seal";

    /** What does not fit: entries that seal another file. */
    List<SealCheck.Trouble> troubles() {
        List<SealCheck.Trouble> troubles = new ArrayList<>();
        for (LedgerEntry seal : seals) {
            if (!seal.contentHash().equals(pack.about().sha256()) && troubles.size() < SealCheck.MOST_TROUBLES) {
                troubles.add(new SealCheck.Trouble(
                        "ledger entry " + seal.sequence() + ", " + ACT,
                        "the sealed pack of this issue has the SHA-256 " + seal.contentHash() + ", this file "
                                + pack.about().sha256()
                                + ": it is a draft from before the sealing, or it was replaced"));
            }
        }
        return troubles;
    }

    /**
     * Says whether it is the sealed pack, and what it means where nobody can tell.
     *
     * @param isSealed whether seals of the ledger were given
     */
    void tell(PrintWriter out, boolean isSealed) {
        LedgerFile.Found read = ledger;
        if (read == null) {
            out.println("封存 Sealed pack: （未核对，请给出 --ledger not checked: the ledger's " + ACT
                    + " entry has the SHA-256 of the one pack that was sealed; give --ledger）");
        } else if (seals.isEmpty()) {
            out.println("封存 Sealed pack: " + unsealed(read, head()));
        }
        for (LedgerEntry seal : seals) {
            boolean fits = seal.contentHash().equals(pack.about().sha256());
            out.println("封存 Sealed pack: "
                    + (fits ? "本文件即封存件 this file is the one" : "并非本文件 another file than this one")
                    + " (台账 ledger entry " + seal.sequence() + ", " + seal.at() + ")");
            if (read != null && isSealed && read.confirmedUpTo() < seal.sequence()) {
                out.println("  （封签尚未涵盖该条 the seals reach entry " + read.confirmedUpTo() + ": none speaks of entry "
                        + seal.sequence() + " yet）");
            }
        }
    }

    private static String unsealed(LedgerFile.Found read, long packed) {
        long end = read.head().sequence();
        if (read.from() > packed + 1) {
            return "（无从得知 not known: the ledger's part begins with entry " + read.from()
                    + ", and the pack was made at entry " + packed + "）";
        }
        if (end <= packed) {
            return "（无从得知 not known: the ledger ends with entry " + end
                    + ", where the pack was made; export it again to see whether the issue was sealed since）";
        }
        return "尚无 none up to entry " + end + " of the ledger（本文件为封存前的草稿，数字仍可变化，网关可另签一份"
                + " this is a draft of an issue that was not sealed by then: its figures may still change, and the gateway"
                + " can sign another; only the sealed pack is bound by the ledger）";
    }

    /** The number of the ledger's last entry when the pack was made. */
    private long head() {
        return pack.ledger().stream().mapToLong(LedgerHead::sequence).max().orElse(0);
    }
}
