package org.tocsin.gateway.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.receipt.SealedRoutes;
import org.tocsin.gateway.report.CoverageTracker;
import org.tocsin.gateway.report.pack.PackWriter;
import org.tocsin.gateway.store.Archive;

/**
 * Seals issues a while after they were closed, when no report counts any more: writes the evidence pack into the
 * archive, and lets memory and journals go of them. One after the other, on a thread of its own, and only while no link
 * has anything on its way.
 */
final class Sealing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
    private static final long LOOK_SECONDS = 5;
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final WarningStore warnings;
    private final Dispatcher dispatcher;
    private final CoverageTracker tracker;
    private final PackWriter packs;
    private final Archive archive;
    private final BiConsumer<Warning, PackWriter.Packed> settling;
    private final Duration after;
    private final InstantSource clock;
    /** The issues that could not be sealed, and when they are tried again. */
    private final Map<String, Instant> notBefore = new HashMap<>();

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sealing");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Makes it.
     *
     * @param settling keeps the last summary of an issue that was sealed just now; must not fail
     * @param after how long after its end an issue is sealed: reports that come later count nowhere
     */
    Sealing(
            WarningStore warnings,
            Dispatcher dispatcher,
            CoverageTracker tracker,
            PackWriter packs,
            Archive archive,
            BiConsumer<Warning, PackWriter.Packed> settling,
            Duration after,
            InstantSource clock) {
        this.warnings = warnings;
        this.dispatcher = dispatcher;
        this.tracker = tracker;
        this.packs = packs;
        this.archive = archive;
        this.settling = settling;
        this.after = after;
        this.clock = clock;
    }

    /** Begins to look. */
    void start() {
        var unused = worker.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            for (String issue : dispatcher.ended()) {
                if (!isBusy()) {
                    due(issue).ifPresent(this::tryToSeal);
                }
            }
        } catch (RuntimeException failed) {
            LOG.warn("looking for what is to be sealed failed, is tried again: {}", failed.toString());
        }
    }

    private boolean isBusy() {
        return dispatcher.links().stream().anyMatch(link -> link.outstanding() > 0);
    }

    /** The issue, where it ended long enough ago and is not to be tried again later. */
    private Optional<Warning> due(String issue) {
        Instant now = clock.instant();
        if (now.isBefore(notBefore.getOrDefault(issue, Instant.MIN))) {
            return Optional.empty();
        }
        return warnings.find(issue).filter(warning -> {
            Instant closed = warning.closed();
            return closed != null && !now.isBefore(closed.plus(after));
        });
    }

    private void tryToSeal(Warning warning) {
        try {
            seal(warning);
        } catch (IOException | RuntimeException failed) {
            notBefore.put(warning.id(), clock.instant().plus(AGAIN));
            LOG.warn("warning {} was not sealed, is tried again in {}: {}", warning.id(), AGAIN, failed.toString());
        }
    }

    private void seal(Warning warning) throws IOException {
        if (archive.find(warning.id()).isEmpty()) {
            Path draft = archive.draft(warning.id());
            try {
                Optional<PackWriter.Packed> packed = packs.write(warning, draft);
                if (packed.isEmpty()) {
                    // It ended before it was planned: there is nothing to keep of it, and never will be.
                    notBefore.put(warning.id(), Instant.MAX);
                    return;
                }
                seal(warning, packed.get(), draft);
            } finally {
                Files.deleteIfExists(draft);
            }
        }
        notBefore.remove(warning.id());
        dispatcher.sealed(warning.id());
        tracker.forget(warning.id());
    }

    private void seal(Warning warning, PackWriter.Packed packed, Path draft) throws IOException {
        int unsent = packed.evidence().open().unsent();
        if (unsent > 0) {
            throw new IllegalStateException(unsent + " deliveries wait for a link that does not take them");
        }
        boolean first = archive.seal(
                new Archive.Draft(
                        warning.id(), packed.sha256(), SealedRoutes.write(packed.evidence()), packed.coverage()),
                draft,
                clock.instant());
        if (first) {
            // Only of what is sealed. After a crash just here the summary is made of the archive.
            settling.accept(warning, packed);
            LOG.info("warning {} is sealed", warning.id());
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
