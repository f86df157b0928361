package org.tocsin.gateway.web;

import java.util.Map;
import org.tocsin.gateway.approval.Decision.Why;

/** HTTP statuses: their titles, and which one a refusal has. */
public final class Statuses {
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(428, "Precondition Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(507, "Insufficient Storage"));

    private Statuses() {}

    static String title(int status) {
        return TITLES.getOrDefault(status, "Status " + status);
    }

    /** The status of a refused act. */
    public static int of(Why why) {
        return switch (why) {
            case UNKNOWN -> 404;
            case FORBIDDEN -> 403;
            case CONFLICT, STALE -> 409;
            case INVALID -> 400;
            case UNACCEPTABLE -> 422;
        };
    }
}
