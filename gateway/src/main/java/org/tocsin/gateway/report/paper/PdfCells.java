package org.tocsin.gateway.report.paper;

import com.lowagie.text.Element;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tocsin.gateway.report.paper.PdfFonts.Style;

/** Tables, figures and boxes on a page. */
final class PdfCells {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final int FIGURES_IN_A_ROW = 4;

    private final PdfFonts fonts;
    private final float width;

    PdfCells(PdfFonts fonts, float width) {
        this.fonts = fonts;
        this.width = width;
    }

    /** A table, its head repeated on each page. */
    PdfPTable grid(Grid grid) {
        int[] shownColumns = IntStream.range(0, grid.columns().size())
                .filter(column -> grid.columns().get(column).onPaper())
                .toArray();
        float[] weights = new float[shownColumns.length];
        boolean[] numeric = new boolean[grid.columns().size()];
        for (int place = 0; place < shownColumns.length; place++) {
            weights[place] = grid.columns().get(shownColumns[place]).weight();
            numeric[shownColumns[place]] = isNumeric(grid, shownColumns[place]);
        }
        PdfPTable table = table(weights);
        table.setHeaderRows(1);
        table.setSplitLate(true);
        for (int column : shownColumns) {
            PdfPCell head = cell(grid.columns().get(column).title(), Ink.CELL_HEAD, numeric[column]);
            head.setBackgroundColor(Ink.DARK);
            head.setVerticalAlignment(Element.ALIGN_MIDDLE);
            table.addCell(head);
        }
        List<List<Cell>> body = grid.body();
        int shown = Math.min(body.size(), grid.onPaper());
        for (int row = 0; row < shown; row++) {
            for (int column : shownColumns) {
                PdfPCell cell = cell(text(body.get(row).get(column)), Ink.CELL, numeric[column]);
                cell.setBackgroundColor(row % 2 == 1 ? Ink.PALE : Ink.WHITE);
                table.addCell(cell);
            }
        }
        for (List<Cell> total : grid.rows().subList(body.size(), grid.rows().size())) {
            for (int column : shownColumns) {
                PdfPCell cell = cell(text(total.get(column)), Ink.CELL_BOLD, numeric[column]);
                cell.setBorder(Rectangle.TOP | Rectangle.BOTTOM);
                cell.setBorderColor(Ink.DARK);
                cell.setBorderWidth(0.8f);
                table.addCell(cell);
            }
        }
        return table;
    }

    /** What stands below a table, of its rows that have no room too; empty for nothing. */
    static String below(Grid grid) {
        int left = grid.body().size() - grid.onPaper();
        String more = left > 0 ? "另有 " + left + " 行未列入本页，见同名工作表（XLSX）。" : "";
        return (grid.note() + (grid.note().isEmpty() || more.isEmpty() ? "" : " ") + more);
    }

    PdfPTable figures(Part.KeyFigures part) {
        List<Part.KeyFigure> all = part.figures();
        int columns = Math.min(FIGURES_IN_A_ROW, Math.max(1, all.size()));
        float[] weights = new float[columns];
        java.util.Arrays.fill(weights, 1);
        PdfPTable table = table(weights);
        for (Part.KeyFigure figure : all) {
            PdfPCell cell = new PdfPCell();
            cell.setBorder(Rectangle.TOP);
            cell.setBorderColor(Ink.DARK);
            cell.setBorderWidth(2);
            cell.setBackgroundColor(Ink.PALE);
            cell.setPadding(7);
            cell.setUseAscender(true);
            cell.addElement(paragraph(figure.name(), Ink.SMALL, 1.3f));
            cell.addElement(paragraph(figure.value(), Ink.FIGURE, 1.35f));
            com.lowagie.text.Paragraph note = paragraph(figure.note(), Ink.SMALL, 1.35f);
            note.setSpacingBefore(3);
            cell.addElement(note);
            table.addCell(cell);
        }
        for (int empty = all.size(); empty % columns != 0; empty++) {
            PdfPCell cell = new PdfPCell();
            cell.setBorder(Rectangle.NO_BORDER);
            table.addCell(cell);
        }
        return table;
    }

    PdfPTable box(Part.Box box) {
        PdfPTable table = table(new float[] {1});
        PdfPCell cell = new PdfPCell();
        cell.setBorderColor(Ink.RULE);
        cell.setBorderWidth(0.8f);
        cell.setPadding(9);
        cell.setBackgroundColor(Ink.PALE);
        cell.setUseAscender(true);
        cell.addElement(paragraph(box.title(), Ink.CAPTION, 1.4f));
        for (String line : box.lines()) {
            com.lowagie.text.Paragraph text = paragraph(line, Ink.CELL, 1.5f);
            text.setSpacingBefore(2.5f);
            cell.addElement(text);
        }
        table.addCell(cell);
        return table;
    }

    PdfPTable signature(Part.Signature signature) {
        PdfPTable table = table(new float[] {1.3f, 1});
        PdfPCell left = new PdfPCell();
        left.setBorder(Rectangle.NO_BORDER);
        left.setPadding(6);
        for (String field : signature.fields()) {
            com.lowagie.text.Paragraph line =
                    paragraph(field + "：" + "＿".repeat(Math.max(4, 18 - field.length())), Ink.TEXT, 1.2f);
            line.setSpacingBefore(12);
            left.addElement(line);
        }
        table.addCell(left);
        PdfPCell right = new PdfPCell();
        right.setBorderColor(Ink.RULE);
        right.setBorderWidth(0.8f);
        right.setMinimumHeight(128);
        right.setVerticalAlignment(Element.ALIGN_MIDDLE);
        right.setHorizontalAlignment(Element.ALIGN_CENTER);
        right.setPhrase(fonts.phrase(signature.seal(), Ink.SMALL));
        table.addCell(right);
        return table;
    }

    com.lowagie.text.Paragraph paragraph(String text, Style style, float leading) {
        com.lowagie.text.Paragraph paragraph = new com.lowagie.text.Paragraph();
        // A leading by a factor would go by the default font's size, not by the text's.
        paragraph.setLeading(style.size() * leading);
        // The space before and after it is set in its font too, which must not be one that is not embedded.
        paragraph.setFont(fonts.font(style));
        paragraph.addAll(fonts.phrase(text, style).getChunks());
        return paragraph;
    }

    /** A value as people read it. */
    static String text(Cell cell) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        if (cell instanceof Cell.Text text) {
            return text.text();
        } else if (cell instanceof Cell.Whole whole) {
            return new DecimalFormat("#,##0", symbols).format(whole.value());
        } else if (cell instanceof Cell.Share share) {
            return share.words();
        } else if (cell instanceof Cell.Decimal decimal) {
            return new DecimalFormat("#,##0.0", symbols).format(decimal.value());
        } else if (cell instanceof Cell.Day day) {
            return day.day().toString();
        } else if (cell instanceof Cell.Moment moment) {
            return MOMENT.format(moment.at());
        }
        return "—";
    }

    private PdfPTable table(float[] weights) {
        PdfPTable table = new PdfPTable(weights);
        table.setTotalWidth(width);
        table.setLockedWidth(true);
        return table;
    }

    private PdfPCell cell(String text, Style style, boolean right) {
        PdfPCell cell = new PdfPCell(fonts.phrase(text, style));
        cell.setLeading(0, 1.3f);
        cell.setBorder(Rectangle.BOTTOM);
        cell.setBorderColor(Ink.RULE);
        cell.setBorderWidth(0.5f);
        cell.setPadding(4);
        cell.setUseAscender(true);
        cell.setUseDescender(true);
        cell.setHorizontalAlignment(right ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
        return cell;
    }

    /** Whether it has numbers; a word among them, such as 未达到, stands where its number would. */
    private static boolean isNumeric(Grid grid, int column) {
        boolean some = false;
        for (List<Cell> row : grid.rows()) {
            Cell cell = row.get(column);
            if (cell instanceof Cell.Day || cell instanceof Cell.Moment) {
                return false;
            }
            some |= !(cell instanceof Cell.None || cell instanceof Cell.Text);
        }
        return some;
    }

    /** The colour of a series, from dark to none. */
    static Color shade(int place) {
        return switch (place) {
            case 0 -> Ink.DARK;
            case 1 -> Ink.MIDDLE;
            default -> Ink.WHITE;
        };
    }
}
