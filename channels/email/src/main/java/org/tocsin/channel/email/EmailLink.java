package org.tocsin.channel.email;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Batch;
import org.tocsin.channel.BatchProcessor;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkState;

/** One account at a mail server, and the mailbox where its bounces come. */
final class EmailLink implements Link {
    private final String id;
    private final Connections connections;
    private final @Nullable BounceMailbox bounces;

    EmailLink(ChannelContext context, EmailSettings settings) {
        this.id = context.link();
        this.connections = new Connections(id, settings, new Mails(settings, context.clock()), context.clock());
        EmailSettings.Mailbox mailbox = settings.bounces();
        this.bounces = mailbox == null
                ? null
                : new BounceMailbox(id, mailbox, settings, new Bounces(settings, context.clock()), context.receipts());
    }

    /** Starts to connect, again and again until closed. */
    void connect() {
        connections.start();
        if (bounces != null) {
            bounces.start();
        }
    }

    @Override
    public RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + id).routeId(id).process(new BatchProcessor() {
                    @Override
                    protected void submit(Batch batch) {
                        connections.submit(batch);
                    }
                });
            }
        };
    }

    @Override
    public LinkState state() {
        return connections.state();
    }

    /** Bounces come by mail; nobody posts for them. */
    @Override
    public CompletionStage<CallbackAnswer> callback(CallbackRequest request) {
        return CompletableFuture.completedStage(new CallbackAnswer(404, "text/plain; charset=utf-8", ""));
    }

    @Override
    public void close() {
        if (bounces != null) {
            bounces.close();
        }
        connections.close();
    }
}
