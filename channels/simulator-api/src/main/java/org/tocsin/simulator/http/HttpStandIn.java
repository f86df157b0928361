package org.tocsin.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A provider's HTTP server on a free port of the loopback interface. Handlers run on its threads, many at a time. */
public final class HttpStandIn implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int BACKLOG = 1024;
    private static final int LARGEST_BODY = 4 << 20;

    static {
        // The JDK's server answers in two writes; without these, Nagle's algorithm costs 40 ms an answer, and more than
        // 200 idle connections are cut.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
    }

    /**
     * A request.
     *
     * @param method the method
     * @param query the query's parameters, decoded
     * @param headers by name in lower case
     * @param body the body
     */
    public record Request(String method, Map<String, String> query, Map<String, String> headers, byte[] body) {
        /** The body as UTF-8. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * An answer.
     *
     * @param status the status
     * @param contentType the body's type
     * @param body the body
     */
    public record Reply(int status, String contentType, String body) {
        /** JSON. */
        public static Reply json(int status, String body) {
            return new Reply(status, "application/json; charset=utf-8", body);
        }
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Handler {
        /** Answers; may block. */
        Reply handle(Request request) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "stand-in");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Listens; requests are served from {@link #start} on.
     *
     * @throws IOException when it cannot listen
     */
    public HttpStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
    }

    /** Handles all requests whose path starts with this one. */
    public void handle(String path, Handler handler) {
        server.createContext(path, exchange -> serve(exchange, handler));
    }

    /** Serves from now on. */
    public void start() {
        server.start();
    }

    /** Its address, such as {@code http://127.0.0.1:4711}. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void serve(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            Reply reply = handler.handle(new Request(
                    exchange.getRequestMethod(),
                    Form.read(exchange.getRequestURI().getRawQuery()),
                    headers,
                    body));
            byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            exchange.sendResponseHeaders(reply.status(), answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
