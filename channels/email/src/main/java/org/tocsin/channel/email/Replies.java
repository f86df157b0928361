package org.tocsin.channel.email;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/** What a mail server's replies (RFC 5321, RFC 3463) mean. */
final class Replies {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofMinutes(1);
    private static final Duration AFTER_REFUSED_ACCOUNT = Duration.ofSeconds(30);
    private static final Pattern ENHANCED = Pattern.compile("\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

    /** At which of a transaction's steps a reply came. */
    enum Step {
        /** MAIL FROM: about us. */
        SENDER,
        /** RCPT TO: about the addressee. */
        RECIPIENT,
        /** DATA and its end: about the mail. */
        CONTENT
    }

    /**
     * A refusal.
     *
     * @param step at which step
     * @param code the reply's code
     * @param text the reply's text
     */
    record Reply(Step step, int code, String text) {}

    private Replies() {}

    /** The reply that made a transaction fail; null where there was none. */
    static @Nullable Reply find(MessagingException failed) {
        Reply found = null;
        for (Exception at = failed; at != null; at = next(at)) {
            String text = String.valueOf(at.getMessage());
            if (at instanceof SMTPAddressFailedException recipient) {
                return given(new Reply(Step.RECIPIENT, recipient.getReturnCode(), text));
            }
            if (at instanceof SMTPSenderFailedException sender) {
                return given(new Reply(Step.SENDER, sender.getReturnCode(), text));
            }
            if (at instanceof SMTPSendFailedException send && found == null) {
                String command = String.valueOf(send.getCommand());
                Step step = command.startsWith("MAIL") ? Step.SENDER : Step.CONTENT;
                found = new Reply(step, send.getReturnCode(), text);
            }
        }
        return found == null ? null : given(found);
    }

    // Jakarta Mail makes a reply of -1 of a connection that was lost.
    private static @Nullable Reply given(Reply reply) {
        return reply.code() > 0 ? reply : null;
    }

    /** The outcome of a refusal. */
    static Outcome outcome(Reply reply) {
        String enhanced = enhanced(reply.text());
        String code = enhanced.isEmpty() ? Integer.toString(reply.code()) : reply.code() + " " + enhanced;
        if (reply.code() / 100 != 5) {
            Reason reason = enhanced.equals("4.7.0") || reply.code() == 452 ? Reason.THROTTLED : Reason.CARRIER_ERROR;
            return new Outcome.Deferred(reason, code, reply.code() == 421 ? SOON : LATER);
        }
        return switch (reply.step()) {
            // The server does not take mail from us: nobody's fault but ours.
            case SENDER -> new Outcome.Deferred(Reason.UNAUTHORISED, code, AFTER_REFUSED_ACCOUNT);
            case RECIPIENT -> recipient(reply.code(), enhanced, code);
            case CONTENT -> new Outcome.Rejected(content(reply.code(), enhanced), code);
        };
    }

    /** What a failed sign-in or connection means. */
    static boolean isRefusedAccount(MessagingException failed) {
        return failed instanceof AuthenticationFailedException;
    }

    /** Why a mailbox was not reached, by the status (RFC 3463) of a bounce or reply. */
    static Reason byStatus(String enhanced) {
        String detail = enhanced.length() > 2 ? enhanced.substring(2) : "";
        return switch (detail) {
            case "1.1", "1.2", "1.6", "1.10", "2.1" -> Reason.UNKNOWN_SUBSCRIBER;
            case "1.3" -> Reason.INVALID_ADDRESS;
            case "2.2", "4.1", "4.4", "4.7" -> Reason.UNREACHABLE;
            case "2.3", "3.4" -> Reason.TOO_LONG;
            case "7.1", "7.2", "7.7", "6.0", "6.1" -> Reason.CONTENT_REFUSED;
            default -> Reason.UNDELIVERABLE;
        };
    }

    /** The first enhanced status code in a text; empty where there is none. */
    static String enhanced(String text) {
        Matcher matcher = ENHANCED.matcher(text);
        return matcher.find() ? String.valueOf(matcher.group(1)) : "";
    }

    private static Outcome recipient(int reply, String enhanced, String code) {
        if (enhanced.startsWith("5.7.") || reply == 530 || reply == 535) {
            // Relaying denied, policy: about us, not about the mailbox.
            return new Outcome.Deferred(Reason.UNAUTHORISED, code, AFTER_REFUSED_ACCOUNT);
        }
        if (!enhanced.isEmpty()) {
            return new Outcome.Rejected(byStatus(enhanced), code);
        }
        return new Outcome.Rejected(
                switch (reply) {
                    case 550, 551 -> Reason.UNKNOWN_SUBSCRIBER;
                    case 501, 553 -> Reason.INVALID_ADDRESS;
                    case 552 -> Reason.UNREACHABLE;
                    default -> Reason.UNDELIVERABLE;
                },
                code);
    }

    private static Reason content(int reply, String enhanced) {
        if (reply == 552 && !enhanced.equals("5.2.2")) {
            return Reason.TOO_LONG;
        }
        return enhanced.isEmpty() || enhanced.startsWith("5.7.") || enhanced.startsWith("5.6.")
                ? Reason.CONTENT_REFUSED
                : byStatus(enhanced);
    }

    private static @Nullable Exception next(Exception at) {
        return at instanceof MessagingException mail ? mail.getNextException() : null;
    }
}
