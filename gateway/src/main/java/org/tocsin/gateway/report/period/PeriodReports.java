package org.tocsin.gateway.report.period;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import org.tocsin.gateway.report.SummaryStore;

/** Makes reports of periods from the summaries that are kept. Blocking; may be used by any thread. */
public final class PeriodReports {
    private final SummaryStore summaries;
    private final ZoneId zone;
    private final Function<String, Optional<String>> hazardNames;
    private final InstantSource clock;

    /**
     * Knows where the summaries are.
     *
     * @param summaries one for each issue
     * @param zone the county's zone
     * @param hazardNames the name of an event code, where there is one
     * @param clock the time
     */
    public PeriodReports(
            SummaryStore summaries, ZoneId zone, Function<String, Optional<String>> hazardNames, InstantSource clock) {
        this.summaries = summaries;
        this.zone = zone;
        this.hazardNames = hazardNames;
        this.clock = clock;
    }

    /** There are more issues than asked for. */
    public static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int most;

        TooMany(int most) {
            super("more than " + most + " issues", null, false, false);
            this.most = most;
        }

        /** How many there may be. */
        public int most() {
            return most;
        }
    }

    /** Today in the county's zone. */
    public LocalDate today() {
        return clock.instant().atZone(zone).toLocalDate();
    }

    /** The name of an event code, where there is one. */
    public Optional<String> hazardName(String code) {
        return hazardNames.apply(code);
    }

    /** The county's zone. */
    public ZoneId zone() {
        return zone;
    }

    /**
     * The report.
     *
     * @param query of which issues
     * @param most of how many at most
     * @param progress is told how far it is, 0 to 1
     * @throws TooMany when there are more
     */
    public PeriodReport report(PeriodQuery query, int most, DoubleConsumer progress) {
        PeriodFold fold = new PeriodFold(query, zone, hazardNames);
        Instant start = query.period().start(zone);
        Instant end = query.period().end(zone);
        double whole = Duration.between(start, end).toMillis();
        List<String> unreadable = summaries.each(start, end, summary -> {
            fold.add(summary);
            if (fold.size() > most) {
                throw new TooMany(most);
            }
            progress.accept(Duration.between(start, summary.about().signed()).toMillis() / whole);
        });
        return fold.report(clock.instant(), unreadable);
    }
}
