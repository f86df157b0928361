package org.tocsin.channel.sms;

import java.net.URI;
import java.time.Duration;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Terms;

/**
 * One account at an HTTP platform. Immutable.
 *
 * @param base the platform's address
 * @param key the access key's id
 * @param secret the access key's secret
 * @param template the approved template, whose one variable is the text
 * @param application the application's id, where the platform has one
 * @param callbackToken what callbacks must name as {@code token}, as the platforms do not sign them
 * @param window how many requests may be unanswered
 */
record HttpAccount(
        URI base,
        String key,
        String secret,
        String template,
        String application,
        String callbackToken,
        int group,
        int window,
        Duration timeout,
        Sheet sheet,
        Terms terms) {
    private static final int SHORTEST_TOKEN = 16;

    static HttpAccount read(LinkSettings from, String base, int largestGroup, boolean hasApplication) {
        String token = from.text("callbackToken");
        if (!token.isEmpty() && token.length() < SHORTEST_TOKEN) {
            from.problem("callbackToken", "must have " + SHORTEST_TOKEN + " characters or more");
        }
        Sheet sheet = Sheet.read(from);
        if (sheet.signature().isEmpty()) {
            from.problem("signature", "is required: the platform sends nothing without one");
        }
        return new HttpAccount(
                address(from, base),
                from.text("key"),
                from.text("secret"),
                from.text("template"),
                hasApplication ? from.text("application") : "",
                token,
                from.integer("group", largestGroup, 1, largestGroup),
                from.integer("window", 16, 1, 1_000),
                from.milliseconds("timeoutMillis", Duration.ofSeconds(10)),
                sheet,
                Terms.read(from));
    }

    private static URI address(LinkSettings from, String otherwise) {
        String text = from.text("base", otherwise).replaceAll("/+$", "");
        try {
            URI address = URI.create(text);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (http && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, with the rule.
        }
        from.problem("base", "must be an http or https address");
        return URI.create(otherwise);
    }

    /** Does not show the secrets. */
    @Override
    public String toString() {
        return key + "@" + base;
    }
}
