package org.tocsin.load.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a plot as SVG. */
final class Drawing {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 280;
    private static final int LEFT = 74;
    private static final int RIGHT = 16;
    private static final int TOP = 14;
    private static final int BOTTOM = 46;
    private static final int TICKS = 5;
    private static final List<String> COLOURS =
            List.of("#1f5fa8", "#c2410c", "#15803d", "#7e22ce", "#a16207", "#0e7490", "#be123c", "#4b5563");

    private final Plot plot;
    private final Axis x;
    private final Axis y;

    /** An axis from one value to another. */
    private record Axis(double from, double to, boolean logarithmic) {
        double share(double value) {
            return logarithmic
                    ? (Math.log10(Math.max(value, from)) - Math.log10(from)) / (Math.log10(to) - Math.log10(from))
                    : (value - from) / (to - from);
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            if (logarithmic) {
                for (double tick = from; tick <= to * 1.0001; tick *= 10) {
                    ticks.add(tick);
                }
                return ticks;
            }
            double rough = (to - from) / TICKS;
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double step = power;
            for (double candidate : new double[] {1, 2, 5, 10}) {
                if (candidate * power >= rough * 0.999) {
                    step = candidate * power;
                    break;
                }
            }
            for (double tick = Math.ceil(from / step) * step; tick <= to + step * 1e-6; tick += step) {
                ticks.add(tick);
            }
            return ticks;
        }
    }

    private Drawing(Plot plot) {
        this.plot = plot;
        List<Plot.Point> all =
                plot.lines().stream().flatMap(line -> line.points().stream()).toList();
        this.x = axis(all.stream().map(Plot.Point::x).toList(), plot.scale().x);
        this.y = axis(all.stream().map(Plot.Point::y).toList(), plot.scale().y);
    }

    /** The SVG element of a plot; it says so where there is nothing to draw. */
    static String svg(Plot plot) {
        return new Drawing(plot).draw();
    }

    private static Axis axis(List<Double> values, boolean logarithmic) {
        double most = values.stream().mapToDouble(value -> value).max().orElse(1);
        if (logarithmic) {
            double least = values.stream()
                    .mapToDouble(value -> value)
                    .filter(value -> value > 0)
                    .min()
                    .orElse(0.1);
            double from = Math.pow(10, Math.floor(Math.log10(least)));
            double to = Math.pow(10, Math.ceil(Math.log10(Math.max(most, least))));
            return new Axis(from, to > from ? to : from * 10, true);
        }
        return new Axis(0, most > 0 ? most * 1.04 : 1, false);
    }

    private String draw() {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"".formatted(WIDTH, HEIGHT))
                .append(Page.escape(plot.title()))
                .append("\">\n");
        for (double tick : x.ticks()) {
            double at = right(tick);
            line(svg, at, TOP, at, HEIGHT - BOTTOM, "#e5e7eb");
            text(svg, at, HEIGHT - BOTTOM + 14, "middle", label(tick));
        }
        for (double tick : y.ticks()) {
            double at = down(tick);
            line(svg, LEFT, at, WIDTH - RIGHT, at, "#e5e7eb");
            text(svg, LEFT - 6, at + 4, "end", label(tick));
        }
        line(svg, LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "#6b7280");
        line(svg, LEFT, TOP, LEFT, HEIGHT - BOTTOM, "#6b7280");
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", Page.escape(plot.x()));
        svg.append("<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">"
                        .formatted((TOP + HEIGHT - BOTTOM) / 2))
                .append(Page.escape(plot.y()))
                .append("</text>\n");
        for (int at = 0; at < plot.lines().size(); at++) {
            lineOf(svg, plot.lines().get(at), COLOURS.get(at % COLOURS.size()));
        }
        if (plot.lines().stream().allMatch(line -> line.points().isEmpty())) {
            text(svg, WIDTH / 2.0, HEIGHT / 2.0, "middle", "nothing was recorded");
        }
        return svg.append("</svg>\n").append(legend()).toString();
    }

    private void lineOf(StringBuilder svg, Plot.Line line, String colour) {
        svg.append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"".formatted(colour));
        for (Plot.Point point : line.points()) {
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", right(point.x()), down(point.y())));
        }
        svg.append("\"/>\n");
        if (line.points().size() < 30) {
            for (Plot.Point point : line.points()) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.4\" fill=\"%s\"/>\n",
                        right(point.x()),
                        down(point.y()),
                        colour));
            }
        }
    }

    private String legend() {
        StringBuilder legend = new StringBuilder("<p class=\"legend\">");
        for (int at = 0; at < plot.lines().size(); at++) {
            legend.append("<span><b style=\"background:")
                    .append(COLOURS.get(at % COLOURS.size()))
                    .append("\"></b>")
                    .append(Page.escape(plot.lines().get(at).name()))
                    .append("</span> ");
        }
        return legend.append("</p>\n").toString();
    }

    private double right(double value) {
        return LEFT + x.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private double down(double value) {
        return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
                x1,
                y1,
                x2,
                y2,
                colour));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String escaped) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, escaped));
    }

    private static String label(double value) {
        double size = Math.abs(value);
        if (size >= 1e6) {
            return trimmed(value / 1e6) + " M";
        }
        return size >= 1e4 ? trimmed(value / 1e3) + " k" : trimmed(value);
    }

    private static String trimmed(double value) {
        return String.format(Locale.ROOT, "%.4f", value).replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
