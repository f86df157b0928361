package org.tocsin.channel.sms;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.Reply;

/** The shape of one HTTP platform: how it is asked, and what its answers and callbacks mean. Immutable; any thread. */
interface HttpPlatform {
    /** Its name for people. */
    String name();

    /** The most numbers in one request. */
    int largestGroup();

    /**
     * A request that sends one text to some numbers.
     *
     * @param extension the extension code; empty for none
     */
    HttpExchange.Request request(List<String> numbers, String text, String extension, Instant now);

    /**
     * What an answer says, whatever its HTTP status.
     *
     * @param numbers whom the request was for
     * @return an outcome for each number, in their order; one alone for all of them; none where the platform's own word
     *     is not in it
     */
    List<Outcome> read(JsonNode answer, List<String> numbers);

    /**
     * What a callback reports: each a {@link Receipt} or a {@link Reply}.
     *
     * @throws MalformedPdu when it is not what the platform posts
     */
    List<Object> callback(JsonNode body, Instant came) throws MalformedPdu;

    /** What to answer to a callback of which all is kept. */
    CallbackAnswer success();
}
