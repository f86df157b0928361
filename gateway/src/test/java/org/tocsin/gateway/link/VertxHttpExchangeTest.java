package org.tocsin.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.HttpExchange;

class VertxHttpExchangeTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\n\r\nok";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger connections = new AtomicInteger();
    private VertxHttpExchange http = new VertxHttpExchange(vertx, VertxHttpExchange.Limits.standard());

    @AfterEach
    void close() throws Exception {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void answersWithStatusHeadersInLowerCaseAndBody() throws Exception {
        URI uri = serve(socket -> socket.write(OK));

        HttpExchange.Answer answer = await(http.send(request(uri, 5000)));

        assertEquals(200, answer.status());
        assertEquals("1", answer.headers().get("x-a"));
        assertEquals("ok", new String(answer.body(), StandardCharsets.UTF_8));
    }

    @Test
    void keepsConnectionsForTheNextRequest() throws Exception {
        URI uri = serve(socket -> socket.write(OK));

        for (int i = 0; i < 20; i++) {
            await(http.send(request(uri, 5000)));
        }

        // The answer may be told a moment before its connection is back in the pool, so that the next one opens
        // another.
        assertTrue(connections.get() <= 3, "connections: " + connections);
    }

    @Test
    void opensNoMoreConnectionsThanItMay() throws Exception {
        http.close();
        http = new VertxHttpExchange(
                vertx, new VertxHttpExchange.Limits(3, 1000, Duration.ofSeconds(5), Duration.ofSeconds(20)));
        URI uri = serve(socket -> vertx.setTimer(20, id -> socket.write(OK)));

        List<CompletionStage<HttpExchange.Answer>> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(http.send(request(uri, 20_000)));
        }
        for (CompletionStage<HttpExchange.Answer> one : all) {
            assertEquals(200, await(one).status());
        }

        assertTrue(connections.get() <= 3, "connections: " + connections);
    }

    @Test
    void saysNotSentWhenTheQueueIsFullOrTheWaitForAConnectionTooLong() throws Exception {
        http.close();
        http = new VertxHttpExchange(
                vertx, new VertxHttpExchange.Limits(1, 1, Duration.ofSeconds(5), Duration.ofSeconds(20)));
        CountDownLatch connected = new CountDownLatch(1);
        URI uri = serve(socket -> connected.countDown());

        CompletionStage<HttpExchange.Answer> first = http.send(request(uri, 2000));
        // Requests race for the one connection until the first has it.
        assertTrue(connected.await(10, TimeUnit.SECONDS));
        CompletionStage<HttpExchange.Answer> waiting = http.send(request(uri, 500));
        CompletionStage<HttpExchange.Answer> beyond = http.send(request(uri, 2000));

        assertFalse(failure(beyond).sent());
        assertFalse(failure(waiting).sent());
        assertTrue(failure(first).sent());
    }

    @Test
    void saysNotSentWhenNobodyListens() throws Exception {
        NetServer server = vertx.createNetServer().connectHandler(socket -> {});
        int port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);

        assertFalse(failure(http.send(request(URI.create("http://127.0.0.1:" + port + "/"), 5000)))
                .sent());
    }

    @Test
    void saysSentWhenTheProviderClosesAfterTheRequest() throws Exception {
        URI uri = serve(NetSocket::close);

        assertTrue(failure(http.send(request(uri, 5000))).sent());
    }

    @Test
    void saysSentWhenTheAnswerIsLateOrGarbageOrCut() throws Exception {
        URI late = serve(socket -> {});
        URI garbage = serve(socket -> socket.write("\0\1\2 this is not HTTP\r\n\r\n"));
        URI cut = serve(socket -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
            socket.close();
        });

        assertTrue(failure(http.send(request(late, 300))).sent());
        assertTrue(failure(http.send(request(garbage, 5000))).sent());
        assertTrue(failure(http.send(request(cut, 5000))).sent());
    }

    @Test
    void refusesAnAnswerThatIsTooLarge() throws Exception {
        URI uri = serve(socket -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n");
            socket.write(Buffer.buffer(new byte[2_000_000]));
        });

        HttpExchange.Failure failure = failure(http.send(request(uri, 10_000)));

        assertTrue(failure.sent());
        assertTrue(String.valueOf(failure.getMessage()).contains("over 1048576"), failure.getMessage());
    }

    @Test
    void takesAnAnswerThatIsJustNotTooLarge() throws Exception {
        URI uri = serve(socket -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n");
            socket.write(Buffer.buffer(new byte[VertxHttpExchange.LARGEST_ANSWER]));
        });

        assertEquals(1 << 20, await(http.send(request(uri, 10_000))).body().length);
    }

    @Test
    void saysNotSentForHeadersThatCannotBe() {
        HttpExchange.Request split = new HttpExchange.Request(
                "POST",
                URI.create("http://127.0.0.1:9/"),
                Map.of("X-A", "1\r\nX-B: 2"),
                new byte[0],
                Duration.ofSeconds(1));

        assertFalse(failure(http.send(split)).sent());
    }

    @Test
    void tellsNoSecretOfTheQuery() {
        URI uri = URI.create("http://127.0.0.1:1/token?secret=hidden");

        HttpExchange.Failure failure = failure(http.send(request(uri, 2000)));

        assertFalse(String.valueOf(failure.getMessage()).contains("hidden"), failure.getMessage());
    }

    private URI serve(Consumer<NetSocket> answer) throws Exception {
        NetServer server = vertx.createNetServer().connectHandler(socket -> {
            connections.incrementAndGet();
            socket.exceptionHandler(reset -> {});
            socket.handler(request -> answer.accept(socket));
        });
        int port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        return URI.create("http://127.0.0.1:" + port + "/a?b=c");
    }

    private static HttpExchange.Request request(URI uri, int millis) {
        return new HttpExchange.Request(
                "POST", uri, Map.of("Content-Type", "text/plain"), new byte[] {'x'}, Duration.ofMillis(millis));
    }

    private static HttpExchange.Answer await(CompletionStage<HttpExchange.Answer> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static HttpExchange.Failure failure(CompletionStage<HttpExchange.Answer> stage) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> await(stage));
        return assertInstanceOf(HttpExchange.Failure.class, failed.getCause());
    }
}
