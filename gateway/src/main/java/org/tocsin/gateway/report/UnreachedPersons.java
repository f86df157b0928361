package org.tocsin.gateway.report;

import java.util.EnumMap;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.receipt.ChannelEvidence;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.targeting.Atom;

/**
 * Who of an area was not reached, each person once, by cause: the best that can still be said of them. Where the public
 * coverage applies these are all of whom the plan knows that they live there; else those addressed. The causes share
 * nobody. Persons of a cut village whose position nobody knows are in none: most of them may live outside.
 */
public final class UnreachedPersons {
    /** Why somebody was not reached, the hopeful causes first. */
    public enum Cause {
        /** A carrier has a message for them, or may have it, and no final report is there. */
        NO_REPORT("noReport"),
        /** To be sent still, or stopped, cancelled or expired before it was. */
        UNSENT("unsent"),
        /** Refused, or finally not delivered, on every channel tried. */
        FAILED("failed"),
        /** Without an address on any channel of the issue. */
        NO_ADDRESS("noAddress");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        /** The word of the contract's JSON. */
        public String word() {
            return word;
        }
    }

    private final Map<Cause, RoaringBitmap> byCause = new EnumMap<>(Cause.class);
    private final long unknown;
    private final int unpositioned;
    private final long unlocated;
    private final long surplus;

    /** Finds them in evidence that does not change. */
    public UnreachedPersons(CoverageSubject subject, IssueEvidence evidence) {
        RoaringBitmap left;
        RoaringBitmap somewhere = new RoaringBitmap();
        RoaringBitmap reached = evidence.reached(1);
        if (subject.isPublic()) {
            left = new RoaringBitmap();
            long missing = 0;
            long without = 0;
            long over = 0;
            for (Atom atom : subject.area().atoms()) {
                left.or(atom.living());
                somewhere.or(atom.unpositioned());
                int living = atom.living().getCardinality();
                double here = living + atom.unpositionedCount() * atom.share();
                long strangers = Math.max(0, Math.round(atom.residents() - here));
                missing += strangers;
                int confirmed = RoaringBitmap.andCardinality(atom.living(), reached);
                // What is left of the residents who are not confirmed once all who have a cause are taken off.
                long rest = Math.max(0, atom.residents() - confirmed) - (living - confirmed) - strangers;
                without += Math.max(0, rest);
                over += Math.max(0, -rest);
            }
            unknown = missing;
            unlocated = without;
            surplus = over;
        } else {
            left = evidence.plannedPersons();
            unknown = 0;
            unlocated = 0;
            surplus = 0;
        }
        left.andNot(reached);
        unpositioned = RoaringBitmap.andNotCardinality(somewhere, reached);
        RoaringBitmap noReport = new RoaringBitmap();
        RoaringBitmap unsent = new RoaringBitmap();
        RoaringBitmap failed = new RoaringBitmap();
        for (String name : evidence.channels()) {
            ChannelEvidence channel = evidence.channel(name);
            if (!channel.isOfTerminals()) {
                noReport.or(channel.withoutReport());
                unsent.or(channel.unsent());
                unsent.or(channel.droppedNumbers());
                failed.or(channel.failed());
            }
        }
        take(Cause.NO_REPORT, left, noReport);
        take(Cause.UNSENT, left, unsent);
        take(Cause.FAILED, left, failed);
        take(Cause.NO_ADDRESS, left, left.clone());
    }

    /** The counts. */
    IssueSummary.Unreached counts() {
        return new IssueSummary.Unreached(
                numbers(Cause.NO_REPORT).getCardinality(),
                numbers(Cause.UNSENT).getCardinality(),
                numbers(Cause.FAILED).getCardinality(),
                numbers(Cause.NO_ADDRESS).getCardinality(),
                unknown,
                unpositioned,
                unlocated,
                surplus);
    }

    /** The numbers of those of a cause. Shared: never change it. */
    public RoaringBitmap numbers(Cause cause) {
        return byCause.getOrDefault(cause, new RoaringBitmap());
    }

    private void take(Cause cause, RoaringBitmap left, RoaringBitmap those) {
        byCause.put(cause, RoaringBitmap.and(left, those));
        left.andNot(those);
    }
}
