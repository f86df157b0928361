package org.tocsin.gateway.dispatch;

import java.util.Map;

/**
 * A link by its settings.
 *
 * @param id the link's id, in Redis' keys and the books: lower-case letters, digits and dashes
 * @param channel the channel's name
 * @param provider the provider's name, for callbacks
 * @param binds how many connections, at least 1
 * @param window how many unanswered submits each connection may have, at least 1
 * @param rate the most addressees a second; 0 means without a limit
 * @param settings all settings of the link, the gateway's own ones among them
 */
public record LinkSpec(
        String id, String channel, String provider, int binds, int window, int rate, Map<String, String> settings) {
    private static final int LEAST_OUTSTANDING = 1024;

    /** Refuses numbers that make no sense. */
    public LinkSpec {
        settings = Map.copyOf(settings);
        if (!id.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException("a link's id is lower-case letters, digits and dashes, was " + id);
        }
        if (binds < 1 || window < 1 || rate < 0) {
            throw new IllegalArgumentException(id + ": binds and window are at least 1, rate at least 0");
        }
    }

    /**
     * Reads {@code channel}, {@code provider} (default: the link's id), {@code binds} (1), {@code window} (256) and
     * {@code rate} (0) of a link's settings; all but {@code channel} go on to the channel.
     */
    public static LinkSpec of(String id, Map<String, String> settings) {
        Map<String, String> rest = new java.util.HashMap<>(settings);
        String channel = rest.remove("channel");
        if (channel == null) {
            throw new IllegalArgumentException(id + ".channel: is required");
        }
        return new LinkSpec(
                id,
                channel,
                rest.getOrDefault("provider", id),
                number(rest, "binds", 1),
                number(rest, "window", 256),
                number(rest, "rate", 0),
                rest);
    }

    private static int number(Map<String, String> settings, String name, int otherwise) {
        String value = settings.get(name);
        try {
            return value == null ? otherwise : Integer.parseInt(value.strip());
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(name + ": must be a whole number, was '" + value + "'", notANumber);
        }
    }

    /** How many addressees may be with the channel without a durable outcome: what a crash may double at most. */
    public int mostOutstanding() {
        return (int) Math.max(LEAST_OUTSTANDING, Math.min((long) binds * window, 1 << 16));
    }
}
