package org.tocsin.gateway.report.paper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes one table as CSV: RFC 4180 in UTF-8 with a byte order mark, by which Excel knows it. */
final class PaperCsv {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private PaperCsv() {}

    /** Writes a table without its totals, which would be taken for rows. */
    static void write(Grid grid, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, UTF_8);
        writer.write('\uFEFF');
        CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180);
        for (Grid.Column column : grid.columns()) {
            csv.print(Harmless.text(column.heading()));
        }
        csv.println();
        for (List<Cell> row : grid.body()) {
            for (Cell cell : row) {
                csv.print(text(cell));
            }
            csv.println();
        }
        csv.flush();
    }

    private static String text(Cell cell) {
        if (cell instanceof Cell.Text text) {
            return Harmless.text(text.text());
        } else if (cell instanceof Cell.Whole whole) {
            return Long.toString(whole.value());
        } else if (cell instanceof Cell.Share share) {
            return String.format(Locale.ROOT, "%.6f", share.cut(6));
        } else if (cell instanceof Cell.Decimal decimal) {
            return String.format(Locale.ROOT, "%.3f", decimal.value());
        } else if (cell instanceof Cell.Day day) {
            return day.day().toString();
        } else if (cell instanceof Cell.Moment moment) {
            return MOMENT.format(moment.at());
        }
        return "";
    }
}
