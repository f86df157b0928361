package org.tocsin.gateway.reply;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words by which a reply says something, compared without regard to case, width, spaces and the punctuation around.
 *
 * @param acknowledged that the warning was seen
 * @param optOut that no more is wanted
 * @param optIn that it is wanted again
 */
public record ReplyWords(Set<String> acknowledged, Set<String> optOut, Set<String> optIn) {
    /** {@code 1 收到 OK}, {@code T TD 退订 STOP} and {@code 恢复 START}. */
    public static final ReplyWords STANDARD =
            new ReplyWords(Set.of("1", "收到", "OK"), Set.of("T", "TD", "退订", "STOP"), Set.of("恢复", "START"));

    /** Brings all words to the form in which they are compared. */
    public ReplyWords {
        acknowledged = plain(acknowledged);
        optOut = plain(optOut);
        optIn = plain(optIn);
    }

    /** What a text is taken for. */
    public KeptReply.Kind kindOf(String text) {
        String word = plain(text);
        if (optOut.contains(word)) {
            return KeptReply.Kind.OPTED_OUT;
        }
        if (optIn.contains(word)) {
            return KeptReply.Kind.OPTED_IN;
        }
        return acknowledged.contains(word) ? KeptReply.Kind.ACKNOWLEDGED : KeptReply.Kind.OTHER;
    }

    private static Set<String> plain(Set<String> words) {
        return words.stream()
                .map(ReplyWords::plain)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String plain(String text) {
        StringBuilder word = new StringBuilder();
        String normal = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC);
        normal.codePoints().filter(Character::isLetterOrDigit).forEach(word::appendCodePoint);
        return word.toString().toUpperCase(Locale.ROOT);
    }
}
