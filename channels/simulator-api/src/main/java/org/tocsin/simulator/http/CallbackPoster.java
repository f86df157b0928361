package org.tocsin.simulator.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Posts a provider's callbacks to the gateway, each again and again, ever more slowly, until it is taken. What is
 * posted before the gateway is known waits. Any thread may call.
 */
public final class CallbackPoster implements AutoCloseable {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** A callback. */
    public interface Callback {
        /**
         * The request, made anew for each attempt because signatures hold the time.
         *
         * @param gateway the gateway's base address
         */
        HttpRequest.Builder request(URI gateway);

        /** Whether this answer means that the gateway took it. */
        boolean takenBy(int status, String body);

        /** Is told once that the gateway took it. */
        void taken();
    }

    private record Waiting(Callback callback, int attempts) {}

    private final int mostInFlight;
    private final ArrayDeque<Waiting> ready = new ArrayDeque<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, CallbackPoster::daemon);
    private final ExecutorService workers = Executors.newFixedThreadPool(2, CallbackPoster::daemon);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .executor(workers)
            .build();
    private @Nullable URI gateway;
    private int inFlight;
    private boolean closed;

    /**
     * Makes it.
     *
     * @param mostInFlight how many callbacks may be unanswered at a time, at least 1
     */
    public CallbackPoster(int mostInFlight) {
        this.mostInFlight = mostInFlight;
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Is told where the gateway is. */
    public void attach(URI base) {
        synchronized (this) {
            gateway = base;
        }
        pump();
    }

    /** Runs a task after a delay, unless closed before. */
    public void later(long millis, Runnable task) {
        synchronized (this) {
            if (!closed) {
                ScheduledFuture<?> unused = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Posts a callback as soon as possible. */
    public void post(Callback callback) {
        synchronized (this) {
            ready.add(new Waiting(callback, 0));
        }
        pump();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            ready.clear();
        }
        timer.shutdownNow();
        workers.shutdownNow();
    }

    private void pump() {
        while (true) {
            Waiting next;
            URI base;
            synchronized (this) {
                base = gateway;
                if (closed || base == null || inFlight >= mostInFlight || ready.isEmpty()) {
                    return;
                }
                next = ready.remove();
                inFlight++;
            }
            send(next, base);
        }
    }

    private void send(Waiting waiting, URI base) {
        HttpRequest request = waiting.callback().request(base).timeout(TIMEOUT).build();
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .handle((response, failure) ->
                        response != null && waiting.callback().takenBy(response.statusCode(), response.body()))
                .thenAccept(taken -> answered(waiting, taken))
                .exceptionally(gone -> null);
    }

    private void answered(Waiting waiting, boolean taken) {
        if (taken) {
            waiting.callback().taken();
        }
        synchronized (this) {
            inFlight--;
            if (!taken && !closed) {
                Waiting again = new Waiting(waiting.callback(), waiting.attempts() + 1);
                long pause = FIRST_PAUSE_MILLIS << Math.min(waiting.attempts(), MOST_DOUBLINGS);
                ScheduledFuture<?> unused = timer.schedule(() -> again(again), pause, TimeUnit.MILLISECONDS);
            }
        }
        pump();
    }

    private void again(Waiting waiting) {
        synchronized (this) {
            ready.add(waiting);
        }
        pump();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "callbacks");
        thread.setDaemon(true);
        return thread;
    }
}
