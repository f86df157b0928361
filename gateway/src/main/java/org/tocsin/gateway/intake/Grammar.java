package org.tocsin.gateway.intake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which elements stand inside another, in which order, how often, and what they hold: a table in the manner of CAP's
 * XML schema.
 */
final class Grammar {
    private final Map<String, Part> byName = new HashMap<>();
    private final List<Part> parts;
    private final boolean strict;

    private Grammar(boolean strict, List<Part> parts) {
        this.strict = strict;
        this.parts = List.copyOf(parts);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            part.index = i;
            byName.put(part.name, part);
        }
    }

    /** Elements in just this order, and no others. */
    static Grammar sequence(Part... parts) {
        return new Grammar(true, List.of(parts));
    }

    /** Elements in any order; unknown ones are passed over. */
    static Grammar loose(Part... parts) {
        return new Grammar(false, List.of(parts));
    }

    boolean strict() {
        return strict;
    }

    List<Part> parts() {
        return parts;
    }

    @Nullable
    Part part(String name) {
        return byName.get(name);
    }

    /** One row: an element, how often it may stand, and its content, which is text or further elements. */
    static final class Part {
        private final String name;
        private final int min;
        private final int max;
        private final @Nullable Syntax syntax;
        private final @Nullable Grammar inner;
        private int index;

        private Part(String name, int min, int max, @Nullable Syntax syntax, @Nullable Grammar inner) {
            this.name = name;
            this.min = min;
            this.max = max;
            this.syntax = syntax;
            this.inner = inner;
        }

        static Part one(String name, Syntax syntax) {
            return new Part(name, 1, 1, syntax, null);
        }

        static Part optional(String name, Syntax syntax) {
            return new Part(name, 0, 1, syntax, null);
        }

        static Part many(String name, Syntax syntax) {
            return new Part(name, 0, Integer.MAX_VALUE, syntax, null);
        }

        static Part some(String name, Syntax syntax) {
            return new Part(name, 1, Integer.MAX_VALUE, syntax, null);
        }

        static Part many(String name, Grammar inner) {
            return new Part(name, 0, Integer.MAX_VALUE, null, inner);
        }

        String name() {
            return name;
        }

        int min() {
            return min;
        }

        int max() {
            return max;
        }

        boolean repeats() {
            return max > 1;
        }

        int index() {
            return index;
        }

        /** What its text must be, or null where it holds elements. */
        @Nullable
        Syntax syntax() {
            return syntax;
        }

        /** What its elements must be, or null where it holds text. */
        @Nullable
        Grammar inner() {
            return inner;
        }
    }
}
