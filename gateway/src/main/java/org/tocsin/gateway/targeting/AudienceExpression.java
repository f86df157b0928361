package org.tocsin.gateway.targeting;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.registry.Audience;
import org.tocsin.gateway.registry.People;

/**
 * Whom a warning is meant for: names of audiences joined by {@code +} (and also), {@code -} (but not) and {@code &}
 * (who are both), read from left to right, with brackets. {@code residents-schools} is everybody but the schools.
 *
 * <p>Immutable. At most {@value #LONGEST} characters, {@value #MOST_NAMES} names and {@value #DEEPEST} open brackets.
 */
public final class AudienceExpression {
    /** The longest text, in characters. */
    public static final int LONGEST = 512;

    /** The most names in an expression. */
    public static final int MOST_NAMES = 32;

    /** The most brackets open at one place. */
    public static final int DEEPEST = 8;

    private final String text;
    private final List<String> postfix;
    private final Set<String> names;

    private AudienceExpression(String text, List<String> postfix) {
        this.text = text;
        this.postfix = List.copyOf(postfix);
        this.names = new LinkedHashSet<>(postfix);
        this.names.removeAll(Set.of("+", "-", "&"));
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException with what is wrong and where
     */
    public static AudienceExpression parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("longer than " + LONGEST + " characters");
        }
        return new AudienceExpression(text, new Parser(text).postfix());
    }

    /** The names in it, each once. */
    public Set<String> names() {
        return Set.copyOf(names);
    }

    /**
     * The people of this audience; shared where it is a single name, so never change it.
     *
     * <p>An audience that nobody is in, and one that is not defined, is empty.
     */
    public RoaringBitmap among(People people) {
        Deque<RoaringBitmap> stack = new ArrayDeque<>();
        for (String token : postfix) {
            switch (token) {
                case "+" -> {
                    RoaringBitmap second = stack.pop();
                    stack.push(RoaringBitmap.or(stack.pop(), second));
                }
                case "-" -> {
                    RoaringBitmap second = stack.pop();
                    stack.push(RoaringBitmap.andNot(stack.pop(), second));
                }
                case "&" -> {
                    RoaringBitmap second = stack.pop();
                    stack.push(RoaringBitmap.and(stack.pop(), second));
                }
                default -> stack.push(people.audience(token));
            }
        }
        return stack.pop();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    /** Turns the text into postfix order; operators have one rank and bind to the left. */
    private static final class Parser {
        private final String text;
        private final List<String> output = new ArrayList<>();
        private final Deque<Character> waiting = new ArrayDeque<>();
        private int at;
        private int count;
        private int depth;

        Parser(String text) {
            this.text = text;
        }

        List<String> postfix() {
            boolean wantsName = true;
            while (skipSpaces()) {
                char next = text.charAt(at);
                if (wantsName && next == '(') {
                    open();
                } else if (wantsName) {
                    name();
                    wantsName = false;
                } else if (next == ')') {
                    close();
                } else {
                    operator(next);
                    wantsName = true;
                }
            }
            if (wantsName) {
                throw new IllegalArgumentException("an audience's name is missing at the end");
            }
            unwind();
            if (!waiting.isEmpty()) {
                throw new IllegalArgumentException("a bracket is not closed");
            }
            return output;
        }

        private boolean skipSpaces() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            return at < text.length();
        }

        private void open() {
            if (++depth > DEEPEST) {
                throw new IllegalArgumentException("more than " + DEEPEST + " brackets are open");
            }
            waiting.push('(');
            at++;
        }

        private void close() {
            unwind();
            if (waiting.isEmpty()) {
                throw new IllegalArgumentException("a bracket too many at character " + (at + 1));
            }
            waiting.pop();
            depth--;
            at++;
        }

        private void operator(char operator) {
            if (operator != '+' && operator != '-' && operator != '&') {
                throw new IllegalArgumentException(
                        "'" + operator + "' at character " + (at + 1) + " is not understood");
            }
            unwind();
            waiting.push(operator);
            at++;
        }

        private void name() {
            int start = at;
            while (at < text.length() && " +-&()".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String name = text.substring(start, at);
            if (!Audience.isName(name)) {
                throw new IllegalArgumentException("an audience's name is wanted at character " + (start + 1));
            }
            if (++count > MOST_NAMES) {
                throw new IllegalArgumentException("more than " + MOST_NAMES + " audiences");
            }
            output.add(name);
        }

        private void unwind() {
            while (!waiting.isEmpty() && waiting.peek() != '(') {
                output.add(String.valueOf(waiting.pop()));
            }
        }
    }
}
