package org.tocsin.load.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table on standard output: ratios first. */
public final class Table {
    private static final List<String> HEAD =
            List.of("ratio", "to peer", "scenario", "figure", "median [range]", "unit", "bound", "peer", "goal");

    private Table() {}

    /** The table's rows, the first of them the heads. */
    static List<List<String>> rows(List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (Figure figure : figures) {
            rows.add(List.of(
                    ratio(figure.ratioToBound()),
                    ratio(figure.ratioToPeer()),
                    figure.scenario(),
                    figure.name(),
                    spread(figure.measured()),
                    figure.unit(),
                    figure.bound() == null ? "-" : spread(figure.bound()),
                    figure.peer() == null ? "-" : spread(figure.peer()),
                    figure.goal().isEmpty() ? "-" : figure.goal()));
        }
        return rows;
    }

    /** The table with what was not measured below it. */
    public static String write(Results results) {
        List<List<String>> rows = rows(results.figures());
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        if (rows.size() > 1) {
            for (List<String> row : rows) {
                StringBuilder line = new StringBuilder();
                for (int column = 0; column < widths.length; column++) {
                    boolean right = column < 2;
                    line.append(column == 0 ? "" : "  ")
                            .append(("%" + (right ? "" : "-") + widths[column] + "s").formatted(row.get(column)));
                }
                text.append(line.toString().stripTrailing()).append('\n');
            }
        }
        for (Map.Entry<String, String> missing : results.notMeasured().entrySet()) {
            text.append("not measured: ")
                    .append(missing.getKey())
                    .append(": ")
                    .append(missing.getValue())
                    .append('\n');
        }
        return text.toString();
    }

    static String ratio(@Nullable Double ratio) {
        return ratio == null ? "-" : number(ratio);
    }

    static String spread(Spread spread) {
        return spread.min() == spread.max()
                ? number(spread.median())
                : number(spread.median()) + " [" + number(spread.min()) + "-" + number(spread.max()) + "]";
    }

    /** Three digits or more, with commas between the thousands. */
    static String number(double value) {
        double size = Math.abs(value);
        String form = size >= 100 || value == 0 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, form, value);
    }
}
