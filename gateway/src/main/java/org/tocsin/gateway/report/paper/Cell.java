package org.tocsin.gateway.report.paper;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.tocsin.gateway.coverage.Percent;

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
     * @param atMost whether it is what can be at most, and so is cut up
     */
    record Share(double value, boolean atMost) implements Cell {
        /** A share of what is so for sure, or nearly. */
        public Share(double value) {
            this(value, false);
        }

        /** In per cent to a tenth: {@code 89.9 %} of 0.8999. */
        public String words() {
            return Percent.words(value, atMost);
        }

        /** The value cut to so many decimals, as its words are. */
        public double cut(int decimals) {
            return Percent.cut(value, atMost, decimals);
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

    /** A part of a whole that can be so large at most; none where the whole is nothing. */
    static Cell atMost(double part, double whole) {
        return whole > 0 ? new Share(part / whole, true) : NONE;
    }

    /** A part of a whole; none where the whole is nothing. */
    static Cell share(double part, double whole) {
        return whole > 0 ? new Share(part / whole) : NONE;
    }
}
