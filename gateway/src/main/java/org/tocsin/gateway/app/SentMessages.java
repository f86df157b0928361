package org.tocsin.gateway.app;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.tocsin.channel.Reply;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.dispatch.Recipient;
import org.tocsin.gateway.reply.Recipients;

/** What the dispatcher knows of whom was sent to, as the replies' room asks for it. */
record SentMessages(Dispatcher dispatcher) implements Recipients {
    @Override
    public CompletionStage<Optional<Recipient>> whose(String link, String from, Reply reply) {
        return dispatcher.whose(link, from, reply);
    }

    @Override
    public CompletionStage<Boolean> acknowledged(String link, String from, Recipient whom, String code, Instant at) {
        return dispatcher.acknowledged(link, from, whom, code, at);
    }
}
