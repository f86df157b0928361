package org.tocsin.gateway.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway reaches an outside broker.
 *
 * @param host the broker's host
 * @param port the broker's port, 1 to 65535
 * @param tls whether to speak TLS, with the JDK's trusted authorities and the host's name checked
 * @param clientId the gateway's client identifier there, stable over restarts: the broker keeps reports for it
 * @param user the gateway's user; null for none
 * @param password its password; null for none
 * @param window how many payloads may await the broker's acknowledgement, 1 to 10,000
 * @param firstBackOff how long to wait before the first new try to connect; doubles with each, up to {@code maxBackOff}
 * @param maxBackOff the longest wait between two tries
 */
public record MqttBrokerSettings(
        String host,
        int port,
        boolean tls,
        String clientId,
        @Nullable String user,
        @Nullable String password,
        int window,
        Duration firstBackOff,
        Duration maxBackOff) {
    /** Refuses what cannot be. */
    public MqttBrokerSettings {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 1 to 65535, was " + port);
        }
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("clientId must not be empty");
        }
        if (window < 1 || window > 10_000) {
            throw new IllegalArgumentException("window must be from 1 to 10000, was " + window);
        }
        if (firstBackOff.toMillis() < 1 || maxBackOff.compareTo(firstBackOff) < 0) {
            throw new IllegalArgumentException("back-off must be at least 1 ms, and its maximum not less");
        }
    }

    /** A broker without TLS, window 1,024, back-off from 0.5 to 30 seconds. */
    public static MqttBrokerSettings plain(
            String host, int port, String clientId, @Nullable String user, @Nullable String password) {
        return new MqttBrokerSettings(
                host, port, false, clientId, user, password, 1024, Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    /** Does not show the password. */
    @Override
    public String toString() {
        return "MqttBrokerSettings[" + (tls ? "mqtts://" : "mqtt://") + host + ":" + port + ", " + clientId + "]";
    }
}
