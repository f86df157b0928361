package org.tocsin.gateway.report.paper;

import java.awt.Color;
import org.tocsin.gateway.report.paper.PdfFonts.Style;

/** The colours and sizes of a page: few, and told apart in grey too. */
final class Ink {
    static final Color BLACK = new Color(0x1A1A1A);
    static final Color GREY = new Color(0x5A5A5A);
    static final Color RULE = new Color(0xB8BEC6);
    static final Color PALE = new Color(0xF2F4F7);
    static final Color DARK = new Color(0x1F3A5F);
    static final Color MIDDLE = new Color(0x8FB0D3);
    static final Color WHITE = Color.WHITE;
    static final Color GOAL = new Color(0xB00020);

    static final Style TITLE = new Style(23, true, DARK);
    static final Style OVER_TITLE = new Style(13, false, GREY);
    static final Style FINDING = new Style(12.5f, true, BLACK);
    static final Style HEADING = new Style(13.5f, true, DARK);
    static final Style CAPTION = new Style(9.5f, true, BLACK);
    static final Style TEXT = new Style(10, false, BLACK);
    static final Style SMALL = new Style(8.5f, false, GREY);
    static final Style CELL = new Style(8.5f, false, BLACK);
    static final Style CELL_BOLD = new Style(8.5f, true, BLACK);
    static final Style CELL_HEAD = new Style(8.5f, true, WHITE);
    static final Style FIGURE = new Style(19, true, DARK);
    static final Style MARK = new Style(10, true, GOAL);

    private Ink() {}
}
