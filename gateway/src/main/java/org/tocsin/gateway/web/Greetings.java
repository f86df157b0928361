package org.tocsin.gateway.web;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections on which no request's head comes whole in good time, the first and each one after an answer, so that
 * nobody keeps many open by sending a byte now and then. While a request is worked on, its body comes or its event
 * stream runs, no time counts here. All fields belong to one event loop.
 */
final class Greetings {
    /** How long a new connection has for its first head. */
    static final long FIRST_MILLIS = 20_000;

    /** How long a kept connection may be silent before its next head is whole. */
    static final long NEXT_MILLIS = 75_000;

    // An answer is on its way still when it has been written; a reader at a modem's speed is given the time.
    private static final long BYTES_PER_MILLI = 1;

    private final Vertx vertx;
    private final long firstMillis;
    private final long nextMillis;
    private final Map<HttpConnection, Greeting> greetings = new HashMap<>();

    private static final class Greeting {
        private int inside;
        private boolean last;
        private @Nullable Long timer;
    }

    Greetings(Vertx vertx) {
        this(vertx, FIRST_MILLIS, NEXT_MILLIS);
    }

    Greetings(Vertx vertx, long firstMillis, long nextMillis) {
        this.vertx = vertx;
        this.firstMillis = firstMillis;
        this.nextMillis = nextMillis;
    }

    /** Watches a server's connections; its requests go on to the handler. To be called before it listens. */
    void watch(HttpServer server, Handler<HttpServerRequest> next) {
        server.connectionHandler(this::opened);
        server.requestHandler(request -> {
            Greeting greeting = greetings.get(request.connection());
            if (greeting != null && greeting.last) {
                // Behind a request of doubtful length nothing is taken for a request: the connection is about to end.
                request.pause();
                return;
            }
            spoke(request);
            next.handle(request);
        });
    }

    /** Whether a request names one host as RFC 9112, section 3.2, demands of HTTP/1.1. */
    static boolean isPlain(HttpServerRequest request) {
        int hosts = request.headers().getAll("Host").size();
        return hosts == 1 || (hosts == 0 && request.version() != HttpVersion.HTTP_1_1);
    }

    /** How many connections are open. */
    int count() {
        return greetings.size();
    }

    private void opened(HttpConnection connection) {
        Greeting greeting = new Greeting();
        greetings.put(connection, greeting);
        expect(connection, greeting, firstMillis);
        connection.closeHandler(closed -> {
            greetings.remove(connection);
            calm(greeting);
        });
    }

    private void spoke(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        Greeting greeting = greetings.get(connection);
        if (greeting == null) {
            return;
        }
        calm(greeting);
        greeting.inside++;
        // The decoder drops a Content-Length beside Transfer-Encoding unseen, so that each of the latter ends its
        // connection (RFC 9112, section 6.1).
        greeting.last = !isPlain(request) || request.headers().contains("Transfer-Encoding");
        HttpServerResponse response = request.response();
        response.endHandler(ended -> {
            greeting.inside--;
            if (greeting.last) {
                connection.close();
                return;
            }
            if (greeting.inside == 0 && greetings.containsKey(connection)) {
                expect(connection, greeting, nextMillis + response.bytesWritten() / BYTES_PER_MILLI);
            }
        });
    }

    private void expect(HttpConnection connection, Greeting greeting, long millis) {
        calm(greeting);
        greeting.timer = vertx.setTimer(millis, late -> connection.close());
    }

    private void calm(Greeting greeting) {
        if (greeting.timer != null) {
            vertx.cancelTimer(greeting.timer);
            greeting.timer = null;
        }
    }
}
