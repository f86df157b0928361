package org.tocsin.channel.sms;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text as short messages carry it: GSM-7 (one septet in each octet) where all its characters are in that alphabet and
 * the protocol reads it, else UCS-2; cut into segments with a concatenation header where one does not do. Source: GSM
 * 03.38 (alphabet, classes), 03.40 (9.2.3.24.1, 8-bit reference).
 *
 * @param dataCoding 0 for GSM-7, 8 for UCS-2; of class 0 (flash) 16 and 24
 * @param segments the short_message of each segment, with its header where there are several
 * @param pieces how many segments a phone gets: all of {@code segments}, or those that the carrier makes of one payload
 */
record ShortText(int dataCoding, List<byte[]> segments, int pieces) {
    static final int MOST_SEGMENTS = 255;

    /** What a protocol's carriers read beside UCS-2. */
    enum Alphabet {
        /** GSM 03.38 with its extension, as it is. */
        GSM,
        /**
         * What GSM 03.38 and ASCII have in the same place, so that nobody can take the one for the other; less than 160
         * characters (CMPP 3.0, Msg_Length).
         */
        COMMON,
        /** Nothing. */
        NONE
    }

    private static final int CLASS_0 = 0x10;

    private static final int HEADER = 6;
    private static final int GSM = 0;
    private static final int UCS2 = 8;
    private static final char ESCAPE = 0x1B;
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ" + ESCAPE
            + "ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENDED = "\f^{}\\[~]|€";
    private static final byte[] EXTENDED_CODES = {0x0A, 0x14, 0x28, 0x29, 0x2F, 0x3C, 0x3D, 0x3E, 0x40, 0x65};

    /** Copies the list. */
    ShortText {
        segments = List.copyOf(segments);
    }

    /** Whether one submit carries what are several segments on the air. */
    boolean isPayload() {
        return pieces > segments.size();
    }

    /** Whether it is GSM-7. */
    boolean isGsm() {
        return (dataCoding & UCS2) == 0;
    }

    /** Whether the segments carry a header. */
    boolean isConcatenated() {
        return segments.size() > 1;
    }

    /** Encodes a text for a carrier that reads GSM-7. */
    static ShortText of(String text, int reference) {
        return of(text, reference, Alphabet.GSM, false);
    }

    /**
     * Encodes a text.
     *
     * @param text the text, not empty
     * @param reference names the message among those of one sender to one phone; the low 8 bits count
     * @param alphabet what is read beside UCS-2
     * @param flash whether it is of class 0, shown at once
     * @return the segments; more than {@link #MOST_SEGMENTS} cannot be sent
     */
    static ShortText of(String text, int reference, Alphabet alphabet, boolean flash) {
        int shown = flash ? CLASS_0 : 0;
        byte[] septets = septets(text, alphabet);
        if (septets.length > 0) {
            List<byte[]> segments =
                    cut(septets, alphabet == Alphabet.COMMON ? 159 : 160, 153, reference, ShortText::beforeEscape);
            return new ShortText(GSM | shown, segments, segments.size());
        }
        byte[] units = text.getBytes(StandardCharsets.UTF_16BE);
        List<byte[]> segments = cut(units, 140, 134, reference, ShortText::beforeSurrogate);
        return new ShortText(UCS2 | shown, segments, segments.size());
    }

    /** The same text in one piece, which the carrier cuts itself. */
    ShortText asPayload() {
        if (segments.size() == 1) {
            return this;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] segment : segments) {
            whole.write(segment, HEADER, segment.length - HEADER);
        }
        return new ShortText(dataCoding, List.of(whole.toByteArray()), pieces);
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
            byte[] segment = new byte[HEADER + to - from];
            System.arraycopy(octets, from, segment, HEADER, to - from);
            segments.add(segment);
            from = to;
        }
        for (int i = 0; i < segments.size(); i++) {
            byte[] header = {5, 0, 3, (byte) reference, (byte) segments.size(), (byte) (i + 1)};
            System.arraycopy(header, 0, segments.get(i), 0, HEADER);
        }
        return segments;
    }

    /** The septets; none where a character is not in the alphabet. */
    private static byte[] septets(String text, Alphabet alphabet) {
        if (alphabet == Alphabet.NONE) {
            return new byte[0];
        }
        byte[] septets = new byte[text.length() * 2];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int basic = c == ESCAPE ? -1 : BASIC.indexOf(c);
            if (basic >= 0 && (alphabet == Alphabet.GSM || basic == c)) {
                septets[length++] = (byte) basic;
                continue;
            }
            int extended = EXTENDED.indexOf(c);
            if (extended < 0 || alphabet == Alphabet.COMMON) {
                return new byte[0];
            }
            septets[length++] = ESCAPE;
            septets[length++] = EXTENDED_CODES[extended];
        }
        return Arrays.copyOf(septets, length);
    }
}
