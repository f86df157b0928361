package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;

/**
 * All of a batch's submit_sm but the sequence and the number, encoded once. Immutable; any thread. Source: SMPP 3.4
 * issue 1.2, 4.4.1, 7.1.1 (relative time).
 */
final class SmppTemplate implements SubmitTemplate {
    private static final int UDHI = 0x40;
    private static final int INTERNATIONAL = 1;
    private static final int PAYLOAD_TLV = 4;

    private final byte[] head;
    private final byte[] internationalHead;
    private final byte[][] tails;

    /**
     * Encodes.
     *
     * @param account the account's addresses
     * @param sender the source address
     * @param text what all of the batch get
     * @param validity how long the carrier may try; zero leaves it to the carrier
     */
    SmppTemplate(SmppAccount account, String sender, ShortText text, Duration validity) {
        head = head(account, sender, account.destTon());
        internationalHead = head(account, sender, INTERNATIONAL);
        List<byte[]> segments = text.segments();
        tails = new byte[segments.size()][];
        for (int i = 0; i < tails.length; i++) {
            tails[i] = tail(text, segments.get(i), validity);
        }
    }

    @Override
    public int segments() {
        return tails.length;
    }

    @Override
    public void write(ByteBuf out, int sequence, Job job, int place) {
        String number = job.number(place, 0);
        int from = Numbers.first(number);
        byte[] before = from == 0 ? head : internationalHead;
        byte[] after = tails[job.segmentOf(place)];
        int length = Smpp.HEADER + before.length + number.length() - from + 1 + after.length;
        out.ensureWritable(length);
        Smpp.header(out, length, Smpp.SUBMIT_SM, 0, sequence);
        out.writeBytes(before);
        for (int i = from; i < number.length(); i++) {
            out.writeByte(number.charAt(i));
        }
        out.writeByte(0);
        out.writeBytes(after);
    }

    private static byte[] head(SmppAccount account, String sender, int destTon) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(0);
        out.writeByte(account.sourceTon());
        out.writeByte(account.sourceNpi());
        Smpp.text(out, sender);
        out.writeByte(destTon);
        out.writeByte(account.destNpi());
        return Wire.octets(out);
    }

    private static byte[] tail(ShortText text, byte[] segment, Duration validity) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(text.isConcatenated() ? UDHI : 0);
        out.writeByte(0);
        out.writeByte(0);
        out.writeByte(0);
        Smpp.text(out, validity.isZero() ? "" : relative(validity));
        out.writeByte(1);
        out.writeByte(0);
        out.writeByte(text.dataCoding());
        out.writeByte(0);
        if (text.isPayload()) {
            out.writeByte(0);
            out.ensureWritable(PAYLOAD_TLV + segment.length);
            out.writeShort(Smpp.TAG_MESSAGE_PAYLOAD);
            out.writeShort(segment.length);
        } else {
            out.writeByte(segment.length);
        }
        out.writeBytes(segment);
        return Wire.octets(out);
    }

    /** YYMMDDhhmmsstnnp with p = R; at most 27 days, since a month has no fixed length. */
    private static String relative(Duration validity) {
        long seconds = Math.min(validity.toSeconds(), Duration.ofDays(27).toSeconds());
        StringBuilder text = new StringBuilder(16).append("0000");
        // Once a batch, and a formatter takes as long as all the rest.
        for (long part : new long[] {seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60}) {
            text.append((char) ('0' + part / 10)).append((char) ('0' + part % 10));
        }
        return text.append("000R").toString();
    }
}
