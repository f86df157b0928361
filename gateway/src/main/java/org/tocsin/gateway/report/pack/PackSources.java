package org.tocsin.gateway.report.pack;

import java.util.Optional;
import java.util.function.Consumer;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.dispatch.Replayed;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.receipt.IssueReplay;
import org.tocsin.gateway.report.CoverageSnapshot;
import org.tocsin.gateway.targeting.MeasuredArea;

/** What a pack is made of, as other rooms keep it. Blocking; may be used by any thread. */
public interface PackSources {
    /** The issue read anew from the journals, each report told on the way; empty for one that never was planned. */
    Optional<Replayed> replay(String issue, IssueReplay.Listener listener);

    /** The coverage of an issue from this evidence and area. */
    CoverageSnapshot coverage(Warning warning, IssueEvidence evidence, MeasuredArea area);

    /** The coverage in the contract's JSON, UTF-8. */
    byte[] json(CoverageSnapshot coverage);

    /** The message as CAP 1.2, written by this gateway. */
    byte[] cap(Warning warning);

    /** The UTF-8 of the key that tells a person from others; empty for one who was removed. */
    byte[] personKey(int number);

    /** How many numbers of persons are in use. */
    int persons();

    /** A terminal's code. */
    String terminalCode(int number);

    /** The ledger's head. */
    LedgerHead ledgerHead();

    /** Gives all entries of the ledger, in order. */
    void ledger(Consumer<LedgerEntry> reader);
}
