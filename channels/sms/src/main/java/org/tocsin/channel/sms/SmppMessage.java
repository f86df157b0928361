package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads a deliver_sm that a person wrote. Source: SMPP 3.4 issue 1.2, 4.6.1, 5.3.2.22 to 5.3.2.32. */
final class SmppMessage {
    private static final int UDHI = 0x40;
    private static final int TAG_REFERENCE = 0x020C;
    private static final int TAG_TOTAL = 0x020E;
    private static final int TAG_NUMBER = 0x020F;

    private SmppMessage() {}

    /**
     * Reads the body of a deliver_sm that is no receipt.
     *
     * @return the message; null where it names no sender
     * @throws MalformedPdu when it is cut short
     */
    static @Nullable Fragment read(ByteBuf in, int start, int end, Instant came) throws MalformedPdu {
        int from = Smpp.endOfText(in, start, end, 6) + 3;
        int fromEnd = Smpp.endOfText(in, from, end, 21);
        int to = fromEnd + 3;
        int toEnd = Smpp.endOfText(in, to, end, 21);
        Wire.require(toEnd + 1, 5, end, "deliver_sm");
        int esmClass = in.getUnsignedByte(toEnd + 1);
        int at = Smpp.endOfText(in, Smpp.endOfText(in, toEnd + 4, end, 17) + 1, end, 17) + 1;
        Wire.require(at, 5, end, "deliver_sm");
        int coding = in.getUnsignedByte(at + 2);
        int length = in.getUnsignedByte(at + 4);
        int text = at + 5;
        Wire.require(text, length, end, "short_message");
        int tlv = text + length;
        int reference = 0;
        int total = 1;
        int number = 1;
        while (end - tlv >= 4) {
            int size = in.getUnsignedShort(tlv + 2);
            Wire.require(tlv + 4, size, end, "a TLV");
            switch (in.getUnsignedShort(tlv)) {
                case Smpp.TAG_MESSAGE_PAYLOAD -> {
                    text = length == 0 ? tlv + 4 : text;
                    length = length == 0 ? size : length;
                }
                case TAG_REFERENCE -> reference = size == 2 ? in.getUnsignedShort(tlv + 4) : 0;
                case TAG_TOTAL -> total = size == 1 ? in.getUnsignedByte(tlv + 4) : 1;
                case TAG_NUMBER -> number = size == 1 ? in.getUnsignedByte(tlv + 4) : 1;
                default -> {
                    // Nothing that a reply needs.
                }
            }
            tlv += 4 + size;
        }
        byte[] octets = new byte[length];
        in.getBytes(text, octets);
        String sender = Smpp.text(in, from, fromEnd);
        if (sender.isEmpty()) {
            return null;
        }
        String called = Smpp.text(in, to, toEnd);
        Fragment read = Fragment.read(null, sender, called, coding, (esmClass & UDHI) != 0, octets, came);
        if (read.total() == 1 && total > 1 && number >= 1 && number <= total) {
            return new Fragment(null, sender, called, reference, total, number, read.text(), came);
        }
        return read;
    }
}
