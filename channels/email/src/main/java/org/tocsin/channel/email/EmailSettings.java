package org.tocsin.channel.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.LinkSettings;

/**
 * The settings of a link to a mail server.
 *
 * @param host the server
 * @param port its port
 * @param security none, starttls or tls
 * @param user whom to sign in as; empty for nobody
 * @param password that user's
 * @param from whom mails are from
 * @param bounceAddress where bounces go
 * @param verp whether each mail gets a bounce address of its own, {@code bounce+id@…}
 * @param binds how many connections
 * @param window how many mails may wait for each connection
 * @param timeout how long to wait for a connection or an answer
 * @param bounces the mailbox with the bounces; null for none
 */
record EmailSettings(
        String host,
        int port,
        String security,
        String user,
        String password,
        InternetAddress from,
        String bounceAddress,
        boolean verp,
        int binds,
        int window,
        Duration timeout,
        @Nullable Mailbox bounces) {
    private static final Set<String> SECURITIES = Set.of("none", "starttls", "tls");

    /**
     * A mailbox by IMAP.
     *
     * @param host the server
     * @param port its port
     * @param security none, starttls or tls
     * @param user whom to sign in as
     * @param password that user's
     * @param folder the folder
     * @param pause how long to wait between looks
     */
    record Mailbox(
            String host, int port, String security, String user, String password, String folder, Duration pause) {
        /** Does not show the password. */
        @Override
        public String toString() {
            return "Mailbox[" + user + " at " + host + ":" + port + "]";
        }
    }

    static EmailSettings read(LinkSettings settings) {
        String security = security(settings, "security");
        int port = settings.integer("port", security.equals("tls") ? 465 : 587, 1, 65_535);
        InternetAddress from = address(settings, "from", settings.text("from"));
        String bounceAddress = settings.text("bounceAddress", String.valueOf(from.getAddress()));
        String bare =
                String.valueOf(address(settings, "bounceAddress", bounceAddress).getAddress());
        EmailSettings read = new EmailSettings(
                settings.text("host"),
                port,
                security,
                settings.text("user", ""),
                settings.text("password", ""),
                from,
                bare,
                settings.flag("verp", false),
                settings.integer("binds", 4, 1, 64),
                settings.integer("window", 256, 1, 10_000),
                settings.milliseconds("timeoutMillis", Duration.ofSeconds(30)),
                mailbox(settings));
        settings.check();
        return read;
    }

    private static @Nullable Mailbox mailbox(LinkSettings settings) {
        String host = settings.text("imapHost", "");
        String security = security(settings, "imapSecurity");
        Mailbox mailbox = new Mailbox(
                host,
                settings.integer("imapPort", security.equals("tls") ? 993 : 143, 1, 65_535),
                security,
                settings.text("imapUser", ""),
                settings.text("imapPassword", ""),
                settings.text("imapFolder", "INBOX"),
                settings.milliseconds("imapPollMillis", Duration.ofSeconds(30)));
        return host.isEmpty() ? null : mailbox;
    }

    private static String security(LinkSettings settings, String name) {
        String security = settings.text(name, "starttls");
        if (!SECURITIES.contains(security)) {
            settings.problem(name, "must be none, starttls or tls, was '" + security + "'");
        }
        return security;
    }

    private static InternetAddress address(LinkSettings settings, String name, String text) {
        if (!text.isEmpty()) {
            try {
                InternetAddress[] parsed = InternetAddress.parse(text, true);
                if (parsed.length == 1 && parsed[0].getAddress().indexOf('@') > 0) {
                    return parsed[0];
                }
            } catch (AddressException malformed) {
                // Told below, with the rule.
            }
            settings.problem(name, "must be one mail address");
        }
        return new InternetAddress();
    }

    /** The domain that mails come from, in Message-IDs and bounce addresses. */
    String domain() {
        return bounceAddress.substring(bounceAddress.indexOf('@') + 1);
    }

    /** What Jakarta Mail is to know of the mail server. */
    Properties smtp() {
        Properties mail = new Properties();
        mail.setProperty("mail.smtp.host", host);
        mail.setProperty("mail.smtp.port", Integer.toString(port));
        mail.setProperty("mail.smtp.auth", Boolean.toString(!user.isEmpty()));
        mail.setProperty("mail.smtp.allow8bitmime", "false");
        common(mail, "smtp", security, timeout);
        return mail;
    }

    /** What Jakarta Mail is to know of the mailbox. */
    static Properties imap(Mailbox mailbox, Duration timeout) {
        Properties mail = new Properties();
        mail.setProperty("mail.store.protocol", "imap");
        mail.setProperty("mail.imap.peek", "true");
        mail.setProperty("mail.imap.partialfetch", "false");
        common(mail, "imap", mailbox.security(), timeout);
        return mail;
    }

    private static void common(Properties mail, String protocol, String security, Duration timeout) {
        String prefix = "mail." + protocol + ".";
        String millis = Long.toString(timeout.toMillis());
        mail.setProperty(prefix + "connectiontimeout", millis);
        mail.setProperty(prefix + "timeout", millis);
        mail.setProperty(prefix + "writetimeout", millis);
        mail.setProperty(prefix + "ssl.checkserveridentity", "true");
        // TLS is laid over these sockets; without them it does not connect at all.
        mail.put(prefix + "socketFactory", new PromptSockets());
        mail.setProperty(prefix + "socketFactory.fallback", "false");
        if (security.equals("tls")) {
            mail.setProperty(prefix + "ssl.enable", "true");
        } else if (security.equals("starttls")) {
            mail.setProperty(prefix + "starttls.enable", "true");
            mail.setProperty(prefix + "starttls.required", "true");
        }
    }

    /** Does not show the passwords. */
    @Override
    public String toString() {
        return "EmailSettings[" + host + ":" + port + " " + security + ", from " + from + "]";
    }
}
