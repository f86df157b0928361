package org.tocsin.gateway.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the web end listens, what it calls itself and what it allows.
 *
 * @param host the address to bind
 * @param port the port to bind; 0 for a free one
 * @param tlsCertificate the PEM file of the certificate chain; null for no TLS
 * @param tlsKey the PEM file of the private key; null for no TLS
 * @param insecure whether it may listen beyond the loopback without TLS
 * @param publicUrl where the public finds it, for links; null where links are to be relative
 * @param scrapeToken what a scraper of metrics may present instead of an API key; null for none
 * @param proxies whose word is taken for where a request comes from
 * @param limits how much it takes at once
 */
public record WebConfig(
        String host,
        int port,
        @Nullable Path tlsCertificate,
        @Nullable Path tlsKey,
        boolean insecure,
        @Nullable PublicUrl publicUrl,
        @Nullable ScrapeToken scrapeToken,
        Proxies proxies,
        WebLimits limits) {
    /** Refuses half a TLS setting, and an address beyond the loopback without TLS unless {@code insecure}. */
    public WebConfig {
        if ((tlsCertificate == null) != (tlsKey == null)) {
            throw new IllegalArgumentException("TLS needs both a certificate and a key");
        }
        if (tlsCertificate == null && !insecure && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "without TLS only a loopback address may be bound, was " + host + "; --insecure allows it");
        }
    }

    /** The defaults: loopback, no TLS, relative links, no scrape token, no proxies, {@link WebLimits#STANDARD}. */
    public static WebConfig loopback(int port) {
        return new WebConfig("127.0.0.1", port, null, null, false, null, null, Proxies.NONE, WebLimits.STANDARD);
    }

    /** The same on another address. */
    public WebConfig on(String otherHost, boolean allowInsecure) {
        return new WebConfig(
                otherHost, port, tlsCertificate, tlsKey, allowInsecure, publicUrl, scrapeToken, proxies, limits);
    }

    /** The same on another address with TLS. */
    public WebConfig withTls(String otherHost, Path certificate, Path key) {
        return new WebConfig(otherHost, port, certificate, key, insecure, publicUrl, scrapeToken, proxies, limits);
    }

    /** The same under a public address, or with relative links where it is null. */
    public WebConfig withPublicUrl(@Nullable PublicUrl url) {
        return new WebConfig(host, port, tlsCertificate, tlsKey, insecure, url, scrapeToken, proxies, limits);
    }

    /** The same with a token for metrics, or none where it is null. */
    public WebConfig withScrapeToken(@Nullable ScrapeToken token) {
        return new WebConfig(host, port, tlsCertificate, tlsKey, insecure, publicUrl, token, proxies, limits);
    }

    /** The same behind other proxies. */
    public WebConfig behind(Proxies others) {
        return new WebConfig(host, port, tlsCertificate, tlsKey, insecure, publicUrl, scrapeToken, others, limits);
    }

    /** The same with other limits. */
    public WebConfig withLimits(WebLimits others) {
        return new WebConfig(host, port, tlsCertificate, tlsKey, insecure, publicUrl, scrapeToken, proxies, others);
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
