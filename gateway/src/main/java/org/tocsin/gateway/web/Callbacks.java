package org.tocsin.gateway.web;

import java.util.concurrent.CompletionStage;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;

/** Where providers' posts go: to the link of that channel and provider, which authenticates them. Must not block. */
@FunctionalInterface
public interface Callbacks {
    /** Hands a post on; the stage ends when its receipts are durable. */
    CompletionStage<CallbackAnswer> receive(String channel, String provider, CallbackRequest request);
}
