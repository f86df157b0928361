package org.tocsin.gateway.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Kept;
import org.tocsin.channel.Receipt;
import org.tocsin.gateway.receipt.Fingerprint;
import org.tocsin.gateway.receipt.JournalEncoder;
import org.tocsin.gateway.receipt.LinkEvidence;
import org.tocsin.gateway.receipt.Orphan;

/**
 * Finds out whose a receipt is and writes it into the next journal entry. A reference that nobody knows waits a moment,
 * as the submit's answer may be behind it; then its number may tell; else it is an orphan. For the link's thread.
 */
final class ReceiptDesk {
    private static final int MOST_PARKED = 65_536;
    private static final int MOST_ORPHANS_A_ROUND = 1_000;

    private record Parked(long reference, Receipt receipt, Kept kept, long until) {}

    private final JournalEncoder journal;
    private final List<Kept> keeping;
    private final long parkMillis;
    private final LongPredicate inFlight;
    private final Map<Long, List<Parked>> parked = new HashMap<>();
    private final Deque<Parked> byTime = new ArrayDeque<>();
    private final LinkPulse pulse;
    private LinkEvidence evidence;
    private long lately;
    private long kept;
    private long orphans;

    /**
     * Makes a desk.
     *
     * @param evidence what is known
     * @param journal where to write
     * @param keeping whom to tell when what was written is durable
     * @param pulse hears how long reports take
     * @param parkMillis how long an unknown reference waits
     * @param inFlight whether a claim's outcomes are still to come
     */
    ReceiptDesk(
            LinkEvidence evidence,
            JournalEncoder journal,
            List<Kept> keeping,
            LinkPulse pulse,
            long parkMillis,
            LongPredicate inFlight) {
        this.inFlight = inFlight;
        this.pulse = pulse;
        this.evidence = evidence;
        this.journal = journal;
        this.keeping = keeping;
        this.parkMillis = parkMillis;
    }

    /** Takes a receipt. */
    void take(Receipt receipt, Kept toTell, long now) {
        lately = now;
        String reference = receipt.reference();
        String address = receipt.address();
        if (reference == null) {
            long place = address == null
                    ? LinkEvidence.NOWHERE
                    : evidence.findByAddress(address, receipt.at().toEpochMilli(), false);
            write(place, receipt, toTell);
            return;
        }
        long fingerprint = Fingerprint.of(reference);
        long place = evidence.find(fingerprint, address);
        if (place != LinkEvidence.NOWHERE) {
            write(place, receipt, toTell);
        } else if (byTime.size() >= MOST_PARKED) {
            settleByNumber(fingerprint, receipt, toTell);
        } else {
            Parked waiting = new Parked(fingerprint, receipt, toTell, now + parkMillis);
            parked.computeIfAbsent(fingerprint, unknown -> new ArrayList<>(1)).add(waiting);
            byTime.add(waiting);
        }
    }

    /** A reference has become known: those who waited for it are written. */
    void known(long reference) {
        if (parked.isEmpty()) {
            return;
        }
        List<Parked> waiting = parked.remove(reference);
        if (waiting == null) {
            return;
        }
        for (Parked one : waiting) {
            long place = evidence.find(reference, one.receipt().address());
            if (place == LinkEvidence.NOWHERE) {
                settleByNumber(reference, one.receipt(), one.kept());
            } else {
                write(place, one.receipt(), one.kept());
            }
        }
    }

    /** Those who have waited long enough are settled by their number, or become orphans. */
    void expire(long now) {
        lately = now;
        while (true) {
            Parked oldest = byTime.peek();
            if (oldest == null || oldest.until() > now) {
                return;
            }
            byTime.poll();
            List<Parked> waiting = parked.get(oldest.reference());
            if (waiting != null && waiting.remove(oldest)) {
                if (waiting.isEmpty()) {
                    parked.remove(oldest.reference());
                }
                settleByNumber(oldest.reference(), oldest.receipt(), oldest.kept());
            }
        }
    }

    /**
     * Orphans whose reference has become known, or whose number belongs to somebody who may have been reached without
     * our knowing, become reports.
     */
    void adoptOrphans() {
        int looked = 0;
        for (Orphan orphan : evidence.orphans()) {
            if (looked++ >= MOST_ORPHANS_A_ROUND) {
                return;
            }
            long place = whose(orphan);
            if (place != LinkEvidence.NOWHERE) {
                journal.reported(
                        LinkEvidence.claimOf(place),
                        LinkEvidence.indexOf(place),
                        LinkEvidence.segmentOf(place),
                        orphan.evidence(),
                        orphan.reason(),
                        orphan.code(),
                        orphan.at());
                journal.resolved(orphan);
            }
        }
    }

    private long whose(Orphan orphan) {
        String address = orphan.address();
        long place = orphan.reference() == 0 ? LinkEvidence.NOWHERE : evidence.find(orphan.reference(), address);
        if (place == LinkEvidence.NOWHERE && !address.isEmpty()) {
            place = uncertain(address, orphan.at());
            if (place != LinkEvidence.NOWHERE) {
                learn(place, orphan.reference());
            }
        }
        return place;
    }

    /** Nothing that waits can be kept: all are told so. What is known is another from now on. */
    void giveUp(LinkEvidence other) {
        parked.values().forEach(all -> all.forEach(one -> one.kept().settled(false)));
        parked.clear();
        byTime.clear();
        evidence = other;
    }

    /** How many receipts were written. */
    long written() {
        return kept;
    }

    /** How many of them as orphans. */
    long orphaned() {
        return orphans;
    }

    private void settleByNumber(long reference, Receipt receipt, Kept toTell) {
        @Nullable String address = receipt.address();
        long place = address == null
                ? LinkEvidence.NOWHERE
                : uncertain(address, receipt.at().toEpochMilli());
        if (place != LinkEvidence.NOWHERE) {
            learn(place, reference);
            if (receipt.evidence() == Evidence.IN_PROGRESS && evidence.segmentsOf(LinkEvidence.claimOf(place)) == 1) {
                // The carrier has it under this reference, as an answer would have said: later reports lead here.
                journal.accepted(LinkEvidence.claimOf(place), LinkEvidence.indexOf(place), reference);
            }
        }
        write(place, receipt, toTell);
    }

    /**
     * Whom a carrier may have taken without telling us. Which segment of several a report is of, the answers tell that
     * are still to come: until then it is nobody's.
     */
    private long uncertain(String address, long at) {
        long place = evidence.findByAddress(address, at, true);
        if (place == LinkEvidence.NOWHERE) {
            return place;
        }
        long claim = LinkEvidence.claimOf(place);
        return evidence.segmentsOf(claim) > 1 && inFlight.test(claim) ? LinkEvidence.NOWHERE : place;
    }

    private void learn(long place, long reference) {
        if (reference != 0) {
            evidence.learn(
                    LinkEvidence.claimOf(place), LinkEvidence.indexOf(place), reference, LinkEvidence.segmentOf(place));
        }
    }

    /** Writes that somebody has answered. */
    void answered(long place, Receipt answer, Kept toTell) {
        write(place, answer, toTell);
    }

    private void write(long place, Receipt receipt, Kept toTell) {
        kept++;
        keeping.add(toTell);
        pulse.reported(
                place == LinkEvidence.NOWHERE || receipt.evidence() == Evidence.ANSWERED
                        ? -1
                        : evidence.sinceClaimed(LinkEvidence.claimOf(place), lately),
                receipt.reason(),
                receipt.at());
        if (place == LinkEvidence.NOWHERE) {
            orphans++;
            journal.orphaned(Orphan.of(receipt));
        } else {
            journal.reported(
                    LinkEvidence.claimOf(place),
                    LinkEvidence.indexOf(place),
                    LinkEvidence.segmentOf(place),
                    receipt.evidence(),
                    receipt.reason(),
                    receipt.code(),
                    receipt.at().toEpochMilli());
        }
    }
}
