package org.tocsin.gateway.approval;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a text in which two versions are shown at once: what stayed, what was taken out, what came in.
 *
 * @param kind what became of it
 * @param text not empty
 */
public record WordChange(Kind kind, String text) {
    /** What became of a piece. */
    public enum Kind {
        /** It is in both versions. */
        SAME,
        /** It is only in the version before. */
        DELETED,
        /** It is only in the version after. */
        INSERTED
    }

    /** A number with its unit sign, a word of letters, or one character, as Chinese has no spaces between words. */
    private static final Pattern WORD =
            Pattern.compile("[0-9]++(?:[.,:/-][0-9]++)*+%?|[\\p{L}\\p{M}&&[^\\p{IsHan}]]++|\\X");

    /**
     * Where more words than this lie between what two texts begin and end with alike, in both together, all of it is
     * shown as replaced: comparing costs the square of it, and two long texts that share nothing would hold a page for
     * seconds.
     */
    private static final int MOST_WORDS = 4_000;

    /**
     * Compares two texts word by word; of Chinese, character by character.
     *
     * @return the pieces in reading order, what was deleted before what was inserted in its place; put together, SAME
     *     and DELETED are the text before, SAME and INSERTED the text after
     */
    public static List<WordChange> between(String before, String after) {
        List<String> old = words(before);
        List<String> young = words(after);
        Pieces pieces = new Pieces();
        int alike = 0;
        int shorter = Math.min(old.size(), young.size());
        while (alike < shorter && old.get(alike).equals(young.get(alike))) {
            alike++;
        }
        int end = 0;
        while (end < shorter - alike && old.get(old.size() - 1 - end).equals(young.get(young.size() - 1 - end))) {
            end++;
        }
        pieces.add(Kind.SAME, String.join("", old.subList(0, alike)));
        middle(pieces, old.subList(alike, old.size() - end), young.subList(alike, young.size() - end));
        pieces.add(Kind.SAME, String.join("", old.subList(old.size() - end, old.size())));
        return pieces.done();
    }

    private static void middle(Pieces pieces, List<String> old, List<String> young) {
        if (old.size() + young.size() > MOST_WORDS) {
            pieces.add(Kind.DELETED, String.join("", old));
            pieces.add(Kind.INSERTED, String.join("", young));
            return;
        }
        int at = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(old, young).getDeltas()) {
            int place = delta.getSource().getPosition();
            pieces.add(Kind.SAME, String.join("", old.subList(at, place)));
            if (delta.getType() != DeltaType.INSERT) {
                pieces.add(Kind.DELETED, String.join("", delta.getSource().getLines()));
            }
            if (delta.getType() != DeltaType.DELETE) {
                pieces.add(Kind.INSERTED, String.join("", delta.getTarget().getLines()));
            }
            at = place + delta.getSource().size();
        }
        pieces.add(Kind.SAME, String.join("", old.subList(at, old.size())));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    private static final class Pieces {
        private final List<WordChange> pieces = new ArrayList<>();

        void add(Kind kind, String text) {
            int last = pieces.size() - 1;
            if (!text.isEmpty() && last >= 0 && pieces.get(last).kind() == kind) {
                pieces.set(last, new WordChange(kind, pieces.get(last).text() + text));
            } else if (!text.isEmpty()) {
                pieces.add(new WordChange(kind, text));
            }
        }

        List<WordChange> done() {
            return List.copyOf(pieces);
        }
    }
}
