package org.tocsin.gateway.ledger;

import java.security.KeyPair;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A ledger that lasts as long as its test, with its seals; whoever wants may change what is in it. */
public final class MemoryLedger implements Ledger {
    /** The entries, in order. */
    public final List<LedgerEntry> entries = new ArrayList<>();

    /** The seals, in order. */
    public final List<Seal> seals = new ArrayList<>();

    @Override
    public LedgerEntry append(Deed deed) {
        LedgerEntry entry = LedgerEntry.after(head(), deed);
        entries.add(entry);
        return entry;
    }

    @Override
    public LedgerHead head() {
        return entries.isEmpty()
                ? LedgerHead.EMPTY
                : entries.get(entries.size() - 1).head();
    }

    @Override
    public void read(long fromSequence, long toSequence, Consumer<LedgerEntry> reader) {
        entries.stream()
                .filter(entry -> entry.sequence() >= fromSequence && entry.sequence() <= toSequence)
                .forEach(reader);
    }

    @Override
    public Verification verify() {
        ChainReader chain = new ChainReader();
        entries.forEach(chain::accept);
        return chain.end(head());
    }

    /** So many acts of a day. */
    public void acts(LocalDate day, int count) {
        for (int act = 0; act < count; act++) {
            append(new Deed(
                    Instant.parse(day + "T01:00:00Z").plusSeconds(act),
                    "signer \"甲\"",
                    "warning.approve",
                    "w" + entries.size(),
                    ContentHash.of("content " + entries.size())));
        }
    }

    /** The day's seal with its entry. */
    public Seal seal(LocalDate day, KeyPair key) {
        @Nullable Seal before = seals.isEmpty() ? null : seals.get(seals.size() - 1);
        Seal seal = Seal.after(before, head(), day, Instant.parse(day + "T16:00:00Z"), key);
        seals.add(seal);
        append(new Deed(seal.at(), Deed.GATEWAY, Seal.ACT, day.toString(), seal.hash()));
        return seal;
    }

    /** So many days with so many acts each, each sealed at its end. */
    public static MemoryLedger of(int days, int acts, KeyPair key) {
        MemoryLedger ledger = new MemoryLedger();
        for (int day = 0; day < days; day++) {
            LocalDate date = LocalDate.of(2026, 7, 1).plusDays(day);
            ledger.acts(date, acts);
            ledger.seal(date, key);
        }
        return ledger;
    }

    /** Writes the chain anew from an entry on, as one would who wants the rest to follow. */
    public void chainAnewFrom(int index, Deed instead) {
        List<LedgerEntry> old = new ArrayList<>(entries.subList(index + 1, entries.size()));
        entries.subList(index, entries.size()).clear();
        append(instead);
        for (LedgerEntry entry : old) {
            append(new Deed(entry.at(), entry.actor(), entry.act(), entry.subject(), entry.contentHash()));
        }
    }
}
