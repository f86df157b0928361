package org.tocsin.gateway.web;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.CurvePoint;
import org.tocsin.gateway.coverage.Forecast;

/** The course of a report: the shares over the time since sign-off, with the goal's line. Drawn by the server. */
final class ReportCourse {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 300;
    private static final int LEFT = 56;
    private static final int RIGHT = 24;
    private static final int TOP = 16;
    private static final int BOTTOM = 44;
    private static final long[] STEPS_SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400
    };

    private final List<CurvePoint> points;
    private final double residents;
    private final @Nullable Double goal;
    private final Forecast forecast;
    private final long span;

    /** Persons are shown as shares of {@code residents}, more than 0; {@code goal} is null where none applies. */
    ReportCourse(List<CurvePoint> points, double residents, @Nullable Double goal, Forecast forecast) {
        this.points = points;
        this.residents = residents;
        this.goal = goal;
        this.forecast = forecast;
        long last = points.isEmpty() ? 1000 : points.get(points.size() - 1).millis();
        Double met = forecast.state() == Forecast.State.EXPECTED ? forecast.seconds() : null;
        // A forecast far off would press what has happened into a corner.
        this.span = Math.max(1000, met == null ? last : Math.max(last, Math.min((long) (met * 1000), 2 * last)));
    }

    String svg() {
        StringBuilder out = new StringBuilder("<svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-labelledby=\"course-name\"><title id=\"course-name\">覆盖率随时间变化，数据见下表")
                .append(" Share reached over time; the table below has the figures</title>");
        grid(out);
        out.append("<polygon class=\"band\" points=\"");
        steps(out, CurvePoint::upper, false);
        steps(out, CurvePoint::lower, true);
        out.append("\"></polygon>");
        line(out, "estimate", CurvePoint::estimate);
        line(out, "lower", CurvePoint::lower);
        if (goal != null) {
            goal(out, goal);
        }
        return out.append("</svg>").toString();
    }

    private void goal(StringBuilder out, double share) {
        int at = y(share);
        out.append("<line class=\"goal\" x1=\"")
                .append(LEFT)
                .append("\" x2=\"")
                .append(WIDTH - RIGHT)
                .append("\" y1=\"")
                .append(at)
                .append("\" y2=\"")
                .append(at)
                .append("\"></line><text class=\"goal-text\" x=\"")
                .append(LEFT + 6)
                .append("\" y=\"")
                .append(share > 0.93 ? at + 16 : at - 6)
                .append("\">目标 Goal ")
                .append(ReportPage.percent(share))
                .append("</text>");
        forecast(out, at);
    }

    private void grid(StringBuilder out) {
        for (int percent = 0; percent <= 100; percent += 20) {
            int at = y(percent / 100.0);
            rule(out, LEFT, at, WIDTH - RIGHT, at);
            text(out, LEFT - 6, at + 4, "end", percent + " %");
        }
        long step = step();
        for (long seconds = 0; seconds * 1000 <= span; seconds += step) {
            int at = x(seconds * 1000);
            rule(out, at, TOP, at, HEIGHT - BOTTOM);
            text(out, at, HEIGHT - BOTTOM + 16, "middle", time(seconds));
        }
        text(out, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, "middle", "签发后时间 Time since sign-off");
    }

    private long step() {
        for (long step : STEPS_SECONDS) {
            if (span / 1000.0 / step <= 8) {
                return step;
            }
        }
        return 86_400L * (1 + span / 1000 / 86_400 / 8);
    }

    private static String time(long seconds) {
        if (seconds == 0 || (seconds < 120 && seconds % 60 != 0)) {
            return seconds + " s";
        }
        if (seconds < 7200 && seconds % 3600 != 0) {
            return seconds % 60 == 0
                    ? seconds / 60 + " min"
                    : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
        }
        return seconds % 3600 == 0 ? seconds / 3600 + " h" : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
    }

    private void line(StringBuilder out, String name, ToDoubleFunction<CurvePoint> value) {
        out.append("<polyline class=\"").append(name).append("\" points=\"");
        steps(out, value, false);
        out.append("\"></polyline>");
    }

    /** A step at each point: between two nothing is known to have changed. */
    private void steps(StringBuilder out, ToDoubleFunction<CurvePoint> value, boolean backwards) {
        StringBuilder path = new StringBuilder();
        int before = y(0);
        List<int[]> corners = new java.util.ArrayList<>();
        corners.add(new int[] {x(0), before});
        for (CurvePoint point : points) {
            int at = y(value.applyAsDouble(point) / residents);
            corners.add(new int[] {x(point.millis()), before});
            corners.add(new int[] {x(point.millis()), at});
            before = at;
        }
        if (backwards) {
            java.util.Collections.reverse(corners);
        }
        corners.forEach(
                corner -> path.append(corner[0]).append(',').append(corner[1]).append(' '));
        out.append(path);
    }

    private void forecast(StringBuilder out, int at) {
        Double seconds = forecast.seconds();
        if (seconds != null && seconds * 1000 <= span) {
            out.append("<circle class=\"")
                    .append(forecast.state().word())
                    .append("\" cx=\"")
                    .append(x((long) (seconds * 1000)))
                    .append("\" cy=\"")
                    .append(at)
                    .append("\" r=\"6\"></circle>");
        }
    }

    private static void rule(StringBuilder out, int x1, int y1, int x2, int y2) {
        out.append("<line class=\"rule\" x1=\"")
                .append(x1)
                .append("\" y1=\"")
                .append(y1)
                .append("\" x2=\"")
                .append(x2)
                .append("\" y2=\"")
                .append(y2)
                .append("\"></line>");
    }

    private static void text(StringBuilder out, int x, int y, String anchor, String words) {
        out.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" text-anchor=\"")
                .append(anchor)
                .append("\">")
                .append(words)
                .append("</text>");
    }

    private int x(long millis) {
        return (int) Math.round(LEFT + (double) (WIDTH - LEFT - RIGHT) * Math.min(millis, span) / span);
    }

    private int y(double share) {
        double within = Math.max(0, Math.min(1, share));
        return (int) Math.round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - within));
    }
}
