package org.tocsin.gateway.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the web end listens and what it allows.
 *
 * @param host the address to bind
 * @param port the port to bind; 0 for a free one
 * @param tlsCertificate the PEM file of the certificate chain; null for no TLS
 * @param tlsKey the PEM file of the private key; null for no TLS
 * @param insecure whether it may listen beyond the loopback without TLS
 * @param workers how many requests are worked on at once
 * @param queue how many more may wait; beyond it the answer is 503
 * @param requestsPerSecond how many requests a client may make in the long run
 * @param burst how many it may make at once
 * @param importLimit the longest import, in bytes
 * @param watchers how many may watch live events at once
 * @param heartbeat how often a silent event stream is kept awake
 * @param spool where long bodies lie while they come in
 */
public record WebConfig(
        String host,
        int port,
        @Nullable Path tlsCertificate,
        @Nullable Path tlsKey,
        boolean insecure,
        int workers,
        int queue,
        int requestsPerSecond,
        int burst,
        long importLimit,
        int watchers,
        Duration heartbeat,
        Path spool) {
    /** Refuses half a TLS setting, and an address beyond the loopback without TLS unless {@code insecure}. */
    public WebConfig {
        if ((tlsCertificate == null) != (tlsKey == null)) {
            throw new IllegalArgumentException("TLS needs both a certificate and a key");
        }
        if (tlsCertificate == null && !insecure && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "without TLS only a loopback address may be bound, was " + host + "; --insecure allows it");
        }
        if (workers < 1 || queue < 0 || requestsPerSecond < 1 || burst < 1 || watchers < 1) {
            throw new IllegalArgumentException("workers, rates and watchers must be at least 1");
        }
    }

    /**
     * The defaults: loopback, no TLS, 16 workers, 512 waiting, 100 requests a second, 300 at once, imports to 1 GiB.
     */
    public static WebConfig loopback(int port) {
        return new WebConfig(
                "127.0.0.1",
                port,
                null,
                null,
                false,
                16,
                512,
                100,
                300,
                1L << 30,
                2000,
                Duration.ofSeconds(15),
                Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** The same on another address. */
    public WebConfig on(String otherHost, boolean allowInsecure) {
        return new WebConfig(
                otherHost,
                port,
                tlsCertificate,
                tlsKey,
                allowInsecure,
                workers,
                queue,
                requestsPerSecond,
                burst,
                importLimit,
                watchers,
                heartbeat,
                spool);
    }

    /** The same on another address with TLS. */
    public WebConfig withTls(String otherHost, Path certificate, Path key) {
        return new WebConfig(
                otherHost,
                port,
                certificate,
                key,
                insecure,
                workers,
                queue,
                requestsPerSecond,
                burst,
                importLimit,
                watchers,
                heartbeat,
                spool);
    }

    /** The same with another rate of requests per client. */
    public WebConfig withRate(int perSecond, int atOnce) {
        return new WebConfig(
                host,
                port,
                tlsCertificate,
                tlsKey,
                insecure,
                workers,
                queue,
                perSecond,
                atOnce,
                importLimit,
                watchers,
                heartbeat,
                spool);
    }

    /** The same with long bodies kept elsewhere while they come in. */
    public WebConfig withSpool(Path directory) {
        return new WebConfig(
                host,
                port,
                tlsCertificate,
                tlsKey,
                insecure,
                workers,
                queue,
                requestsPerSecond,
                burst,
                importLimit,
                watchers,
                heartbeat,
                directory);
    }

    /** Whether it speaks TLS. */
    public boolean isTls() {
        return tlsCertificate != null;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("no such host: " + host, unknown);
        }
    }
}
