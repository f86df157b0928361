package org.tocsin.gateway.web;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.report.export.ExportJob;
import org.tocsin.gateway.report.export.Exports;
import org.tocsin.gateway.report.export.ReportDesk;
import org.tocsin.gateway.report.export.ReportDesk.Form;
import org.tocsin.gateway.report.period.PeriodQuery;
import org.tocsin.gateway.report.period.PeriodQueryReader;

/** Where reports are asked for, by programs and on the console's pages. May be used by any thread. */
public final class ReportCounter {
    /** Who may see reports of periods. */
    public static final Set<Role> READERS = Set.of(Role.AUDITOR, Role.ADMIN, Role.SIGNER);

    /** A report takes a core for a second or so; the pool is for warnings first. */
    private static final int AT_ONCE = 2;

    private final ReportDesk desk;
    private final Exports exports;
    private final PeriodQueryReader reader;
    private final Supplier<LocalDate> day;
    private final Semaphore making = new Semaphore(AT_ONCE);

    /**
     * Opens it.
     *
     * @param desk makes reports
     * @param exports those made in the background
     * @param reader reads which is wanted
     * @param day today in the county's zone
     */
    public ReportCounter(ReportDesk desk, Exports exports, PeriodQueryReader reader, Supplier<LocalDate> day) {
        this.desk = desk;
        this.exports = exports;
        this.reader = reader;
        this.day = day;
    }

    /** Makes reports. */
    public ReportDesk desk() {
        return desk;
    }

    /** Those made in the background. */
    public Exports exports() {
        return exports;
    }

    /** Reads which is wanted. */
    public PeriodQueryReader reader() {
        return reader;
    }

    /** Today in the county's zone. */
    public LocalDate today() {
        return day.get();
    }

    /** What makes an answer out of a report; the answer is 503 while too many others are being made. */
    public Answer made(Supplier<Answer> report) {
        if (!making.tryAcquire()) {
            return Answer.problem(503, "unavailable", "other reports are being made")
                    .with("Retry-After", "5");
        }
        try {
            return report.get();
        } finally {
            making.release();
        }
    }

    /** Whether a principal may see reports of periods: they are of the whole county, not of a part of it. */
    public static boolean isForAll(Principal principal) {
        return principal.divisions().isEmpty() && principal.hazards().isEmpty();
    }

    /**
     * Orders a period's report in the background.
     *
     * @throws Exports.TooMany when there are too many already
     */
    public ExportJob order(Principal principal, PeriodQuery query, Form form) {
        Map<String, String> order = new LinkedHashMap<>(query.parameters());
        order.put("what", "period");
        order.put("format", form.word());
        if (form.table() != null) {
            order.put("table", form.table());
        }
        return exports.submit(
                principal.id(), order, ReportDesk.fileName(query, form), form.mediaType(), desk.work(query, form));
    }
}
