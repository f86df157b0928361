package org.tocsin.gateway.web;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;

/**
 * A request as an endpoint sees it: who, which, what. Holds nothing of the connection.
 *
 * @param path the path as it was asked for, normalized
 * @param address the network address that the request came from
 * @param actor who asks; null where nobody has to be known
 * @param session the session id that was presented; null where a key was, or nothing
 * @param parameters the path's parts, decoded
 * @param query the query's parameters, the first of repeated ones
 * @param repeated the names of the query that stand there more than once
 * @param headers by name in lower case, the first of repeated ones
 * @param body the body; empty where the route takes none or spools it
 * @param spooled the file with the body where the route spools it; null elsewhere
 */
public record Call(
        String path,
        String address,
        @Nullable Principal actor,
        @Nullable String session,
        Map<String, String> parameters,
        Map<String, String> query,
        Set<String> repeated,
        Map<String, String> headers,
        byte[] body,
        @Nullable Path spooled) {
    /** Who asks, on a route that somebody has to be known for. */
    public Principal principal() {
        if (actor == null) {
            throw new IllegalStateException("this route asks nobody for a key");
        }
        return actor;
    }

    /** A part of the path; empty where there is none. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The Content-Type as it was sent; null where there is none. */
    public @Nullable String mediaType() {
        return headers.get("content-type");
    }

    /** The value of a cookie; null where there is none of this name. */
    public @Nullable String cookie(String name) {
        for (String pair : headers.getOrDefault("cookie", "").split(";", 50)) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                return parts[1];
            }
        }
        return null;
    }
}
