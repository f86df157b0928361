package org.tocsin.simulator.email;

import com.icegreen.greenmail.store.MailFolder;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.tocsin.simulator.Book;

/**
 * The mailbox into which bounces go as delivery status notifications; one that is gone from it was taken. Any thread.
 */
final class BounceBox {
    private record Bounced(String address, String messageId) {}

    private final Session session = Session.getInstance(new Properties());
    private final Map<Long, Bounced> waiting = new HashMap<>();
    private final MailFolder inbox;
    private final Book book;
    private final String link;
    private final String owner;

    BounceBox(MailFolder inbox, Book book, String link, String owner) {
        this.inbox = inbox;
        this.book = book;
        this.link = link;
        this.owner = owner;
    }

    void bounce(String address, String messageId) {
        Instant now = Instant.now();
        try {
            MimeMessage mail = new MimeMessage(
                    session,
                    new ByteArrayInputStream(
                            notification(address, messageId, now).getBytes(StandardCharsets.UTF_8)));
            book.write(now, link, address, messageId, Book.Event.REPORT, "failed 5.1.1");
            synchronized (this) {
                waiting.put(inbox.appendMessage(mail, new Flags(), Date.from(now)), new Bounced(address, messageId));
            }
        } catch (MessagingException defect) {
            throw new IllegalStateException(defect);
        }
    }

    /** Looks which bounces are gone. */
    synchronized void look() {
        if (waiting.isEmpty()) {
            return;
        }
        Set<Long> there = new HashSet<>();
        for (long uid : inbox.getMessageUids()) {
            there.add(uid);
        }
        Instant now = Instant.now();
        waiting.entrySet().removeIf(entry -> {
            boolean taken = !there.contains(entry.getKey());
            if (taken) {
                Bounced bounced = entry.getValue();
                book.write(
                        now, link, bounced.address(), bounced.messageId(), Book.Event.REPORT_ANSWERED, "failed 5.1.1");
            }
            return taken;
        });
    }

    private String notification(String address, String messageId, Instant now) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
        return String.join(
                "\r\n",
                "Return-Path: <>",
                "From: Mail Delivery System <MAILER-DAEMON@mail.simulated.invalid>",
                "To: " + owner,
                "Date: " + date,
                "Subject: Undelivered Mail Returned to Sender",
                "Auto-Submitted: auto-replied",
                "MIME-Version: 1.0",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=\"bounce\"",
                "",
                "--bounce",
                "Content-Type: text/plain; charset=us-ascii",
                "",
                "Your mail could not be delivered: there is no such mailbox.",
                "",
                "--bounce",
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; mail.simulated.invalid",
                "Arrival-Date: " + date,
                "",
                "Final-Recipient: rfc822; " + address,
                "Original-Recipient: rfc822; " + address,
                "Action: failed",
                "Status: 5.1.1",
                "Diagnostic-Code: smtp; 550 5.1.1 User unknown",
                "",
                "--bounce",
                "Content-Type: text/rfc822-headers",
                "",
                "Message-ID: " + messageId,
                "To: " + address,
                "",
                "--bounce--",
                "");
    }
}
