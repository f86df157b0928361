package org.tocsin.channel.wechat;

import java.time.Duration;
import java.util.concurrent.CompletionException;
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
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/** One service account: up once it holds an access token. */
final class WechatLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(WechatLink.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final long CLOSING_MILLIS = 3000;

    private final ChannelContext context;
    private final AccessToken token;
    private final TemplateSends sends;
    private final Callbacks callbacks;
    private volatile LinkState state = LinkState.CONNECTING;
    private @Nullable ScheduledFuture<?> next;

    WechatLink(ChannelContext context, WechatSettings settings) {
        this.context = context;
        this.token = new AccessToken(settings, context.http(), context.clock());
        this.sends = new TemplateSends(settings, context.http(), context.clock(), token);
        this.callbacks = new Callbacks(settings, context.clock(), context.receipts());
    }

    /** Starts to get an access token, again and again until there is one. */
    void connect() {
        connect(FIRST_PAUSE);
    }

    @Override
    public RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + context.link()).process(new BatchProcessor() {
                    @Override
                    protected void submit(Batch batch) {
                        sends.submit(batch);
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
        sends.close(CLOSING_MILLIS);
    }

    private void connect(Duration pause) {
        token.get().whenComplete((got, failure) -> connected(failure, pause));
    }

    private synchronized void connected(@Nullable Throwable failure, Duration pause) {
        if (state == LinkState.CLOSED) {
            return;
        }
        if (failure == null) {
            state = LinkState.UP;
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean refused = cause instanceof AccessToken.Unavailable unavailable
                && unavailable.outcome() instanceof Outcome.Deferred deferred
                && deferred.reason() == Reason.UNAUTHORISED;
        state = refused ? LinkState.REFUSED : LinkState.CONNECTING;
        Duration wait = refused ? LONGEST_PAUSE : pause;
        LOG.warn("{}: no access token yet, next try in {}", context.link(), wait);
        Duration doubled = pause.multipliedBy(2);
        Duration after = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        try {
            next = context.timer().schedule(() -> connect(after), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ending) {
            LOG.debug("{}: not tried again, the gateway is ending", context.link());
        }
    }
}
