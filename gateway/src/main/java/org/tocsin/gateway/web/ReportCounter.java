package org.tocsin.gateway.web;

import java.time.LocalDate;
import java.util.function.Supplier;
import org.tocsin.gateway.report.export.Exports;
import org.tocsin.gateway.report.export.ReportDesk;
import org.tocsin.gateway.report.period.PeriodQueryReader;

/**
 * Where reports are asked for.
 *
 * @param desk makes them
 * @param exports those made in the background
 * @param reader reads which is wanted
 * @param day today in the county's zone
 */
public record ReportCounter(ReportDesk desk, Exports exports, PeriodQueryReader reader, Supplier<LocalDate> day) {
    LocalDate today() {
        return day.get();
    }
}
