package org.tocsin.channel.email;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Batch;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/**
 * A few connections, a thread each, that share one bounded queue of mails. Jakarta Mail blocks, so callers must not.
 */
final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final Outcome DOWN = new Outcome.Deferred(Reason.LINK_DOWN, "", Duration.ofSeconds(1));
    private static final Outcome FULL = new Outcome.Deferred(Reason.THROTTLED, "queue full", Duration.ofSeconds(1));
    private static final int LEAST_QUEUE = 2048;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final long CLOSING_MILLIS = 3000;
    private static final long LOOK_MILLIS = 200;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private record Job(Batch batch, int index) {
        void settle(Outcome outcome) {
            batch.settle(index, outcome);
        }
    }

    private final String link;
    private final EmailSettings settings;
    private final Mails mails;
    private final InstantSource clock;
    private final BlockingQueue<Job> queue;
    private final AtomicInteger open = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong lastTold = new AtomicLong(System.nanoTime() - TELL_NANOS);
    private volatile boolean refused;
    private volatile boolean closed;

    Connections(String link, EmailSettings settings, Mails mails, InstantSource clock) {
        this.link = link;
        this.settings = settings;
        this.mails = mails;
        this.clock = clock;
        this.queue = new LinkedBlockingQueue<>(Math.max(LEAST_QUEUE, settings.binds() * settings.window()));
    }

    void start() {
        for (int number = 1; number <= settings.binds(); number++) {
            Thread thread = new Thread(new Worker(), link + "-smtp-" + number);
            thread.setDaemon(true);
            // Jakarta Mail looks its parts up by the thread's class loader.
            thread.setContextClassLoader(Connections.class.getClassLoader());
            threads.add(thread);
            thread.start();
        }
    }

    LinkState state() {
        if (closed) {
            return LinkState.CLOSED;
        }
        if (open.get() > 0) {
            return LinkState.UP;
        }
        return refused ? LinkState.REFUSED : LinkState.CONNECTING;
    }

    void submit(Batch batch) {
        for (int index = 0; index < batch.size(); index++) {
            if (batch.isSettled(index)) {
                continue;
            }
            if (closed) {
                batch.settle(index, DOWN);
            } else if (!queue.offer(new Job(batch, index))) {
                batch.settle(index, FULL);
            }
        }
        if (closed) {
            settleWaiting();
        }
    }

    void close() {
        closed = true;
        settleWaiting();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSING_MILLIS);
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void settleWaiting() {
        for (Job job = queue.poll(); job != null; job = queue.poll()) {
            job.settle(DOWN);
        }
    }

    private final class Worker implements Runnable {
        private final Connection connection = new Connection(settings, mails);
        private boolean counted;
        private long pauseMillis = FIRST_PAUSE_MILLIS;
        private long nextAttempt = System.nanoTime();

        @Override
        public void run() {
            try {
                while (!closed) {
                    boolean ready = connect();
                    Job job = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    if (job != null) {
                        job.settle(ready ? outcome(job) : DOWN);
                    }
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            } finally {
                connection.close();
                count(false);
            }
        }

        private Outcome outcome(Job job) {
            try {
                if (!clock.instant().isBefore(job.batch().notice().expires())) {
                    return new Outcome.Rejected(Reason.EXPIRED, "");
                }
                String text = job.batch().addressee(job.index()).address();
                InternetAddress to = Mails.address(text).orElse(null);
                if (to == null) {
                    return new Outcome.Rejected(Reason.INVALID_ADDRESS, "");
                }
                return connection.send(
                        job.batch().notice(), to, mails.id(job.batch().notice(), text));
            } catch (RuntimeException defect) {
                LOG.error("{}: a mail could not be made", link, defect);
                return new Outcome.Deferred(Reason.INTERNAL, defect.getClass().getSimpleName(), Duration.ofSeconds(5));
            }
        }

        private boolean connect() {
            if (connection.isOpen()) {
                return true;
            }
            count(false);
            if (System.nanoTime() - nextAttempt < 0) {
                return false;
            }
            try {
                connection.open();
                refused = false;
                pauseMillis = FIRST_PAUSE_MILLIS;
                count(true);
                return true;
            } catch (MessagingException failed) {
                refused = Replies.isRefusedAccount(failed);
                tell(failed);
                nextAttempt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
                pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
                return false;
            }
        }

        /** One line for all connections, and not again soon. */
        private void tell(MessagingException failed) {
            long now = System.nanoTime();
            long before = lastTold.get();
            if (now - before >= TELL_NANOS && lastTold.compareAndSet(before, now)) {
                LOG.warn(
                        "{}: no connection to the mail server ({}), tried again and again",
                        link,
                        failed.getClass().getSimpleName());
            }
        }

        private void count(boolean now) {
            if (now != counted) {
                counted = now;
                open.addAndGet(now ? 1 : -1);
            }
        }
    }
}
