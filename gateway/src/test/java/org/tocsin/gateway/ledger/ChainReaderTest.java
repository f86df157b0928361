package org.tocsin.gateway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tocsin.gateway.ledger.Verification.Fault;
import org.tocsin.gateway.ledger.Verification.Kind;

class ChainReaderTest {
    private static final Instant AT = Instant.parse("2026-07-20T00:00:00Z");

    @Test
    void hashesWhatAThirdPartyCanRecompute() {
        LedgerEntry entry = LedgerEntry.after(
                LedgerHead.EMPTY, new Deed(Instant.ofEpochMilli(1), "签发人", "warning.approve", "w1", "ab"));

        assertEquals(
                "21:tocsin ledger entry 1,1:1,1:1,9:签发人,15:warning.approve,2:w1,2:ab,64:" + LedgerEntry.GENESIS + ",",
                new String(entry.canonicalBytes(), java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(ContentHash.of(entry.canonicalBytes()), entry.hash());
    }

    @Property(tries = 50)
    void findsNothingInATrueChain(@ForAll @IntRange(min = 0, max = 40) int length) {
        List<LedgerEntry> chain = chain(length);

        Verification found = verify(chain, head(chain));

        assertTrue(found.holds());
        assertEquals(length, found.entries());
    }

    @Property(tries = 100)
    void namesTheEntryThatWasChanged(@ForAll @IntRange(min = 1, max = 20) int which) {
        List<LedgerEntry> chain = chain(20);
        LedgerHead head = head(chain);
        LedgerEntry old = chain.get(which - 1);
        chain.set(
                which - 1,
                new LedgerEntry(
                        old.sequence(),
                        old.at(),
                        "somebody else",
                        old.act(),
                        old.subject(),
                        old.contentHash(),
                        old.previousHash(),
                        old.hash()));

        assertEquals(
                List.of(new Fault(Kind.CHANGED, which)), verify(chain, head).faults());
    }

    @Property(tries = 100)
    void namesTheEntryThatWasRewrittenWithItsHash(@ForAll @IntRange(min = 1, max = 20) int which) {
        List<LedgerEntry> chain = chain(20);
        LedgerHead head = head(chain);
        LedgerHead before = which == 1 ? LedgerHead.EMPTY : chain.get(which - 2).head();
        chain.set(which - 1, LedgerEntry.after(before, new Deed(AT, "x", "y", "z", "")));

        assertEquals(
                List.of(new Fault(Kind.CHANGED, which)), verify(chain, head).faults());
    }

    @Property(tries = 100)
    void namesTheEntryThatWasRemoved(@ForAll @IntRange(min = 1, max = 20) int which) {
        List<LedgerEntry> chain = chain(20);
        LedgerHead head = head(chain);
        chain.remove(which - 1);

        assertEquals(
                List.of(new Fault(Kind.REMOVED, which)), verify(chain, head).faults());
    }

    @Property(tries = 100)
    void namesTheEntryThatStandsElsewhere(@ForAll @IntRange(min = 1, max = 19) int which) {
        List<LedgerEntry> chain = chain(20);
        LedgerHead head = head(chain);
        Collections.swap(chain, which - 1, which);

        assertEquals(
                List.of(new Fault(Kind.REORDERED, which)), verify(chain, head).faults());
    }

    @Property(tries = 100)
    void namesTheEntryThatWasAdded(@ForAll @IntRange(min = 1, max = 20) int which) {
        List<LedgerEntry> chain = chain(20);
        LedgerHead head = head(chain);
        chain.add(
                which,
                LedgerEntry.after(
                        which == 1 ? LedgerHead.EMPTY : chain.get(which - 2).head(), new Deed(AT, "x", "y", "z", "")));

        assertEquals(List.of(new Fault(Kind.ADDED, which)), verify(chain, head).faults());
    }

    @Test
    void namesAnEntryBehindTheHead() {
        List<LedgerEntry> chain = chain(5);
        LedgerHead head = head(chain);
        chain.add(LedgerEntry.after(head, new Deed(AT, "x", "y", "z", "")));

        assertEquals(List.of(new Fault(Kind.ADDED, 6)), verify(chain, head).faults());
    }

    private static Verification verify(List<LedgerEntry> chain, LedgerHead head) {
        ChainReader reader = new ChainReader();
        chain.forEach(reader::accept);
        return reader.end(head);
    }

    private static LedgerHead head(List<LedgerEntry> chain) {
        return chain.isEmpty() ? LedgerHead.EMPTY : chain.get(chain.size() - 1).head();
    }

    private static List<LedgerEntry> chain(int length) {
        List<LedgerEntry> chain = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            // The clock goes backwards every third time: the chain does not mind.
            Instant at = AT.plusMillis(i % 3 == 0 ? -1000L * i : i);
            chain.add(LedgerEntry.after(head(chain), new Deed(at, "actor" + i, "act", "subject", "")));
        }
        return chain;
    }
}
