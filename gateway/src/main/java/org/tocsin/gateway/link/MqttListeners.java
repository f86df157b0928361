package org.tocsin.gateway.link;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.TerminalLink.Reports;

/** Who takes which reports, by topic filter. May be used by any thread. */
final class MqttListeners {
    /** A filter and its handler. */
    record Listener(String filter, Reports reports) {}

    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();

    /** Sets the handler of a filter. */
    void listen(String filter, Reports reports) {
        if (!MqttTopics.isFilter(filter)) {
            throw new IllegalArgumentException("is no MQTT topic filter: '" + filter + "'");
        }
        listeners.put(filter, new Listener(filter, reports));
    }

    /** The filters that have a handler. */
    Set<String> filters() {
        return Set.copyOf(listeners.keySet());
    }

    /** The narrowest that matches; null where none does. */
    @Nullable
    Listener find(String topic) {
        Listener best = null;
        for (Listener listener : listeners.values()) {
            if (MqttTopics.matches(listener.filter, topic)
                    && (best == null || MqttTopics.isNarrower(listener.filter, best.filter))) {
                best = listener;
            }
        }
        return best;
    }
}
