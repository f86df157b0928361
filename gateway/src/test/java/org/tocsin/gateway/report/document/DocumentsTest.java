package org.tocsin.gateway.report.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Status;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.Summaries;
import org.tocsin.gateway.report.paper.Cell;
import org.tocsin.gateway.report.paper.Grid;
import org.tocsin.gateway.report.paper.Paper;
import org.tocsin.gateway.report.paper.PaperFormat;
import org.tocsin.gateway.report.period.Issues;
import org.tocsin.gateway.report.period.Period;
import org.tocsin.gateway.report.period.PeriodFold;
import org.tocsin.gateway.report.period.PeriodQuery;
import org.tocsin.gateway.report.survey.SurveyFigure;

class DocumentsTest {
    private static final Instant AFTER = Instant.parse("2027-01-08T01:30:00Z");

    private static Paper year(List<IssueSummary> summaries) {
        PeriodFold fold = new PeriodFold(PeriodQuery.of(Period.year(2026)), DemoYear.ZONE, code -> Optional.empty());
        summaries.forEach(fold::add);
        return new PeriodPaper(DemoYear.ZONE, "夏邑县").paper(fold.report(AFTER, List.of()));
    }

    private static Paper issue(IssueSummary summary) {
        return new IssuePaper(DemoYear.ZONE, "夏邑县", code -> Optional.of("暴雨事件"))
                .paper(summary, new SurveyFigure(0.9, 0.8449, 0.9421, 380, 9000));
    }

    private static String text(Paper paper) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PaperFormat.PDF.write(paper, null, out);
        try (PDDocument document = Loader.loadPDF(out.toByteArray())) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static List<String> tables(Paper paper) {
        return paper.grids().stream().map(Grid::key).sorted().toList();
    }

    @Test
    void theYearSaysItsFindingMethodAndLimitsAndWhereItIsSigned() throws IOException {
        Paper paper = year(DemoYear.summaries(2026, 60, 1));
        String text = text(paper).replaceAll("\\s", "");

        assertTrue(text.contains(paper.masthead().finding().replaceAll("\\s", "")), text);
        for (String word : List.of(
                "夏邑县", "2026年度", "按级别统计", "按灾种统计", "按月统计", "乡镇（街道）排名", "统计方法", "本报告不能说明什么", "演练（单列", "（编制单位盖章处）")) {
            assertTrue(text.contains(word), word);
        }
        assertFalse(text.contains("〔U+"), "a character is missing from the fonts");
    }

    @Test
    void everyTableIsThereWhateverThePeriodHolds() {
        List<String> all = PeriodPaper.TABLES.stream().sorted().toList();

        assertEquals(all, tables(year(List.of())));
        assertEquals(all, tables(year(DemoYear.summaries(2026, 60, 1))));
    }

    @Test
    void everyTableIsThereWhateverTheIssueHolds() {
        List<String> all = IssuePaper.TABLES.stream().sorted().toList();

        assertEquals(all, tables(issue(Issues.issue("a", "2026-07-01T02:00:00Z").made())));
        assertEquals(all, tables(issue(Summaries.of("w1", Summaries.SIGNED, 30))));
    }

    @Test
    void whereNothingIsMeasuredNothingWasNeverReached() throws IOException {
        IssueSummary never = Issues.issue("a", "2026-07-01T02:00:00Z")
                .reached(1000, 500, 500, 600)
                .seconds(2.0, 30.0, null)
                .made();

        String empty = text(year(List.of())).replaceAll("\\s", "");
        String late = text(year(List.of(never))).replaceAll("\\s", "");

        assertTrue(empty.contains("签发至首达（中位）") && empty.contains("—"), empty);
        assertFalse(empty.replace("则记“未达到”", "").replace("从未达到", "").contains("未达到"), empty);
        assertTrue(row(year(List.of(never)), "levels").contains("未达到"), "a group that never reached 90 %");
        assertTrue(row(year(List.of(never)), "issues").contains("未达到"));
        assertFalse(row(year(List.of(never)), "months").contains("未达到"), "January had no warning");
        assertTrue(late.contains("若中位落在从未达到的期上"), late);
    }

    private static String row(Paper paper, String table) {
        return paper.grid(table).orElseThrow().rows().get(0).toString();
    }

    @Test
    void anOfficialReadsNamesAndNotNumbers() throws IOException {
        IssueSummary named = Issues.issue("a", "2026-07-01T02:00:00Z")
                .sender("41142641600000")
                .senderName("夏邑县气象台")
                .made();
        String paper = text(issue(named)).replaceAll("\\s", "");

        assertTrue(paper.contains("夏邑县气象台（41142641600000）"), paper);
        assertTrue(paper.contains("受众全体居民"), paper);
        assertTrue(paper.contains("灾种与级别暴雨事件（"), paper);
        assertTrue(row(year(List.of(named)), "issuers").contains("夏邑县气象台"));
    }

    @Test
    void theSurveyStandsBesideWhatWasMeasured() throws IOException {
        String paper = text(issue(Summaries.of("w1", Summaries.SIGNED, 30))).replaceAll("\\s", "");

        assertTrue(paper.contains("抽样调查90.0%84.4%94.3%"), paper);
        assertEquals(
                0,
                new IssuePaper(DemoYear.ZONE, "夏邑县", code -> Optional.empty())
                        .paper(Summaries.of("w1", Summaries.SIGNED, 30), null)
                        .grid("survey")
                        .orElseThrow()
                        .rows()
                        .size());
    }

    @Test
    void theNotConfirmedAddUpInTheTable() {
        Grid grid = issue(Summaries.of("w1", Summaries.SIGNED, 30))
                .grid("unreached")
                .orElseThrow();
        long sum = grid.body().stream()
                .mapToLong(cells -> ((Cell.Whole) cells.get(1)).value())
                .sum();

        assertEquals(sum, ((Cell.Whole) grid.rows().get(grid.rows().size() - 1).get(1)).value());
    }

    @Test
    void anEmptyYearIsADocumentToo() throws IOException {
        assertTrue(text(year(List.of())).contains("没有覆盖数据"));
    }

    @Test
    void aDrillSaysSoOnEveryPage() throws IOException {
        IssueSummary drill = Issues.issue("a", "2026-07-01T02:00:00Z")
                .status(Status.EXERCISE)
                .made();

        assertEquals("演练\u3000不计入统计", issue(drill).masthead().mark());
        assertTrue(text(issue(drill)).contains("不计入统计"));
    }

    @Test
    void aHostileHeadlineIsATextInEveryFormat() throws IOException {
        IssueSummary hostile = Issues.issue("a", "2026-07-01T02:00:00Z")
                .headline("=cmd|' /C calc'!A0\n\u0000\uD800<script>")
                .made();
        for (Paper paper : List.of(year(List.of(hostile)), issue(hostile))) {
            for (PaperFormat format : PaperFormat.values()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                format.write(paper, null, out);
                assertTrue(out.size() > 0);
            }
        }
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        PaperFormat.CSV.write(year(List.of(hostile)), "issues", csv);
        assertTrue(csv.toString(UTF_8).contains("'=cmd"), csv.toString(UTF_8));
    }
}
