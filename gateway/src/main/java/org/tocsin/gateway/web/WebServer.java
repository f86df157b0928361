package org.tocsin.gateway.web;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tocsin.gateway.web.console.Console;

/** The gateway's HTTP end: API, console, live events, feeds, callbacks. One event loop, and a pool for what blocks. */
public final class WebServer implements AutoCloseable {
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_LINE = 8 * 1024;
    private static final int IDLE_SECONDS = 180;

    private final Vertx vertx;
    private final HttpServer server;
    private final LiveEvents events;

    private WebServer(Vertx vertx, HttpServer server, LiveEvents events) {
        this.vertx = vertx;
        this.server = server;
        this.events = events;
    }

    /**
     * Starts to listen; blocks until it does. It watches the sign-off's changes from here on.
     *
     * @throws IllegalStateException when it cannot listen, with the reason
     */
    public static WebServer start(WebConfig config, Rooms rooms) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            Context loop = vertx.getOrCreateContext();
            Workers workers = new Workers(
                    vertx, config.limits().workers(), config.limits().queue());
            LiveEvents events = new LiveEvents(vertx, loop, rooms, workers, config.limits());
            Front front = new Front(vertx, config, rooms, workers, events);
            HttpServer server = vertx.createHttpServer(options(config));
            Router router = front.router(routes(config, rooms));
            Greetings greetings = new Greetings(vertx);
            greetings.watch(server, router);
            await(server.listen(config.port(), config.host()));
            rooms.signOff().watch(events::changed);
            rooms.metrics().gauge("tocsin_http_inside", "Requests being worked on or waiting for it", workers::inside);
            rooms.metrics().gauge("tocsin_http_watchers", "Open event streams", events::count);
            return new WebServer(vertx, server, events);
        } catch (RuntimeException failed) {
            await(vertx.close());
            throw failed;
        }
    }

    /** All routes. */
    static List<RouteSpec> routes(WebConfig config, Rooms rooms) {
        WarningRoutes warnings = new WarningRoutes(rooms);
        // Before the warnings': these would take a path of one more word for an act of theirs.
        List<RouteSpec> routes = new ArrayList<>(new SurveyRoutes(rooms, warnings).routes());
        routes.addAll(new ReportRoutes(rooms).routes());
        routes.addAll(warnings.routes());
        routes.addAll(new GatewayRoutes(rooms, config.limits()).routes());
        routes.addAll(new LinkRoutes(rooms).routes());
        routes.addAll(new LedgerRoutes(rooms).routes());
        routes.addAll(new PersonRoutes(rooms).routes());
        routes.addAll(new AccountRoutes(rooms).routes());
        routes.addAll(new PublicRoutes(rooms, warnings, config.publicUrl()).routes());
        routes.addAll(new Console(rooms, config.isTls()).routes());
        return routes;
    }

    /** The port that it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Tells those who watch an issue that its evidence has changed. Any thread; does not block. */
    public void coverageChanged(String issue) {
        events.coverageChanged(issue);
    }

    /** Stops listening and ends all connections; blocks until it is done. */
    @Override
    public void close() {
        events.close();
        await(server.close());
        await(vertx.close());
    }

    /**
     * How it listens. Without HTTP/2 in clear text: while Vert.x waits whether a connection wants that, it shows it to
     * nobody, so that {@link Greetings} could not end it.
     */
    static HttpServerOptions options(WebConfig config) {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxInitialLineLength(MAX_LINE)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setTcpNoDelay(true)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false)
                .setDecompressionSupported(false)
                .setCompressionSupported(false);
        if (config.tlsCertificate() != null && config.tlsKey() != null) {
            options.setSsl(true)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(config.tlsCertificate().toString())
                            .addKeyPath(config.tlsKey().toString()));
        }
        return options;
    }

    private static <T> void await(Future<T> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(String.valueOf(failed.getMessage()), failed);
        }
    }
}
