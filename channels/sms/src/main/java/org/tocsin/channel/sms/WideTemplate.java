package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A template of CMPP, SMGP and SGIP, which all have their numbers in fields of one width behind their count. Immutable;
 * any thread.
 */
final class WideTemplate implements SubmitTemplate {
    /** Writes a header. */
    @FunctionalInterface
    interface Header {
        void write(ByteBuf out, int length, int sequence);
    }

    /**
     * One segment's octets.
     *
     * @param before between the header and the numbers' count
     * @param after behind the numbers
     */
    record Piece(byte[] before, byte[] after) {}

    private final Header header;
    private final int headerLength;
    private final String prefix;
    private final int width;
    private final Piece[] pieces;

    /**
     * Makes a template.
     *
     * @param header writes the header
     * @param headerLength its octets
     * @param prefix digits before each Chinese mobile number; empty for none
     * @param width a number's octets
     * @param pieces the segments
     */
    WideTemplate(Header header, int headerLength, String prefix, int width, List<Piece> pieces) {
        this.header = header;
        this.headerLength = headerLength;
        this.prefix = prefix;
        this.width = width;
        this.pieces = pieces.toArray(new Piece[0]);
    }

    @Override
    public int segments() {
        return pieces.length;
    }

    @Override
    public void write(ByteBuf out, int sequence, Job job, int place) {
        Piece piece = pieces[job.segmentOf(place)];
        int count = job.count(place);
        int length = headerLength + piece.before.length + 1 + count * width + piece.after.length;
        out.ensureWritable(length);
        header.write(out, length, sequence);
        out.writeBytes(piece.before);
        out.writeByte(count);
        for (int i = 0; i < count; i++) {
            String number = job.number(place, i);
            int from = Numbers.national(number);
            if (prefix.isEmpty() || !Numbers.isChineseMobile(number, from)) {
                Wire.number(out, number, from, width);
            } else {
                out.writeCharSequence(prefix, StandardCharsets.US_ASCII);
                Wire.number(out, number, from, width - prefix.length());
            }
        }
        out.writeBytes(piece.after);
    }
}
