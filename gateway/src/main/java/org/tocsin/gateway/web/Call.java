package org.tocsin.gateway.web;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;

/**
 * A request as an endpoint sees it: who, which, what. Holds nothing of the connection.
 *
 * @param actor who asks; null where nobody has to be known
 * @param session the session id that was presented; null where a key was, or nothing
 * @param parameters the path's parts, decoded
 * @param query the query's parameters, the first of repeated ones
 * @param headers by name in lower case, the first of repeated ones
 * @param body the body; empty where the route takes none or spools it
 * @param spooled the file with the body where the route spools it; null elsewhere
 */
record Call(
        @Nullable Principal actor,
        @Nullable String session,
        Map<String, String> parameters,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        @Nullable Path spooled) {
    Principal principal() {
        if (actor == null) {
            throw new IllegalStateException("this route asks nobody for a key");
        }
        return actor;
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    @Nullable
    String mediaType() {
        return headers.get("content-type");
    }
}
