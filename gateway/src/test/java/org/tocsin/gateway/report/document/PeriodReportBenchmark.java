package org.tocsin.gateway.report.document;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.Summaries;
import org.tocsin.gateway.report.SummaryJson;
import org.tocsin.gateway.report.paper.Paper;
import org.tocsin.gateway.report.paper.PaperFormat;
import org.tocsin.gateway.report.period.Period;
import org.tocsin.gateway.report.period.PeriodFold;
import org.tocsin.gateway.report.period.PeriodQuery;
import org.tocsin.gateway.report.period.PeriodReport;
import org.tocsin.gateway.validation.EventTypes;

/**
 * How long reports take, by hand: {@code main FOLDER [ISSUES]} writes a year's and a warning's of 743 villages there
 * five times. Summaries are read from the bytes that the store keeps; the store itself is not in it.
 */
final class PeriodReportBenchmark {
    private PeriodReportBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int issues = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
        List<byte[]> kept = DemoYear.summaries(2026, issues, 1).stream()
                .map(SummaryJson::write)
                .toList();
        IssueSummary warning = Summaries.of("w1", Summaries.SIGNED, 743);
        for (int round = 1; round <= 5; round++) {
            long start = System.nanoTime();
            PeriodFold fold =
                    new PeriodFold(PeriodQuery.of(Period.year(2026)), DemoYear.ZONE, EventTypes.standard()::name);
            kept.forEach(summary -> fold.add(SummaryJson.read(summary)));
            PeriodReport report = fold.report(Instant.parse("2027-01-08T01:30:00Z"), List.of());
            Paper paper = new PeriodPaper(DemoYear.ZONE, "夏邑县").paper(report);
            long folded = System.nanoTime();
            System.out.printf("round %d: read and fold %.0f ms", round, (folded - start) / 1e6);
            for (PaperFormat format : PaperFormat.values()) {
                long before = System.nanoTime();
                Path file = folder.resolve("year." + format.word());
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                    format.write(paper, "issues", out);
                }
                System.out.printf(
                        ", %s %.0f ms %,d bytes", format.word(), (System.nanoTime() - before) / 1e6, Files.size(file));
            }
            long issue = System.nanoTime();
            Path file = folder.resolve("warning.pdf");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                PaperFormat.PDF.write(
                        new IssuePaper(DemoYear.ZONE, "夏邑县", code -> java.util.Optional.empty()).paper(warning, null),
                        null,
                        out);
            }
            System.out.printf(", a warning's pdf %.0f ms%n", (System.nanoTime() - issue) / 1e6);
        }
    }
}
