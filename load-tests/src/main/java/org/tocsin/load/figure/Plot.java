package org.tocsin.load.figure;

import java.util.List;

/**
 * What the page draws.
 *
 * @param title what it shows
 * @param x what goes to the right
 * @param y what goes up; from zero unless logarithmic
 * @param scale how both are drawn
 * @param lines the lines
 */
public record Plot(String title, String x, String y, Scale scale, List<Line> lines) {
    /** Copies the lines. */
    public Plot {
        lines = List.copyOf(lines);
    }

    /** How the axes go. */
    public enum Scale {
        LINEAR(false, false),
        LOGARITHMIC_X(true, false),
        LOGARITHMIC(true, true);

        final boolean x;
        final boolean y;

        Scale(boolean x, boolean y) {
            this.x = x;
            this.y = y;
        }
    }

    /** One line through its points. */
    public record Line(String name, List<Point> points) {
        /** Copies the points. */
        public Line {
            points = List.copyOf(points);
        }
    }

    /** One point. */
    public record Point(double x, double y) {}
}
