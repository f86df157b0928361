package org.tocsin.gateway.report.paper;

import com.lowagie.text.Chunk;
import com.lowagie.text.Font;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.BaseFont;
import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The fonts that documents are set in: Noto Sans SC from the gateway's own files, embedded and cut to what a document
 * uses, so that no font of the machine is asked for. Immutable; any thread.
 *
 * <p>Regular has every Chinese character of Noto: GBK, levels 1 and 2 of GB 18030-2022 and the table of standard
 * characters among them; Bold has GB2312. What Bold lacks is set in Regular with its outline drawn, which looks bold;
 * what both lack is set as its code point, such as 〔U+2A700〕, as a name must not lose a character unseen.
 */
final class PdfFonts {
    private static final String REGULAR = "NotoSansSC-Regular.otf";
    private static final String BOLD = "NotoSansSC-Bold.otf";

    private final BaseFont regular;
    private final BaseFont bold;

    private PdfFonts(BaseFont regular, BaseFont bold) {
        this.regular = regular;
        this.bold = bold;
    }

    /** Read at first need, as they take some megabytes and a tenth of a second. */
    private static final class Shared {
        static final PdfFonts FONTS = new PdfFonts(read(REGULAR), read(BOLD));
    }

    static PdfFonts shared() {
        return Shared.FONTS;
    }

    /**
     * How a text is set.
     *
     * @param size in points
     * @param bold whether in bold
     * @param colour its colour
     */
    record Style(float size, boolean bold, Color colour) {
        Style in(Color other) {
            return new Style(size, bold, other);
        }
    }

    /** A text in a style, with line breaks where Chinese may have them. */
    Phrase phrase(String text, Style style) {
        Phrase phrase = new Phrase();
        StringBuilder run = new StringBuilder();
        BaseFont current = style.bold() ? bold : regular;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            BaseFont next = fontOf(point, style.bold());
            String set = next == null ? missing(point) : Character.toString(point);
            BaseFont font = next == null ? regular : next;
            if (font != current && !run.isEmpty()) {
                phrase.add(chunk(run.toString(), current, style));
                run.setLength(0);
            }
            current = font;
            run.append(set);
        }
        if (!run.isEmpty()) {
            phrase.add(chunk(run.toString(), current, style));
        }
        return phrase;
    }

    /** The font of a style, for what has no text. */
    Font font(Style style) {
        return new Font(style.bold() ? bold : regular, style.size(), Font.NORMAL, style.colour());
    }

    /** How wide a text is, in points. */
    float width(String text, Style style) {
        float width = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            BaseFont font = fontOf(point, style.bold());
            width += font == null
                    ? regular.getWidthPoint(missing(point), style.size())
                    : font.getWidthPoint(Character.toString(point), style.size());
        }
        return width;
    }

    /** The text, or as much of its beginning as there is room for, with an ellipsis. */
    String fit(String text, Style style, float room) {
        if (width(text, style) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 1 && width(text.substring(0, end) + "…", style) > room) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }

    /** Whether Regular has a character. */
    boolean has(int point) {
        return regular.charExists(point);
    }

    /** Whether Bold has a character. */
    boolean hasBold(int point) {
        return bold.charExists(point);
    }

    private BaseFont fontOf(int point, boolean wantsBold, BaseFont otherwise) {
        return wantsBold && bold.charExists(point) ? bold : otherwise;
    }

    private @org.jspecify.annotations.Nullable BaseFont fontOf(int point, boolean wantsBold) {
        if (point == '\n' || point == '\u200B') {
            return wantsBold ? bold : regular;
        }
        return fontOf(point, wantsBold, regular).charExists(point) ? fontOf(point, wantsBold, regular) : null;
    }

    private static String missing(int point) {
        return Character.getType(point) == Character.CONTROL ? " " : String.format("〔U+%04X〕", point);
    }

    private Chunk chunk(String text, BaseFont font, Style style) {
        int drawn = style.bold() && font == regular ? Font.BOLD : Font.NORMAL;
        Chunk chunk = new Chunk(text, new Font(font, style.size(), drawn, style.colour()));
        return chunk.setSplitCharacter(new ChineseBreaks());
    }

    private static BaseFont read(String name) {
        try (InputStream file = PdfFonts.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return BaseFont.createFont(name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, file.readAllBytes(), null);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
