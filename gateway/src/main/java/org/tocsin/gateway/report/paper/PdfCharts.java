package org.tocsin.gateway.report.paper;

import com.lowagie.text.Element;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfTemplate;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.report.paper.PdfFonts.Style;

/** Draws charts as lines and areas, which stay sharp at any size and are told apart in grey too. */
final class PdfCharts {
    private static final float CAPTION = 18;
    private static final float LEGEND = 18;
    private static final float BAR = 17;
    private static final float PLOT = 150;
    private static final float LABELS = 112;
    private static final float VALUES = 46;
    private static final Style LABEL = new Style(8.5f, false, Ink.BLACK);
    private static final Style TICK = new Style(7.5f, false, Ink.GREY);

    private final PdfFonts fonts;
    private final float width;

    PdfCharts(PdfFonts fonts, float width) {
        this.fonts = fonts;
        this.width = width;
    }

    /** How high a chart is drawn, in points. */
    static float height(Chart chart) {
        if (chart instanceof Chart.Ranges ranges) {
            return CAPTION + LEGEND + BAR * ranges.bars().size() + 18;
        }
        return CAPTION + LEGEND + PLOT + 24;
    }

    /** Draws it on a canvas of its height. */
    void draw(Chart chart, PdfTemplate canvas) {
        float top = height(chart);
        text(canvas, chart.title(), Ink.CAPTION, 0, top - 12, Element.ALIGN_LEFT);
        if (chart instanceof Chart.Ranges ranges) {
            ranges(ranges, canvas, top - CAPTION);
        } else if (chart instanceof Chart.Stacks stacks) {
            stacks(stacks, canvas, top - CAPTION);
        } else if (chart instanceof Chart.Lines lines) {
            lines(lines, canvas, top - CAPTION);
        }
    }

    private void ranges(Chart.Ranges chart, PdfContentByte canvas, float top) {
        float left = LABELS;
        float full = width - LABELS - VALUES;
        float x = 0;
        x = key(canvas, x, top, Ink.DARK, "确证下限");
        x = key(canvas, x, top, Ink.MIDDLE, "估计值");
        x = key(canvas, x, top, Ink.WHITE, "上限");
        float upper = top - LEGEND;
        float lower = upper - BAR * chart.bars().size();
        shares(canvas, left, full, lower, upper);
        for (int place = 0; place < chart.bars().size(); place++) {
            Chart.Range bar = chart.bars().get(place);
            float y = upper - BAR * (place + 1) + 3;
            float high = BAR - 6;
            area(canvas, left, y, full * part(bar.upper()), high, Ink.WHITE);
            area(canvas, left, y, full * part(bar.estimate()), high, Ink.MIDDLE);
            area(canvas, left, y, full * part(bar.lower()), high, Ink.DARK);
            text(canvas, fonts.fit(bar.label(), LABEL, LABELS - 8), LABEL, left - 6, y + 2, Element.ALIGN_RIGHT);
            text(canvas, percent(bar.lower()), LABEL, width, y + 2, Element.ALIGN_RIGHT);
        }
        Double goal = chart.goal();
        if (goal != null) {
            float at = left + full * part(goal);
            goalLine(canvas, at, lower, at, upper + 2);
            key(canvas, x, top, null, "目标 " + percent(goal));
        }
    }

    private void stacks(Chart.Stacks chart, PdfContentByte canvas, float top) {
        float x = 0;
        for (int place = 0; place < chart.series().size(); place++) {
            x = key(canvas, x, top, PdfCells.shade(place), chart.series().get(place));
        }
        long most = chart.stacks().stream()
                .mapToLong(stack ->
                        stack.counts().stream().mapToLong(Long::longValue).sum())
                .max()
                .orElse(0);
        long step = step(most);
        long end = Math.max(step, (most + step - 1) / step * step);
        float left = 30;
        float full = width - left;
        float lower = top - LEGEND - PLOT;
        for (long tick = 0; tick <= end; tick += step) {
            float y = lower + (PLOT - 12) * tick / end;
            rule(canvas, left, y, width, y);
            text(canvas, Long.toString(tick), TICK, left - 5, y - 3, Element.ALIGN_RIGHT);
        }
        float slot = full / Math.max(1, chart.stacks().size());
        float wide = Math.min(36, slot * 0.6f);
        for (int place = 0; place < chart.stacks().size(); place++) {
            Chart.Stack stack = chart.stacks().get(place);
            float middle = left + slot * (place + 0.5f);
            float y = lower;
            long sum = 0;
            for (int series = 0; series < stack.counts().size(); series++) {
                long count = stack.counts().get(series);
                float high = (PLOT - 12) * count / end;
                if (count > 0) {
                    area(canvas, middle - wide / 2, y, wide, high, PdfCells.shade(series));
                }
                y += high;
                sum += count;
            }
            if (sum > 0) {
                text(canvas, Long.toString(sum), LABEL, middle, y + 3, Element.ALIGN_CENTER);
            }
            text(canvas, fonts.fit(stack.label(), TICK, slot), TICK, middle, lower - 11, Element.ALIGN_CENTER);
        }
    }

    private void lines(Chart.Lines chart, PdfContentByte canvas, float top) {
        float left = 36;
        float full = width - left - 12;
        float lower = top - LEGEND - PLOT;
        float upper = top - LEGEND;
        double end = chart.lines().stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Chart.Point::x)
                .max()
                .orElse(1);
        double far = end > 0 ? end : 1;
        for (int tick = 0; tick <= 4; tick++) {
            float y = lower + (upper - lower) * tick / 4;
            rule(canvas, left, y, left + full, y);
            text(canvas, tick * 25 + " %", TICK, left - 5, y - 3, Element.ALIGN_RIGHT);
            String at = String.format(Locale.ROOT, far >= 20 ? "%.0f" : "%.1f", far * tick / 4);
            text(canvas, at, TICK, left + full * tick / 4, lower - 11, Element.ALIGN_CENTER);
        }
        text(canvas, chart.unit(), TICK, left + full, lower - 21, Element.ALIGN_RIGHT);
        float x = 0;
        for (int place = 0; place < chart.lines().size(); place++) {
            Chart.Line line = chart.lines().get(place);
            canvas.saveState();
            pen(canvas, place);
            canvas.moveTo(x, top - 8);
            canvas.lineTo(x + 20, top - 8);
            canvas.stroke();
            course(canvas, line.points(), left, full, lower, upper, far);
            canvas.restoreState();
            text(canvas, line.name(), LABEL, x + 24, top - 11, Element.ALIGN_LEFT);
            x += 34 + fonts.width(line.name(), LABEL);
        }
        Double goal = chart.goal();
        if (goal != null) {
            float y = lower + (upper - lower) * part(goal);
            goalLine(canvas, left, y, left + full, y);
            key(canvas, x, top, null, "目标 " + percent(goal));
        }
    }

    /** A line that stays where it was until the next point: a receipt counts from when it came. */
    private static void course(
            PdfContentByte canvas,
            List<Chart.Point> points,
            float left,
            float full,
            float lower,
            float upper,
            double far) {
        if (points.isEmpty()) {
            return;
        }
        float y = lower;
        canvas.moveTo(left, y);
        for (Chart.Point point : points) {
            float x = left + full * (float) (point.x() / far);
            canvas.lineTo(x, y);
            y = lower + (upper - lower) * part(point.y());
            canvas.lineTo(x, y);
        }
        canvas.lineTo(left + full, y);
        canvas.stroke();
    }

    private static void pen(PdfContentByte canvas, int place) {
        canvas.setColorStroke(place == 0 ? Ink.DARK : Ink.GREY);
        canvas.setLineWidth(place == 0 ? 1.8f : 1f);
        if (place == 1) {
            canvas.setLineDash(6, 3, 0);
        } else if (place == 2) {
            canvas.setLineDash(1.5f, 2, 0);
        }
    }

    private void shares(PdfContentByte canvas, float left, float full, float lower, float upper) {
        for (int tick = 0; tick <= 4; tick++) {
            float x = left + full * tick / 4;
            rule(canvas, x, lower, x, upper);
            text(canvas, tick * 25 + " %", TICK, x, lower - 11, Element.ALIGN_CENTER);
        }
    }

    /** A colour, or the goal's line where there is none, with its word; the place behind it. */
    private float key(PdfContentByte canvas, float x, float top, @Nullable Color colour, String word) {
        if (colour == null) {
            goalLine(canvas, x + 5, top - 14, x + 5, top - 2);
        } else {
            area(canvas, x, top - 12, 10, 8, colour);
        }
        text(canvas, word, LABEL, x + 14, top - 11, Element.ALIGN_LEFT);
        return x + 28 + fonts.width(word, LABEL);
    }

    private void text(PdfContentByte canvas, String text, Style style, float x, float y, int align) {
        ColumnText.showTextAligned(canvas, align, fonts.phrase(text, style), x, y, 0);
    }

    private static void area(PdfContentByte canvas, float x, float y, float wide, float high, Color colour) {
        canvas.saveState();
        canvas.setColorFill(colour);
        canvas.setColorStroke(Ink.DARK);
        canvas.setLineWidth(0.6f);
        canvas.rectangle(x, y, wide, high);
        canvas.fillStroke();
        canvas.restoreState();
    }

    private static void rule(PdfContentByte canvas, float fromX, float fromY, float toX, float toY) {
        canvas.saveState();
        canvas.setColorStroke(Ink.RULE);
        canvas.setLineWidth(0.4f);
        canvas.moveTo(fromX, fromY);
        canvas.lineTo(toX, toY);
        canvas.stroke();
        canvas.restoreState();
    }

    private static void goalLine(PdfContentByte canvas, float fromX, float fromY, float toX, float toY) {
        canvas.saveState();
        canvas.setColorStroke(Ink.GOAL);
        canvas.setLineWidth(1.4f);
        canvas.setLineDash(4, 2, 0);
        canvas.moveTo(fromX, fromY);
        canvas.lineTo(toX, toY);
        canvas.stroke();
        canvas.restoreState();
    }

    private static String percent(double share) {
        return new Cell.Share(share).words();
    }

    private static float part(double share) {
        return (float) Math.max(0, Math.min(1, share));
    }

    /** A round step that gives at most six. */
    private static long step(long most) {
        long step = 1;
        for (int grow = 0; most > step * 6; grow++) {
            step = grow % 3 == 1 ? step / 2 * 5 : step * 2;
        }
        return step;
    }
}
