package org.tocsin.gateway.receipt;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/**
 * Writes a journal entry: a version byte, records (a type byte, 4 bytes of length, the record), and a CRC-32C over all.
 * All outcomes share one record behind the claims, all reports another one behind them: next to each other they cost
 * some bytes each, as what is like the one before is not written again. Not for several threads at once.
 */
public final class JournalEncoder {
    static final int VERSION = 2;
    static final int CLAIM = 1;
    static final int OUTCOMES = 2;
    static final int REPORTS = 3;
    static final int ORPHAN = 4;
    static final int RESOLVED = 5;
    static final int DROP = 6;
    static final int CUT = 7;

    /** Of an outcome's first byte: its kind, and what it has in common with the one before. */
    static final int KIND = 0x07;

    static final int ACCEPTED = 0;
    static final int REJECTED = 1;
    static final int DEFERRED = 2;
    static final int GAVE_UP = 3;
    static final int MOVED = 4;
    static final int PARTLY_TAKEN = 5;
    static final int SAME_CLAIM = 0x08;
    static final int NEXT_INDEX = 0x10;
    static final int ONE_SEGMENT = 0x20;
    static final int NEAR_REFERENCES = 0x40;

    /** Of a report's first byte: the evidence, and what it has in common with the one before. */
    static final int EVIDENCE = 0x07;

    static final int NEXT_ADDRESSEE = 0x08;
    static final int FIRST_SEGMENT = 0x10;
    static final int SAME_TIME = 0x20;
    static final int SAME_CODE = 0x40;

    private static final long NEAR = 1L << 40;
    private static final int LENGTH = 4;

    private final ByteSink records = new ByteSink();
    private final ByteSink outcomes = new ByteSink();
    private final ByteSink reports = new ByteSink();
    private long outcomeClaim;
    private int outcomeIndex;
    private long lastReference;
    private long reportClaim;
    private int reportIndex;
    private long reportAt;
    private String reportCode = "";

    /** An empty one. */
    public JournalEncoder() {
        forgetLast();
    }

    /** Whether nothing was written since the last {@link #take}. */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** How many bytes were written since the last {@link #take}. */
    public int size() {
        return records.size() + outcomes.size() + reports.size();
    }

    /** The entry; the encoder is empty afterwards. */
    public byte[] take() {
        ByteSink entry = new ByteSink(size() + 32);
        entry.put(VERSION);
        entry.put(records);
        append(entry, OUTCOMES, outcomes);
        append(entry, REPORTS, reports);
        CRC32C crc = new CRC32C();
        entry.update(crc);
        entry.putInt((int) crc.getValue());
        records.clear();
        outcomes.clear();
        reports.clear();
        forgetLast();
        return entry.toArray();
    }

    private static void append(ByteSink entry, int type, ByteSink record) {
        if (record.size() > 0) {
            entry.put(type);
            entry.putInt(record.size());
            entry.put(record);
        }
    }

    private void forgetLast() {
        outcomeClaim = 0;
        outcomeIndex = -1;
        lastReference = 0;
        reportClaim = 0;
        reportIndex = -1;
        reportAt = 0;
        reportCode = "";
    }

    /** Writes a claim. */
    public void claimed(Claim claim) {
        int from = begin(CLAIM);
        records.putVar(claim.id());
        records.putText(claim.batch());
        records.putText(claim.warning());
        records.putText(claim.issue());
        records.putText(claim.notice());
        records.put(claim.lane());
        records.put(claim.terminals() ? 1 : 0);
        records.putVar(claim.generation());
        records.putVar(claim.at());
        records.putAscending(claim.numbers());
        end(from);
    }

    /** Writes that a carrier took one. */
    public void accepted(long claim, int index, long reference) {
        boolean near = isNear(reference - lastReference);
        outcome(claim, index, ACCEPTED | ONE_SEGMENT | (near ? NEAR_REFERENCES : 0));
        reference(reference, near);
    }

    /** Writes that a carrier took one in several segments. */
    public void accepted(long claim, int index, long[] references) {
        boolean near = true;
        long before = lastReference;
        for (long reference : references) {
            near &= isNear(reference - before);
            before = reference;
        }
        outcome(claim, index, ACCEPTED | (near ? NEAR_REFERENCES : 0));
        outcomes.putVar(references.length);
        for (long reference : references) {
            reference(reference, near);
        }
    }

    /** Writes that the text of a claim goes out in several segments. */
    public void cut(long claim, int segments) {
        int from = begin(CUT);
        records.putVar(claim);
        records.put(segments);
        end(from);
    }

    /** Writes that a carrier took some segments of a text, with 0 for each that it did not take. */
    public void partlyTaken(long claim, int index, long[] references) {
        outcome(claim, index, PARTLY_TAKEN);
        outcomes.putVar(references.length);
        for (long reference : references) {
            outcomes.putFixed(reference);
        }
    }

    /** Writes a refusal for good. */
    public void rejected(long claim, int index, Reason reason, String code) {
        outcome(claim, index, REJECTED);
        why(reason, code);
    }

    /** Writes a deferral. */
    public void deferred(long claim, int index, Reason reason, String code) {
        outcome(claim, index, DEFERRED);
        why(reason, code);
    }

    /** Writes that one is not tried any more. */
    public void gaveUp(long claim, int index, Reason reason, String code) {
        outcome(claim, index, GAVE_UP);
        why(reason, code);
    }

    /** Writes that one was given to another link. */
    public void moved(long claim, int index, String link) {
        outcome(claim, index, MOVED);
        outcomes.putText(link);
    }

    /** Writes a report. */
    public void reported(
            long claim, int index, int segment, Evidence evidence, @Nullable Reason reason, String code, long at) {
        boolean next = claim == reportClaim && index == reportIndex + 1;
        boolean sameCode = code.equals(reportCode);
        reports.put(JournalCodes.code(evidence)
                | (next ? NEXT_ADDRESSEE : 0)
                | (segment == 0 ? FIRST_SEGMENT : 0)
                | (at == reportAt ? SAME_TIME : 0)
                | (sameCode ? SAME_CODE : 0));
        if (!next) {
            reports.putSigned(claim - reportClaim);
            reports.putVar(index);
        }
        if (segment != 0) {
            reports.put(segment);
        }
        if (evidence == Evidence.FAILED) {
            reports.put(JournalCodes.code(reason == null ? Reason.UNKNOWN_CODE : reason));
        }
        if (at != reportAt) {
            reports.putSigned(at - reportAt);
        }
        if (!sameCode) {
            reports.putText(code);
        }
        reportClaim = claim;
        reportIndex = index;
        reportAt = at;
        reportCode = code;
    }

    /** Writes an orphan. */
    public void orphaned(Orphan orphan) {
        int from = begin(ORPHAN);
        orphan(orphan);
        end(from);
    }

    /** Writes that an orphan was found to be somebody's. */
    public void resolved(Orphan orphan) {
        int from = begin(RESOLVED);
        orphan(orphan);
        end(from);
    }

    /** Writes that addressees of a batch are not sent any more. */
    public void dropped(String batch, String issue, Reason reason, int[] numbers) {
        int from = begin(DROP);
        records.putText(batch);
        records.putText(issue);
        records.put(JournalCodes.code(reason));
        records.putAscending(numbers);
        end(from);
    }

    private void orphan(Orphan orphan) {
        Reason reason = orphan.reason();
        records.putFixed(orphan.reference());
        records.putText(orphan.address());
        records.put(JournalCodes.code(orphan.evidence()));
        records.put(reason == null ? 0 : JournalCodes.code(reason) + 1);
        records.putText(orphan.code());
        records.putSigned(orphan.at());
    }

    private void outcome(long claim, int index, int kind) {
        boolean sameClaim = claim == outcomeClaim;
        int before = sameClaim ? outcomeIndex : -1;
        boolean next = index == before + 1;
        outcomes.put(kind | (sameClaim ? SAME_CLAIM : 0) | (next ? NEXT_INDEX : 0));
        if (!sameClaim) {
            outcomes.putSigned(claim - outcomeClaim);
        }
        if (!next) {
            outcomes.putVar(index);
        }
        outcomeClaim = claim;
        outcomeIndex = index;
    }

    private static boolean isNear(long difference) {
        return difference > -NEAR && difference < NEAR;
    }

    private void reference(long reference, boolean near) {
        if (near) {
            outcomes.putSigned(reference - lastReference);
        } else {
            outcomes.putFixed(reference);
        }
        lastReference = reference;
    }

    private void why(Reason reason, String code) {
        outcomes.put(JournalCodes.code(reason));
        outcomes.putText(code);
    }

    /** Begins a record; gives where it starts. */
    private int begin(int type) {
        records.put(type);
        records.putInt(0);
        return records.size();
    }

    private void end(int from) {
        records.setInt(from - LENGTH, records.size() - from);
    }
}
