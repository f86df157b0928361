package org.tocsin.channel.screen;

import java.util.concurrent.CompletionStage;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.TerminalTalk;

/** Tells screens by MQTT, and turns their reports into receipts. */
final class ScreenLink implements Link {
    private final String route;
    private final TerminalTalk talk;

    ScreenLink(ChannelContext context, ScreenSettings settings) {
        this.route = "direct:" + context.link();
        this.talk = TerminalTalk.begin(context, settings.terminals(), new ScreenDialect(context.link(), settings));
    }

    @Override
    public RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(route).process(talk.processor());
            }
        };
    }

    @Override
    public LinkState state() {
        return talk.state();
    }

    @Override
    public CompletionStage<CallbackAnswer> callback(CallbackRequest request) {
        return talk.callback();
    }

    @Override
    public void close() {
        talk.close();
    }
}
