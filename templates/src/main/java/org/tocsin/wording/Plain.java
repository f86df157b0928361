package org.tocsin.wording;

import java.util.regex.Pattern;

/** Makes what comes from outside safe to put into a message: plain characters, no controls, no broken pairs. */
final class Plain {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0\\u2028\\u2029\\u3000]+");
    private static final Pattern BLANKS_IN_LINE = Pattern.compile("[ \\t\\u00A0\\u3000]+");
    private static final Pattern BREAKS = Pattern.compile(" ?(\\r\\n|[\\n\\r\\u0085\\u2028\\u2029]) ?");
    private static final Pattern BLANK_BETWEEN_CHINESE =
            Pattern.compile("(?<=[\\u3000-\\u9FFF\\uFF00-\\uFFEF]) (?=[\\u3000-\\u9FFF\\uFF00-\\uFFEF])");
    private static final int REPLACEMENT = 0xFFFD;

    private Plain() {}

    /** One line: breaks become blanks, blanks become one, and none stands between Chinese characters. */
    static String line(String text) {
        String line = BLANKS.matcher(safe(BLANKS.matcher(text).replaceAll(" ")))
                .replaceAll(" ")
                .strip();
        return BLANK_BETWEEN_CHINESE.matcher(line).replaceAll("");
    }

    /** Lines: breaks stay, at most two in a row. */
    static String lines(String text) {
        String broken =
                BREAKS.matcher(BLANKS_IN_LINE.matcher(text).replaceAll(" ")).replaceAll("\n");
        return safe(broken).replaceAll("\n{3,}", "\n\n").strip();
    }

    /** The text with what HTML gives a meaning escaped. */
    static String html(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n' -> escaped.append("<br>\n");
                default -> escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }

    private static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().filter(Plain::isHarmless).forEach(safe::appendCodePoint);
        return safe.toString();
    }

    private static boolean isHarmless(int character) {
        if (character == '\n') {
            return true;
        }
        boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        boolean turnsDirection = (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069)
                || character == 0x200E
                || character == 0x200F
                || character == 0x061C;
        boolean unseen = character == 0x200B
                || character == 0x2060
                || character == 0xFEFF
                || character == 0x00AD
                || (character >= 0xFFF9 && character <= REPLACEMENT)
                || (character >= 0xE0000 && character <= 0xE0FFF);
        return !Character.isISOControl(character)
                && !surrogate
                && !turnsDirection
                && !unseen
                && Character.getType(character) != Character.UNASSIGNED;
    }
}
