package org.tocsin.gateway.link;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the terminals' own end listens.
 *
 * @param host the address to bind
 * @param port the TCP port; 0 for a free one
 * @param maxTerminals how many may be connected, at least 1; more are refused as "server unavailable"
 * @param maxKeepAlive the longest silence asked for, 1 s to 18 h; a terminal that says nothing for one and a half times
 *     this, or its own keep-alive where that is shorter, is disconnected
 * @param certificate the TLS certificate chain, PEM; null for plain TCP
 * @param key the certificate's private key, PEM; null for plain TCP
 */
public record MqttTerminalSettings(
        String host,
        int port,
        int maxTerminals,
        Duration maxKeepAlive,
        @Nullable Path certificate,
        @Nullable Path key) {
    /** How many terminals may be connected unless a setting says otherwise. */
    public static final int DEFAULT_MAX_TERMINALS = 20_000;
    /** The longest silence unless a setting says otherwise. */
    public static final Duration DEFAULT_MAX_KEEP_ALIVE = Duration.ofMinutes(5);

    /** Refuses what cannot be. */
    public MqttTerminalSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535, was " + port);
        }
        if (maxTerminals < 1) {
            throw new IllegalArgumentException("maxTerminals must be at least 1, was " + maxTerminals);
        }
        if (maxKeepAlive.toSeconds() < 1 || maxKeepAlive.toSeconds() > 65_535) {
            throw new IllegalArgumentException("maxKeepAlive must be from 1 s to 65535 s, was " + maxKeepAlive);
        }
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("TLS needs both a certificate and a key");
        }
    }

    /** Plain TCP with the default limits. */
    public static MqttTerminalSettings plain(String host, int port) {
        return new MqttTerminalSettings(host, port, DEFAULT_MAX_TERMINALS, DEFAULT_MAX_KEEP_ALIVE, null, null);
    }
}
