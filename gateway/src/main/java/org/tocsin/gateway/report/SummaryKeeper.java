package org.tocsin.gateway.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.receipt.IssueEvidence;

/**
 * Keeps the summaries of issues in step with their figures, and gives the report of one: live while it is open, as it
 * was kept once it is settled. May be used by any thread.
 */
public final class SummaryKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(SummaryKeeper.class);
    private static final long PAUSE_SECONDS = 10;

    private final CoverageTracker tracker;
    private final Function<String, Optional<Warning>> warnings;
    private final Function<String, Optional<byte[]>> sealed;
    private final SummaryMaker maker;
    private final SummaryStore store;
    private final Duration after;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    /**
     * Makes it.
     *
     * @param tracker computes the coverage
     * @param warnings finds an issue; may block
     * @param sealed the coverage in the contract's JSON that was sealed with an issue; empty for one that is not; may
     *     block
     * @param maker makes summaries
     * @param store keeps them
     * @param after how long after an issue's end reports still count
     * @param clock the time of day
     * @param zone in which reports write times
     */
    public SummaryKeeper(
            CoverageTracker tracker,
            Function<String, Optional<Warning>> warnings,
            Function<String, Optional<byte[]>> sealed,
            SummaryMaker maker,
            SummaryStore store,
            Duration after,
            InstantSource clock,
            ZoneId zone) {
        this.tracker = tracker;
        this.warnings = warnings;
        this.sealed = sealed;
        this.maker = maker;
        this.store = store;
        this.after = after;
        this.clock = clock;
        this.zone = zone;
    }

    /** Begins to keep, every {@value #PAUSE_SECONDS} seconds, what has changed; on a worker whose tasks may block. */
    public void start(ScheduledExecutorService worker) {
        var unused = worker.scheduleWithFixedDelay(this::flush, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    /** Hears that an issue's figures or its state may have changed; returns at once. */
    public void changed(String issue) {
        changed.add(issue);
    }

    /** Keeps the summaries of all that has changed. What fails is tried again the next time. */
    public void flush() {
        for (String issue : List.copyOf(changed)) {
            changed.remove(issue);
            try {
                warnings.apply(issue)
                        .flatMap(this::report)
                        .filter(reported -> !reported.summary().settled())
                        .ifPresent(reported -> store.put(reported.summary()));
            } catch (RuntimeException failed) {
                changed.add(issue);
                LOG.warn("the summary of issue {} was not kept, is tried again: {}", issue, failed.toString());
            }
        }
    }

    /**
     * Keeps the last summary of an issue that was sealed just now. Blocks. What fails is made of the archive later: it
     * is said, and stops nothing.
     *
     * @param evidence what was sealed
     * @param coverage the coverage in the contract's JSON that was
     */
    public void settle(Warning warning, IssueEvidence evidence, byte[] coverage) {
        try {
            tracker.measured(warning.id(), evidence, SealedCoverage.read(coverage))
                    .ifPresent(measured -> settled(warning, measured));
        } catch (RuntimeException failed) {
            changed.add(warning.id());
            LOG.error("the last summary of issue {} was not kept, is tried again", warning.id(), failed);
        }
    }

    /** The report of an issue; empty for one that was never planned. Blocks; some ten milliseconds for a million. */
    public Optional<Reported> report(Warning warning) {
        if (warning.signed() == null) {
            return Optional.empty();
        }
        if (warning.closed() != null) {
            Optional<byte[]> coverage = sealed.apply(warning.id());
            if (coverage.isPresent()) {
                Optional<IssueSummary> kept = kept(warning.id());
                return kept.filter(IssueSummary::settled)
                        .or(() -> tracker.measured(warning.id(), SealedCoverage.read(coverage.get()))
                                .map(measured -> settled(warning, measured)))
                        // The archive is elsewhere: what was kept last is all there is.
                        .or(() -> kept)
                        .map(this::settledReport);
            }
        }
        return live(warning);
    }

    /** The last summary, and keeps it; another gateway's where that was first. */
    private IssueSummary settled(Warning warning, Measured measured) {
        IssueSummary summary = maker.make(warning, measured, true);
        return store.put(summary) ? summary : kept(warning.id()).orElse(summary);
    }

    /** The summary that is kept; one that cannot be read is none. */
    private Optional<IssueSummary> kept(String issue) {
        try {
            return store.find(issue);
        } catch (SummaryJson.Unreadable unreadable) {
            LOG.error("the summary of issue {} that is kept cannot be read: {}", issue, unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Reported> live(Warning warning) {
        return tracker.measured(warning.id()).map(measured -> {
            CoverageSnapshot snapshot = measured.snapshot();
            IssueSummary summary = maker.make(warning, measured, false);
            if (!summary.applies()) {
                return new Reported(summary, Forecast.UNKNOWN, zone);
            }
            Instant signed = summary.about().signed();
            Instant closed = warning.closed();
            Instant end = closed == null ? warning.expires() : closed;
            double last = end == null
                    ? Double.POSITIVE_INFINITY
                    : Duration.between(signed, end.plus(after)).toMillis() / 1000.0;
            double attainable = new AreaEvidence(snapshot.subject(), measured.evidence()).attainable();
            Forecast forecast = Forecast.of(
                    summary.goalSeconds(),
                    wanted(summary),
                    summary.curve(),
                    Duration.between(signed, clock.instant()).toMillis(),
                    attainable);
            return new Reported(summary, forecast.until(last), zone);
        });
    }

    private Reported settledReport(IssueSummary summary) {
        Forecast forecast = summary.applies()
                ? Forecast.of(
                        summary.goalSeconds(),
                        wanted(summary),
                        summary.curve(),
                        0,
                        summary.coverage().lower())
                : Forecast.UNKNOWN;
        return new Reported(summary, forecast, zone);
    }

    private static double wanted(IssueSummary summary) {
        return summary.goal().share() * summary.coverage().residents();
    }
}
