package org.tocsin.gateway.report.export;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.Ledger;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.document.IssuePaper;
import org.tocsin.gateway.report.document.PeriodPaper;
import org.tocsin.gateway.report.paper.Paper;
import org.tocsin.gateway.report.paper.PaperFormat;
import org.tocsin.gateway.report.period.PeriodJson;
import org.tocsin.gateway.report.period.PeriodQuery;
import org.tocsin.gateway.report.period.PeriodReport;
import org.tocsin.gateway.report.period.PeriodReports;
import org.tocsin.gateway.report.survey.SurveyFigure;

/** Makes reports as files and puts each into the ledger. Blocking; may be used by any thread. */
public final class ReportDesk {
    /** Of how many issues a report is made at once, rather than in the background. */
    public static final int MOST_AT_ONCE = 2_000;

    /** Of how many issues a report is made at all. */
    public static final int MOST = 50_000;

    /** The act in the ledger, over the hash of the file. */
    public static final String ACT = "report.export";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final PeriodReports periods;
    private final Supplier<String> authority;
    private final Ledger ledger;
    private final InstantSource clock;

    /**
     * Knows what it needs.
     *
     * @param periods makes a period's report
     * @param authority the county's name
     * @param ledger gets a line for each file
     * @param clock the time
     */
    public ReportDesk(PeriodReports periods, Supplier<String> authority, Ledger ledger, InstantSource clock) {
        this.periods = periods;
        this.authority = authority;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What a report is written as.
     *
     * @param paper the format of a document; null for JSON
     * @param table the key of the table, where the format holds one; null for all
     */
    public record Form(@Nullable PaperFormat paper, @Nullable String table) {
        /** JSON. */
        public static final Form JSON = new Form(null, null);

        /** Its media type. */
        public String mediaType() {
            return paper == null ? "application/json" : paper.mediaType();
        }

        /** The word for it, which is a file's ending too. */
        public String word() {
            return paper == null ? "json" : paper.word();
        }

        /** What the ledger says of it: the table too, as the ten of a period are ten files. */
        private String subject() {
            return word() + (table == null ? "" : " " + table);
        }

        private String tail() {
            return (table == null ? "" : "-" + table) + "." + word();
        }
    }

    /** The report of a period that is short enough to be made at once; no file, so nothing in the ledger. */
    public PeriodReport period(PeriodQuery query) {
        return periods.report(query, MOST_AT_ONCE, done -> {});
    }

    /** It as JSON; no document that leaves the gateway by itself, so nothing in the ledger. */
    public byte[] json(PeriodQuery query) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(period(query), Form.JSON, out);
        return out.toByteArray();
    }

    /** The file of a period that is short enough to be made at once. */
    public byte[] file(String actor, PeriodQuery query, Form form) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(period(query), form, out);
        byte[] file = out.toByteArray();
        note(actor, subject(query, form), ContentHash.of(file));
        return file;
    }

    /**
     * The file of an issue, as a document.
     *
     * @param survey what a sample survey says; null where there is none
     */
    public byte[] file(String actor, IssueSummary summary, @Nullable SurveyFigure survey, Form form) {
        PaperFormat format = form.paper();
        if (format == null) {
            throw new IllegalArgumentException("an issue's report is a document");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(
                new IssuePaper(periods.zone(), authority.get(), periods::hazardName).paper(summary, survey),
                format,
                form.table(),
                out);
        byte[] file = out.toByteArray();
        note(actor, "warning " + summary.about().issue() + " " + form.subject(), ContentHash.of(file));
        return file;
    }

    /** What makes a period's file in the background. */
    public Work work(PeriodQuery query, Form form) {
        return (out, progress) -> {
            try {
                PeriodReport report = periods.report(query, MOST, done -> progress.accept(done * 0.7));
                write(report, form, new Watched(out, progress));
            } catch (PeriodReports.TooMany tooMany) {
                throw new Work.Refusal(
                        "the period has more than " + tooMany.most() + " issues: ask for a shorter one, or filter");
            }
        };
    }

    /** Puts a file made in the background into the ledger. */
    public void made(ExportJob job) {
        Map<String, String> order = new LinkedHashMap<>(new java.util.TreeMap<>(job.order()));
        note(job.owner(), "job " + job.id() + " " + order, job.sha256());
    }

    /** What a period's file is called. */
    public static String fileName(PeriodQuery query, Form form) {
        return "tocsin-" + query.period().from() + "_" + query.period().to() + form.tail();
    }

    /** What an issue's file is called. */
    public static String fileName(String issue, Form form) {
        return "tocsin-" + issue + form.tail();
    }

    /** Which tables a period's document has. */
    public static List<String> periodTables() {
        return PeriodPaper.TABLES;
    }

    /** Which tables an issue's document has. */
    public static List<String> issueTables() {
        return IssuePaper.TABLES;
    }

    private void write(PeriodReport report, Form form, OutputStream out) {
        PaperFormat format = form.paper();
        if (format == null) {
            try {
                out.write(MAPPER.writeValueAsBytes(new PeriodJson(periods.zone()).json(report)));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return;
        }
        String table = form.table() == null ? "issues" : form.table();
        write(new PeriodPaper(periods.zone(), authority.get()).paper(report), format, table, out);
    }

    private static void write(Paper paper, PaperFormat format, @Nullable String table, OutputStream out) {
        try {
            format.write(paper, table, out);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String subject(PeriodQuery query, Form form) {
        return "period " + query.parameters() + " " + form.subject();
    }

    private void note(String actor, String subject, String hash) {
        ledger.append(new Deed(clock.instant(), actor, ACT, subject, hash));
    }

    /** Asks now and then whether the file is still wanted while it is written. */
    private static final class Watched extends java.io.FilterOutputStream {
        private final DoubleConsumer progress;

        Watched(OutputStream out, DoubleConsumer progress) {
            super(out);
            this.progress = progress;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            progress.accept(0.75);
            out.write(bytes, from, length);
        }
    }
}
