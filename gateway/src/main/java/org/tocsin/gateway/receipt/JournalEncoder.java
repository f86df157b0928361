package org.tocsin.gateway.receipt;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/**
 * Writes a journal entry: a version byte, records (a type byte, 4 bytes of length, the record), and a CRC-32C over all.
 * Runs of outcomes of one claim and runs of reports share a record. Not for several threads at once.
 */
public final class JournalEncoder {
    static final int VERSION = 1;
    static final int CLAIM = 1;
    static final int OUTCOMES = 2;
    static final int REPORTS = 3;
    static final int ORPHAN = 4;
    static final int RESOLVED = 5;
    static final int DROP = 6;
    static final int ACCEPTED = 0;
    static final int REJECTED = 1;
    static final int DEFERRED = 2;
    static final int GAVE_UP = 3;
    static final int MOVED = 4;
    private static final int NONE = -1;

    private final ByteSink sink = new ByteSink();
    private int open = NONE;
    private int lengthAt;
    private long openClaim;
    private long lastAt;
    private String lastCode = "";

    /** An empty one. */
    public JournalEncoder() {}

    /** Whether nothing was written since the last {@link #take}. */
    public boolean isEmpty() {
        return sink.size() == 0;
    }

    /** How many bytes were written since the last {@link #take}. */
    public int size() {
        return sink.size();
    }

    /** The entry; the encoder is empty afterwards. */
    public byte[] take() {
        end();
        byte[] body = sink.toArray();
        CRC32C crc = new CRC32C();
        crc.update(body, 0, body.length);
        sink.putInt((int) crc.getValue());
        byte[] entry = sink.toArray();
        sink.clear();
        return entry;
    }

    /** Writes a claim. */
    public void claimed(Claim claim) {
        begin(CLAIM);
        sink.putVar(claim.id());
        sink.putText(claim.batch());
        sink.putText(claim.warning());
        sink.putText(claim.issue());
        sink.putText(claim.notice());
        sink.put(claim.lane());
        sink.put(claim.terminals() ? 1 : 0);
        sink.putVar(claim.generation());
        sink.putVar(claim.at());
        sink.putAscending(claim.numbers());
        end();
    }

    /** Writes that a carrier took one. */
    public void accepted(long claim, int index, long reference) {
        outcome(claim, index, ACCEPTED);
        sink.putVar(1);
        sink.putFixed(reference);
    }

    /** Writes that a carrier took one in several segments. */
    public void accepted(long claim, int index, long[] references) {
        outcome(claim, index, ACCEPTED);
        sink.putVar(references.length);
        for (long reference : references) {
            sink.putFixed(reference);
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
        sink.putText(link);
    }

    /** Writes a report. */
    public void reported(
            long claim, int index, int segment, Evidence evidence, @Nullable Reason reason, String code, long at) {
        if (open != REPORTS) {
            begin(REPORTS);
            lastAt = 0;
            lastCode = "";
        }
        sink.putVar(claim);
        sink.putVar(index);
        sink.put(segment);
        sink.put(JournalCodes.code(evidence));
        if (evidence == Evidence.FAILED) {
            sink.put(JournalCodes.code(reason == null ? Reason.UNKNOWN_CODE : reason));
        }
        sink.putSigned(at - lastAt);
        lastAt = at;
        boolean same = code.equals(lastCode);
        sink.put(same ? 0 : 1);
        if (!same) {
            sink.putText(code);
            lastCode = code;
        }
    }

    /** Writes an orphan. */
    public void orphaned(Orphan orphan) {
        begin(ORPHAN);
        orphan(orphan);
        end();
    }

    /** Writes that an orphan was found to be somebody's. */
    public void resolved(Orphan orphan) {
        begin(RESOLVED);
        orphan(orphan);
        end();
    }

    /** Writes that addressees of a batch are not sent any more. */
    public void dropped(String batch, String issue, Reason reason, int[] numbers) {
        begin(DROP);
        sink.putText(batch);
        sink.putText(issue);
        sink.put(JournalCodes.code(reason));
        sink.putAscending(numbers);
        end();
    }

    private void orphan(Orphan orphan) {
        Reason reason = orphan.reason();
        sink.putFixed(orphan.reference());
        sink.putText(orphan.address());
        sink.put(JournalCodes.code(orphan.evidence()));
        sink.put(reason == null ? 0 : JournalCodes.code(reason) + 1);
        sink.putText(orphan.code());
        sink.putSigned(orphan.at());
    }

    private void outcome(long claim, int index, int kind) {
        if (open != OUTCOMES || openClaim != claim) {
            begin(OUTCOMES);
            openClaim = claim;
            sink.putVar(claim);
        }
        sink.putVar(index);
        sink.put(kind);
    }

    private void why(Reason reason, String code) {
        sink.put(JournalCodes.code(reason));
        sink.putText(code);
    }

    private void begin(int type) {
        end();
        if (sink.size() == 0) {
            sink.put(VERSION);
        }
        sink.put(type);
        lengthAt = sink.size();
        sink.putInt(0);
        open = type;
    }

    private void end() {
        if (open != NONE) {
            sink.setInt(lengthAt, sink.size() - lengthAt - 4);
            open = NONE;
        }
    }
}
