package org.tocsin.gateway.link;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.HttpExchange;

/**
 * HTTP/1.1 to providers over kept-alive connections, pooled by host and port.
 *
 * <p>It follows no redirect, does not decompress, and never puts a request's path or query, which may hold secrets,
 * into a failure. May be used by any thread; stages complete on an event loop.
 */
public final class VertxHttpExchange implements HttpExchange, AutoCloseable {
    /** The largest body of an answer, 1 MiB. */
    public static final int LARGEST_ANSWER = 1 << 20;

    /**
     * The limits of the pool.
     *
     * @param connections the most connections to one host and port, at least 1
     * @param waiting the most requests that wait for a connection to one host and port; more fail at once, unsent
     * @param connectTimeout how long connecting may take, TLS apart
     * @param keepAlive how long an unused connection is kept; shorter than providers do, else requests meet a
     *     connection that is just being closed
     */
    public record Limits(int connections, int waiting, Duration connectTimeout, Duration keepAlive) {
        /** Limits for a county: 64 connections, 10,000 waiting, 5 s to connect, kept for 20 s. */
        public static Limits standard() {
            return new Limits(64, 10_000, Duration.ofSeconds(5), Duration.ofSeconds(20));
        }
    }

    private final Vertx vertx;
    private final HttpClient client;

    /**
     * Makes it.
     *
     * @param vertx whose event loops it uses, and which it does not close
     * @param limits the pool's limits
     */
    public VertxHttpExchange(Vertx vertx, Limits limits) {
        this.vertx = vertx;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) limits.connectTimeout().toMillis())
                .setKeepAlive(true)
                .setKeepAliveTimeout((int) Math.max(1, limits.keepAlive().toSeconds()))
                .setTcpNoDelay(true)
                .setVerifyHost(true);
        PoolOptions pool = new PoolOptions()
                .setHttp1MaxSize(limits.connections())
                .setMaxWaitQueueSize(limits.waiting())
                .setEventLoopSize(1);
        this.client = vertx.httpClientBuilder().with(options).with(pool).build();
    }

    @Override
    public CompletionStage<Answer> send(Request request) {
        return new Call(request).start();
    }

    /** Closes all connections; what is in flight fails. */
    @Override
    public void close() {
        client.close();
    }

    /** One request on its way. Guarded by itself where the time-out and the event loop meet. */
    private final class Call {
        private final Request request;
        private final CompletableFuture<Answer> result = new CompletableFuture<>();
        private final Buffer body = Buffer.buffer();
        private @Nullable HttpClientRequest wire;
        private boolean sent;
        private boolean over;
        private long timer;

        Call(Request request) {
            this.request = request;
        }

        CompletionStage<Answer> start() {
            try {
                RequestOptions options = new RequestOptions()
                        .setMethod(HttpMethod.valueOf(request.method()))
                        .setAbsoluteURI(request.uri().toString())
                        .setFollowRedirects(false);
                request.headers().forEach(options::putHeader);
                timer = vertx.setTimer(Math.max(1, request.timeout().toMillis()), id -> fail("timed out"));
                client.request(options).onComplete(this::obtained);
            } catch (RuntimeException invalid) {
                fail(invalid.getClass().getSimpleName());
            }
            return result;
        }

        private void obtained(AsyncResult<HttpClientRequest> obtained) {
            if (obtained.failed()) {
                fail(name(obtained.cause()));
                return;
            }
            HttpClientRequest ready = obtained.result();
            if (!mayWrite(ready)) {
                ready.reset();
                return;
            }
            ready.exceptionHandler(failure -> fail(name(failure)));
            try {
                (request.body().length == 0 ? ready.send() : ready.send(Buffer.buffer(request.body())))
                        .onComplete(this::answered);
            } catch (RuntimeException invalid) {
                fail(invalid.getClass().getSimpleName());
            }
        }

        private void answered(AsyncResult<HttpClientResponse> answered) {
            if (answered.failed()) {
                fail(name(answered.cause()));
                return;
            }
            HttpClientResponse response = answered.result();
            response.exceptionHandler(failure -> fail(name(failure)));
            response.handler(this::more);
            response.endHandler(end -> complete(response));
        }

        private void more(Buffer chunk) {
            if (body.length() + chunk.length() > LARGEST_ANSWER) {
                fail("answer over " + LARGEST_ANSWER + " bytes");
            } else if (!result.isDone()) {
                body.appendBuffer(chunk);
            }
        }

        private void complete(HttpClientResponse response) {
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
            }
            vertx.cancelTimer(timer);
            Map<String, String> headers = new HashMap<>();
            for (Map.Entry<String, String> header : response.headers()) {
                headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
            }
            result.complete(new Answer(response.statusCode(), Map.copyOf(headers), body.getBytes()));
        }

        private synchronized boolean mayWrite(HttpClientRequest ready) {
            if (over) {
                return false;
            }
            wire = ready;
            sent = true;
            return true;
        }

        private void fail(String what) {
            HttpClientRequest open;
            boolean written;
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
                open = wire;
                written = sent;
            }
            vertx.cancelTimer(timer);
            result.completeExceptionally(
                    new Failure(request.method() + " to " + request.uri().getHost() + ": " + what, written));
            if (open != null) {
                open.reset();
            }
        }

        private static String name(Throwable failure) {
            return failure.getClass().getSimpleName();
        }
    }
}
