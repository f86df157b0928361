package org.tocsin.gateway.report.paper;

import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfPageEventHelper;
import com.lowagie.text.pdf.PdfTemplate;
import com.lowagie.text.pdf.PdfWriter;
import java.util.ArrayList;
import java.util.List;

/** What stands on each page above and below its text; how many pages there are is filled in at the end. */
final class PdfPages extends PdfPageEventHelper {
    private final PdfFonts fonts;
    private final Paper.Masthead masthead;
    private final List<PdfTemplate> counts = new ArrayList<>();

    PdfPages(PdfFonts fonts, Paper.Masthead masthead) {
        this.fonts = fonts;
        this.masthead = masthead;
    }

    @Override
    public void onEndPage(PdfWriter writer, Document document) {
        PdfContentByte canvas = writer.getDirectContent();
        float left = document.left();
        float right = document.right();
        float above = document.top() + 16;
        float below = document.bottom() - 22;
        if (writer.getPageNumber() > 1) {
            float room = right - left - fonts.width(masthead.mark(), Ink.MARK) - 12;
            text(canvas, fonts.fit(masthead.title(), Ink.SMALL, room), left, above, Element.ALIGN_LEFT);
            line(canvas, left, right, above - 6);
        }
        if (!masthead.mark().isEmpty()) {
            ColumnText.showTextAligned(
                    canvas, Element.ALIGN_RIGHT, fonts.phrase(masthead.mark(), Ink.MARK), right, above, 0);
        }
        line(canvas, left, right, below + 12);
        text(canvas, masthead.asOf(), left, below, Element.ALIGN_LEFT);
        PdfTemplate count = canvas.createTemplate(140, 14);
        counts.add(count);
        canvas.addTemplate(count, right - 140, below - 3);
    }

    @Override
    public void onCloseDocument(PdfWriter writer, Document document) {
        for (int page = 1; page <= counts.size(); page++) {
            ColumnText.showTextAligned(
                    counts.get(page - 1),
                    Element.ALIGN_RIGHT,
                    fonts.phrase("第 " + page + " 页　共 " + counts.size() + " 页", Ink.SMALL),
                    140,
                    3,
                    0);
        }
    }

    private void text(PdfContentByte canvas, String text, float x, float y, int align) {
        ColumnText.showTextAligned(canvas, align, fonts.phrase(text, Ink.SMALL), x, y, 0);
    }

    private static void line(PdfContentByte canvas, float left, float right, float y) {
        canvas.saveState();
        canvas.setColorStroke(Ink.RULE);
        canvas.setLineWidth(0.5f);
        canvas.moveTo(left, y);
        canvas.lineTo(right, y);
        canvas.stroke();
        canvas.restoreState();
    }
}
