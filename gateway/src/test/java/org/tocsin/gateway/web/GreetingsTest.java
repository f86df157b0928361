package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GreetingsTest {
    private static final long FIRST = 300;
    private static final long NEXT = 600;
    private static final String GET = "GET /fine HTTP/1.1\r\nHost: h\r\n\r\n";

    private Vertx vertx = Vertx.vertx();
    private Greetings greetings = new Greetings(vertx);
    private int port;

    @BeforeEach
    void listen() throws Exception {
        greetings = new Greetings(vertx, FIRST, NEXT);
        HttpServer server = vertx.createHttpServer(WebServer.options(WebConfig.loopback(0)));
        greetings.watch(server, GreetingsTest::answer);
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void answer(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/stream" -> {
                HttpServerResponse response = request.response().setChunked(true);
                response.write(": begun\n\n");
            }
            case "/upload" ->
                request.body().onSuccess(body -> request.response().end(body.length() + " bytes"));
            default -> request.response().end("fine");
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void say(Socket socket, String words) throws IOException {
        socket.getOutputStream().write(words.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    private static String hear(Socket socket, String end) throws IOException {
        StringBuilder heard = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (!heard.toString().endsWith(end)) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("it ended after " + heard);
            }
            heard.append((char) c);
        }
        return heard.toString();
    }

    /** Sends a byte of a head now and then until the server has had enough; how long that took. */
    private static Duration dawdle(Socket socket, String beginning) throws IOException {
        long began = System.nanoTime();
        say(socket, beginning);
        socket.setSoTimeout(50);
        for (int sent = 0; sent < 200; sent++) {
            try {
                if (socket.getInputStream().read() < 0) {
                    return Duration.ofNanos(System.nanoTime() - began);
                }
            } catch (SocketTimeoutException open) {
                // It listens still: one more byte.
            } catch (IOException reset) {
                return Duration.ofNanos(System.nanoTime() - began);
            }
            try {
                say(socket, "x");
            } catch (IOException broken) {
                return Duration.ofNanos(System.nanoTime() - began);
            }
        }
        throw new AssertionError("it was heard out for 10 seconds");
    }

    private void forgotten() {
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> greetings.count() == 0);
    }

    @Test
    void endsWhoDawdlesOverTheFirstHead() throws Exception {
        try (Socket socket = open()) {
            Duration patience = dawdle(socket, "GET /fine HTTP/1.1\r\nX-Slow: ");

            assertTrue(patience.toMillis() >= FIRST - 100, patience.toString());
        }
        forgotten();
    }

    @Test
    void endsWhoDawdlesOverALaterHead() throws Exception {
        try (Socket socket = open()) {
            for (int number = 0; number < 3; number++) {
                say(socket, GET);
                hear(socket, "fine");
            }

            dawdle(socket, "GET /fine HTTP/1.1\r\nX-Slow: ");
        }
        forgotten();
    }

    @Test
    void endsWhoSaysNothingMore() throws Exception {
        try (Socket socket = open()) {
            say(socket, GET);
            hear(socket, "fine");

            assertEquals(-1, socket.getInputStream().read());
        }
        forgotten();
    }

    @Test
    void letsWhoAsksInTimeAskAsOftenAsTheyLike() throws Exception {
        try (Socket socket = open()) {
            long end = System.nanoTime() + Duration.ofMillis(2 * (FIRST + NEXT)).toNanos();
            while (System.nanoTime() < end) {
                say(socket, GET + GET);
                hear(socket, "fine");
                hear(socket, "fine");
            }
            assertEquals(1, greetings.count());
        }
    }

    @Test
    void leavesAStreamAlone() throws Exception {
        try (Socket socket = open()) {
            say(socket, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
            hear(socket, ": begun\n\n\r\n");
            socket.setSoTimeout((int) (2 * (FIRST + NEXT)));

            boolean open = false;
            try {
                assertEquals(-2, socket.getInputStream().read());
            } catch (SocketTimeoutException silent) {
                open = true;
            }

            assertTrue(open);
            assertEquals(1, greetings.count());
        }
        forgotten();
    }

    @Test
    void waitsForASlowBody() throws Exception {
        try (Socket socket = open()) {
            say(socket, GET);
            hear(socket, "fine");
            say(socket, "POST /upload HTTP/1.1\r\nHost: h\r\nContent-Length: 30\r\n\r\n");
            socket.setSoTimeout(50);
            for (int sent = 0; sent < 30; sent++) {
                say(socket, "x");
                try {
                    if (sent < 29) {
                        assertEquals(-2, socket.getInputStream().read());
                    }
                } catch (SocketTimeoutException patient) {
                    // As it should be.
                }
            }
            socket.setSoTimeout(10_000);

            assertTrue(hear(socket, "30 bytes").startsWith("HTTP/1.1 200 "));
        }
    }
}
