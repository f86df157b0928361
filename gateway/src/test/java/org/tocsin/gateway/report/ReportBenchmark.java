package org.tocsin.gateway.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Content;
import org.tocsin.gateway.approval.AlertFacts;
import org.tocsin.gateway.approval.Sample;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.receipt.EvidenceOf;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.registry.MemoryRegistryStore;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.targeting.MeasuredArea;
import org.tocsin.gateway.targeting.Target;
import org.tocsin.gateway.targeting.TargetRefused;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.targeting.TargetingSettings;

/**
 * How long the live report of one warning takes: run its {@code main} by hand, with the residents as its argument. Not
 * a test.
 */
public final class ReportBenchmark {
    private static final int ROUNDS = 200;
    private static final Instant SIGNED = Sample.SENT.toInstant();

    private ReportBenchmark() {}

    /** Prints the median and the worst of each step, in milliseconds. */
    public static void main(String[] arguments) throws TargetRefused {
        int residents = Integer.parseInt(arguments[0]);
        Registry registry = Registry.open(new MemoryRegistryStore());
        try (RegistryWriter writer = registry.writer()) {
            new SyntheticCounty(1, residents, 0.95).writeTo(writer);
        }
        RegistryView view = registry.view();
        Targeting targeting =
                new Targeting(new TargetingSettings(TargetingSettings.DEFAULT.geocodeNames(), ZoneId.of("UTC")));
        Warning warning = Summaries.warning("w1", SIGNED);
        Target target = targeting.target(Content.of(warning.alert()), "residents", view, SIGNED);
        MeasuredArea area = MeasuredArea.of(target, view.terminals());
        RoaringBitmap persons = target.persons();
        AtomicReference<IssueEvidence> evidence = new AtomicReference<>();
        ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
        CoverageTracker tracker = new CoverageTracker(
                issue -> Optional.of(CoverageSubject.of(warning, area)),
                issue -> Optional.ofNullable(evidence.get()),
                TimelineMemory.FORGETFUL,
                () -> SIGNED.plusSeconds(60),
                worker,
                subject -> Goal.otherwise(0.9),
                (issue, goal) -> goal,
                issue -> Course.NONE);
        SummaryMaker maker = new SummaryMaker(
                registry::view, link -> link, AlertFacts.byCodes(Set.of(), Set.of(), where -> Set.of()));
        SummaryKeeper keeper = new SummaryKeeper(
                tracker,
                issue -> Optional.of(warning),
                issue -> Optional.empty(),
                maker,
                new Nowhere(),
                Duration.ofDays(2),
                () -> SIGNED.plusSeconds(60),
                ZoneOffset.UTC);
        long[] refresh = new long[ROUNDS];
        long[] report = new long[ROUNDS];
        long[] written = new long[ROUNDS];
        long[] drawn = new long[ROUNDS];
        int bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            RoaringBitmap delivered = persons.limit(persons.getCardinality() / 2 + round * 1000);
            evidence.set(new EvidenceOf("w1", round + 1)
                    .persons("sms", persons, delivered, new RoaringBitmap(), new RoaringBitmap())
                    .persons("app", delivered, persons.limit(9000), persons.limit(5000), persons.limit(500))
                    .terminals("loudspeaker", target.terminals(), target.terminals())
                    .build());
            long begun = System.nanoTime();
            tracker.now("w1");
            refresh[round] = System.nanoTime() - begun;
            begun = System.nanoTime();
            Reported reported = keeper.report(warning).orElseThrow();
            report[round] = System.nanoTime() - begun;
            begun = System.nanoTime();
            bytes = ReportJson.write(reported).length;
            written[round] = System.nanoTime() - begun;
            begun = System.nanoTime();
            AreaMap map = AreaMap.of(
                    registry.divisions(),
                    reported.summary().villages().stream()
                            .map(IssueSummary.Village::code)
                            .toList());
            drawn[round] = System.nanoTime() - begun;
            Objects.requireNonNull(map);
        }
        worker.shutdownNow();
        System.out.printf(
                "%d persons, %d villages, report of %d bytes%n",
                residents, area.atoms().size(), bytes);
        print("refresh of the coverage", refresh);
        print("report computed", report);
        print("report written as JSON", written);
        print("map drawn", drawn);
    }

    private static void print(String what, long[] nanos) {
        long[] sorted = nanos.clone();
        java.util.Arrays.sort(sorted);
        System.out.printf(
                "%-24s median %.2f ms, worst %.2f ms%n", what, sorted[ROUNDS / 2] / 1e6, sorted[ROUNDS - 1] / 1e6);
    }

    private static final class Nowhere implements SummaryStore {
        @Override
        public boolean put(IssueSummary summary) {
            return false;
        }

        @Override
        public Optional<IssueSummary> find(String issue) {
            return Optional.empty();
        }

        @Override
        public Page list(Query query) {
            return new Page(List.of(), null);
        }
    }
}
