package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lowest speed of an import, and what becomes of a body that does not come whole. */
class BodiesTest {
    private static final long MILLIS = 400;
    private static final long MIN_BYTES = 1_000;
    private static final int LIMIT = 100_000;

    @TempDir
    Path spool = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Object> ends = new LinkedBlockingQueue<>();
    private int port;

    @BeforeEach
    void listen() throws Exception {
        Bodies bodies = new Bodies(vertx, MILLIS, MIN_BYTES);
        port = vertx.createHttpServer()
                .requestHandler(request -> {
                    request.pause();
                    bodies.toFile(request, LIMIT, spool)
                            .onSuccess(ends::add)
                            .onFailure(ends::add)
                            .onComplete(done -> request.connection().close());
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** Sends a head, then parts of a body with a pause after each, until the server ends or all are sent. */
    private Object upload(int length, int part, long pauseMillis) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n").getBytes(UTF_8));
            Object end = null;
            for (int sent = 0; sent < length && end == null; sent += part) {
                try {
                    out.write(new byte[Math.min(part, length - sent)]);
                    out.flush();
                } catch (IOException ended) {
                    break;
                }
                end = ends.poll(pauseMillis, TimeUnit.MILLISECONDS);
            }
            return end != null
                    ? end
                    : Stream.ofNullable(ends.poll(10, TimeUnit.SECONDS))
                            .findFirst()
                            .orElseThrow();
        }
    }

    private void nothingIsLeft() {
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> {
            try (Stream<Path> files = Files.list(spool)) {
                return files.findAny().isEmpty();
            }
        });
    }

    @Test
    void endsAnImportThatDripsAndKeepsNothingOfIt() throws Exception {
        assertInstanceOf(Bodies.Gone.class, upload(50_000, 10, 20));
        nothingIsLeft();
    }

    @Test
    void takesAnImportThatIsSlowButComes() throws Exception {
        Path file = assertInstanceOf(Path.class, upload(20_000, 1_000, 100));

        assertEquals(20_000, Files.size(file));
    }

    @Test
    void refusesAnImportBeyondItsLimitAndKeepsNothingOfIt() throws Exception {
        assertInstanceOf(Bodies.TooLong.class, upload(LIMIT + 1, 50_000, 5));
        nothingIsLeft();
    }

    @Test
    void keepsNothingOfAnImportWhoseSenderGoesAway() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc".getBytes(UTF_8));
        }

        assertInstanceOf(Bodies.Gone.class, ends.poll(10, TimeUnit.SECONDS));
        nothingIsLeft();
    }
}
