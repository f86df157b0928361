package org.tocsin.gateway.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.alert.Level;
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
 * achieves the sign-off is told.
 *
 * <p>Every step reads the state in which the store has the warning then, and does what that state asks for. So a step
 * can be repeated, after an outage of the store or a crash, and neither its turn nor its number matters: a stop and a
 * resume cannot change places.
 *
 * <p>Gates, the red lane's beginnings, the others' beginnings and what is sent each have a thread of their own: a stop
 * waits for no plan, and a level-I warning for no lower one's.
 */
final class WarningFlow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarningFlow.class);
    private static final long TICK_SECONDS = 5;
    private static final Set<WarningState> UNDER_WAY =
            Set.of(WarningState.SIGNED, WarningState.DISPATCHING, WarningState.ACTIVE, WarningState.STOPPED);

    private final WarningStore store;
    private final Dispatcher dispatcher;
    private final Set<String> channels;
    private final Insistence gates = new Insistence("warning-gates", this::gate);
    private final Insistence red = new Insistence("warning-red", this::begin);
    private final Insistence others = new Insistence("warning-begin", this::begin);
    private final Insistence sent = new Insistence("warning-sent", this::activateWhenSent);
    private final Insistence resumption = new Insistence("warning-resumption", unused -> resume());
    /** Those that need no look any more whether all was sent. */
    private final Set<String> active = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "warning-expiry");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable SignOff signOff;

    /**
     * Makes it.
     *
     * @param store warnings as they stand
     * @param dispatcher sends
     * @param channels what a warning goes out by unless it names its own
     */
    WarningFlow(WarningStore store, Dispatcher dispatcher, Collection<String> channels) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.channels = Set.copyOf(channels);
    }

    /** Starts with the sign-off, which is made after the flow that it tells. */
    void start(SignOff approvals) {
        this.signOff = approvals;
        approvals.watch(this::changed);
        dispatcher.onChange(issue -> {
            if (!active.contains(issue)) {
                sent.ask(issue);
            }
        });
        resumption.ask("all");
        var unused = ticker.scheduleWithFixedDelay(this::look, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }

    /** Is told of a warning that was just signed; returns at once. */
    void signed(Warning warning) {
        lane(warning).ask(warning.id());
    }

    private void changed(Change change) {
        switch (change.act()) {
            case STOP, RESUME, EXPIRE, CLOSE, SUPERSEDE, END -> {
                String id = change.warning().id();
                active.remove(id);
                gates.ask(id);
                if (change.act() == Act.RESUME) {
                    lane(change.warning()).ask(id);
                }
            }
            default -> {
                // Of a new issue the dispatcher hears by its sign-off; other acts send nothing.
            }
        }
    }

    private void resume() {
        underWay().forEach(warning -> lane(warning).ask(warning.id()));
    }

    /** The oldest first: an Update follows what it updates. */
    List<Warning> underWay() {
        List<Warning> found = new ArrayList<>();
        String cursor = null;
        do {
            WarningStore.Page page = store.list(new WarningStore.Query(UNDER_WAY, null, cursor, 200));
            found.addAll(page.warnings());
            cursor = page.cursor();
        } while (cursor != null);
        found.sort(Comparator.comparing(Warning::created));
        return found;
    }

    private Insistence lane(Warning warning) {
        return warning.level() == Level.I ? red : others;
    }

    /** Opens or shuts what is still to be sent, as the warning's state says. */
    private void gate(String id) {
        store.find(id).ifPresent(warning -> {
            switch (warning.state()) {
                case STOPPED -> dispatcher.stop(id);
                case DISPATCHING, ACTIVE -> dispatcher.resume(id);
                case EXPIRED -> dispatcher.drop(id, Reason.EXPIRED);
                case SUPERSEDED, CANCELLED, CLOSED -> dispatcher.drop(id, Reason.DROPPED);
                default -> {
                    // Nothing of it is sent yet.
                }
            }
        });
    }

    private void begin(String id) {
        Optional<Warning> found = store.find(id);
        if (found.isEmpty() || !UNDER_WAY.contains(found.get().state())) {
            return;
        }
        Warning warning = found.get();
        if (warning.state() == WarningState.STOPPED) {
            // Shut first: what is left of its batches must wait where it is.
            dispatcher.stop(id);
        } else if (warning.state() == WarningState.SIGNED) {
            approvals().move(id, Act.DISPATCH);
        }
        int planned = dispatcher.begin(issue(warning));
        LOG.info(
                "warning {} ({} {}): {} deliveries planned",
                id,
                warning.level(),
                warning.alert().msgType(),
                planned);
        if (planned == 0) {
            LOG.warn(
                    "warning {} goes to nobody: no link of its channels is set up, or nobody there has an address", id);
        }
        sent.ask(id);
    }

    private void activateWhenSent(String id) {
        dispatcher.evidence(id).ifPresent(evidence -> {
            OpenCounts open = evidence.open();
            if (open.unsent() == 0 && open.unanswered() == 0) {
                // A stop between the two lines takes the id out again, or comes first and forbids the move.
                active.add(id);
                approvals().move(id, Act.ACTIVATE);
            }
        });
    }

    private void look() {
        try {
            approvals().expireDue();
            // The store may have kept an act whose answer was lost on the way: then nobody told of it.
            for (Warning warning : underWay()) {
                if (warning.state() == WarningState.SIGNED) {
                    signed(warning);
                } else {
                    gates.ask(warning.id());
                }
            }
        } catch (RuntimeException failed) {
            LOG.warn("looking after the warnings under way failed, is tried again: {}", failed.toString());
        }
    }

    private Issue issue(Warning warning) {
        List<String> before = store.issues(warning.root()).stream()
                .map(Warning::id)
                .takeWhile(id -> !id.equals(warning.id()))
                .toList();
        return Issue.of(warning, before, channels);
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
        ticker.shutdownNow();
        List.of(resumption, gates, red, others, sent).forEach(Insistence::close);
    }
}
