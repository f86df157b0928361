package org.tocsin.channel.app;

import java.net.URI;
import java.time.Duration;
import org.tocsin.channel.LinkSettings;

/**
 * The settings of a link to a push platform.
 *
 * @param base the platform's address
 * @param key the account's key
 * @param callbackSecret what callbacks are authenticated with
 * @param timeout how long to wait for an answer
 * @param replay how old, or how early, a callback's timestamp may be
 * @param status how long until the platform's status is asked again
 */
record AppSettings(String base, String key, String callbackSecret, Duration timeout, Duration replay, Duration status) {
    private static final int SHORTEST_SECRET = 16;

    static AppSettings read(LinkSettings settings) {
        AppSettings read = new AppSettings(
                settings.text("base").replaceAll("/+$", ""),
                settings.text("key"),
                settings.text("callbackSecret"),
                settings.milliseconds("timeoutMillis", Duration.ofSeconds(20)),
                settings.milliseconds("replayMillis", Duration.ofMinutes(5)),
                settings.milliseconds("statusMillis", Duration.ofSeconds(30)));
        if (!read.base().isEmpty() && !isHttp(read.base())) {
            settings.problem("base", "must be an http or https address");
        }
        if (!read.key().matches("[!-~]*")) {
            settings.problem("key", "must be printable ASCII without blanks");
        }
        if (!read.callbackSecret().isEmpty() && read.callbackSecret().length() < SHORTEST_SECRET) {
            settings.problem("callbackSecret", "must have at least " + SHORTEST_SECRET + " characters");
        }
        settings.check();
        return read;
    }

    private static boolean isHttp(String text) {
        try {
            URI uri = URI.create(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Does not show the secrets. */
    @Override
    public String toString() {
        return "AppSettings[" + base + "]";
    }
}
