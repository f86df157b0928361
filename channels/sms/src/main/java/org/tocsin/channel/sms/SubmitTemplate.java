package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;

/**
 * All of a batch's submit_sm but the sequence and the number, encoded once. Immutable; any thread. Source: SMPP 3.4
 * issue 1.2, 4.4.1, 7.1.1 (relative time).
 */
final class SubmitTemplate {
    private static final int UDHI = 0x40;
    private static final int INTERNATIONAL = 1;
    private static final int SHORTEST_NUMBER = 3;
    private static final int LONGEST_NUMBER = 20;

    private final byte[] head;
    private final byte[] internationalHead;
    private final byte[][] tails;

    /**
     * Encodes.
     *
     * @param settings the account's addresses
     * @param text what all of the batch get
     * @param validity how long the carrier may try; zero leaves it to the carrier
     */
    SubmitTemplate(SmsSettings settings, ShortText text, Duration validity) {
        head = head(settings, settings.destTon());
        internationalHead = head(settings, INTERNATIONAL);
        List<byte[]> segments = text.segments();
        tails = new byte[segments.size()][];
        for (int i = 0; i < tails.length; i++) {
            tails[i] = tail(text, segments.get(i), validity);
        }
    }

    /** How many submit_sm each person costs. */
    int segments() {
        return tails.length;
    }

    /** Whether a number can be dialled: 3 to 20 digits, with or without a plus sign before them. */
    static boolean isNumber(String number) {
        int from = first(number);
        int digits = number.length() - from;
        if (digits < SHORTEST_NUMBER || digits > LONGEST_NUMBER) {
            return false;
        }
        for (int i = from; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes one submit_sm.
     *
     * @param out where to
     * @param sequence its number
     * @param number a number that {@link #isNumber} takes
     * @param segment which segment, from 0
     */
    void write(ByteBuf out, int sequence, String number, int segment) {
        int from = first(number);
        byte[] before = from == 0 ? head : internationalHead;
        byte[] after = tails[segment];
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

    private static int first(String number) {
        return !number.isEmpty() && number.charAt(0) == '+' ? 1 : 0;
    }

    private static byte[] head(SmsSettings settings, int destTon) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(0);
        out.writeByte(settings.sourceTon());
        out.writeByte(settings.sourceNpi());
        Smpp.text(out, settings.sourceAddress());
        out.writeByte(destTon);
        out.writeByte(settings.destNpi());
        return octets(out);
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
        out.writeByte(segment.length);
        out.writeBytes(segment);
        return octets(out);
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

    private static byte[] octets(ByteBuf out) {
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        out.release();
        return octets;
    }
}
