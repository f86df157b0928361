package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

/** What no well-behaved client writes, over sockets. */
@ExtendWith(RedisExtension.class)
class RawRequestsTest {
    private static final String KEY = "Authorization: Bearer " + TestGateway.key(Role.ISSUER) + "\r\n";

    /** All that comes until the server ends the connection. */
    private static String ask(TestGateway gateway, String words) throws IOException {
        int port = URI.create(gateway.address()).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(words.getBytes(UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static void assertRefused(String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(answer.contains("application/problem+json") || answer.contains("text/html"), answer);
    }

    @Test
    void refusesABadEscapeInEveryQuery(Redis redis) throws IOException {
        try (TestGateway gateway = new TestGateway(redis)) {
            for (RouteSpec route : gateway.routes()) {
                String path = route.path().replaceAll("\\{[a-zA-Z]+}", "sms");
                assertRefused(ask(
                        gateway,
                        route.method() + " " + path + "?state=%zz HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n" + KEY
                                + "Connection: close\r\n\r\n"));
            }
        }
    }

    @Test
    void refusesTwoHostsAndNone(Redis redis) throws IOException {
        try (TestGateway gateway = new TestGateway(redis)) {
            String next = "GET /health/live HTTP/1.1\r\nHost: h\r\n\r\n";
            for (String hosts : new String[] {"Host: a\r\nHost: b\r\n", ""}) {
                String answer = ask(gateway, "GET /health/live HTTP/1.1\r\n" + hosts + "\r\n" + next);
                assertRefused(answer);
                assertFalse(answer.contains("200 OK"), answer);
            }
        }
    }

    @Test
    void takesNothingBehindABodyWithTwoLengths(Redis redis) throws IOException {
        try (TestGateway gateway = new TestGateway(redis)) {
            String body = "0\r\n\r\n";
            String answer = ask(
                    gateway,
                    "POST /api/v1/warnings HTTP/1.1\r\nHost: h\r\n" + KEY
                            + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n" + body
                            + "GET /health/live HTTP/1.1\r\nHost: h\r\n\r\n");
            assertEquals(1, answer.split("HTTP/1.1 ", -1).length - 1, answer);
            assertFalse(answer.contains("\"live\""), answer);
        }
    }
}
