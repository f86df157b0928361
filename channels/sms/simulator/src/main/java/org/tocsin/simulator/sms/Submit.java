package org.tocsin.simulator.sms;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a submit_sm asks for.
 *
 * @param sequence its number, to be answered with
 * @param source who sends
 * @param address whom to
 * @param wantsReport whether a receipt is asked for
 * @param reference the concatenation's reference, 0 to 255
 * @param total how many segments the message has, 1 for a whole one
 * @param number which segment this is, from 1
 * @param text the segment's text; null unless texts are kept
 */
record Submit(
        int sequence,
        String source,
        String address,
        boolean wantsReport,
        int reference,
        int total,
        int number,
        @Nullable String text) {
    /**
     * Reads the body of a submit_sm.
     *
     * @throws IndexOutOfBoundsException when it is cut short
     */
    static Submit read(ByteBuf in, int sequence, boolean withText) {
        Wire.skipText(in);
        in.skipBytes(2);
        String source = Wire.text(in, 20);
        in.skipBytes(2);
        String address = Wire.text(in, 20);
        int esmClass = in.readUnsignedByte();
        in.skipBytes(2);
        Wire.skipText(in);
        Wire.skipText(in);
        int registered = in.readUnsignedByte();
        in.skipBytes(1);
        int coding = in.readUnsignedByte();
        in.skipBytes(1);
        int length = in.readUnsignedByte();
        int reference = 0;
        int total = 1;
        int number = 1;
        int skipped = 0;
        if ((esmClass & 0x40) != 0) {
            int at = in.readerIndex();
            skipped = 1 + in.getUnsignedByte(at);
            if (in.getUnsignedByte(at + 1) == 0 && in.getUnsignedByte(at + 2) == 3) {
                reference = in.getUnsignedByte(at + 3);
                total = in.getUnsignedByte(at + 4);
                number = in.getUnsignedByte(at + 5);
            }
        }
        String text = null;
        if (withText) {
            // GSM-7 letters and digits are those of ASCII, which is all that tests look at.
            text = in.toString(
                    in.readerIndex() + skipped,
                    length - skipped,
                    coding == 8 ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII);
        }
        in.skipBytes(length);
        return new Submit(sequence, source, address, (registered & 1) != 0, reference, total, number, text);
    }
}
