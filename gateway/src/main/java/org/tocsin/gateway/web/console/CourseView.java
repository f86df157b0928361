package org.tocsin.gateway.web.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.CurvePoint;
import org.tocsin.gateway.coverage.Forecast;

/**
 * The course of a report as a drawing: shares over the time since sign-off, the goal's line across, and where the goal
 * was or will be met. Lengths are units of the drawing.
 *
 * @param width of the drawing
 * @param height of the drawing
 * @param left where the field begins
 * @param right where it ends
 * @param top where 100 % is
 * @param bottom where 0 % is
 * @param shares the lines across, with their words
 * @param times the lines down, with their words
 * @param band the corners of the band from lower to upper
 * @param lower the corners of the line
 * @param estimate the corners of the line
 * @param goal where the goal's line is; null where none applies
 * @param met where on it the goal was or will be met; null where that is not known or not in the drawing
 * @param isForecast whether that lies in the future
 */
record CourseView(
        int width,
        int height,
        int left,
        int right,
        int top,
        int bottom,
        List<Mark> shares,
        List<Mark> times,
        String band,
        String lower,
        String estimate,
        @Nullable Integer goal,
        @Nullable Integer met,
        boolean isForecast) {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 300;
    private static final int LEFT = 56;
    private static final int RIGHT = 776;
    private static final int TOP = 16;
    private static final int BOTTOM = 256;
    private static final long[] STEPS_SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400
    };

    /** A line of the grid: where, and what it stands for. */
    record Mark(int at, String words) {}

    /**
     * Draws it.
     *
     * @param points the course, oldest first, at least one
     * @param whole of how many persons the shares are, more than 0
     * @param goal 0 to 1; null where none applies
     */
    static CourseView of(
            List<CurvePoint> points, double whole, @Nullable Double goal, Forecast forecast, Phrases phrases) {
        long last = points.get(points.size() - 1).millis();
        boolean expected = forecast.state() == Forecast.State.EXPECTED;
        Double seconds = forecast.seconds();
        // A forecast far off would press what has happened into a corner.
        long until = expected && seconds != null ? Math.min((long) (seconds * 1000), 2 * last) : last;
        long span = Math.max(1000, Math.max(last, until));
        List<Mark> shares = new ArrayList<>();
        for (int percent = 0; percent <= 100; percent += 25) {
            shares.add(new Mark(y(percent / 100.0), percent + " %"));
        }
        boolean within = goal != null && seconds != null && seconds * 1000 <= span;
        return new CourseView(
                WIDTH,
                HEIGHT,
                LEFT,
                RIGHT,
                TOP,
                BOTTOM,
                shares,
                times(span, phrases),
                corners(points, CurvePoint::upper, whole, span, false) + " "
                        + corners(points, CurvePoint::lower, whole, span, true),
                corners(points, CurvePoint::lower, whole, span, false),
                corners(points, CurvePoint::estimate, whole, span, false),
                goal == null ? null : y(goal),
                within && seconds != null ? x((long) (seconds * 1000), span) : null,
                expected);
    }

    private static List<Mark> times(long span, Phrases phrases) {
        long step = 86_400L * (1 + span / 1000 / 86_400 / 8);
        for (long one : STEPS_SECONDS) {
            if (span / 1000.0 / one <= 8) {
                step = one;
                break;
            }
        }
        List<Mark> marks = new ArrayList<>();
        for (long seconds = 0; seconds * 1000 <= span; seconds += step) {
            marks.add(new Mark(x(seconds * 1000, span), time(seconds, phrases)));
        }
        return marks;
    }

    private static String time(long seconds, Phrases phrases) {
        if (seconds < 120 && (seconds == 0 || seconds % 60 != 0)) {
            return phrases.of("report.seconds", seconds);
        }
        if (seconds % 3600 == 0) {
            return phrases.of("report.hours", seconds / 3600);
        }
        if (seconds % 60 == 0) {
            return phrases.of("report.minutes", seconds / 60);
        }
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    /** A step at each point: between two nothing is known to have changed. */
    private static String corners(
            List<CurvePoint> points, ToDoubleFunction<CurvePoint> value, double whole, long span, boolean backwards) {
        List<String> corners = new ArrayList<>();
        int before = y(0);
        corners.add(x(0, span) + "," + before);
        for (CurvePoint point : points) {
            int at = y(value.applyAsDouble(point) / whole);
            corners.add(x(point.millis(), span) + "," + before);
            corners.add(x(point.millis(), span) + "," + at);
            before = at;
        }
        if (backwards) {
            Collections.reverse(corners);
        }
        return String.join(" ", corners);
    }

    private static int x(long millis, long span) {
        return (int) Math.round(LEFT + (double) (RIGHT - LEFT) * Math.min(millis, span) / span);
    }

    private static int y(double share) {
        return (int) Math.round(TOP + (BOTTOM - TOP) * (1 - Math.max(0, Math.min(1, share))));
    }
}
