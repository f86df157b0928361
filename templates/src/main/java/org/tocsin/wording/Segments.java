package org.tocsin.wording;

import java.util.ArrayList;
import java.util.List;

/**
 * How a text travels as short messages: in which alphabet, how many units of it, in how many segments.
 *
 * <p>Source: 3GPP TS 23.038 (alphabets, extension table), TS 23.040 9.2.3.24.1 (concatenation with a header of six
 * octets): 160 septets alone or 153 in each segment; 70 UCS-2 units alone or 67 in each.
 *
 * @param alphabet the alphabet that the whole text needs
 * @param units septets or UTF-16 units
 * @param count how many short messages are sent and paid for, 1 or more; an empty text is one
 */
public record Segments(Alphabet alphabet, int units, int count) {
    /** The alphabets of a short message. */
    public enum Alphabet {
        /** Seven bits, with an extension table whose characters cost two septets. */
        GSM_7(160, 153),
        /** Sixteen bits. */
        UCS_2(70, 67);

        private final int alone;
        private final int joined;

        Alphabet(int alone, int joined) {
            this.alone = alone;
            this.joined = joined;
        }

        /** How many units a short message holds. */
        public int alone() {
            return alone;
        }

        /** How many units each segment of a longer text holds. */
        public int joined() {
            return joined;
        }
    }

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";

    /** Counts a text. A unit of two (an escape or a surrogate pair) is never parted, so a segment may stay short. */
    public static Segments of(String text) {
        Alphabet alphabet = text.chars().allMatch(unit -> BASIC.indexOf(unit) >= 0 || EXTENSION.indexOf(unit) >= 0)
                ? Alphabet.GSM_7
                : Alphabet.UCS_2;
        int units = 0;
        int count = 1;
        int room = alphabet.joined();
        int index = 0;
        while (index < text.length()) {
            int size = sizeAt(text, index, alphabet);
            units += size;
            if (size > room) {
                count++;
                room = alphabet.joined();
            }
            room -= size;
            index += alphabet == Alphabet.UCS_2 ? size : 1;
        }
        return new Segments(alphabet, units, units <= alphabet.alone() ? 1 : count);
    }

    /**
     * The texts of the single short messages, in their order; together they are the text. As many as {@link #count}
     * says.
     */
    public static List<String> parts(String text) {
        Segments segments = of(text);
        if (segments.count() == 1) {
            return List.of(text);
        }
        List<String> parts = new ArrayList<>();
        int room = segments.alphabet().joined();
        int begin = 0;
        int index = 0;
        while (index < text.length()) {
            int size = sizeAt(text, index, segments.alphabet());
            if (size > room) {
                parts.add(text.substring(begin, index));
                begin = index;
                room = segments.alphabet().joined();
            }
            room -= size;
            index += segments.alphabet() == Alphabet.UCS_2 ? size : 1;
        }
        parts.add(text.substring(begin));
        return parts;
    }

    private static int sizeAt(String text, int index, Alphabet alphabet) {
        if (alphabet == Alphabet.GSM_7) {
            return EXTENSION.indexOf(text.charAt(index)) >= 0 ? 2 : 1;
        }
        boolean pair = Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
        return pair ? 2 : 1;
    }
}
