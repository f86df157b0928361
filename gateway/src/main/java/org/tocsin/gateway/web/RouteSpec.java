package org.tocsin.gateway.web;

import java.util.Set;
import org.tocsin.gateway.access.Role;

/**
 * A route: what it needs before its endpoint is asked, and which statuses it answers with.
 *
 * @param method the HTTP method
 * @param path as the OpenAPI document writes it, with {@code {parameter}}
 * @param gate who may come in
 * @param roles one of these is needed; empty for any
 * @param bodyLimit the longest body, in bytes; 0 where none is taken
 * @param spools whether the body goes to a file
 * @param keeps whether it takes new content, which needs disk
 * @param statuses all that it may answer with
 * @param endpoint what answers
 */
public record RouteSpec(
        String method,
        String path,
        Gate gate,
        Set<Role> roles,
        long bodyLimit,
        boolean spools,
        boolean keeps,
        Set<Integer> statuses,
        Endpoint endpoint) {
    /** Who may come in. */
    public enum Gate {
        /** Everybody, whatever the gateway's state. */
        OPEN,
        /** Everybody, while the gateway is ready. */
        PUBLIC,
        /** Who has a key or a session. */
        KEY,
        /** Who has the scrape token, whatever the gateway's state, or a key. */
        SCRAPE,
        /** Who has a session; others are sent to the sign-in. */
        SESSION,
        /** Everybody, but from the gateway's own pages only. */
        FORM,
        /** Who has a key or a session; the answer is an event stream. */
        STREAM,
        /** A provider, which the channel's link knows; the answer is asynchronous. */
        CALLBACK
    }

    /** No role is asked for. */
    public static final Set<Role> ANYBODY = Set.of();

    /** A route that is read. */
    public static RouteSpec get(String path, Gate gate, Endpoint endpoint, Integer... statuses) {
        return new RouteSpec("GET", path, gate, ANYBODY, 0, false, false, Set.of(statuses), endpoint);
    }

    /** A route that takes a body. */
    public static RouteSpec post(
            String path, Gate gate, Set<Role> roles, long bodyLimit, Endpoint endpoint, Integer... statuses) {
        return new RouteSpec("POST", path, gate, roles, bodyLimit, false, false, Set.of(statuses), endpoint);
    }

    /** The same for some roles only. */
    public RouteSpec onlyFor(Set<Role> some) {
        return new RouteSpec(method, path, gate, some, bodyLimit, spools, keeps, statuses, endpoint);
    }

    /** The same, asked for only while there is disk. */
    public RouteSpec keeping() {
        return new RouteSpec(method, path, gate, roles, bodyLimit, spools, true, statuses, endpoint);
    }

    /** The same with its body in a file. */
    public RouteSpec spooling() {
        return new RouteSpec(method, path, gate, roles, bodyLimit, true, keeps, statuses, endpoint);
    }

    /** The same by another method. */
    public RouteSpec by(String otherMethod) {
        return new RouteSpec(otherMethod, path, gate, roles, bodyLimit, spools, keeps, statuses, endpoint);
    }

    /** The path as the router writes it. */
    String routerPath() {
        return path.replaceAll("\\{([a-zA-Z]+)}", ":$1");
    }
}
