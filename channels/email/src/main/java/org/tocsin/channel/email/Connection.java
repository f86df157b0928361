package org.tocsin.channel.email;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/** One connection to the mail server, kept open from mail to mail. Used by one thread. */
final class Connection {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long TRUSTED_NANOS = Duration.ofSeconds(5).toNanos();

    private final EmailSettings settings;
    private final Mails mails;
    private final Session session;
    private @Nullable Transport transport;
    private long lastUse;

    /** Knows whether the end of a mail's data has been written. */
    private static final class Transport extends SMTPTransport {
        private boolean ended;

        Transport(Session session) {
            super(session, null);
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            ended = true;
            super.finishData();
        }
    }

    Connection(EmailSettings settings, Mails mails) {
        this.settings = settings;
        this.mails = mails;
        this.session = Session.getInstance(settings.smtp());
    }

    /** Whether it is connected; asks the server where it has been idle. */
    boolean isOpen() {
        Transport open = transport;
        if (open == null) {
            return false;
        }
        if (System.nanoTime() - lastUse < TRUSTED_NANOS || open.isConnected()) {
            return true;
        }
        close();
        return false;
    }

    void open() throws MessagingException {
        Transport opening = new Transport(session);
        boolean account = !settings.user().isEmpty();
        opening.connect(
                settings.host(),
                settings.port(),
                account ? settings.user() : null,
                account ? settings.password() : null);
        transport = opening;
        lastUse = System.nanoTime();
    }

    void close() {
        Transport open = transport;
        transport = null;
        if (open != null) {
            try {
                open.close();
            } catch (MessagingException gone) {
                // It is closed all the same.
            }
        }
    }

    /** Sends one mail over the open connection; closes it where its state is not known any more. */
    Outcome send(Notice notice, InternetAddress to, String id) {
        Transport open = transport;
        if (open == null) {
            return new Outcome.Deferred(Reason.LINK_DOWN, "", SOON);
        }
        open.ended = false;
        try {
            open.sendMessage(mails.make(session, notice, to, id), new Address[] {to});
            lastUse = System.nanoTime();
            return new Outcome.Accepted(id);
        } catch (MessagingException failed) {
            Replies.Reply reply = Replies.find(failed);
            if (reply == null || reply.code() == 421) {
                close();
            }
            if (reply != null) {
                return Replies.outcome(reply);
            }
            return new Outcome.Deferred(open.ended ? Reason.UNANSWERED : Reason.LINK_DOWN, "", SOON);
        } catch (IllegalArgumentException noSuchPart) {
            return new Outcome.Rejected(Reason.INTERNAL, "");
        }
    }
}
