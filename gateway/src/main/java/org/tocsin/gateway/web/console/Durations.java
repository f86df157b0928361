package org.tocsin.gateway.web.console;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Measured durations in words: one unit, one decimal. */
final class Durations {
    private Durations() {}

    /** Seconds for people; "never" where there are none. */
    static String words(Phrases phrases, @Nullable Double seconds) {
        if (seconds == null) {
            return phrases.of("report.never");
        }
        if (seconds < 120) {
            return phrases.of("report.seconds", tenths(seconds));
        }
        return seconds < 7200
                ? phrases.of("report.minutes", tenths(seconds / 60))
                : phrases.of("report.hours", tenths(seconds / 3600));
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
