package org.tocsin.wording;

import java.util.function.Predicate;

/** Shortens a text at a sensible place: after a sentence, else after a clause, else between characters. */
final class Cut {
    private static final String SENTENCE_ENDS = "。！？!?…";
    private static final String CLAUSE_ENDS = "，；、：,;:";
    private static final String CLOSERS = "”’\"')）】]";
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Cut() {}

    /**
     * The longest beginning of a text that fits and ends where a reader can stop.
     *
     * @param text the text
     * @param fits whether a text fits; when it does, so does each beginning of it
     * @return the text itself where it fits, else its sentences, its clauses with an ellipsis or its characters with an
     *     ellipsis; empty where nothing fits
     */
    static String to(String text, Predicate<String> fits) {
        if (fits.test(text)) {
            return text;
        }
        int most = longest(text, fits);
        for (int end = most; end > 0; end--) {
            if (isBoundary(text, end)
                    && endsSentenceAt(text, end)
                    && fits.test(text.substring(0, end).strip())) {
                return text.substring(0, end).strip();
            }
        }
        for (int end = most; end > most / 3; end--) {
            if (CLAUSE_ENDS.indexOf(text.charAt(end - 1)) >= 0 && isBoundary(text, end)) {
                String clause = text.substring(0, end - 1).strip() + ellipsis(text);
                if (fits.test(clause)) {
                    return clause;
                }
            }
        }
        return characters(text, most, fits);
    }

    /** Only the first sentence of a text. */
    static String firstSentence(String text) {
        for (int end = 1; end <= text.length(); end++) {
            if (endsSentenceAt(text, end)) {
                return text.substring(0, end).strip();
            }
        }
        return text;
    }

    static boolean endsSentence(String text) {
        int end = text.length();
        while (end > 0 && CLOSERS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end > 0 && (SENTENCE_ENDS.indexOf(text.charAt(end - 1)) >= 0 || text.charAt(end - 1) == '.');
    }

    /** Whether a text may be cut before an index: not within a surrogate pair, a combined or a joined character. */
    static boolean isBoundary(String text, int index) {
        if (index <= 0 || index >= text.length()) {
            return true;
        }
        if (Character.isLowSurrogate(text.charAt(index)) && Character.isHighSurrogate(text.charAt(index - 1))) {
            return false;
        }
        int next = text.codePointAt(index);
        int type = Character.getType(next);
        boolean combines = type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || next == ZERO_WIDTH_JOINER
                || (next >= 0x1F3FB && next <= 0x1F3FF);
        return !combines && text.charAt(index - 1) != ZERO_WIDTH_JOINER;
    }

    private static int longest(String text, Predicate<String> fits) {
        int fitting = 0;
        int tooLong = text.length();
        while (tooLong - fitting > 1) {
            int middle = (fitting + tooLong) >>> 1;
            if (fits.test(text.substring(0, middle))) {
                fitting = middle;
            } else {
                tooLong = middle;
            }
        }
        return fitting;
    }

    private static String characters(String text, int most, Predicate<String> fits) {
        int end = wordStart(text, most);
        for (; end > 0; end--) {
            if (isBoundary(text, end)) {
                String shortened = text.substring(0, end).strip() + ellipsis(text);
                if (fits.test(shortened)) {
                    return shortened;
                }
            }
        }
        return "";
    }

    /** Steps back to the beginning of a word of letters, unless that gives up half of the text. */
    private static int wordStart(String text, int most) {
        int end = most;
        while (end > most / 2 && end < text.length() && isLatin(text.charAt(end)) && isLatin(text.charAt(end - 1))) {
            end--;
        }
        return end > most / 2 ? end : most;
    }

    private static boolean isLatin(char unit) {
        return unit < 0x250 && Character.isLetterOrDigit(unit);
    }

    private static String ellipsis(String text) {
        return text.chars().anyMatch(unit -> unit >= 0x2E80) ? "…" : "...";
    }

    private static boolean endsSentenceAt(String text, int end) {
        char last = text.charAt(end - 1);
        if (SENTENCE_ENDS.indexOf(last) >= 0 || last == '\n') {
            return true;
        }
        boolean stop = last == '.' && (end == text.length() || Character.isWhitespace(text.charAt(end)));
        boolean closes = CLOSERS.indexOf(last) >= 0 && end > 1 && SENTENCE_ENDS.indexOf(text.charAt(end - 2)) >= 0;
        return stop || closes;
    }
}
