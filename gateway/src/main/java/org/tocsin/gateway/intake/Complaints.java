package org.tocsin.gateway.intake;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.gateway.validation.Problem;

/** Gathers what is wrong with one message; keeps the first thousand and counts the rest. */
final class Complaints {
    private static final int KEPT = 1_000;
    private static final int SHOWN = 80;

    private final List<Problem> problems = new ArrayList<>();
    private int dropped;

    void add(Element at, String code, String message) {
        add(at.path(), code, message + " (" + at.place() + ")");
    }

    void add(String path, String code, String message) {
        if (problems.size() < KEPT) {
            problems.add(new Problem(path, code, message));
        } else {
            dropped++;
        }
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<Problem> problems() {
        if (dropped == 0) {
            return List.copyOf(problems);
        }
        List<Problem> all = new ArrayList<>(problems);
        all.add(new Problem("", "more-problems", dropped + " more problems were left out"));
        return List.copyOf(all);
    }

    /** A value for a message: in quotes, without control characters, cut where it is long. */
    static String show(String value) {
        StringBuilder shown = new StringBuilder("'");
        value.codePoints().limit(SHOWN).forEach(c -> {
            if (Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                shown.append(String.format("\\u%04X", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append(value.codePointCount(0, value.length()) > SHOWN ? "…'" : "'")
                .toString();
    }
}
