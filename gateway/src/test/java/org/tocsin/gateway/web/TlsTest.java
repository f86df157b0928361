package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.net.SelfSignedCertificate;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.web.console.Console;

@ExtendWith(RedisExtension.class)
class TlsTest {
    @Test
    void listensBeyondTheLoopbackOnlyWithTlsOrWhenToldTo() {
        WebConfig loopback = WebConfig.loopback(0);

        assertThrows(IllegalArgumentException.class, () -> loopback.on("0.0.0.0", false));
        assertThrows(IllegalArgumentException.class, () -> loopback.on("no-such-host.invalid", false));
        assertEquals("0.0.0.0", loopback.on("0.0.0.0", true).host());
        assertTrue(
                loopback.withTls("0.0.0.0", Path.of("c.pem"), Path.of("k.pem")).isTls());
    }

    @Test
    void saysWhyItCannotListen(Redis redis) {
        assertThrows(IllegalStateException.class, () -> new TestGateway(
                        redis, config -> config.withTls("127.0.0.1", Path.of("/none/c"), Path.of("/none/k")))
                .close());
        try (TestGateway first = new TestGateway(redis)) {
            int port = first.server.port();
            assertThrows(IllegalStateException.class, () -> new TestGateway(redis, config -> WebConfig.loopback(port))
                    .close());
        }
    }

    @Test
    void speaksTlsAndNothingElseWithACertificate(Redis redis) throws Exception {
        SelfSignedCertificate certificate = SelfSignedCertificate.create();
        try (TestGateway gateway = new TestGateway(
                redis,
                config -> config.withTls(
                        "127.0.0.1", Path.of(certificate.certificatePath()), Path.of(certificate.privateKeyPath())))) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            try (InputStream pem = Files.newInputStream(Path.of(certificate.certificatePath()))) {
                trusted.setCertificateEntry(
                        "gateway", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);

            try (SSLSocket socket =
                    (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", gateway.server.port())) {
                socket.getOutputStream()
                        .write("GET /health/live HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.UTF_8));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

                assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
                assertTrue(answer.toLowerCase(Locale.ROOT).contains("strict-transport-security"));
            }
            assertThrows(UncheckedIOException.class, () -> gateway.get(null, "/health/live"));
        } finally {
            certificate.delete();
        }
    }

    @Test
    void marksTheCookieSecureUnderTls(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis)) {
            RouteSpec signIn = new Console(gateway.rooms(), true)
                    .routes().stream()
                            .filter(route -> route.method().equals("POST")
                                    && route.path().equals("/console/sign-in"))
                            .findFirst()
                            .orElseThrow();

            Answer answer = signIn.endpoint()
                    .answer(new Call(
                            "/console/sign-in",
                            "127.0.0.1",
                            null,
                            null,
                            Map.of(),
                            Map.of(),
                            Set.of(),
                            Map.of("content-type", "application/x-www-form-urlencoded"),
                            ("key=" + TestGateway.key(Role.SIGNER)).getBytes(StandardCharsets.UTF_8),
                            null));

            assertTrue(
                    String.valueOf(answer.headers().get("Set-Cookie")).endsWith("; HttpOnly; SameSite=Strict; Secure"));
        }
    }
}
