package org.tocsin.gateway.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one step for each key that it is asked for, and again until it succeeds: a signed warning is never forgotten
 * because the store was away. One thread of its own, one key after another.
 *
 * <p>The step must decide by what is so when it runs, never by what was so when it was asked for: a key asked for
 * several times runs once or more, in any order with others that failed.
 */
final class Insistence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Insistence.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int SAID_EVERY = 60;
    private static final long CLOSE_SECONDS = 5;

    private final String name;
    private final Consumer<String> step;
    private final ScheduledExecutorService worker;
    /** The keys that wait for their turn or for another try, with how often they failed. */
    private final Map<String, Integer> waiting = new HashMap<>();

    Insistence(String name, Consumer<String> step) {
        this.name = name;
        this.step = step;
        this.worker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Asks for the step; returns at once. A key that waits already is tried in its turn, at most a second later. */
    void ask(String key) {
        boolean fresh;
        synchronized (waiting) {
            fresh = waiting.putIfAbsent(key, 0) == null;
        }
        if (fresh) {
            submit(key, Duration.ZERO);
        }
    }

    private void submit(String key, Duration pause) {
        try {
            var unused = worker.schedule(() -> attempt(key), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("{} is closed; the next start goes on", name);
        }
    }

    private void attempt(String key) {
        int failures;
        synchronized (waiting) {
            failures = waiting.getOrDefault(key, 0);
            // From here on a request is a new one: the step may have read what it is about to change.
            waiting.remove(key);
        }
        try {
            step.accept(key);
        } catch (RuntimeException failed) {
            if (failures % SAID_EVERY == 0) {
                LOG.warn("{}: {} failed, is tried every {} s: {}", name, key, PAUSE.toSeconds(), failed.toString());
            }
            boolean alone;
            synchronized (waiting) {
                alone = waiting.put(key, failures + 1) == null;
            }
            if (alone) {
                submit(key, PAUSE);
            }
        }
    }

    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
