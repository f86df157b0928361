package org.tocsin.gateway.dispatch;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.ReceiptSink;
import org.tocsin.channel.ReplySink;
import org.tocsin.channel.TerminalLink;

/** What a link is given from outside. */
record OpenedLink(LinkSpec spec, LinkGear gear, ReceiptSink receipts, ReplySink replies) implements ChannelContext {

    @Override
    public String link() {
        return spec.id();
    }

    @Override
    public LinkSettings settings() {
        return new LinkSettings(spec.id(), LinkTerms.forTheChannel(spec.settings()));
    }

    @Override
    public InstantSource clock() {
        return gear.clock();
    }

    @Override
    public RandomGenerator random() {
        return gear.random();
    }

    @Override
    public ScheduledExecutorService timer() {
        return gear.timer();
    }

    @Override
    public HttpExchange http() {
        return gear.http();
    }

    @Override
    public TerminalLink terminals() {
        return gear.terminals();
    }
}
