package org.tocsin.channel.sms;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text as short messages carry it: GSM-7 (one septet in each octet) where all its characters are in that alphabet,
 * else UCS-2; cut into segments with a concatenation header where one does not do. Source: GSM 03.38 (alphabet), 03.40
 * (9.2.3.24.1, 8-bit reference).
 *
 * @param dataCoding 0 for GSM-7, 8 for UCS-2
 * @param segments the short_message of each segment, with its header where there are several
 */
record ShortText(int dataCoding, List<byte[]> segments) {
    static final int MOST_SEGMENTS = 255;

    private static final int GSM = 0;
    private static final int UCS2 = 8;
    private static final char ESCAPE = 0x1B;
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ" + ESCAPE
            + "ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENDED = "\f^{}\\[~]|€";
    private static final byte[] EXTENDED_CODES = {0x0A, 0x14, 0x28, 0x29, 0x2F, 0x3C, 0x3D, 0x3E, 0x40, 0x65};

    /** Refuses what no header can number. */
    ShortText {
        segments = List.copyOf(segments);
    }

    /** Whether the segments carry a header. */
    boolean isConcatenated() {
        return segments.size() > 1;
    }

    /**
     * Encodes a text.
     *
     * @param text the text, not empty
     * @param reference names the message among those of one sender to one phone; the low 8 bits count
     * @return the segments; more than {@link #MOST_SEGMENTS} cannot be sent
     */
    static ShortText of(String text, int reference) {
        byte[] septets = septets(text);
        if (septets.length > 0) {
            return new ShortText(GSM, cut(septets, 160, 153, reference, ShortText::beforeEscape));
        }
        byte[] units = text.getBytes(StandardCharsets.UTF_16BE);
        return new ShortText(UCS2, cut(units, 140, 134, reference, ShortText::beforeSurrogate));
    }

    /** Moves a cut to where nothing is torn apart. */
    private interface Cut {
        int at(byte[] octets, int wanted);
    }

    private static int beforeEscape(byte[] octets, int wanted) {
        return octets[wanted - 1] == ESCAPE ? wanted - 1 : wanted;
    }

    private static int beforeSurrogate(byte[] octets, int wanted) {
        return (octets[wanted - 2] & 0xFC) == 0xD8 ? wanted - 2 : wanted;
    }

    private static List<byte[]> cut(byte[] octets, int alone, int together, int reference, Cut cut) {
        if (octets.length <= alone) {
            return List.of(octets);
        }
        List<byte[]> segments = new ArrayList<>();
        int from = 0;
        while (from < octets.length) {
            int to = from + together >= octets.length ? octets.length : cut.at(octets, from + together);
            byte[] segment = new byte[6 + to - from];
            System.arraycopy(octets, from, segment, 6, to - from);
            segments.add(segment);
            from = to;
        }
        for (int i = 0; i < segments.size(); i++) {
            byte[] header = {5, 0, 3, (byte) reference, (byte) segments.size(), (byte) (i + 1)};
            System.arraycopy(header, 0, segments.get(i), 0, 6);
        }
        return segments;
    }

    /** The septets; none where a character is not in the alphabet. */
    private static byte[] septets(String text) {
        byte[] septets = new byte[text.length() * 2];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int basic = c == ESCAPE ? -1 : BASIC.indexOf(c);
            if (basic >= 0) {
                septets[length++] = (byte) basic;
                continue;
            }
            int extended = EXTENDED.indexOf(c);
            if (extended < 0) {
                return new byte[0];
            }
            septets[length++] = ESCAPE;
            septets[length++] = EXTENDED_CODES[extended];
        }
        return Arrays.copyOf(septets, length);
    }
}
