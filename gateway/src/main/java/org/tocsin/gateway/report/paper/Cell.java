package org.tocsin.gateway.report.paper;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;

/** A value in a table: what it is, not how it is written. */
public sealed interface Cell {
    /** Nothing there is to say: written as a dash on paper, as an empty cell for work. */
    Cell NONE = new None();

    /** No value. */
    record None() implements Cell {}

    /**
     * A text, of any origin: writers make it harmless.
     *
     * @param text the text
     */
    record Text(String text) implements Cell {}

    /**
     * A count.
     *
     * @param value the count
     */
    record Whole(long value) implements Cell {}

    /**
     * A share; on paper to a tenth of a per cent, rounded down, so that nothing looks reached that is not.
     *
     * @param value 0 to 1
     */
    record Share(double value) implements Cell {
        /** Sums of binary fractions may be off by so much. */
        private static final double TOLERANCE = 1e-9;

        /** In per cent to a tenth, rounded down: {@code 89.9 %} of 0.8999. */
        public String words() {
            return String.format(Locale.ROOT, "%.1f %%", Math.floor((value + TOLERANCE) * 1000) / 10);
        }
    }

    /**
     * A number with one decimal, such as seconds.
     *
     * @param value the number
     */
    record Decimal(double value) implements Cell {}

    /**
     * A day.
     *
     * @param day the day
     */
    record Day(LocalDate day) implements Cell {}

    /**
     * A moment in the document's zone, to the second.
     *
     * @param at the moment
     */
    record Moment(LocalDateTime at) implements Cell {}

    /** A text. */
    static Cell of(String text) {
        return text.isEmpty() ? NONE : new Text(text);
    }

    /** A count. */
    static Cell of(long count) {
        return new Whole(count);
    }

    /** A part of a whole count; none where the whole is nothing. */
    static Cell share(long part, long whole) {
        return whole > 0 ? new Share((double) part / whole) : NONE;
    }

    /** A part of a whole; none where the whole is nothing. */
    static Cell share(double part, double whole) {
        return whole > 0 ? new Share(part / whole) : NONE;
    }
}
