package org.tocsin.gateway.web.console;

import java.time.Duration;

/** Times spans in words that are quickly read: one unit, two from an hour on. */
final class Ages {
    private Ages() {}

    /** How long ago something was, or how long something takes; negative ones are taken for none. */
    static String words(Phrases phrases, Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 60) {
            return phrases.of("watch.age.seconds", seconds);
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return phrases.of("watch.age.minutes", minutes);
        }
        long hours = minutes / 60;
        return hours < 48
                ? phrases.of("watch.age.hours", hours, minutes % 60)
                : phrases.of("watch.age.days", hours / 24, hours % 24);
    }
}
