package org.tocsin.gateway.report.paper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;

class SpreadsheetTest {
    private static final List<String> FORMULAS = List.of(
            "=1+1",
            "+86138",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "\u3000=1",
            "\uFEFF=1",
            "＝1",
            "=HYPERLINK(\"http://x\")");

    private static Paper paper(Grid... grids) {
        List<Part> parts = new ArrayList<>(List.of(grids));
        parts.add(new Part.Box("统计方法", List.of("=不是公式", "下限不依赖任何假设。")));
        return new Paper(new Paper.Masthead("夏邑县", "2026年度", "年度报告", "达标。", "数据截至今日", ""), parts);
    }

    private static Grid grid(String title, List<List<Cell>> rows, int totals) {
        return new Grid(
                "rows", title, List.of(new Grid.Column("名\n称", 2), new Grid.Column("值", 1)), rows, totals, 0, "");
    }

    private static byte[] xlsx(Paper paper) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PaperFormat.XLSX.write(paper, null, out);
        return out.toByteArray();
    }

    private static List<Row> rows(byte[] book, String sheet) throws IOException {
        try (ReadableWorkbook read = new ReadableWorkbook(new ByteArrayInputStream(book))) {
            Sheet found = read.findSheet(sheet).orElseThrow();
            return found.read();
        }
    }

    private static List<CSVRecord> csv(Grid grid) throws IOException {
        String text = csvText(grid);
        assertEquals('\uFEFF', text.charAt(0));
        try (CSVParser parser = CSVParser.parse(text.substring(1), CSVFormat.RFC4180)) {
            return parser.getRecords();
        }
    }

    private static String csvText(Grid grid) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PaperFormat.CSV.write(paper(grid), "rows", out);
        return out.toString(UTF_8);
    }

    @Test
    void aWorkbookHasNumbersAsNumbersAndDaysAsDays() throws IOException {
        byte[] book = xlsx(paper(grid(
                "明细",
                List.of(
                        List.of(Cell.of("数"), Cell.of(42)),
                        List.of(Cell.of("比"), new Cell.Share(0.875)),
                        List.of(Cell.of("日"), new Cell.Day(LocalDate.of(2026, 7, 21))),
                        List.of(Cell.of("时"), new Cell.Moment(LocalDateTime.of(2026, 7, 21, 8, 30, 10))),
                        List.of(Cell.of("无"), Cell.NONE)),
                0)));
        List<Row> rows = rows(book, "明细");

        assertEquals(CellType.NUMBER, rows.get(1).getCell(1).getType());
        assertEquals(new BigDecimal("42"), rows.get(1).getCellAsNumber(1).orElseThrow());
        assertEquals(
                0,
                new BigDecimal("0.875").compareTo(rows.get(2).getCellAsNumber(1).orElseThrow()));
        assertEquals(
                LocalDate.of(2026, 7, 21),
                rows.get(3).getCellAsDate(1).orElseThrow().toLocalDate());
        assertEquals(
                LocalDateTime.of(2026, 7, 21, 8, 30, 10),
                rows.get(4).getCellAsDate(1).orElseThrow());
        assertTrue(rows.get(5)
                .getOptionalCell(1)
                .filter(cell -> cell.getType() != CellType.EMPTY)
                .isEmpty());
    }

    @Test
    void aWorkbookHasASheetOfTheMethodAndOneATableEachOnce() throws IOException {
        List<List<Cell>> row = List.of(List.of(Cell.of("a"), Cell.of(1)));
        String longName = "一".repeat(40);
        byte[] book = xlsx(
                paper(grid("明细", row, 0), grid("明细", row, 0), grid("a/b:c?[d]*\\", row, 0), grid(longName, row, 0)));

        try (ReadableWorkbook read = new ReadableWorkbook(new ByteArrayInputStream(book))) {
            assertEquals(
                    List.of("说明", "明细", "明细 2", "a b c  d", "一".repeat(31)),
                    read.getSheets().map(Sheet::getName).toList());
        }
        assertTrue(
                rows(book, "说明").stream().anyMatch(line -> line.getCellText(0).equals("下限不依赖任何假设。")));
    }

    @Test
    void aWorkbooksHeadStaysWhereItIs() throws IOException {
        byte[] book = xlsx(paper(grid("明细", List.of(List.of(Cell.of("a"), Cell.of(1))), 0)));
        String sheet = part(book, "xl/worksheets/sheet2.xml");

        assertTrue(sheet.contains("ySplit=\"1\"") && sheet.contains("state=\"frozen\""), sheet);
    }

    @Test
    void noTextBecomesAFormula() throws IOException {
        List<List<Cell>> rows = FORMULAS.stream()
                .map(formula -> List.of(Cell.of(formula), Cell.of(1)))
                .toList();
        byte[] book = xlsx(paper(grid("明细", rows, 0)));
        List<Row> read = rows(book, "明细");
        List<CSVRecord> csv = csv(grid("明细", rows, 0));

        for (int place = 0; place < FORMULAS.size(); place++) {
            assertEquals(CellType.STRING, read.get(place + 1).getCell(0).getType());
            assertEquals('\'', csv.get(place + 1).get(0).charAt(0), FORMULAS.get(place));
        }
        assertFalse(part(book, "xl/worksheets/sheet2.xml").contains("<f>"));
        assertTrue(
                rows(book, "说明").stream().anyMatch(line -> line.getCellText(0).equals("'=不是公式")));
    }

    @Property(tries = 300)
    void anyTextComesBackAsItselfOrBehindAnApostrophe(@ForAll String text) throws IOException {
        String read = csv(grid("明细", List.of(List.of(new Cell.Text(text), Cell.of(1))), 0))
                .get(1)
                .get(0);

        assertTrue(read.equals(Harmless.text(text)));
        assertTrue(read.isEmpty() || "=+-@\t\r".indexOf(read.charAt(0)) < 0);
    }

    @Test
    void csvIsRfc4180InUtf8WithItsMarkAndWithoutTotals() throws IOException {
        String text = csvText(grid(
                "明细",
                List.of(
                        List.of(Cell.of("含\"引号\",逗号"), Cell.of(1234)),
                        List.of(Cell.of("甲"), new Cell.Share(2.0 / 3)),
                        List.of(Cell.of("合计"), Cell.of(9))),
                1));

        assertEquals("\uFEFF名称,值\r\n\"含\"\"引号\"\",逗号\",1234\r\n甲,0.666666\r\n", text);
    }

    /** A part of a workbook, by the archive's directory, as spreadsheets read it. */
    private static String part(byte[] book, String name) throws IOException {
        Path file = Files.createTempFile("book", ".xlsx");
        try {
            Files.write(file, book);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), UTF_8);
            }
        } finally {
            Files.delete(file);
        }
    }
}
