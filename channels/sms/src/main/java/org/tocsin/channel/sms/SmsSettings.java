package org.tocsin.channel.sms;

import java.time.Duration;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Terms;

/**
 * What every connected protocol's link has: where to connect and how long to wait. Times are in milliseconds.
 * Immutable.
 *
 * @param sourceAddress the link's own number, before any extension; empty leaves it to the carrier
 * @param group the most numbers in one submit
 * @param enquireTries how many questions without an answer make a carrier gone
 * @param trust a PEM file of the certificates to trust with TLS; empty for the JDK's own
 */
record SmsSettings(
        String host,
        int port,
        String sourceAddress,
        int group,
        int binds,
        int window,
        long responseMillis,
        long enquireMillis,
        int enquireTries,
        long reconnectMillis,
        boolean validity,
        boolean tls,
        String trust,
        Sheet sheet,
        Terms terms) {
    /**
     * What a protocol takes where the settings say nothing.
     *
     * @param window unanswered submits a connection
     * @param responseSeconds how long an answer is waited for
     * @param enquireTries how many questions stay unanswered
     * @param largestGroup the most numbers that a submit can have
     * @param longestSource the most digits of the source's number
     */
    record Defaults(int window, int responseSeconds, int enquireTries, int largestGroup, int longestSource) {}

    /** Reads them; what is missing or wrong is told by {@link LinkSettings#check}. */
    static SmsSettings read(LinkSettings from, Defaults otherwise) {
        boolean tls = from.flag("tls", false);
        return new SmsSettings(
                from.text("host"),
                port(from, "port"),
                digits(from, "sourceAddress", otherwise.longestSource()),
                from.integer("group", 1, 1, otherwise.largestGroup()),
                from.integer("binds", 1, 1, 64),
                from.integer("window", otherwise.window(), 1, 65_536),
                from.milliseconds("responseMillis", Duration.ofSeconds(otherwise.responseSeconds()))
                        .toMillis(),
                from.milliseconds("enquireMillis", Duration.ofSeconds(30)).toMillis(),
                from.integer("enquireTries", otherwise.enquireTries(), 1, 10),
                from.milliseconds("reconnectMillis", Duration.ofSeconds(1)).toMillis(),
                from.flag("validity", true),
                tls,
                from.text("tlsTrust", ""),
                Sheet.read(from),
                Terms.read(from));
    }

    /** A port that must be there. */
    static int port(LinkSettings from, String name) {
        String text = from.text(name);
        return text.isEmpty() ? 0 : from.integer(name, 0, 1, 65_535);
    }

    private static String digits(LinkSettings from, String name, int longest) {
        return ascii(from, name, from.text(name, ""), longest);
    }

    /** Printable ASCII of a limited length, as the fields of these protocols are. */
    static String ascii(LinkSettings from, String name, String value, int longest) {
        if (value.length() > longest || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            from.problem(name, "must be at most " + longest + " printable ASCII characters");
        }
        return value;
    }

    /** Where it connects, without any secret. */
    @Override
    public String toString() {
        return host + ":" + port + ", " + binds + " x " + window;
    }
}
