package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

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
    void marksTheCookieSecureUnderTls(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis)) {
            RouteSpec signIn = new ConsoleRoutes(gateway.rooms(), true)
                    .routes().stream()
                            .filter(route -> route.method().equals("POST")
                                    && route.path().equals("/console/sign-in"))
                            .findFirst()
                            .orElseThrow();

            Answer answer = signIn.endpoint()
                    .answer(new Call(
                            null,
                            null,
                            Map.of(),
                            Map.of(),
                            Map.of("content-type", "application/x-www-form-urlencoded"),
                            ("key=" + TestGateway.key(Role.SIGNER)).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                            null));

            assertTrue(
                    String.valueOf(answer.headers().get("Set-Cookie")).endsWith("; HttpOnly; SameSite=Strict; Secure"));
        }
    }
}
