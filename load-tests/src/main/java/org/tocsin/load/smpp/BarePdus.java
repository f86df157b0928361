package org.tocsin.load.smpp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The octets of the PDUs. Source: SMPP 3.4 issue 1.2, chapter 4. */
final class BarePdus {
    static final int HEADER = 16;
    /** As many as the county's numbers have, so that each PDU is as long as the gateway's. */
    static final int DIGITS = 13;

    private static final int ALONE = 140;
    private static final int TOGETHER = 134;

    private BarePdus() {}

    /** Everything of a submit_sm behind the number, for each segment. */
    private static byte[] tail(byte[] units, int from, int to, int segments, int number) {
        ByteBuf out = Unpooled.buffer();
        boolean several = segments > 1;
        out.writeByte(0);
        out.writeByte(several ? 0x40 : 0).writeZero(3);
        out.writeCharSequence("000000060000000R", StandardCharsets.US_ASCII);
        out.writeZero(1);
        out.writeByte(1).writeByte(0).writeByte(8).writeByte(0);
        out.writeByte(to - from + (several ? 6 : 0));
        if (several) {
            out.writeByte(5).writeByte(0).writeByte(3).writeByte(77).writeByte(segments);
            out.writeByte(number);
        }
        out.writeBytes(units, from, to - from);
        return octets(out);
    }

    /**
     * A whole submit_sm for each segment, with zeros for the sequence (at 12) and the number (at {@link #numberAt}).
     */
    static List<byte[]> submits(String text) {
        byte[] units = text.getBytes(StandardCharsets.UTF_16BE);
        int step = units.length <= ALONE ? ALONE : TOGETHER;
        int segments = Math.max(1, (units.length + step - 1) / step);
        List<byte[]> submits = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            byte[] tail = tail(units, i * step, Math.min(units.length, (i + 1) * step), segments, i + 1);
            ByteBuf out = Unpooled.buffer();
            out.writeInt(numberAt() + DIGITS + tail.length)
                    .writeInt(4)
                    .writeInt(0)
                    .writeInt(0);
            out.writeZero(4).writeByte(1).writeByte(1).writeZero(DIGITS);
            out.writeBytes(tail);
            submits.add(octets(out));
        }
        return submits;
    }

    /** Where the number stands: behind the header, the empty service type, the empty source and the number's kind. */
    static int numberAt() {
        return HEADER + 6;
    }

    static byte[] bind(String systemId, String password) {
        ByteBuf out = Unpooled.buffer();
        out.writeInt(0).writeInt(9).writeInt(0).writeInt(1);
        out.writeCharSequence(systemId, StandardCharsets.US_ASCII);
        out.writeZero(1);
        out.writeCharSequence(password, StandardCharsets.US_ASCII);
        out.writeZero(2).writeByte(0x34).writeZero(3);
        out.setInt(0, out.writerIndex());
        return octets(out);
    }

    private static byte[] octets(ByteBuf out) {
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        out.release();
        return octets;
    }
}
