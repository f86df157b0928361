package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tocsin.gateway.approval.Change;
import org.tocsin.gateway.approval.Warning;

/**
 * The event streams: each change is encoded once, and all who watch get the same bytes. Who reads too slowly is cut off
 * and comes again. All fields belong to one event loop.
 */
final class LiveEvents {
    private static final int MAX_QUEUED_BYTES = 1 << 20;
    private static final long MIN_INTERVAL_MILLIS = 250;
    private static final long MAX_INTERVAL_MILLIS = 5_000;
    /** Some eight megabytes a second for all who watch one warning together. */
    private static final long BYTES_A_MILLISECOND = 8_000;

    private static final long MAX_LIFE_MILLIS = 3_600_000;

    private final Vertx vertx;
    private final Context loop;
    private final Rooms rooms;
    private final Workers workers;
    private final int limit;
    private final Map<String, Set<Watcher>> watchers = new HashMap<>();
    private final Set<String> computing = new HashSet<>();
    private final Set<String> dirty = new HashSet<>();
    private int count;
    private volatile boolean closed;

    private static final class Watcher {
        private final HttpServerResponse response;
        private final long opened;

        Watcher(HttpServerResponse response, long opened) {
            this.response = response;
            this.opened = opened;
        }
    }

    LiveEvents(Vertx vertx, Context loop, Rooms rooms, Workers workers, WebLimits limits) {
        this.vertx = vertx;
        this.loop = loop;
        this.rooms = rooms;
        this.workers = workers;
        this.limit = limits.watchers();
        vertx.setPeriodic(limits.heartbeat().toMillis(), tick -> heartbeat());
    }

    /** Whether one more may watch. */
    boolean hasRoom() {
        return count < limit;
    }

    int count() {
        return count;
    }

    /** Opens a stream on a response whose head says so already: state and coverage as they are, then each change. */
    void open(HttpServerResponse response, Warning warning) {
        Watcher watcher = new Watcher(response, System.nanoTime());
        watchers.computeIfAbsent(warning.id(), key -> new LinkedHashSet<>()).add(watcher);
        count++;
        response.setWriteQueueMaxSize(MAX_QUEUED_BYTES);
        response.exceptionHandler(broken -> forget(warning.id(), watcher));
        response.closeHandler(closed -> forget(warning.id(), watcher));
        response.write(Buffer.buffer("retry: 3000\n\n"));
        response.write(frame("state", Json.bytes(WarningJson.state(warning))));
        coverage(warning.id());
    }

    /** The evidence of an issue has changed. Any thread. */
    void coverageChanged(String id) {
        if (!closed) {
            loop.runOnContext(run -> coverage(id));
        }
    }

    /** A warning has changed. Any thread. */
    void changed(Change change) {
        if (closed) {
            return;
        }
        loop.runOnContext(run -> {
            String id = change.warning().id();
            if (watchers.containsKey(id)) {
                send(id, frame("state", Json.bytes(WarningJson.state(change.warning()))));
                coverage(id);
            }
        });
    }

    /** From now on changes are not told: the event loops end, and nobody watches any more. Any thread. */
    void close() {
        closed = true;
    }

    private void coverage(String id) {
        if (!watchers.containsKey(id)) {
            return;
        }
        if (!computing.add(id)) {
            dirty.add(id);
            return;
        }
        workers.run(() -> rooms.warnings()
                        .find(id)
                        .map(warning -> rooms.reports().coverage(warning))
                        .orElse(new byte[0]))
                .onComplete(done -> loop.runOnContext(run -> {
                    if (done.succeeded() && done.result() != null && done.result().length > 0) {
                        send(id, frame("coverage", done.result()));
                    }
                    int bytes = done.succeeded() && done.result() != null ? done.result().length : 0;
                    vertx.setTimer(interval(id, bytes), later -> {
                        computing.remove(id);
                        if (dirty.remove(id)) {
                            coverage(id);
                        }
                    });
                }));
    }

    /** Four times a second for some dozens, every few seconds for a thousand, so that watching delays no warning. */
    private long interval(String id, int bytes) {
        long all = (long) bytes * watchers.getOrDefault(id, Set.of()).size();
        return Math.min(MAX_INTERVAL_MILLIS, Math.max(MIN_INTERVAL_MILLIS, all / BYTES_A_MILLISECOND));
    }

    private void send(String id, Buffer frame) {
        for (Watcher watcher : List.copyOf(watchers.getOrDefault(id, Set.of()))) {
            if (watcher.response.writeQueueFull()) {
                forget(id, watcher);
                watcher.response.reset();
            } else {
                watcher.response.write(frame);
            }
        }
    }

    private void heartbeat() {
        Buffer beat = Buffer.buffer(": heartbeat\n\n");
        long now = System.nanoTime();
        for (String id : List.copyOf(watchers.keySet())) {
            send(id, beat);
            for (Watcher watcher : List.copyOf(watchers.getOrDefault(id, Set.of()))) {
                // A stream ends now and then, so that a key that was taken away ends with it.
                if (now - watcher.opened > MAX_LIFE_MILLIS * 1_000_000) {
                    forget(id, watcher);
                    watcher.response.end();
                }
            }
        }
    }

    private void forget(String id, Watcher watcher) {
        Set<Watcher> all = watchers.get(id);
        if (all != null && all.remove(watcher)) {
            count--;
            if (all.isEmpty()) {
                watchers.remove(id);
            }
        }
    }

    private static Buffer frame(String event, byte[] json) {
        String data = new String(json, UTF_8).replace("\r", "").replace("\n", "\ndata: ");
        return Buffer.buffer("event: " + event + "\ndata: " + data + "\n\n");
    }
}
