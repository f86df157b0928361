package org.tocsin.gateway.report.paper;

import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.Image;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfDestination;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfOutline;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfTemplate;
import com.lowagie.text.pdf.PdfWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a document as PDF on A4: fonts embedded, bookmarks, a title, Chinese as its language. */
final class PaperPdf {
    private static final float SIDE = 54;
    private static final float TOP = 62;
    private static final float BOTTOM = 62;
    private static final float HEADING = 40;
    /** What must have room below a heading, so that it does not stand alone. */
    private static final float START = 90;

    private final PdfFonts fonts;

    PaperPdf(PdfFonts fonts) {
        this.fonts = fonts;
    }

    void write(Paper paper, OutputStream out) throws IOException {
        Document document = new Document(PageSize.A4, SIDE, SIDE, TOP, BOTTOM);
        try {
            PdfWriter writer = PdfWriter.getInstance(document, out);
            writer.setCloseStream(false);
            writer.setStrictImageSequence(true);
            writer.setPdfVersion(PdfWriter.VERSION_1_7);
            writer.setViewerPreferences(PdfWriter.DisplayDocTitle);
            writer.getExtraCatalog().put(PdfName.LANG, new PdfString("zh-CN"));
            writer.setPageEvent(new PdfPages(fonts, paper.masthead()));
            document.addTitle(paper.masthead().title());
            document.addAuthor(paper.masthead().authority());
            document.addSubject(paper.masthead().finding());
            document.addCreator("Tocsin");
            document.open();
            new Setting(document, writer).set(paper);
            document.close();
        } catch (DocumentException failed) {
            throw new IOException(failed);
        }
    }

    /** One document's way onto its pages. */
    private final class Setting {
        private final Document document;
        private final PdfWriter writer;
        private final PdfCells cells;
        private final PdfCharts charts;
        private final float width;

        Setting(Document document, PdfWriter writer) {
            this.document = document;
            this.writer = writer;
            this.width = document.right() - document.left();
            this.cells = new PdfCells(fonts, width);
            this.charts = new PdfCharts(fonts, width);
        }

        void set(Paper paper) {
            masthead(paper.masthead());
            List<Part> parts = paper.parts().stream()
                    .filter(part -> !(part instanceof Grid grid
                            && (grid.onPaper() == 0 || grid.rows().isEmpty())))
                    .toList();
            for (int place = 0; place < parts.size(); place++) {
                Part part = parts.get(place);
                if (part instanceof Part.Heading heading) {
                    @Nullable Part next = place + 1 < parts.size() ? parts.get(place + 1) : null;
                    room(HEADING + (next == null ? 0 : start(next)));
                    heading(heading);
                } else {
                    part(part);
                }
            }
        }

        private void masthead(Paper.Masthead masthead) {
            document.add(cells.paragraph(masthead.authority() + "　" + masthead.period(), Ink.OVER_TITLE, 1.4f));
            document.add(cells.paragraph(masthead.kind(), Ink.TITLE, 1.5f));
            rule();
            Paragraph finding = cells.paragraph(masthead.finding(), Ink.FINDING, 1.6f);
            finding.setSpacingBefore(20);
            finding.setSpacingAfter(12);
            document.add(finding);
        }

        private void rule() {
            PdfContentByte canvas = writer.getDirectContent();
            float y = writer.getVerticalPosition(false) - 10;
            canvas.saveState();
            canvas.setColorStroke(Ink.DARK);
            canvas.setLineWidth(2);
            canvas.moveTo(document.left(), y);
            canvas.lineTo(document.right(), y);
            canvas.stroke();
            canvas.restoreState();
        }

        private void heading(Part.Heading heading) {
            Paragraph text = cells.paragraph(heading.text(), Ink.HEADING, 1.4f);
            text.setSpacingBefore(16);
            text.setSpacingAfter(5);
            document.add(text);
            PdfDestination here = new PdfDestination(
                    PdfDestination.XYZ, 0, Math.min(document.top(), writer.getVerticalPosition(false) + 30), 0);
            PdfOutline root = writer.getDirectContent().getRootOutline();
            new PdfOutline(root, here, heading.text());
        }

        private void part(Part part) {
            if (part instanceof Part.Prose prose) {
                for (String text : prose.paragraphs()) {
                    Paragraph paragraph = cells.paragraph(text, Ink.TEXT, 1.65f);
                    paragraph.setSpacingAfter(4);
                    document.add(paragraph);
                }
            } else if (part instanceof Part.KeyFigures figures) {
                whole(cells.figures(figures), 8);
            } else if (part instanceof Part.Box box) {
                whole(cells.box(box), 8);
            } else if (part instanceof Part.Signature signature) {
                whole(cells.signature(signature), 18);
            } else if (part instanceof Chart chart) {
                chart(chart);
            } else if (part instanceof Grid grid) {
                grid(grid);
            }
        }

        private void chart(Chart chart) {
            float height = PdfCharts.height(chart);
            room(height + 10);
            PdfTemplate canvas = writer.getDirectContent().createTemplate(width, height);
            charts.draw(chart, canvas);
            Image image = Image.getInstance(canvas);
            image.setSpacingBefore(8);
            image.setSpacingAfter(6);
            image.setAlt(chart.title());
            document.add(image);
        }

        private void grid(Grid grid) {
            PdfPTable table = cells.grid(grid);
            String below = PdfCells.below(grid);
            room(captionHeight() + Math.min(table.getTotalHeight(), keeps(table) ? Float.MAX_VALUE : START));
            Paragraph caption = cells.paragraph(grid.title(), Ink.CAPTION, 1.4f);
            caption.setSpacingBefore(8);
            caption.setSpacingAfter(5);
            document.add(caption);
            document.add(table);
            if (!below.isEmpty()) {
                Paragraph note = cells.paragraph(below, Ink.SMALL, 1.45f);
                note.setSpacingBefore(3);
                note.setSpacingAfter(4);
                document.add(note);
            }
        }

        /** A table that is short enough to be kept on one page. */
        private boolean keeps(PdfPTable table) {
            return table.getTotalHeight() < (document.top() - document.bottom()) * 0.45f;
        }

        private float captionHeight() {
            return 30;
        }

        private void whole(PdfPTable table, float before) {
            room(table.getTotalHeight() + before);
            table.setSpacingBefore(before);
            table.setSpacingAfter(6);
            document.add(table);
        }

        /** What must have room below a heading, for the part that follows it. */
        private float start(Part next) {
            if (next instanceof Chart chart) {
                return PdfCharts.height(chart) + 10;
            } else if (next instanceof Grid grid) {
                PdfPTable table = cells.grid(grid);
                return captionHeight() + (keeps(table) ? table.getTotalHeight() : START);
            } else if (next instanceof Part.Box box) {
                return cells.box(box).getTotalHeight() + 8;
            } else if (next instanceof Part.KeyFigures figures) {
                return cells.figures(figures).getTotalHeight() + 8;
            } else if (next instanceof Part.Signature signature) {
                return cells.signature(signature).getTotalHeight() + 18;
            }
            return START / 2;
        }

        /** Goes to a new page where this one has less room, unless it is empty: then nothing is gained. */
        private void room(float height) {
            float left = writer.getVerticalPosition(false) - document.bottom();
            boolean fresh = writer.getVerticalPosition(false) > document.top() - 20;
            if (left < height && !fresh) {
                document.newPage();
            }
        }
    }
}
