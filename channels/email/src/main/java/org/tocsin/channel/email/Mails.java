package org.tocsin.channel.email;

import jakarta.mail.Header;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.channel.Notice;

/** Makes mails. Any thread. */
final class Mails {
    // Deliberately narrower than RFC 5321: nothing quoted, nothing outside ASCII, so nothing can be smuggled in.
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    private static final int ID_BYTES = 16;

    private final EmailSettings settings;
    private final InstantSource clock;
    private volatile @Nullable Rendered rendered;

    /** What the mails of a notice have in common. */
    private record Rendered(Notice notice, List<Header> headers, byte[] body) {}

    /** A mail whose body is rendered already. */
    private static final class Mail extends SMTPMessage {
        Mail(Session session, byte[] body) {
            super(session);
            this.content = body;
            this.modified = false;
            this.saved = true;
        }
    }

    Mails(EmailSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The one mailbox that the text names, if it does. */
    static Optional<InternetAddress> address(String text) {
        if (!ADDRESS.matcher(text).matches() || text.contains("..")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InternetAddress(text, true));
        } catch (AddressException malformed) {
            return Optional.empty();
        }
    }

    /**
     * The Message-ID without brackets: the same each time an issue goes to an address, so that repeats can be known.
     */
    String id(Notice notice, String address) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(notice.issue().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(address.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES) + "@" + settings.domain();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /**
     * A mail, complete.
     *
     * @throws IllegalArgumentException when the message lacks a part that mails need
     */
    SMTPMessage make(Session session, Notice notice, InternetAddress to, String id) throws MessagingException {
        Rendered same = rendered;
        if (same == null || !same.notice().equals(notice)) {
            same = render(session, notice);
            rendered = same;
        }
        Mail mail = new Mail(session, same.body());
        mail.setFrom(settings.from());
        mail.setRecipient(Message.RecipientType.TO, to);
        mail.setSentDate(Date.from(clock.instant()));
        mail.setHeader("Message-ID", "<" + id + ">");
        for (Header header : same.headers()) {
            mail.setHeader(header.getName(), header.getValue());
        }
        mail.setEnvelopeFrom(envelopeFrom(id));
        return mail;
    }

    /** Renders what all mails of a notice share, so that a county's mails are not each rendered anew. */
    private static Rendered render(Session session, Notice notice) throws MessagingException {
        MimeMessage mail = new MimeMessage(session);
        mail.setSubject(
                CONTROL.matcher(notice.message().part("subject"))
                        .replaceAll(" ")
                        .strip(),
                "UTF-8");
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Auto-Response-Suppress", "All");
        if (notice.level() == Level.I || notice.level() == Level.II) {
            mail.setHeader("Importance", "high");
        }
        String html = notice.message().parts().get("html");
        MimeMultipart alternative = new MimeMultipart("alternative");
        alternative.addBodyPart(text(notice.message().part("text"), "plain"));
        if (html != null) {
            alternative.addBodyPart(text(html, "html"));
        }
        mail.setContent(alternative);
        mail.saveChanges();
        mail.removeHeader("Message-ID");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            alternative.writeTo(body);
        } catch (IOException defect) {
            throw new MessagingException("a mail's body cannot be written", defect);
        }
        return new Rendered(notice, Collections.list(mail.getAllHeaders()), body.toByteArray());
    }

    private String envelopeFrom(String id) {
        String bounce = settings.bounceAddress();
        if (!settings.verp()) {
            return bounce;
        }
        int at = bounce.indexOf('@');
        return bounce.substring(0, at) + "+" + id.substring(0, id.indexOf('@')) + bounce.substring(at);
    }

    private static MimeBodyPart text(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, "UTF-8", subtype);
        // Base64 has neither long lines nor dots nor bare line feeds.
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }
}
