package org.tocsin.gateway.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.Map;

/**
 * Ends connections whose first request's head does not come whole in good time, so that nobody keeps many open by
 * sending a byte now and then. All fields belong to one event loop.
 */
final class Greetings {
    static final long PATIENCE_MILLIS = 20_000;

    private final Vertx vertx;
    private final Map<HttpConnection, Long> timers = new HashMap<>();

    Greetings(Vertx vertx) {
        this.vertx = vertx;
    }

    void opened(HttpConnection connection) {
        timers.put(connection, vertx.setTimer(PATIENCE_MILLIS, late -> connection.close()));
        connection.closeHandler(closed -> spoke(connection));
    }

    void spoke(HttpConnection connection) {
        Long timer = timers.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
