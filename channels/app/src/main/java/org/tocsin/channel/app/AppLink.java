package org.tocsin.channel.app;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Batch;
import org.tocsin.channel.BatchProcessor;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkState;

/** One account at a push platform: up while the platform says so, which it is asked now and then. */
final class AppLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(AppLink.class);
    private static final long WHILE_DOWN_MILLIS = 1000;
    private static final long CLOSING_MILLIS = 3000;

    private final ChannelContext context;
    private final AppSettings settings;
    private final Pushes pushes;
    private final Callbacks callbacks;
    private volatile LinkState state = LinkState.CONNECTING;
    private @Nullable ScheduledFuture<?> next;

    AppLink(ChannelContext context, AppSettings settings) {
        this.context = context;
        this.settings = settings;
        this.pushes = new Pushes(settings, context.http(), context.clock());
        this.callbacks = new Callbacks(settings, context.clock(), context.receipts());
    }

    /** Asks for the platform's status, now and ever again. */
    void connect() {
        try {
            context.http().send(statusRequest()).whenComplete((answer, failure) -> answered(answer));
        } catch (RuntimeException defect) {
            LOG.warn("{}: cannot ask for the status: {}", context.link(), defect.toString());
            answered(null);
        }
    }

    @Override
    public RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + context.link()).routeId(context.link()).process(new BatchProcessor() {
                    @Override
                    protected void submit(Batch batch) {
                        pushes.submit(batch);
                    }
                });
            }
        };
    }

    @Override
    public LinkState state() {
        return state;
    }

    @Override
    public CompletionStage<CallbackAnswer> callback(CallbackRequest request) {
        return callbacks.take(request);
    }

    @Override
    public void close() {
        synchronized (this) {
            state = LinkState.CLOSED;
            if (next != null) {
                next.cancel(false);
            }
        }
        pushes.close(CLOSING_MILLIS);
    }

    private HttpExchange.Request statusRequest() {
        return new HttpExchange.Request(
                "GET",
                URI.create(settings.base() + "/v1/status"),
                Map.of("Authorization", "Bearer " + settings.key()),
                new byte[0],
                settings.timeout());
    }

    private synchronized void answered(HttpExchange.@Nullable Answer answer) {
        if (state == LinkState.CLOSED) {
            return;
        }
        LinkState before = state;
        if (answer == null) {
            state = LinkState.CONNECTING;
        } else if (answer.status() == 200) {
            state = LinkState.UP;
        } else {
            state = answer.status() == 401 || answer.status() == 403 ? LinkState.REFUSED : LinkState.CONNECTING;
        }
        if (state != before) {
            LOG.info("{}: {}", context.link(), state);
        }
        long wait = state == LinkState.CONNECTING
                ? WHILE_DOWN_MILLIS
                : settings.status().toMillis();
        try {
            next = context.timer().schedule(this::connect, wait, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ending) {
            LOG.debug("{}: not asked again, the gateway is ending", context.link());
        }
    }
}
