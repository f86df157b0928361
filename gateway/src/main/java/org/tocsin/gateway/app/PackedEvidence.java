package org.tocsin.gateway.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.function.Consumer;
import org.tocsin.gateway.approval.AlertWriter;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.dispatch.Replayed;
import org.tocsin.gateway.ledger.Ledger;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.receipt.IssueReplay;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.report.CoverageReport;
import org.tocsin.gateway.report.CoverageSnapshot;
import org.tocsin.gateway.report.CoverageSubject;
import org.tocsin.gateway.report.CoverageTracker;
import org.tocsin.gateway.report.pack.PackSources;
import org.tocsin.gateway.targeting.MeasuredArea;

/** What evidence packs are made of, from the rooms that keep it. */
record PackedEvidence(
        Dispatcher dispatcher,
        CoverageTracker tracker,
        CoverageReport report,
        AlertWriter writer,
        Registry registry,
        Ledger entries)
        implements PackSources {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Override
    public Optional<Replayed> replay(String issue, IssueReplay.Listener listener) {
        return dispatcher.replay(issue, listener);
    }

    @Override
    public CoverageSnapshot coverage(Warning warning, IssueEvidence evidence, MeasuredArea area) {
        return tracker.from(CoverageSubject.of(warning, area), evidence);
    }

    @Override
    public byte[] json(CoverageSnapshot coverage) {
        try {
            return MAPPER.writeValueAsBytes(report.json(coverage));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public byte[] cap(Warning warning) {
        return writer.write(warning.alert());
    }

    @Override
    public byte[] personKey(int number) {
        return registry.people().key(number);
    }

    @Override
    public int persons() {
        return registry.people().size();
    }

    @Override
    public String terminalCode(int number) {
        return registry.terminals().get(number).code();
    }

    @Override
    public LedgerHead ledgerHead() {
        return entries.head();
    }

    @Override
    public void ledger(Consumer<LedgerEntry> reader) {
        entries.read(1, reader);
    }
}
