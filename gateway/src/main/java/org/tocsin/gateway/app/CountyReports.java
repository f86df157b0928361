package org.tocsin.gateway.app;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.ledger.Ledger;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.DivisionLevel;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.report.SummaryStore;
import org.tocsin.gateway.report.export.ExportLimits;
import org.tocsin.gateway.report.export.Exports;
import org.tocsin.gateway.report.export.ReportDesk;
import org.tocsin.gateway.report.period.PeriodQueryReader;
import org.tocsin.gateway.report.period.PeriodReports;
import org.tocsin.gateway.validation.EventTypes;
import org.tocsin.gateway.web.ReportCounter;

/** Puts together where reports are made and asked for. */
final class CountyReports {
    private static final Logger LOG = LoggerFactory.getLogger(CountyReports.class);

    /** What a report says where the registry has no county, or several. */
    private static final String NOBODY = "本地区";

    private CountyReports() {}

    /**
     * Opens the counter.
     *
     * @param folder for what is made in the background
     * @param worker makes it, one after the other, and removes what is old; its owner ends it
     */
    static ReportCounter open(
            SummaryStore summaries,
            Registry registry,
            Ledger ledger,
            EventTypes events,
            Set<String> channels,
            ZoneId zone,
            Path folder,
            InstantSource clock,
            Random random,
            ScheduledExecutorService worker) {
        PeriodReports periods = new PeriodReports(summaries, zone, events::name, clock);
        ReportDesk desk = new ReportDesk(periods, () -> county(registry), ledger, clock);
        Exports exports = new Exports(folder, ExportLimits.STANDARD, clock, random, worker, desk::made);
        var unused = worker.scheduleWithFixedDelay(() -> sweep(exports), 1, 1, TimeUnit.HOURS);
        return new ReportCounter(desk, exports, new PeriodQueryReader(events::name, channels), periods::today);
    }

    /** A failure must not end the sweeps to come. */
    private static void sweep(Exports exports) {
        try {
            exports.sweep();
        } catch (RuntimeException failed) {
            LOG.warn("old reports were not removed", failed);
        }
    }

    /** The name of the registry's one county. */
    private static String county(Registry registry) {
        List<String> counties = registry.divisions().all().stream()
                .filter(division -> division.level() == DivisionLevel.COUNTY)
                .map(Division::name)
                .toList();
        return counties.size() == 1 ? counties.get(0) : NOBODY;
    }
}
