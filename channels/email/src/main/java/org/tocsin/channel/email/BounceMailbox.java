package org.tocsin.channel.email;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.FlagTerm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.ReceiptSink;

/**
 * The mailbox where bounces come, looked at now and then by a thread of its own. A bounce is deleted when its receipts
 * are kept; what is no bounce is marked as seen and left for a human.
 */
final class BounceMailbox {
    private static final Logger LOG = LoggerFactory.getLogger(BounceMailbox.class);
    private static final int MOST_AT_ONCE = 500;
    private static final int LARGEST_MAIL = 1 << 20;
    private static final long KEEPING_MILLIS = 30_000;
    private static final long CLOSING_MILLIS = 2000;
    private static final int FAILURES_TO_TELL = 2;

    private final String link;
    private final EmailSettings.Mailbox mailbox;
    private final Duration timeout;
    private final Bounces bounces;
    private final ReceiptSink receipts;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private int unreadable;

    /** A bounce whose receipts are being kept. */
    private static final class Pending {
        private final Message message;
        private final CountDownLatch open;
        private final AtomicBoolean kept = new AtomicBoolean(true);

        Pending(Message message, int receipts) {
            this.message = message;
            this.open = new CountDownLatch(receipts);
        }
    }

    BounceMailbox(
            String link, EmailSettings.Mailbox mailbox, EmailSettings settings, Bounces bounces, ReceiptSink receipts) {
        this.link = link;
        this.mailbox = mailbox;
        this.timeout = settings.timeout();
        this.bounces = bounces;
        this.receipts = receipts;
        this.thread = new Thread(this::watch, link + "-bounces");
        thread.setDaemon(true);
        thread.setContextClassLoader(BounceMailbox.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    void close() {
        closing.countDown();
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        Session session = Session.getInstance(EmailSettings.imap(mailbox, timeout));
        try {
            do {
                look(session);
            } while (!closing.await(mailbox.pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Session session) throws InterruptedException {
        try (Store store = session.getStore()) {
            store.connect(mailbox.host(), mailbox.port(), mailbox.user(), mailbox.password());
            boolean more = true;
            while (more && closing.getCount() > 0) {
                Folder folder = store.getFolder(mailbox.folder());
                folder.open(Folder.READ_WRITE);
                try {
                    more = take(session, folder);
                } finally {
                    folder.close(true);
                }
            }
            unreadable = 0;
        } catch (MessagingException failed) {
            unreadable++;
            // Neither a server that restarts nor one that stays away fills the log.
            if (Integer.bitCount(unreadable) == 1 && unreadable >= FAILURES_TO_TELL) {
                LOG.warn(
                        "{}: the bounces' mailbox could not be read {} times in a row: {}",
                        link,
                        unreadable,
                        failed.getClass().getSimpleName());
            }
        }
    }

    private boolean take(Session session, Folder folder) throws MessagingException, InterruptedException {
        Message[] unseen = folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
        List<Pending> pending = new ArrayList<>();
        for (int index = 0; index < Math.min(unseen.length, MOST_AT_ONCE); index++) {
            Message message = unseen[index];
            List<Receipt> read = read(session, message);
            if (read.isEmpty()) {
                message.setFlag(Flags.Flag.SEEN, true);
            } else {
                pending.add(offer(message, read));
            }
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(KEEPING_MILLIS);
        boolean all = true;
        for (Pending bounce : pending) {
            boolean settled = bounce.open.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (settled && bounce.kept.get()) {
                bounce.message.setFlag(Flags.Flag.DELETED, true);
            } else {
                all = false;
            }
        }
        return all && unseen.length > MOST_AT_ONCE;
    }

    private List<Receipt> read(Session session, Message message) throws MessagingException {
        if (message.getSize() > LARGEST_MAIL) {
            return List.of();
        }
        try {
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            message.writeTo(raw);
            return bounces.read(new MimeMessage(session, new ByteArrayInputStream(raw.toByteArray())));
        } catch (IOException | MessagingException | RuntimeException malformed) {
            LOG.warn("{}: a mail in the bounces' mailbox cannot be read", link);
            return List.of();
        }
    }

    private Pending offer(Message message, List<Receipt> read) {
        Pending pending = new Pending(message, read.size());
        for (Receipt receipt : read) {
            receipts.accept(receipt, durable -> {
                if (!durable) {
                    pending.kept.set(false);
                }
                pending.open.countDown();
            });
        }
        return pending;
    }
}
