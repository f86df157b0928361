package org.tocsin.channel;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Asynchronous HTTP to providers, over pooled connections. May be used by any thread. */
@FunctionalInterface
public interface HttpExchange {
    /**
     * A request.
     *
     * @param method GET, POST, PUT or DELETE
     * @param uri where to, http or https
     * @param headers by name
     * @param body the body; empty for none
     * @param timeout from the call to the whole answer
     */
    record Request(String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout) {}

    /**
     * An answer.
     *
     * @param status the status code
     * @param headers by name in lower case; of repeated ones the first
     * @param body the body, at most 1 MiB
     */
    record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** The request failed without a whole answer. */
    final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final boolean sent;

        /**
         * Makes a failure.
         *
         * @param message what happened, without secrets
         * @param sent whether the provider may have got the request
         */
        public Failure(String message, boolean sent) {
            super(message);
            this.sent = sent;
        }

        /** Whether the provider may have got the request: then a repeat may be a double. */
        public boolean sent() {
            return sent;
        }
    }

    /** Sends a request. The stage fails only with {@link Failure}. */
    CompletionStage<Answer> send(Request request);
}
