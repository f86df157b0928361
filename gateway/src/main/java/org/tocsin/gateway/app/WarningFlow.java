package org.tocsin.gateway.app;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.Change;
import org.tocsin.gateway.approval.SignOff;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.dispatch.Issue;
import org.tocsin.gateway.receipt.OpenCounts;

/**
 * Leads a signed warning through dispatch: what the sign-off decides the dispatcher is told, what the dispatcher
 * achieves the sign-off is told. All of it can be repeated: after a crash {@link #resume} goes on where the store says
 * it stood.
 *
 * <p>One thread of its own does the work, so that acts on one warning keep their order.
 */
final class WarningFlow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarningFlow.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofSeconds(5);
    // An alert without expires holds for a day: a limit must be, and CAP names none.
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Set<WarningState> UNDER_WAY =
            Set.of(WarningState.SIGNED, WarningState.DISPATCHING, WarningState.ACTIVE, WarningState.STOPPED);

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "warning-flow");
        thread.setDaemon(true);
        return thread;
    });
    private final WarningStore store;
    private final Dispatcher dispatcher;
    private final Measuring measuring;
    private final Set<String> channels;
    private @Nullable SignOff signOff;

    /**
     * Makes it.
     *
     * @param store warnings as they stand
     * @param dispatcher sends
     * @param measuring counts who was reached
     * @param channels what a warning goes out by unless it names its own
     */
    WarningFlow(WarningStore store, Dispatcher dispatcher, Measuring measuring, Collection<String> channels) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.measuring = measuring;
        this.channels = Set.copyOf(channels);
    }

    /** Starts with the sign-off, which is made after the flow that it tells. */
    void start(SignOff approvals) {
        this.signOff = approvals;
        approvals.watch(this::changed);
        dispatcher.onChange(issue -> submit(() -> activateWhenSent(issue)));
        submit(this::resume);
        var unused = worker.scheduleWithFixedDelay(this::expire, TICK.toSeconds(), TICK.toSeconds(), TimeUnit.SECONDS);
    }

    /** Is told of a warning that was just signed; returns at once. */
    void signed(Warning warning) {
        submit(() -> begin(warning.id()));
    }

    private void changed(Change change) {
        String issue = change.warning().id();
        switch (change.act()) {
            case STOP -> submit(() -> dispatcher.stop(issue));
            case RESUME ->
                submit(() -> {
                    dispatcher.resume(issue);
                    begin(issue);
                });
            case EXPIRE -> submit(() -> dispatcher.drop(issue, Reason.EXPIRED));
            case CLOSE -> submit(() -> dispatcher.drop(issue, Reason.DROPPED));
            default -> {
                // Of a successor the dispatcher hears by its own sign-off; other acts send nothing.
            }
        }
    }

    private void resume() {
        List<Warning> found = new ArrayList<>();
        String cursor = null;
        do {
            WarningStore.Page page = store.list(new WarningStore.Query(UNDER_WAY, null, cursor, 200));
            found.addAll(page.warnings());
            cursor = page.cursor();
        } while (cursor != null);
        // The oldest first: an Update follows what it updates.
        found.sort((one, other) -> one.created().compareTo(other.created()));
        found.forEach(warning -> submit(() -> {
            begin(warning.id());
            if (warning.state() == WarningState.STOPPED) {
                dispatcher.stop(warning.id());
            }
        }));
    }

    private void begin(String id) {
        Optional<Warning> found = store.find(id);
        if (found.isEmpty() || !UNDER_WAY.contains(found.get().state())) {
            return;
        }
        Warning warning = found.get();
        if (warning.state() == WarningState.SIGNED) {
            approvals().move(id, Act.DISPATCH);
        }
        measuring.begin(warning);
        int planned = dispatcher.begin(issue(warning));
        LOG.info(
                "warning {} ({} {}): {} deliveries planned",
                id,
                warning.level(),
                warning.alert().msgType(),
                planned);
        activateWhenSent(id);
    }

    private void activateWhenSent(String id) {
        dispatcher.evidence(id).ifPresent(evidence -> {
            OpenCounts open = evidence.open();
            if (open.unsent() == 0 && open.unanswered() == 0) {
                approvals().move(id, Act.ACTIVATE);
            }
        });
    }

    private void expire() {
        try {
            approvals().expireDue();
        } catch (RuntimeException failed) {
            LOG.warn("looking for expired warnings failed, is tried again: {}", failed.toString());
        }
    }

    private Issue issue(Warning warning) {
        List<String> before = store.issues(warning.root()).stream()
                .map(Warning::id)
                .takeWhile(id -> !id.equals(warning.id()))
                .toList();
        Instant expires = warning.expires();
        Instant signed = warning.signed() == null ? warning.created() : warning.signed();
        return new Issue(
                warning.id(),
                warning.root(),
                before,
                warning.alert(),
                warning.level(),
                warning.audience(),
                warning.channels().isEmpty() ? channels : warning.channels(),
                expires == null ? signed.plus(LONGEST) : expires);
    }

    /** Runs a step, and again after a while for as long as the store is away: a signed warning is never forgotten. */
    private void submit(Runnable step) {
        try {
            worker.execute(() -> attempt(step));
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed; the next start goes on");
        }
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failed) {
            LOG.warn("a step of dispatch failed, is tried again in {} s: {}", RETRY.toSeconds(), failed.toString());
            try {
                var unused = worker.schedule(() -> attempt(step), RETRY.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                LOG.debug("closed; the next start goes on");
            }
        }
    }

    private SignOff approvals() {
        SignOff there = signOff;
        if (there == null) {
            throw new IllegalStateException("not started");
        }
        return there;
    }

    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(5, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
