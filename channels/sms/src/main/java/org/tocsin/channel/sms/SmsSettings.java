package org.tocsin.channel.sms;

import java.time.Duration;
import org.tocsin.channel.InvalidSettings;
import org.tocsin.channel.LinkSettings;

/** One account at one message centre. Times are in milliseconds. Immutable. */
record SmsSettings(
        String host,
        int port,
        String systemId,
        String password,
        String systemType,
        String sourceAddress,
        int sourceTon,
        int sourceNpi,
        int destTon,
        int destNpi,
        int binds,
        int window,
        long responseMillis,
        long enquireMillis,
        long reconnectMillis,
        boolean validity,
        boolean tls) {
    /**
     * Reads them.
     *
     * @throws InvalidSettings when any is missing, wrong or unknown; names all of them
     */
    static SmsSettings read(LinkSettings from) {
        SmsSettings settings = new SmsSettings(
                from.text("host"),
                port(from),
                text(from, "systemId", from.text("systemId"), 15),
                text(from, "password", from.text("password"), 8),
                text(from, "systemType", from.text("systemType", ""), 12),
                text(from, "sourceAddress", from.text("sourceAddress", ""), 20),
                from.integer("sourceTon", 0, 0, 255),
                from.integer("sourceNpi", 0, 0, 255),
                from.integer("destTon", 1, 0, 255),
                from.integer("destNpi", 1, 0, 255),
                from.integer("binds", 1, 1, 64),
                from.integer("window", 256, 1, 65_536),
                from.milliseconds("responseMillis", Duration.ofSeconds(10)).toMillis(),
                from.milliseconds("enquireMillis", Duration.ofSeconds(30)).toMillis(),
                from.milliseconds("reconnectMillis", Duration.ofSeconds(1)).toMillis(),
                from.flag("validity", true),
                from.flag("tls", false));
        from.check();
        return settings;
    }

    private static int port(LinkSettings from) {
        String text = from.text("port");
        return text.isEmpty() ? 0 : from.integer("port", 0, 1, 65_535);
    }

    /** Octet strings of SMPP: printable ASCII, of a limited length (SMPP 3.4, 5.2). */
    private static String text(LinkSettings from, String name, String value, int longest) {
        if (value.length() > longest || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            from.problem(name, "must be at most " + longest + " printable ASCII characters");
        }
        return value;
    }

    /** Does not show the password. */
    @Override
    public String toString() {
        return systemId + "@" + host + ":" + port + ", " + binds + " x " + window;
    }
}
