package org.tocsin.gateway.link;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.TerminalLink.Answer;

/**
 * One connected terminal: what it has subscribed to and what it has yet to acknowledge. Used on its event loop only.
 */
final class MqttTerminalSession {
    /** How many filters a terminal may have. */
    static final int MOST_FILTERS = 16;
    /** How many payloads may await a terminal's acknowledgement. */
    static final int MOST_UNACKNOWLEDGED = 64;
    /** After how many payloads in a row without any acknowledgement a terminal is taken for dead. */
    static final int MOST_FORGOTTEN = 8;
    /** How many reports of a terminal may wait to be kept. */
    static final int MOST_REPORTS = 64;

    private static final int LARGEST_PACKET_ID = 65_535;

    private record Pending(MqttSending sending, int index) {}

    private final String code;
    private final MqttEndpoint endpoint;
    private final long longestSilence;
    private final Set<String> filters = new LinkedHashSet<>(4);
    private final Map<Integer, Pending> pending = new HashMap<>(4);
    private int lastPacketId;
    private int forgotten;
    private int reports;
    private volatile long lastHeard;
    private boolean gone;

    MqttTerminalSession(String code, MqttEndpoint endpoint, long longestSilence, long now) {
        this.code = code;
        this.endpoint = endpoint;
        this.longestSilence = longestSilence;
        this.lastHeard = now;
    }

    String code() {
        return code;
    }

    boolean isOnline() {
        return !gone && !filters.isEmpty();
    }

    boolean isGone() {
        return gone;
    }

    /** When it said something last, by {@link System#nanoTime}; read by any thread. */
    long lastHeard() {
        return lastHeard;
    }

    void heard(long now) {
        lastHeard = now;
    }

    boolean isSilentTooLong(long now) {
        return now - lastHeard > longestSilence;
    }

    boolean isTakenForDead() {
        return forgotten >= MOST_FORGOTTEN;
    }

    /** Adds a filter; false where it has too many already. */
    boolean subscribe(String filter) {
        if (filters.size() >= MOST_FILTERS && !filters.contains(filter)) {
            return false;
        }
        filters.add(filter);
        return true;
    }

    void unsubscribe(String filter) {
        filters.remove(filter);
    }

    /** Sends a payload; false where nothing was sent. */
    boolean tell(String topic, Buffer payload, MqttSending sending, int index) {
        if (gone || pending.size() >= MOST_UNACKNOWLEDGED || !isSubscribed(topic)) {
            return false;
        }
        int packetId = nextPacketId();
        try {
            endpoint.publish(topic, payload, MqttQoS.AT_LEAST_ONCE, false, false, packetId);
        } catch (IllegalStateException | IllegalArgumentException closed) {
            return false;
        }
        pending.put(packetId, new Pending(sending, index));
        return true;
    }

    /** Takes an acknowledgement; one that nobody waits for any more says no more than that the terminal lives. */
    void acknowledged(int packetId) {
        forgotten = 0;
        Pending acknowledged = pending.remove(packetId);
        if (acknowledged != null) {
            acknowledged.sending.answer(acknowledged.index, Answer.ACKNOWLEDGED);
        }
    }

    /** Gives up what is over. */
    void sweep(long now) {
        pending.values().removeIf(waiting -> {
            boolean over = waiting.sending.isOver(now);
            if (over) {
                forgotten++;
                waiting.sending.answer(waiting.index, Answer.UNANSWERED);
            }
            return over;
        });
    }

    /** Ends it: what is not acknowledged by now never will be. */
    void end() {
        gone = true;
        for (Pending waiting : Map.copyOf(pending).values()) {
            waiting.sending.answer(waiting.index, Answer.UNANSWERED);
        }
        pending.clear();
    }

    /** Disconnects, which is nothing new where it is already. */
    void close() {
        try {
            endpoint.close();
        } catch (IllegalStateException | IllegalArgumentException closedAlready) {
            // That is what was wanted.
        }
    }

    /** Counts a report in; false where too many wait to be kept. */
    boolean reportCame() {
        if (reports >= MOST_REPORTS) {
            return false;
        }
        reports++;
        return true;
    }

    /** Acknowledges a report that was kept. */
    void reportKept(@Nullable Integer packetId) {
        reports--;
        if (packetId == null || gone) {
            return;
        }
        try {
            endpoint.publishAcknowledge(packetId);
        } catch (IllegalStateException | IllegalArgumentException closed) {
            // The terminal repeats it, and it is kept then as now.
        }
    }

    private boolean isSubscribed(String topic) {
        if (filters.contains(topic)) {
            return true;
        }
        for (String filter : filters) {
            if (MqttTopics.matches(filter, topic)) {
                return true;
            }
        }
        return false;
    }

    private int nextPacketId() {
        do {
            lastPacketId = lastPacketId == LARGEST_PACKET_ID ? 1 : lastPacketId + 1;
        } while (pending.containsKey(lastPacketId));
        return lastPacketId;
    }
}
