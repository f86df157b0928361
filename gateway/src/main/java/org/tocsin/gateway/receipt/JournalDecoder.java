package org.tocsin.gateway.receipt;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/** Reads what {@link JournalEncoder} wrote. */
public final class JournalDecoder {
    private static final int CRC_LENGTH = 4;
    private static final int MOST_SEGMENTS = 255;

    private JournalDecoder() {}

    /**
     * Tells a visitor an entry's records; an empty entry has none.
     *
     * @throws CorruptJournal when the entry is damaged or of a version that is not known here
     */
    public static void decode(byte[] entry, JournalVisitor visitor) {
        if (entry.length == 0) {
            return;
        }
        if (entry.length < 1 + CRC_LENGTH) {
            throw new CorruptJournal("an entry of " + entry.length + " bytes");
        }
        int end = entry.length - CRC_LENGTH;
        CRC32C crc = new CRC32C();
        crc.update(entry, 0, end);
        if ((int) crc.getValue() != new ByteSource(entry, end, entry.length).takeInt()) {
            throw new CorruptJournal("the entry's checksum does not fit");
        }
        ByteSource source = new ByteSource(entry, 0, end);
        int version = source.take();
        if (version != JournalEncoder.VERSION) {
            throw new CorruptJournal("an entry of version " + version + ", known is " + JournalEncoder.VERSION);
        }
        while (source.hasMore()) {
            int type = source.take();
            record(type, source.part(source.takeInt()), visitor);
        }
    }

    private static void record(int type, ByteSource record, JournalVisitor visitor) {
        switch (type) {
            case JournalEncoder.CLAIM -> visitor.claimed(claim(record));
            case JournalEncoder.OUTCOMES -> outcomes(record, visitor);
            case JournalEncoder.REPORTS -> reports(record, visitor);
            case JournalEncoder.ORPHAN -> visitor.orphaned(orphan(record));
            case JournalEncoder.RESOLVED -> visitor.resolved(orphan(record));
            case JournalEncoder.CUT -> visitor.cut(record.takeVar(), record.take());
            case JournalEncoder.DROP ->
                visitor.dropped(
                        record.takeText(),
                        record.takeText(),
                        JournalCodes.reason(record.take()),
                        record.takeAscending());
            default -> throw new CorruptJournal("a record of type " + type);
        }
    }

    private static Claim claim(ByteSource record) {
        return new Claim(
                record.takeVar(),
                record.takeText(),
                record.takeText(),
                record.takeText(),
                record.takeText(),
                record.take(),
                record.take() == 1,
                record.takeVar(Integer.MAX_VALUE),
                record.takeVar(),
                record.takeAscending());
    }

    private static void outcomes(ByteSource record, JournalVisitor visitor) {
        long claim = 0;
        int index = -1;
        long reference = 0;
        while (record.hasMore()) {
            int head = record.take();
            if ((head & JournalEncoder.SAME_CLAIM) == 0) {
                claim += record.takeSigned();
                index = -1;
            }
            index = (head & JournalEncoder.NEXT_INDEX) != 0 ? index + 1 : record.takeVar(Integer.MAX_VALUE);
            switch (head & JournalEncoder.KIND) {
                case JournalEncoder.ACCEPTED -> {
                    boolean near = (head & JournalEncoder.NEAR_REFERENCES) != 0;
                    int count = (head & JournalEncoder.ONE_SEGMENT) != 0 ? 1 : record.takeVar(MOST_SEGMENTS);
                    long[] references = new long[count];
                    for (int segment = 0; segment < count; segment++) {
                        reference = near ? reference + record.takeSigned() : record.takeFixed();
                        references[segment] = reference;
                    }
                    visitor.accepted(claim, index, references);
                }
                case JournalEncoder.REJECTED ->
                    visitor.rejected(claim, index, JournalCodes.reason(record.take()), record.takeText());
                case JournalEncoder.DEFERRED ->
                    visitor.deferred(claim, index, JournalCodes.reason(record.take()), record.takeText());
                case JournalEncoder.GAVE_UP ->
                    visitor.gaveUp(claim, index, JournalCodes.reason(record.take()), record.takeText());
                case JournalEncoder.PARTLY_TAKEN -> {
                    long[] references = new long[record.takeVar(MOST_SEGMENTS)];
                    for (int segment = 0; segment < references.length; segment++) {
                        references[segment] = record.takeFixed();
                    }
                    visitor.partlyTaken(claim, index, references);
                }
                case JournalEncoder.MOVED -> visitor.moved(claim, index, record.takeText());
                default -> throw new CorruptJournal("an outcome of kind " + (head & JournalEncoder.KIND));
            }
        }
    }

    private static void reports(ByteSource record, JournalVisitor visitor) {
        long claim = 0;
        int index = -1;
        long at = 0;
        String code = "";
        while (record.hasMore()) {
            int head = record.take();
            if ((head & JournalEncoder.NEXT_ADDRESSEE) != 0) {
                index++;
            } else {
                claim += record.takeSigned();
                index = record.takeVar(Integer.MAX_VALUE);
            }
            int segment = (head & JournalEncoder.FIRST_SEGMENT) != 0 ? 0 : record.take();
            Evidence evidence = JournalCodes.evidence(head & JournalEncoder.EVIDENCE);
            Reason reason = evidence == Evidence.FAILED ? JournalCodes.reason(record.take()) : null;
            if ((head & JournalEncoder.SAME_TIME) == 0) {
                at += record.takeSigned();
            }
            if ((head & JournalEncoder.SAME_CODE) == 0) {
                code = record.takeText();
            }
            visitor.reported(claim, index, segment, evidence, reason, code, at);
        }
    }

    private static Orphan orphan(ByteSource record) {
        long reference = record.takeFixed();
        String address = record.takeText();
        Evidence evidence = JournalCodes.evidence(record.take());
        int why = record.take();
        @Nullable Reason reason = why == 0 ? null : JournalCodes.reason(why - 1);
        return new Orphan(reference, address, evidence, reason, record.takeText(), record.takeSigned());
    }
}
