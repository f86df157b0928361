package org.tocsin.gateway.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.gateway.template.TextProblem.Rule;

/** What a county's text must be like, so that every channel carries it whole and nothing in it misleads. */
final class TextRules {
    static final int LONGEST_WHY = 200;
    private static final int DESCRIPTION = 200;
    private static final int INSTRUCTION = 120;
    private static final int SENTENCE = 40;
    private static final int LATIN = 3;
    private static final Pattern LINK =
            Pattern.compile("(?i)(https?://|www\\.)\\S*|\\b[a-z0-9-]+\\.(com|cn|net|org)\\b");
    private static final Pattern SENTENCE_END = Pattern.compile("[。！？!?]|\\.(?=\\s|$)");

    private TextRules() {}

    static List<TextProblem> check(TextKey key, CountyText text) {
        int times = key.language().equals("zh-CN") ? 1 : LATIN;
        List<TextProblem> problems = new ArrayList<>();
        check("description", text.description(), DESCRIPTION * times, problems);
        check("instruction", text.instruction(), INSTRUCTION * times, problems);
        String first = firstSentence(text.instruction());
        int length = first.codePointCount(0, first.length());
        if (length > SENTENCE * times) {
            problems.add(new TextProblem(
                    "instruction", Rule.FIRST_SENTENCE_TOO_LONG, 0, Integer.toString(length), SENTENCE * times));
        }
        return problems;
    }

    static List<TextProblem> checkWhy(String why) {
        List<TextProblem> problems = new ArrayList<>();
        check("why", why, LONGEST_WHY, problems);
        problems.removeIf(problem -> problem.rule() == Rule.LINK || problem.rule() == Rule.BRACE);
        return problems;
    }

    private static void check(String field, String text, int most, List<TextProblem> problems) {
        if (text.isBlank()) {
            problems.add(new TextProblem(field, Rule.EMPTY, 0, "", 0));
            return;
        }
        int length = text.codePointCount(0, text.length());
        if (length > most) {
            problems.add(new TextProblem(field, Rule.TOO_LONG, 0, Integer.toString(length), most));
        }
        int place = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            place++;
            int character = text.codePointAt(at);
            if (character == '\n' || character == '\r' || character == 0x2028 || character == 0x2029) {
                problems.add(new TextProblem(field, Rule.BREAK, place, name(character), 0));
            } else if (isUnseen(character)) {
                problems.add(new TextProblem(field, Rule.UNSEEN, place, name(character), 0));
            } else if (character == '{' || character == '}') {
                problems.add(new TextProblem(field, Rule.BRACE, place, Character.toString(character), 0));
            }
            if (problems.size() > 20) {
                return;
            }
        }
        Matcher link = LINK.matcher(text);
        if (link.find()) {
            problems.add(new TextProblem(field, Rule.LINK, text.codePointCount(0, link.start()) + 1, link.group(), 0));
        }
    }

    private static boolean isUnseen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static String firstSentence(String text) {
        Matcher end = SENTENCE_END.matcher(text);
        return end.find() ? text.substring(0, end.end()) : text;
    }

    private static String name(int character) {
        return String.format("U+%04X", character);
    }
}
