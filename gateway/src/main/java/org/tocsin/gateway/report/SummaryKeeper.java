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
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.coverage.Forecast;

/**
 * Keeps the summaries of issues in step with their figures, and gives the report of one: live while it is open, as it
 * was kept once it is settled. May be used by any thread.
 */
public final class SummaryKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(SummaryKeeper.class);
    private static final long PAUSE_SECONDS = 10;

    private final CoverageTracker tracker;
    private final Function<String, Optional<Warning>> warnings;
    private final Predicate<String> sealed;
    private final SummaryMaker maker;
    private final SummaryStore store;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    /**
     * Makes it.
     *
     * @param tracker computes the coverage
     * @param warnings finds an issue; may block
     * @param sealed whether an issue is sealed; may block
     * @param maker makes summaries
     * @param store keeps them
     * @param clock the time of day
     * @param zone in which reports write times
     */
    public SummaryKeeper(
            CoverageTracker tracker,
            Function<String, Optional<Warning>> warnings,
            Predicate<String> sealed,
            SummaryMaker maker,
            SummaryStore store,
            InstantSource clock,
            ZoneId zone) {
        this.tracker = tracker;
        this.warnings = warnings;
        this.sealed = sealed;
        this.maker = maker;
        this.store = store;
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
                        .filter(warning -> warning.signed() != null)
                        .flatMap(this::live)
                        .ifPresent(reported -> store.put(reported.summary()));
            } catch (RuntimeException failed) {
                changed.add(issue);
                LOG.warn("the summary of issue {} was not kept, is tried again: {}", issue, failed.toString());
            }
        }
    }

    /** Keeps the last summary of an issue that is being sealed, of the evidence that is. Blocks. */
    public void settle(Warning warning, Measured measured) {
        store.put(maker.make(warning, measured, true));
    }

    /** The report of an issue; empty for one that was never planned. Blocks; some ten milliseconds for a million. */
    public Optional<Reported> report(Warning warning) {
        if (warning.signed() == null) {
            return Optional.empty();
        }
        if (warning.closed() != null) {
            Optional<IssueSummary> kept = store.find(warning.id()).filter(IssueSummary::settled);
            if (kept.isPresent()) {
                return kept.map(this::settledReport);
            }
            if (sealed.test(warning.id())) {
                return sealedBefore(warning);
            }
        }
        return live(warning);
    }

    private Optional<Reported> live(Warning warning) {
        return tracker.measured(warning.id()).map(measured -> {
            CoverageSnapshot snapshot = measured.snapshot();
            IssueSummary summary = maker.make(warning, measured, false);
            if (!summary.applies()) {
                return new Reported(summary, Forecast.UNKNOWN, zone);
            }
            Instant ended = warning.closed();
            Instant until = ended == null ? clock.instant() : ended;
            double attainable = new AreaEvidence(snapshot.subject(), measured.evidence()).attainable();
            Forecast forecast = Forecast.of(
                    wanted(summary),
                    summary.curve(),
                    Duration.between(summary.about().signed(), until).toMillis(),
                    attainable);
            return new Reported(summary, forecast, zone);
        });
    }

    /** An issue that was sealed before its last summary was kept: it is made of the archive, once. */
    private Optional<Reported> sealedBefore(Warning warning) {
        Optional<Measured> measured =
                tracker.measured(warning.id()).filter(found -> found.evidence().version() >= 0);
        if (measured.isEmpty()) {
            // The archive is elsewhere: what was kept last is all there is.
            return store.find(warning.id()).map(this::settledReport);
        }
        settle(warning, measured.get());
        return store.find(warning.id()).map(this::settledReport);
    }

    private Reported settledReport(IssueSummary summary) {
        Forecast forecast = summary.applies()
                ? Forecast.of(
                        wanted(summary), summary.curve(), 0, summary.coverage().lower())
                : Forecast.UNKNOWN;
        return new Reported(summary, forecast, zone);
    }

    private static double wanted(IssueSummary summary) {
        return summary.goal().share() * summary.coverage().residents();
    }
}
