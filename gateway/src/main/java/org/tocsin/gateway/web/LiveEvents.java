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
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.approval.Change;
import org.tocsin.gateway.approval.Warning;

/**
 * The event streams: each change is encoded once, and all who watch get the same bytes. Who reads too slowly is cut off
 * and comes again.
 *
 * <p>The totals go to all at once, a few times a second. The villages, some tens of kilobytes, are handed out in turns,
 * so many bytes a turn, so that a thousand pages delay no warning: some dozens see totals and villages four times a
 * second, a thousand see the totals each two seconds and the villages each dozen. All fields belong to one event loop.
 *
 * <p>Pages of the console tell each other who else has the warning open ({@link Presence}); only pages that take part
 * in that hear of it, and a stream is opened only to who may read the warning. Beside the warnings' there is the
 * county's stream, which says that something has changed somewhere, and nothing more: whoever hears it asks again and
 * is shown what they may see.
 */
final class LiveEvents {
    private static final int MAX_QUEUED_BYTES = 1 << 20;
    private static final long TURN_MILLIS = 250;
    /** Two megabytes a second for all who watch one warning together. */
    private static final int BYTES_A_TURN = 1 << 19;
    /** A write to a page costs some 50 microseconds: the totals may take a fortieth of a processor. */
    private static final long MILLIS_A_WATCHER = 2;

    /** How often the county's stream says so at most. */
    private static final long COUNTY_MILLIS = 1_000;

    private static final String COUNTY = "";

    private static final long MAX_LIFE_MILLIS = 3_600_000;

    /** How often it is asked whether those who watch still may. */
    private static final long ADMISSION_MILLIS = 2_000;

    private final Vertx vertx;
    private final Context loop;
    private final Rooms rooms;
    private final Workers workers;
    private final int limit;
    private final Map<String, Watched> warnings = new HashMap<>();
    private int count;
    private boolean countyTold;
    private boolean countyChanged;
    private boolean asking;
    private volatile boolean closed;

    /** A warning that somebody watches. */
    private static final class Watched {
        /** Who got the villages longest ago stands first. */
        private final Set<Watcher> watchers = new LinkedHashSet<>();

        private final Presence presence = new Presence();

        private boolean computing;
        private boolean changed;
        private boolean handingOut;
        private Buffer villages = Buffer.buffer();
        private int edition;
    }

    private static final class Watcher {
        private final HttpServerResponse response;
        private final Admission admission;
        private final long opened;
        private final boolean takesPart;
        private int edition;

        Watcher(HttpServerResponse response, Admission admission, long opened, boolean takesPart) {
            this.response = response;
            this.admission = admission;
            this.opened = opened;
            this.takesPart = takesPart;
        }
    }

    LiveEvents(Vertx vertx, Context loop, Rooms rooms, Workers workers, WebLimits limits) {
        this.vertx = vertx;
        this.loop = loop;
        this.rooms = rooms;
        this.workers = workers;
        this.limit = limits.watchers();
        vertx.setPeriodic(limits.heartbeat().toMillis(), tick -> heartbeat());
        vertx.setPeriodic(ADMISSION_MILLIS, tick -> askForAdmissions());
    }

    /** Whether one more may watch. */
    boolean hasRoom() {
        return count < limit;
    }

    int count() {
        return count;
    }

    /**
     * Opens a stream on a response whose head says so already: state and coverage as they are, then each change.
     *
     * @param admission by what it was let in; the stream ends a few seconds after that counts no more
     * @param guest who is at the page; null for who does not take part in {@link Presence}
     */
    void open(HttpServerResponse response, Admission admission, Warning warning, Presence.@Nullable Guest guest) {
        Watched watched = warnings.computeIfAbsent(warning.id(), key -> new Watched());
        Watcher watcher = enter(response, admission, warning.id(), watched, guest != null);
        response.write(frame("state", Json.bytes(WarningJson.state(warning))));
        if (guest != null) {
            watched.presence.enter(watcher, guest);
            tellPresence(warning.id(), watched);
        }
        coverage(warning.id());
    }

    /** Opens the county's stream. */
    void openCounty(HttpServerResponse response, Admission admission) {
        enter(response, admission, COUNTY, warnings.computeIfAbsent(COUNTY, key -> new Watched()), false);
    }

    private Watcher enter(
            HttpServerResponse response, Admission admission, String id, Watched watched, boolean takesPart) {
        Watcher watcher = new Watcher(response, admission, System.nanoTime(), takesPart);
        watched.watchers.add(watcher);
        count++;
        response.setWriteQueueMaxSize(MAX_QUEUED_BYTES);
        response.exceptionHandler(broken -> forget(id, watcher));
        response.closeHandler(closed -> forget(id, watcher));
        response.write(Buffer.buffer("retry: 3000\n\n"));
        return watcher;
    }

    private void tellPresence(String id, Watched watched) {
        Presence.Roll roll = watched.presence.roll();
        List<Map<String, String>> guests = roll.guests().stream()
                .map(guest -> Map.of(
                        "id",
                        guest.id(),
                        "name",
                        guest.name(),
                        "doing",
                        guest.doing().word()))
                .toList();
        Buffer frame = frame("presence", Json.bytes(Map.of("guests", guests, "others", roll.others())));
        for (Watcher watcher : List.copyOf(watched.watchers)) {
            if (watcher.takesPart) {
                send(id, watcher, frame);
            }
        }
    }

    /** The evidence of an issue has changed. Any thread. */
    void coverageChanged(String id) {
        if (!closed) {
            loop.runOnContext(run -> {
                coverage(id);
                county();
            });
        }
    }

    /** Tells at once, then not before the time has passed. */
    private void county() {
        Watched watched = warnings.get(COUNTY);
        if (watched == null) {
            return;
        }
        if (countyTold) {
            countyChanged = true;
            return;
        }
        countyTold = true;
        countyChanged = false;
        send(COUNTY, watched, frame("changed", Json.bytes(Map.of())));
        vertx.setTimer(COUNTY_MILLIS, later -> {
            countyTold = false;
            if (countyChanged) {
                county();
            }
        });
    }

    /** A warning has changed. Any thread. */
    void changed(Change change) {
        if (closed) {
            return;
        }
        loop.runOnContext(run -> {
            String id = change.warning().id();
            Watched watched = warnings.get(id);
            if (watched != null) {
                send(id, watched, frame("state", Json.bytes(WarningJson.state(change.warning()))));
                coverage(id);
            }
            county();
        });
    }

    /** From now on changes are not told: the event loops end, and nobody watches any more. Any thread. */
    void close() {
        closed = true;
    }

    private void coverage(String id) {
        Watched watched = warnings.get(id);
        if (watched == null) {
            return;
        }
        watched.changed = true;
        if (watched.computing) {
            return;
        }
        watched.computing = true;
        watched.changed = false;
        workers.run(() -> rooms.warnings()
                        .find(id)
                        .map(warning -> rooms.reports().live(warning))
                        .orElse(null))
                .onComplete(done -> loop.runOnContext(run -> {
                    if (done.succeeded() && done.result() != null) {
                        send(id, watched, frame("coverage", done.result().totals()));
                        villages(id, watched, done.result().villages());
                    }
                    vertx.setTimer(Math.max(TURN_MILLIS, MILLIS_A_WATCHER * watched.watchers.size()), later -> {
                        watched.computing = false;
                        if (watched.changed) {
                            coverage(id);
                        }
                    });
                }));
    }

    private void villages(String id, Watched watched, byte[] villages) {
        if (villages.length == 0) {
            return;
        }
        Buffer frame = frame("villages", villages);
        // Who opens a page asks for the figures, too: the others have had these already.
        if (!frame.equals(watched.villages)) {
            watched.villages = frame;
            watched.edition++;
        }
        if (!watched.handingOut) {
            handOut(id, watched);
        }
    }

    /** Gives the villages to those who wait longest for them, as many bytes as a turn allows. */
    private void handOut(String id, Watched watched) {
        int left = BYTES_A_TURN;
        watched.handingOut = false;
        for (Watcher watcher : List.copyOf(watched.watchers)) {
            if (watcher.edition == watched.edition) {
                continue;
            }
            if (left <= 0) {
                watched.handingOut = true;
                break;
            }
            left -= watched.villages.length();
            watcher.edition = watched.edition;
            if (watched.watchers.remove(watcher)) {
                watched.watchers.add(watcher);
            }
            send(id, watcher, watched.villages);
        }
        if (watched.handingOut) {
            vertx.setTimer(TURN_MILLIS, turn -> handOut(id, watched));
        }
    }

    private void send(String id, Watched watched, Buffer frame) {
        for (Watcher watcher : List.copyOf(watched.watchers)) {
            send(id, watcher, frame);
        }
    }

    private void send(String id, Watcher watcher, Buffer frame) {
        if (watcher.response.writeQueueFull()) {
            forget(id, watcher);
            watcher.response.reset();
        } else {
            watcher.response.write(frame);
        }
    }

    private void heartbeat() {
        Buffer beat = Buffer.buffer(": heartbeat\n\n");
        long now = System.nanoTime();
        for (Map.Entry<String, Watched> entry : List.copyOf(warnings.entrySet())) {
            send(entry.getKey(), entry.getValue(), beat);
            for (Watcher watcher : List.copyOf(entry.getValue().watchers)) {
                // A stream ends now and then, also where nobody can tell whether its key still counts.
                if (now - watcher.opened > MAX_LIFE_MILLIS * 1_000_000) {
                    forget(entry.getKey(), watcher);
                    watcher.response.end();
                }
            }
        }
    }

    /** Ends the streams of those whose session has ended, whose key was taken away, or who may do other things now. */
    private void askForAdmissions() {
        if (asking || closed || count == 0) {
            return;
        }
        asking = true;
        Set<Admission> all = new HashSet<>();
        warnings.values().forEach(watched -> watched.watchers.forEach(watcher -> all.add(watcher.admission)));
        workers.run(() -> Admission.over(rooms.people(), all))
                .onComplete(done -> loop.runOnContext(run -> {
                    asking = false;
                    // Where the store is away nobody can tell; it is asked again.
                    if (done.succeeded() && !done.result().isEmpty()) {
                        end(done.result());
                    }
                }));
    }

    private void end(Set<Admission> over) {
        for (Map.Entry<String, Watched> entry : List.copyOf(warnings.entrySet())) {
            for (Watcher watcher : List.copyOf(entry.getValue().watchers)) {
                if (over.contains(watcher.admission)) {
                    forget(entry.getKey(), watcher);
                    watcher.response.end();
                }
            }
        }
    }

    private void forget(String id, Watcher watcher) {
        Watched watched = warnings.get(id);
        if (watched != null && watched.watchers.remove(watcher)) {
            count--;
            boolean left = watched.presence.leave(watcher);
            if (watched.watchers.isEmpty()) {
                warnings.remove(id);
            } else if (left) {
                tellPresence(id, watched);
            }
        }
    }

    private static Buffer frame(String event, byte[] json) {
        String data = new String(json, UTF_8).replace("\r", "").replace("\n", "\ndata: ");
        return Buffer.buffer("event: " + event + "\ndata: " + data + "\n\n");
    }
}
