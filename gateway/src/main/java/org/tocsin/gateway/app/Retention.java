package org.tocsin.gateway.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.store.Archive;

/**
 * Lets go of who was addressed by which warning when the time for it is over: the plan in the store and what became of
 * each addressee in the archive. Figures, packs, hashes and the ledger stay. A few issues at a time, on a thread of its
 * own; what a crash has cut short is finished at the next look.
 */
final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final long FIRST_SECONDS = 5;
    private static final long LOOK_SECONDS = 60;
    private static final int AT_ONCE = 20;
    private static final int MOST_LOOKED_AT = 1000;

    private final Archive archive;
    private final WarningStore warnings;
    private final Dispatcher dispatcher;
    private final Duration keep;
    private final InstantSource clock;
    /** How many that wait the last looks have passed over: the next goes on behind them, and once around. */
    private int passed;

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "retention");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Makes it.
     *
     * @param keep how long after an issue was sealed its persons are kept
     */
    Retention(Archive archive, WarningStore warnings, Dispatcher dispatcher, Duration keep, InstantSource clock) {
        this.archive = archive;
        this.warnings = warnings;
        this.dispatcher = dispatcher;
        this.keep = keep;
        this.clock = clock;
    }

    /** Begins to look. */
    void start() {
        var unused = worker.scheduleWithFixedDelay(this::look, FIRST_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** How long after an issue was sealed its persons are kept. */
    Duration keep() {
        return keep;
    }

    /**
     * The issues whose time is over, the longest ago first; some of them may have to wait for a later issue of the same
     * warning.
     *
     * @param limit at most so many
     */
    List<Archive.Held> due(int limit) {
        return archive.held(clock.instant().minus(keep), 0, limit);
    }

    /**
     * The issue of the same warning for which another one has to wait; empty where that may be let go of. An Update
     * goes to those whom earlier issues were planned for.
     */
    Optional<String> waitsFor(String issue) {
        return warnings.find(issue).flatMap(found -> warnings.issues(found.root()).stream()
                .filter(this::isWaitedFor)
                .map(Warning::id)
                .findFirst());
    }

    private boolean isWaitedFor(Warning other) {
        if (other.signed() != null) {
            return other.closed() == null
                    || (!archive.isSealed(other.id())
                            && dispatcher.area(other.id()).isPresent());
        }
        // A draft that nobody has touched for as long as persons are kept is forgotten.
        Instant touched = other.history().isEmpty()
                ? other.created()
                : other.history().get(other.history().size() - 1).at();
        return other.closed() == null && touched.isAfter(clock.instant().minus(keep));
    }

    private void look() {
        try {
            int done = run();
            if (done > 0) {
                LOG.info("retention: the persons of {} sealed issues are not kept any more", done);
            }
        } catch (IOException | RuntimeException failed) {
            if (!worker.isShutdown()) {
                LOG.warn("retention is tried again in {} s: {}", LOOK_SECONDS, failed.toString());
            }
        }
    }

    /** Does one bounded step; gives how many issues it let go of. */
    int run() throws IOException {
        int done = 0;
        List<Archive.Held> page = archive.held(clock.instant().minus(keep), passed, MOST_LOOKED_AT);
        for (Archive.Held held : page) {
            if (done == AT_ONCE) {
                break;
            }
            if (waitsFor(held.issue()).isPresent()) {
                passed++;
            } else if (remove(held)) {
                done++;
            }
        }
        if (done < AT_ONCE && page.size() < MOST_LOOKED_AT) {
            passed = 0;
        }
        // Also what was marked before a crash, or by another gateway.
        archive.sweep(clock.instant());
        return done;
    }

    private boolean remove(Archive.Held held) {
        Instant now = clock.instant();
        Optional<IssueEvidence> evidence = dispatcher.evidence(held.issue());
        ObjectNode said = JsonNodeFactory.instance
                .objectNode()
                .put("issue", held.issue())
                .put("sealed", held.sealed().toEpochMilli())
                .put("removed", now.toEpochMilli());
        if (evidence.isPresent()) {
            said.put("persons", evidence.get().plannedPersons().getCardinality());
        } else {
            said.putNull("persons");
        }
        boolean removed = archive.removePersons(held.issue(), said.toString().getBytes(StandardCharsets.UTF_8), now);
        dispatcher.sealed(held.issue());
        return removed;
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
