package org.tocsin.gateway.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Verifies a part of the ledger as it is kept, and the seals that speak of it. */
public final class LiveCheck {
    private static final int SEALS = 100;

    private LiveCheck() {}

    /**
     * What was found.
     *
     * @param head where the ledger ended when it began
     * @param to the last entry that was looked at
     * @param entries how many were read
     * @param seals how many seals speak of entries as they are
     * @param signers the fingerprints of those who truly signed the store's seals up to there, with their days
     * @param troubles what does not fit
     */
    public record Found(
            LedgerHead head,
            long to,
            long entries,
            int seals,
            SortedMap<String, List<LocalDate>> signers,
            List<SealCheck.Trouble> troubles) {
        /** Copies the lists. */
        public Found {
            signers = Collections.unmodifiableSortedMap(new TreeMap<>(signers));
            troubles = List.copyOf(troubles);
        }
    }

    /**
     * Verifies.
     *
     * @param from the first entry's number; it must follow from the one before it
     * @param limit the most entries that are looked at
     */
    public static Found of(Ledger ledger, SealStore store, long from, long limit) {
        LedgerHead head = ledger.head();
        long to = Math.min(head.sequence(), from + limit - 1);
        if (to < from) {
            return new Found(head, head.sequence(), 0, 0, new TreeMap<>(), List.of());
        }
        LedgerHead[] ends = {LedgerHead.EMPTY, head};
        if (from > 1) {
            ends[0] = new LedgerHead(from - 1, "");
            ledger.read(from - 1, from - 1, entry -> ends[0] = entry.head());
        }
        SealCheck seals = new SealCheck(seals(store, to), Set.of(), true);
        seals.start(ends[0]);
        ChainReader chain = new ChainReader(ends[0]);
        ledger.read(from, to, entry -> {
            chain.accept(entry);
            seals.accept(entry);
            if (to < head.sequence()) {
                ends[1] = entry.head();
            }
        });
        LedgerHead end = to < head.sequence() ? new LedgerHead(to, ends[1].hash()) : head;
        List<SealCheck.Trouble> troubles = new ArrayList<>();
        Verification verified = chain.end(end);
        verified.faults()
                .forEach(fault -> troubles.add(new SealCheck.Trouble(
                        "entry " + fault.sequence(), fault.kind().words())));
        troubles.addAll(seals.end(end));
        return new Found(head, to, verified.entries(), seals.matched(), seals.signers(), troubles);
    }

    /** The seals that speak of entries up to here. */
    private static List<Seal> seals(SealStore store, long to) {
        List<Seal> seals = new ArrayList<>();
        List<Seal> page;
        do {
            page = store.read(seals.size(), SEALS);
            page.stream().filter(seal -> seal.sequence() <= to).forEach(seals::add);
        } while (page.size() == SEALS && page.get(SEALS - 1).sequence() <= to);
        return seals;
    }
}
