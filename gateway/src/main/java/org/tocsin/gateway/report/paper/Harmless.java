package org.tocsin.gateway.report.paper;

/** Texts that a spreadsheet must not take for more than texts. */
public final class Harmless {
    private Harmless() {}

    /**
     * A text that no spreadsheet takes for a formula: one that begins like a formula, or does behind blanks, gets an
     * apostrophe before it. Source: OWASP, CSV Injection. The characters that XML 1.0 cannot hold become U+FFFD.
     */
    public static String text(String raw) {
        StringBuilder clean = new StringBuilder(raw.length() + 1);
        int first = 0;
        while (first < raw.length() && isBlank(raw.charAt(first))) {
            first++;
        }
        boolean formula = first < raw.length() && "=+-@＝＋－＠".indexOf(raw.charAt(first)) >= 0;
        if (formula || (!raw.isEmpty() && (raw.charAt(0) == '\t' || raw.charAt(0) == '\r' || raw.charAt(0) == '\n'))) {
            clean.append('\'');
        }
        raw.codePoints().forEach(point -> clean.appendCodePoint(isOfXml(point) ? point : 0xFFFD));
        return clean.toString();
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0xFEFF || c == 0x200B;
    }

    private static boolean isOfXml(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
