package org.tocsin.gateway.reply;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.tocsin.channel.Reply;
import org.tocsin.gateway.dispatch.Recipient;

/** Knows to whom was sent. Any thread. */
public interface Recipients {
    /**
     * To whom a link has sent what a reply answers, by number and extension; empty where it knows nobody.
     *
     * @param link the link's id
     * @param from the person's number
     */
    CompletionStage<Optional<Recipient>> whose(String link, String from, Reply reply);

    /**
     * Writes that a person has answered an issue; complete when that is durable.
     *
     * @param code what they wrote, as it stands in the evidence
     */
    CompletionStage<Boolean> acknowledged(String link, String from, Recipient whom, String code, Instant at);
}
