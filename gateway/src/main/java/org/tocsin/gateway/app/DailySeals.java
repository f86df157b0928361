package org.tocsin.gateway.app;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private int filed = -1;
    private volatile boolean contradicted;
    /** When the last seal was made, as of the last look: figures are shown while the store is away, too. */
    private volatile @Nullable Instant sealedAt;

    DailySeals(Sealer sealer, SealStore store, SealFolder folder, List<Witness> witnesses, InstantSource clock) {
        this.sealer = sealer;
        this.store = store;
        this.folder = folder;
        this.clock = clock;
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
                "Seconds since the ledger's last seal; more than two days mean that sealing fails.",
                () -> {
                    Instant at = sealedAt;
                    return at == null
                            ? 0
                            : Duration.between(at, clock.instant()).toSeconds();
                });
        metrics.gauge(
                "tocsin_ledger_seal_contradicted",
                "Whether a seal's file in the data folder says something else than the store.",
                () -> contradicted ? 1 : 0);
        metrics.gauges(
                "tocsin_witness_behind",
                "Seals that a witness has not confirmed.",
                () -> samples(WitnessRound.State::behind));
        metrics.gauges(
                "tocsin_witness_refused",
                "Whether a witness refuses the next seal.",
                () -> samples(state -> state.refused() ? 1 : 0));
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
            Optional<Seal> made = sealer.sealIfDue();
            made.ifPresent(seal -> LOG.info(
                    "the ledger is sealed: {}, up to entry {}, seal {}", seal.day(), seal.sequence(), seal.hash()));
            sealedAt = store.last().map(Seal::at).orElse(null);
            file();
        } catch (IOException | RuntimeException failed) {
            // A gateway that ends breaks it off; that is no trouble.
            if (!worker.isShutdown()) {
                LOG.warn("the ledger's seal or its file is tried again in {} s: {}", LOOK_SECONDS, failed.toString());
            }
        }
    }

    /** Writes the files that are missing; all are looked at once after a start. */
    private void file() throws IOException {
        int count = store.count();
        int from = Math.max(0, filed);
        while (from < count) {
            List<Seal> page = store.read(from, PAGE);
            for (Seal seal : page) {
                try {
                    folder.keep(seal);
                } catch (SealFolder.Contradiction other) {
                    contradicted = true;
                    LOG.error("THE LEDGER'S SEALS CONTRADICT EACH OTHER: {}", other.getMessage());
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
