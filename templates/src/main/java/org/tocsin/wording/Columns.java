package org.tocsin.wording;

import java.util.ArrayList;
import java.util.List;

/** Breaks a text into the lines of a screen, whose Chinese characters take two columns and Latin ones take one. */
final class Columns {
    private static final String MUST_NOT_BEGIN = "，。、；：！？）】》”’,.;:!?)]%";

    private final int width;

    Columns(int width) {
        this.width = width;
    }

    /** The lines of a text; each of its own lines begins a new one. */
    List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> wrapLine(line.strip(), lines));
        return lines;
    }

    /** How many columns a text takes. */
    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    private void wrapLine(String text, List<String> lines) {
        int start = 0;
        while (start < text.length()) {
            int end = start;
            int used = 0;
            while (end < text.length()) {
                int character = text.codePointAt(end);
                if (used + width(character) > width) {
                    break;
                }
                used += width(character);
                end += Character.charCount(character);
            }
            int breakAt = end == text.length() ? end : breakBefore(text, start, end);
            lines.add(text.substring(start, breakAt).strip());
            start = breakAt;
            while (start < text.length() && text.charAt(start) == ' ') {
                start++;
            }
        }
    }

    /** Where to break at or before {@code end}: not within a word or a character, nor before a mark that closes. */
    private static int breakBefore(String text, int start, int end) {
        for (int at = end; at > start + (end - start) / 2; at--) {
            boolean insideWord = isWord(text.charAt(at)) && isWord(text.charAt(at - 1));
            if (Cut.isBoundary(text, at) && !insideWord && MUST_NOT_BEGIN.indexOf(text.charAt(at)) < 0) {
                return at;
            }
        }
        for (int at = end; at > start; at--) {
            if (Cut.isBoundary(text, at)) {
                return at;
            }
        }
        return end;
    }

    private static boolean isWord(char unit) {
        return unit < 0x250 && (Character.isLetterOrDigit(unit) || unit == '\'' || unit == '-');
    }

    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || character == 0x200D) {
            return 0;
        }
        boolean wide = (character >= 0x1100 && character <= 0x115F)
                || (character >= 0x2010 && character <= 0x2BFF)
                || (character >= 0x2E80 && character <= 0xD7A3)
                || (character >= 0xF900 && character <= 0xFAFF)
                || (character >= 0xFE30 && character <= 0xFE6F)
                || (character >= 0xFF00 && character <= 0xFFE6)
                || character >= 0x1F000;
        return wide ? 2 : 1;
    }
}
