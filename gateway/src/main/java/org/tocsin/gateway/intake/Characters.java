package org.tocsin.gateway.intake;

/** The characters of XML 1.0 (section 2.2). */
final class Characters {
    private Characters() {}

    /** Where the first character stands that XML 1.0 cannot hold, lone surrogates among them; -1 where all can be. */
    static int firstIllegal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (!isLegal(c)) {
                return i;
            }
        }
        return -1;
    }

    /** The text with U+FFFD for each character that XML 1.0 cannot hold. */
    static String legal(String text) {
        if (firstIllegal(text) < 0) {
            return text;
        }
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().map(c -> isLegal(c) ? c : '\uFFFD').forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static boolean isLegal(int c) {
        return (c >= 0x20 && c < Character.MIN_SURROGATE)
                || (c > Character.MAX_SURROGATE && c < 0xFFFE)
                || c > 0xFFFF
                || c == '\t'
                || c == '\n'
                || c == '\r';
    }
}
