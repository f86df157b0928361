package org.tocsin.simulator.email;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tocsin.simulator.Book;
import org.tocsin.simulator.CarrierSimulator;
import org.tocsin.simulator.Chance;
import org.tocsin.simulator.GatewayAddress;
import org.tocsin.simulator.SimulatorContext;

/**
 * A mail server that takes all mails, keeps none, and bounces some.
 *
 * <p>Shares: {@code bounced} (0.03), {@code silent} (0; never bounced). Settings: {@code reportDelayMillis} (50),
 * {@code binds} (2; how many connections it wants).
 */
public final class EmailSimulator implements CarrierSimulator {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String OWNER = "warnings@gateway.simulated.invalid";
    private static final String USER = "warnings";
    private static final String PASSWORD = "simulated-password";
    private static final double BOUNCED = 0.03;
    private static final long LOOK_MILLIS = 200;

    private @Nullable Running running;

    private record Running(
            SimulatorContext context,
            Chance chance,
            Book book,
            GreenMail server,
            BounceBox bounces,
            ScheduledThreadPoolExecutor timer) {}

    @Override
    public String channel() {
        return "email";
    }

    @Override
    public String provider() {
        return "simulated-smtp";
    }

    @Override
    public Map<String, String> start(SimulatorContext context) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Jakarta Mail looks its parts up by the thread's class loader, and the server's threads inherit it.
        thread.setContextClassLoader(EmailSimulator.class.getClassLoader());
        try {
            return listen(context);
        } catch (IllegalStateException | FolderException cannotListen) {
            throw new IOException(cannotListen);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Map<String, String> listen(SimulatorContext context) throws FolderException {
        GreenMail server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, LOOPBACK, ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, LOOPBACK, ServerSetup.PROTOCOL_IMAP)
        });
        server.start();
        GreenMailUser owner = server.setUser(OWNER, USER, PASSWORD);
        Book book = context.book(channel(), provider());
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "simulated-smtp");
            made.setDaemon(true);
            return made;
        });
        BounceBox bounces =
                new BounceBox(server.getManagers().getImapHostManager().getInbox(owner), book, context.link(), OWNER);
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(bounces::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        Running started = new Running(context, context.chance(), book, server, bounces, timer);
        server.getUserManager().setMessageDeliveryHandler((mail, address) -> take(started, mail, address));
        running = started;
        return Map.ofEntries(
                Map.entry("host", LOOPBACK),
                Map.entry("port", Integer.toString(server.getSmtp().getPort())),
                Map.entry("security", "none"),
                Map.entry("binds", Integer.toString(context.integer("binds", 2))),
                Map.entry("from", "Simulated county <" + OWNER + ">"),
                Map.entry("imapHost", LOOPBACK),
                Map.entry("imapPort", Integer.toString(server.getImap().getPort())),
                Map.entry("imapSecurity", "none"),
                Map.entry("imapUser", USER),
                Map.entry("imapPassword", PASSWORD),
                Map.entry("imapPollMillis", "500"));
    }

    /** Nothing: mails come to it, and bounces wait in the mailbox. */
    @Override
    public void attach(GatewayAddress gateway) {
        // The gateway comes to us on both ways.
    }

    /** Writes the book out, so that it can be read. */
    public void flush() {
        Running open = running;
        if (open != null) {
            open.book().flush();
        }
    }

    @Override
    public void close() {
        Running open = running;
        if (open != null) {
            running = null;
            open.timer().shutdownNow();
            open.server().stop();
            open.bounces().look();
            open.book().close();
        }
    }

    private static GreenMailUser take(Running running, MovingMessage mail, MailAddress to) throws MessagingException {
        SimulatorContext context = running.context();
        Instant now = Instant.now();
        String address = to.getEmail();
        String messageId = String.valueOf(mail.getMessage().getMessageID());
        running.book().write(now, context.link(), address, messageId, Book.Event.SUBMIT, "");
        running.book().write(now, context.link(), address, messageId, Book.Event.ANSWER, "ok");
        if (running.chance().falls("bounced", address, context.share("bounced", BOUNCED))
                && !running.chance().falls("silent", address, context.share("silent", 0))) {
            ScheduledFuture<?> unused = running.timer()
                    .schedule(
                            () -> running.bounces().bounce(address, messageId),
                            context.integer("reportDelayMillis", 50),
                            TimeUnit.MILLISECONDS);
        }
        return new Recipient(address);
    }
}
