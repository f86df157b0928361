package org.tocsin.channel.email;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePartDataSource;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;

/** Reads delivery status notifications (RFC 3464). Immutable. */
final class Bounces {
    private static final int MOST_RECIPIENTS = 100;
    private static final Pattern OUR_ID = Pattern.compile("([0-9a-f]{32})");

    private final EmailSettings settings;
    private final InstantSource clock;

    Bounces(EmailSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** What a mail reports of ours; nothing where it is no notification or of no mail of ours. */
    List<Receipt> read(MimeMessage mail) throws MessagingException, IOException {
        if (!mail.isMimeType("multipart/report")) {
            return List.of();
        }
        MimeMultipart parts = new MimeMultipart(new MimePartDataSource(mail));
        DeliveryStatus status = null;
        String id = null;
        for (int index = 0; index < parts.getCount(); index++) {
            BodyPart part = parts.getBodyPart(index);
            if (part.isMimeType("message/delivery-status") && status == null) {
                status = new DeliveryStatus(part.getInputStream());
            } else if (part.isMimeType("message/rfc822") || part.isMimeType("text/rfc822-headers")) {
                id = ours(new InternetHeaders(part.getInputStream()).getHeader("Message-ID", null));
            }
        }
        if (status == null) {
            return List.of();
        }
        return receipts(status, id != null ? id : verp(mail));
    }

    private List<Receipt> receipts(DeliveryStatus status, @Nullable String id) {
        List<Receipt> receipts = new ArrayList<>();
        for (int index = 0; index < Math.min(status.getRecipientDSNCount(), MOST_RECIPIENTS); index++) {
            InternetHeaders recipient = status.getRecipientDSN(index);
            String address = address(recipient);
            if (id == null && address == null) {
                continue;
            }
            String action = value(recipient, "Action").toLowerCase(Locale.ROOT);
            String code = Replies.enhanced(value(recipient, "Status"));
            Evidence evidence =
                    switch (action) {
                        case "failed" -> Evidence.FAILED;
                        // A mailbox is no person: even "delivered" proves no more than that it went on.
                        case "delayed", "delivered", "relayed", "expanded" -> Evidence.IN_PROGRESS;
                        default -> Evidence.UNKNOWN;
                    };
            Reason reason = evidence == Evidence.FAILED ? Replies.byStatus(code) : null;
            receipts.add(new Receipt(id, address, evidence, reason, (action + " " + code).strip(), clock.instant()));
        }
        return receipts;
    }

    private @Nullable String verp(MimeMessage mail) throws MessagingException {
        for (String name : new String[] {"Delivered-To", "X-Original-To", "To"}) {
            String value = mail.getHeader(name, ",");
            Matcher matcher = value == null ? null : OUR_ID.matcher(value);
            if (matcher != null && value.contains("+") && matcher.find()) {
                return matcher.group(1) + "@" + settings.domain();
            }
        }
        return null;
    }

    private @Nullable String ours(@Nullable String messageId) {
        if (messageId == null) {
            return null;
        }
        String bare = messageId.strip().replaceAll("^<|>$", "");
        return bare.matches("[0-9a-f]{32}@.+") && bare.endsWith("@" + settings.domain()) ? bare : null;
    }

    private static @Nullable String address(InternetHeaders recipient) {
        for (String name : new String[] {"Original-Recipient", "Final-Recipient"}) {
            String value = value(recipient, name);
            String address = value.substring(value.indexOf(';') + 1).strip();
            if (Mails.address(address).isPresent()) {
                return address;
            }
        }
        return null;
    }

    private static String value(InternetHeaders headers, String name) {
        String value = headers.getHeader(name, null);
        return value == null ? "" : value.strip();
    }
}
