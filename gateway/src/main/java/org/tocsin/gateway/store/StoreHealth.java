package org.tocsin.gateway.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the store serves, and whether it has room for more warnings. May be used by any thread. */
public final class StoreHealth {
    /**
     * How the store is.
     *
     * @param ready whether it serves; while not, writes are answered 503 and carriers' receipts not at all
     * @param roomy whether there is disk for new warnings; while not, they are answered 507
     * @param reason what is the matter; empty when nothing is
     */
    public record State(boolean ready, boolean roomy, String reason) {
        /** Whether a new warning may be taken. */
        public boolean acceptsWarnings() {
            return ready && roomy;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);

    private static final String CLOSED = "the store is closed";

    private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
    private volatile State state = new State(false, true, "the store is starting");

    /** How it is now. */
    public State state() {
        return state;
    }

    /** Whether it serves. */
    public boolean isReady() {
        return state.ready();
    }

    /** Whether a new warning may be taken: the store serves and has room. */
    public boolean acceptsWarnings() {
        return state.acceptsWarnings();
    }

    /** Hears of each change, in order, on the thread that notices it; it must not block. */
    public void addListener(Consumer<State> listener) {
        listeners.add(listener);
    }

    synchronized void ready() {
        change(new State(true, state.roomy(), state.roomy() ? "" : state.reason()));
    }

    synchronized void notReady(String reason) {
        change(new State(false, state.roomy(), reason));
    }

    synchronized void room(boolean roomy, String reason) {
        if (roomy != state.roomy()) {
            change(new State(state.ready(), roomy, roomy && state.ready() ? "" : reason));
        }
    }

    /** It is closed on purpose, which is nobody's trouble; nothing changes any more. */
    synchronized void closed() {
        change(new State(false, state.roomy(), CLOSED));
    }

    private void change(State next) {
        if (next.equals(state) || state.reason().equals(CLOSED)) {
            return;
        }
        if (next.reason().equals(CLOSED)) {
            LOG.debug("{}", CLOSED);
        } else if (next.acceptsWarnings()) {
            LOG.info("the store is ready");
        } else {
            LOG.warn("the store is {}: {}", next.ready() ? "short of room" : "not ready", next.reason());
        }
        state = next;
        for (Consumer<State> listener : listeners) {
            try {
                listener.accept(next);
            } catch (RuntimeException failed) {
                LOG.error("a listener of the store's health failed", failed);
            }
        }
    }
}
