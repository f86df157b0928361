package org.tocsin.gateway.report.paper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A drawing. It says nothing that a table does not say too, as not everybody sees it. */
public sealed interface Chart extends Part {
    /** What it shows. */
    String title();

    /**
     * A bar each of what is sure, estimated and possible at most.
     *
     * @param title what it shows
     * @param bars from above
     * @param goal the share that is wanted, as a line; null for none
     */
    record Ranges(String title, List<Range> bars, @Nullable Double goal) implements Chart {
        /** Copies the bars. */
        public Ranges {
            bars = List.copyOf(bars);
        }
    }

    /**
     * A bar.
     *
     * @param label what it is of
     * @param lower what is sure, 0 to 1
     * @param estimate what is estimated, at least {@code lower}
     * @param upper what is possible at most, at least {@code estimate}
     */
    record Range(String label, double lower, double estimate, double upper) {}

    /**
     * Counts one on top of the other.
     *
     * @param title what it shows
     * @param series what is counted, from the bottom, at most three
     * @param stacks from the left
     */
    record Stacks(String title, List<String> series, List<Stack> stacks) implements Chart {
        /** Copies the lists. */
        public Stacks {
            series = List.copyOf(series);
            stacks = List.copyOf(stacks);
        }
    }

    /**
     * A column of counts.
     *
     * @param label what it is of
     * @param counts one for each series
     */
    record Stack(String label, List<Long> counts) {
        /** Copies the counts. */
        public Stack {
            counts = List.copyOf(counts);
        }
    }

    /**
     * Shares over time.
     *
     * @param title what it shows
     * @param unit what the time is counted in
     * @param lines at most three
     * @param goal the share that is wanted; null for none
     */
    record Lines(String title, String unit, List<Line> lines, @Nullable Double goal) implements Chart {
        /** Copies the lines. */
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A line.
     *
     * @param name what it is
     * @param points from the left, at most some hundreds
     */
    record Line(String name, List<Point> points) {
        /** Copies the points. */
        public Line {
            points = List.copyOf(points);
        }
    }

    /**
     * A point.
     *
     * @param x the time, 0 or more
     * @param y the share, 0 to 1
     */
    record Point(double x, double y) {}
}
