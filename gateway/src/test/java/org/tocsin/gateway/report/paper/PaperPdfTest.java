package org.tocsin.gateway.report.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** The judge is Apache PDFBox, which has no code in common with the writer. */
class PaperPdfTest {
    private static Paper paper(List<Part> parts) {
        return new Paper(
                new Paper.Masthead("夏邑县", "2026年度", "公众覆盖情况年度报告", "覆盖率下限为 91.2 %，达标。", "数据截至 2027年1月8日", "阶段性数据"),
                parts);
    }

    private static Grid grid(int rows) {
        List<List<Cell>> cells = new ArrayList<>();
        for (int row = 1; row <= rows; row++) {
            cells.add(List.of(Cell.of("第" + row + "村"), Cell.of(1_234_567L), new Cell.Share(0.89999), Cell.NONE));
        }
        return new Grid(
                "villages",
                "按村统计",
                List.of(
                        new Grid.Column("村名", 2),
                        new Grid.Column("居民", 1),
                        new Grid.Column("下限", 1),
                        new Grid.Column("备注", 1)),
                cells,
                0,
                500,
                "");
    }

    private static PDDocument written(Paper paper) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PaperFormat.PDF.write(paper, null, out);
        return Loader.loadPDF(out.toByteArray());
    }

    private static String text(PDDocument document) throws IOException {
        return new PDFTextStripper().getText(document);
    }

    private static void fonts(PDResources resources, List<PDFont> found) throws IOException {
        if (resources == null) {
            return;
        }
        for (COSName name : resources.getFontNames()) {
            found.add(resources.getFont(name));
        }
        for (COSName name : resources.getXObjectNames()) {
            PDXObject object = resources.getXObject(name);
            if (object instanceof PDFormXObject form) {
                fonts(form.getResources(), found);
            }
        }
    }

    @Test
    void saysInChineseWhatItIsAndOnWhichPageOfHowMany() throws IOException {
        try (PDDocument document = written(paper(List.of(new Part.Heading("一、总体情况"), grid(120))))) {
            String text = text(document);

            assertTrue(text.contains("覆盖率下限为 91.2 %，达标。"), text);
            assertTrue(text.contains("第120村"), text);
            assertTrue(text.contains("1,234,567"), text);
            int pages = document.getNumberOfPages();
            assertTrue(pages >= 3, "pages: " + pages);
            assertTrue(text.replace('\u3000', ' ').contains("第 " + pages + " 页 共 " + pages + " 页"), text);
            assertEquals(pages, text.split("阶段性数据", -1).length - 1, "the mark stands on each page");
            assertEquals(pages, text.split("村名", -1).length - 1, "the head of the table stands on each page");
        }
    }

    @Test
    void neverRoundsAShareUpToItsGoal() throws IOException {
        try (PDDocument document = written(paper(List.of(grid(1))))) {
            assertTrue(text(document).contains("89.9 %"));
            assertFalse(text(document).contains("90.0 %"));
        }
    }

    @Test
    void embedsAndSubsetsEveryFontThatItUses() throws IOException {
        Chart chart = new Chart.Ranges("覆盖率", List.of(new Chart.Range("城关镇", 0.8, 0.9, 0.95)), 0.9);
        try (PDDocument document = written(paper(List.of(chart, grid(3))))) {
            List<PDFont> fonts = new ArrayList<>();
            for (PDPage page : document.getPages()) {
                fonts(page.getResources(), fonts);
            }

            assertFalse(fonts.isEmpty());
            for (PDFont font : fonts) {
                assertTrue(font.isEmbedded(), font.getName());
                assertTrue(font.getName().matches("[A-Z]{6}\\+NotoSans.*"), font.getName());
            }
        }
    }

    @Test
    void tellsReadersItsTitleLanguageAndHeadings() throws IOException {
        try (PDDocument document =
                written(paper(List.of(new Part.Heading("一、总体情况"), grid(60), new Part.Heading("二、各月情况"), grid(3))))) {
            assertEquals(
                    "夏邑县 2026年度 公众覆盖情况年度报告", document.getDocumentInformation().getTitle());
            assertEquals("zh-CN", document.getDocumentCatalog().getLanguage());
            List<String> marks = new ArrayList<>();
            document.getDocumentCatalog().getDocumentOutline().children().forEach(item -> marks.add(item.getTitle()));
            assertEquals(List.of("一、总体情况", "二、各月情况"), marks);
        }
    }

    @Test
    void leavesNoHeadingAloneAtTheFootOfAPage() throws IOException {
        for (int rows = 20; rows < 50; rows++) {
            try (PDDocument document = written(paper(List.of(grid(rows), new Part.Heading("二、其余"), grid(40))))) {
                for (int page = 1; page <= document.getNumberOfPages(); page++) {
                    PDFTextStripper stripper = new PDFTextStripper();
                    stripper.setStartPage(page);
                    stripper.setEndPage(page);
                    String text = stripper.getText(document);
                    if (text.contains("二、其余")) {
                        assertTrue(text.substring(text.indexOf("二、其余")).contains("第2村"), rows + " rows: " + text);
                    }
                }
            }
        }
    }

    @Test
    void drawsChartsThatShowOnThePage() throws IOException {
        Chart ranges = new Chart.Ranges("各级别", List.of(new Chart.Range("红色", 0.8, 0.9, 1)), 0.9);
        Chart stacks = new Chart.Stacks("各月", List.of("达标", "未达标"), List.of(new Chart.Stack("1月", List.of(3L, 1L))));
        Chart lines = new Chart.Lines(
                "随时间",
                "分钟",
                List.of(new Chart.Line("下限", List.of(new Chart.Point(1, 0.5), new Chart.Point(2, 0.9)))),
                0.9);
        for (Chart chart : List.of(ranges, stacks, lines)) {
            try (PDDocument document = written(paper(List.of(chart)))) {
                BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 50);

                assertTrue(share(page, Ink.DARK.getRGB()) > 0.001, chart.title());
                assertTrue(text(document).contains(chart.title()));
            }
        }
    }

    private static double share(BufferedImage image, int colour) {
        long found = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = image.getHeight() / 4; y < image.getHeight(); y++) {
                found += image.getRGB(x, y) == colour ? 1 : 0;
            }
        }
        return (double) found / image.getWidth() / image.getHeight();
    }

    @Test
    void hasEveryCharacterOfGb2312InBothWeightsAndOfGbkInRegular() {
        for (String encoding : List.of("GB2312", "GBK")) {
            int characters = 0;
            for (int lead = 0x81; lead < 0xFF; lead++) {
                for (int trail = 0x40; trail < 0xFF; trail++) {
                    int point = decoded(encoding, lead, trail);
                    if (Character.isIdeographic(point)) {
                        characters++;
                        assertTrue(PdfFonts.shared().has(point), Integer.toHexString(point));
                        if (encoding.equals("GB2312")) {
                            assertTrue(PdfFonts.shared().hasBold(point), Integer.toHexString(point));
                        }
                    }
                }
            }
            assertTrue(characters >= (encoding.equals("GB2312") ? 6763 : 20_902), encoding + ": " + characters);
        }
    }

    private static int decoded(String encoding, int lead, int trail) {
        CharsetDecoder decoder = Charset.forName(encoding).newDecoder();
        try {
            return decoder.decode(ByteBuffer.wrap(new byte[] {(byte) lead, (byte) trail}))
                    .codePoints()
                    .findFirst()
                    .orElse(0);
        } catch (CharacterCodingException none) {
            return 0;
        }
    }

    @Test
    void hasTheLevelsOneAndTwoOfGb18030InWhateverWeight() throws IOException {
        for (int point = 0x3400; point <= 0x4DB5; point++) {
            assertTrue(PdfFonts.shared().has(point), Integer.toHexString(point));
        }
        for (int point = 0x4E00; point <= 0x9FEF; point++) {
            assertTrue(PdfFonts.shared().has(point), Integer.toHexString(point));
        }
        // Of the table of standard characters, which villages and people are called by; the last ones beyond 16 bits.
        String names = "㙦㘵䃥䢺㴩鿍𡐓𬇙𬭎𫓧𬍛";
        try (PDDocument document =
                written(paper(List.of(new Part.Heading(names), new Part.Prose(List.of(names + "村")))))) {
            assertTrue(text(document).contains(names + "村"), text(document));
            assertFalse(text(document).contains("〔U+"), text(document));
        }
    }

    @Test
    void showsACharacterThatNoFontHasByItsCode() throws IOException {
        try (PDDocument document = written(paper(List.of(new Part.Prose(List.of("𪜀家村")))))) {
            assertTrue(text(document).contains("〔U+2A700〕家村"), text(document));
        }
    }

    @Test
    void breaksNoLineBeforeAClosingMark() {
        ChineseBreaks breaks = new ChineseBreaks();
        char[] text = "目标（九成），达标".toCharArray();

        assertTrue(breaks.isSplitCharacter(0, 0, text.length, text, null));
        assertFalse(breaks.isSplitCharacter(0, 2, text.length, text, null), "behind an opening mark");
        assertFalse(breaks.isSplitCharacter(0, 4, text.length, text, null), "before a closing mark");
        assertFalse(breaks.isSplitCharacter(0, 5, text.length, text, null), "before a comma");
        assertTrue(breaks.isSplitCharacter(0, 6, text.length, text, null));
    }
}
