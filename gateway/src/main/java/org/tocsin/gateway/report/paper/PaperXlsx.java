package org.tocsin.gateway.report.paper;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.dhatim.fastexcel.BorderSide;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes a document as a workbook: a sheet that says what it is and how it was made, then one a table. */
final class PaperXlsx {
    /** Excel's limit. */
    private static final int MOST_ROWS = 1_048_576;

    private static final int NAME_LIMIT = 31;
    private static final double UNITS_OF_WEIGHT = 7;
    private static final String HEAD = "1F3A5F";

    private PaperXlsx() {}

    static void write(Paper paper, OutputStream out) throws IOException {
        Workbook book = new Workbook(new Unclosed(out), "Tocsin", "1.0");
        book.setGlobalDefaultFont("Microsoft YaHei", 10);
        book.properties().setTitle(Harmless.text(paper.masthead().title()));
        Set<String> names = new HashSet<>();
        about(paper, book.newWorksheet(name("说明", names)));
        for (Grid grid : paper.grids()) {
            table(grid, book.newWorksheet(name(grid.title(), names)));
        }
        book.finish();
    }

    private static void about(Paper paper, Worksheet sheet) throws IOException {
        sheet.width(0, 110);
        int row = 0;
        sheet.value(row, 0, Harmless.text(paper.masthead().title()));
        sheet.style(row++, 0).bold().fontSize(14).wrapText(true).set();
        row = line(sheet, row, paper.masthead().mark());
        row = line(sheet, row, paper.masthead().finding());
        row = line(sheet, row, paper.masthead().asOf());
        for (Part part : paper.parts()) {
            if (part instanceof Part.Box box) {
                row++;
                sheet.value(row, 0, Harmless.text(box.title()));
                sheet.style(row++, 0).bold().set();
                for (String text : box.lines()) {
                    row = line(sheet, row, text);
                }
            }
        }
        sheet.finish();
    }

    private static int line(Worksheet sheet, int row, String text) {
        if (text.isEmpty()) {
            return row;
        }
        sheet.value(row, 0, Harmless.text(text));
        sheet.style(row, 0).wrapText(true).verticalAlignment("top").set();
        return row + 1;
    }

    private static void table(Grid grid, Worksheet sheet) throws IOException {
        if (grid.rows().size() > MOST_ROWS - 2) {
            throw new IllegalArgumentException(grid.key() + " has too many rows for a sheet");
        }
        int columns = grid.columns().size();
        for (int column = 0; column < columns; column++) {
            Grid.Column head = grid.columns().get(column);
            sheet.width(column, Math.min(60, Math.max(9, head.weight() * UNITS_OF_WEIGHT)));
            sheet.value(0, column, Harmless.text(head.title()));
            sheet.style(0, column)
                    .bold()
                    .fontColor("FFFFFF")
                    .fillColor(HEAD)
                    .wrapText(true)
                    .verticalAlignment("center")
                    .set();
        }
        sheet.freezePane(1, 1);
        sheet.repeatRows(0);
        sheet.setFitToPage(true);
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 0);
        int row = 1;
        for (List<Cell> cells : grid.rows()) {
            boolean total = row > grid.body().size();
            for (int column = 0; column < columns; column++) {
                put(sheet, row, column, cells.get(column));
                if (total) {
                    sheet.style(row, column)
                            .bold()
                            .borderStyle(BorderSide.TOP, BorderStyle.THIN)
                            .set();
                }
            }
            if (row % 500 == 0) {
                sheet.flush();
            }
            row++;
        }
        if (!grid.body().isEmpty()) {
            sheet.setAutoFilter(0, 0, grid.body().size(), columns - 1);
        }
        sheet.finish();
    }

    private static void put(Worksheet sheet, int row, int column, Cell cell) {
        if (cell instanceof Cell.Text text) {
            sheet.value(row, column, Harmless.text(text.text()));
        } else if (cell instanceof Cell.Whole whole) {
            sheet.value(row, column, whole.value());
            sheet.style(row, column).format("#,##0").set();
        } else if (cell instanceof Cell.Share share) {
            sheet.value(row, column, share.cut(4));
            sheet.style(row, column).format("0.00%").set();
        } else if (cell instanceof Cell.Decimal decimal) {
            sheet.value(row, column, decimal.value());
            sheet.style(row, column).format("#,##0.0").set();
        } else if (cell instanceof Cell.Day day) {
            sheet.value(row, column, day.day());
            sheet.style(row, column).format("yyyy-mm-dd").set();
        } else if (cell instanceof Cell.Moment moment) {
            sheet.value(row, column, moment.at());
            sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
        }
    }

    /** A sheet's name: at most 31 characters, none of {@code : \ / ? * [ ]}, each once whatever the case of letters. */
    private static String name(String title, Set<String> taken) {
        String clean = title.replaceAll("[:\\\\/?*\\[\\]'\\p{Cntrl}]", " ").strip();
        String name = clean.isEmpty() ? "表" : clean.substring(0, Math.min(NAME_LIMIT, clean.length()));
        int number = 2;
        while (!taken.add(name.toLowerCase(Locale.ROOT))) {
            String tail = " " + number++;
            name = clean.substring(0, Math.min(NAME_LIMIT - tail.length(), clean.length())) + tail;
        }
        return name;
    }

    /** Keeps the stream open, which is its owner's to close. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
