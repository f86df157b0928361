package org.tocsin.gateway.app;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.ledger.Seal;
import org.tocsin.gateway.ledger.SealStore;
import org.tocsin.gateway.ledger.Sealer;
import org.tocsin.gateway.ledger.Witness;
import org.tocsin.gateway.ledger.WitnessRound;
import org.tocsin.gateway.store.SealFolder;
import org.tocsin.gateway.web.Metrics;

/**
 * Sees to the ledger's daily seal: made once a day, written into the data folder, brought to the witnesses. Sealing has
 * a thread of its own and each witness another, so that a witness that hangs holds up nobody.
 */
final class DailySeals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DailySeals.class);
    private static final long LOOK_SECONDS = 20;
    private static final int PAGE = 100;

    private final Sealer sealer;
    private final SealStore store;
    private final SealFolder folder;
    private final InstantSource clock;
    private final List<WitnessRound> rounds;
    private final ScheduledExecutorService worker;
    private final Instant started;
    private int filed;
    private @Nullable String told;
    private volatile boolean contradicted;
    private volatile boolean ahead;
    /** When the last seal was made, as of the last look: figures are shown while the store is away, too. */
    private volatile @Nullable Instant sealedAt;

    DailySeals(Sealer sealer, SealStore store, SealFolder folder, List<Witness> witnesses, InstantSource clock) {
        this.sealer = sealer;
        this.store = store;
        this.folder = folder;
        this.clock = clock;
        this.started = clock.instant();
        this.rounds = witnesses.stream()
                .map(witness -> new WitnessRound(witness, store, clock))
                .toList();
        this.worker = Executors.newScheduledThreadPool(1 + rounds.size(), task -> {
            Thread thread = new Thread(task, "ledger-seals");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins: the first look is now. */
    void start() {
        repeat(this::seal, 0);
        for (WitnessRound round : rounds) {
            repeat(() -> bring(round), 2);
        }
    }

    private void repeat(Runnable look, long firstSeconds) {
        var unused = worker.scheduleWithFixedDelay(look, firstSeconds, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** How it stands with the witnesses. */
    List<WitnessRound.State> witnesses() {
        return rounds.stream().map(WitnessRound::state).toList();
    }

    /** Shows how old the last seal is, and how far the witnesses are behind. */
    void show(Metrics metrics) {
        metrics.gauge(
                "tocsin_ledger_seal_age_seconds",
                "Seconds since the ledger's last seal, or without one since the start; more than two days mean that"
                        + " sealing fails.",
                () -> {
                    Instant at = sealedAt;
                    return Duration.between(at == null ? started : at, clock.instant())
                            .toSeconds();
                });
        metrics.gauge(
                "tocsin_ledger_seal_contradicted",
                "Whether the store's seals, its ledger and the files in the data folder contradict each other.",
                () -> contradicted ? 1 : 0);
        metrics.gauge(
                "tocsin_ledger_seal_day_ahead",
                "Whether the last seal is of a day after tomorrow, so that none follows until then.",
                () -> ahead ? 1 : 0);
        metrics.gauges(
                "tocsin_witness_behind",
                "Seals that a witness has not confirmed.",
                () -> samples(WitnessRound.State::behind));
        metrics.gauges(
                "tocsin_witness_refused",
                "Whether a witness refuses the next seal.",
                () -> samples(state -> state.refused() ? 1 : 0));
        metrics.gauges(
                "tocsin_witness_contradicted",
                "Whether a witness has confirmed a seal that the store does not have.",
                () -> samples(state -> state.contradicted() ? 1 : 0));
        metrics.counters(
                "tocsin_witness_failures_total",
                "Tries to bring a seal that failed, since the start.",
                () -> samples(WitnessRound.State::failures));
    }

    private List<Metrics.Sample> samples(ToDoubleFunction<WitnessRound.State> value) {
        return witnesses().stream()
                .map(state -> new Metrics.Sample(Map.of("witness", state.witness()), value.applyAsDouble(state)))
                .toList();
    }

    private void seal() {
        try {
            make();
            Optional<Seal> last = store.last();
            sealedAt = last.map(Seal::at).orElse(null);
            LocalDate tomorrow =
                    LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
            boolean isAhead = last.isPresent() && last.get().day().isAfter(tomorrow);
            if (isAhead && !ahead) {
                LOG.error(
                        "THE LEDGER IS NOT SEALED BEFORE {}: a clock ran ahead when its last seal was made",
                        last.get().day());
            }
            ahead = isAhead;
            file();
        } catch (IOException | RuntimeException failed) {
            // A gateway that ends breaks it off; that is no trouble.
            if (!worker.isShutdown()) {
                LOG.warn("the ledger's seal or its file is tried again in {} s: {}", LOOK_SECONDS, failed.toString());
            }
        }
    }

    private void make() {
        try {
            sealer.sealIfDue()
                    .ifPresent(seal -> LOG.info(
                            "the ledger is sealed: {}, up to entry {}, seal {}",
                            seal.day(),
                            seal.sequence(),
                            seal.hash()));
        } catch (Sealer.Contradiction changed) {
            contradict(String.valueOf(changed.getMessage()));
        }
    }

    private void contradict(String what) {
        contradicted = true;
        if (!what.equals(told)) {
            told = what;
            LOG.error("THE LEDGER AND ITS SEALS CONTRADICT EACH OTHER: {}", what);
        }
    }

    /** Writes the files that are missing; all are looked at once after a start. */
    private void file() throws IOException {
        int count = store.count();
        if (count < filed) {
            contradict("the store has " + count + " seals, and had " + filed);
            filed = 0;
        }
        int from = filed;
        while (from < count) {
            List<Seal> page = store.read(from, PAGE);
            if (page.isEmpty()) {
                break;
            }
            for (Seal seal : page) {
                try {
                    folder.keep(seal);
                } catch (SealFolder.Contradiction other) {
                    contradict(String.valueOf(other.getMessage()));
                }
            }
            from += page.size();
            filed = from;
        }
    }

    private void bring(WitnessRound round) {
        WitnessRound.State before = round.state();
        try {
            round.bring();
        } catch (RuntimeException failed) {
            if (!worker.isShutdown()) {
                LOG.warn("bringing seals to the witness is tried again: {}", failed.toString());
            }
        }
        WitnessRound.State state = round.state();
        if (state.contradicted() && !before.contradicted()) {
            LOG.error(
                    "THE WITNESS {} HAS CONFIRMED A SEAL THAT THE STORE DOES NOT HAVE: of {} seals {} are confirmed",
                    state.witness(),
                    state.confirmed() + state.behind(),
                    state.confirmed());
        }
        if (state.refused() && !before.refused()) {
            LOG.error("the witness {} refuses the ledger's seal: {}", state.witness(), state.failure());
        } else if (state.failure() != null && before.failure() == null && !worker.isShutdown()) {
            LOG.warn("the witness {} has not confirmed, is tried again: {}", state.witness(), state.failure());
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
