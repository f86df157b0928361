package org.tocsin.gateway.reply;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Kept;
import org.tocsin.channel.Reply;
import org.tocsin.gateway.dispatch.OptOuts;
import org.tocsin.gateway.dispatch.Recipient;
import org.tocsin.gateway.dispatch.ReplyDesk;
import org.tocsin.gateway.receipt.Fingerprint;
import org.tocsin.gateway.registry.PhoneNumber;

/**
 * Takes replies, one after the other on a thread of its own: finds the warning that each answers, writes an
 * acknowledgement into the evidence (level 3) of the one person to whom the message was sent last at that number, keeps
 * refusals, and keeps all of them for the operator to read. The carrier is answered when all that is durable.
 */
public final class Replies implements ReplyDesk, OptOuts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
    private static final int MOST_WAITING = 10_000;
    private static final long ANSWER_SECONDS = 10;
    private static final long END_SECONDS = 3;
    private static final int LONGEST_CODE = 16;
    private static final Duration TRIM_EVERY = Duration.ofHours(1);

    private final ReplyStore store;
    private final ReplyWords words;
    private final Duration keep;
    private final InstantSource clock;
    private final ThreadPoolExecutor worker;
    private final Map<String, Set<String>> optedOut = new ConcurrentHashMap<>();
    private volatile @Nullable Recipients recipients;
    private Instant trimmed = Instant.EPOCH;

    /**
     * Makes the room; {@link #start} must follow.
     *
     * @param store where replies are kept
     * @param words what means what
     * @param keep for how long replies are kept
     */
    public Replies(ReplyStore store, ReplyWords words, Duration keep, InstantSource clock) {
        this.store = store;
        this.words = words;
        this.keep = keep;
        this.clock = clock;
        this.worker =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "replies");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Is told who knows to whom was sent; until then no reply is taken. */
    public void start(Recipients known) {
        recipients = known;
    }

    @Override
    public void take(String channel, String link, Reply reply, Kept kept) {
        Recipients known = recipients;
        if (known == null) {
            kept.settled(false);
            return;
        }
        try {
            worker.execute(() -> kept.settled(keep(known, channel, link, reply)));
        } catch (RejectedExecutionException full) {
            kept.settled(false);
        }
    }

    private boolean keep(Recipients known, String channel, String link, Reply reply) {
        try {
            String normal = PhoneNumber.normal(reply.from());
            String from = normal == null ? reply.from() : normal;
            KeptReply.Kind kind = words.kindOf(reply.text());
            Recipient whom = await(known.whose(link, from, reply)).orElse(null);
            if (kind == KeptReply.Kind.ACKNOWLEDGED) {
                if (whom == null) {
                    kind = KeptReply.Kind.OTHER;
                } else if (!await(known.acknowledged(link, from, whom, code(reply.text()), reply.at()))) {
                    return false;
                }
            }
            String text = reply.text();
            store.keep(new KeptReply(
                    id(link, reply),
                    reply.at(),
                    channel,
                    link,
                    from,
                    text.length() > KeptReply.LONGEST ? text.substring(0, KeptReply.LONGEST) : text,
                    kind,
                    whom == null ? "" : whom.warning(),
                    whom == null ? "" : whom.issue()));
            if (kind == KeptReply.Kind.OPTED_OUT || kind == KeptReply.Kind.OPTED_IN) {
                optedOut.remove(channel);
            }
            trim();
            return true;
        } catch (RuntimeException failed) {
            LOG.warn("a reply by link {} could not be kept: {}", link, failed.toString());
            return false;
        }
    }

    private void trim() {
        Instant now = clock.instant();
        if (Duration.between(trimmed, now).compareTo(TRIM_EVERY) > 0) {
            trimmed = now;
            int gone = store.forgetBefore(now.minus(keep));
            if (gone > 0) {
                LOG.info("{} replies were older than {} days, and are forgotten", gone, keep.toDays());
            }
        }
    }

    /** What is kept, for whoever shows it. */
    public ReplyStore kept() {
        return store;
    }

    /** For how long. */
    public Duration keeping() {
        return keep;
    }

    @Override
    public boolean hasAny(String channel) {
        // Another node may have taken a reply meanwhile.
        optedOut.remove(channel);
        return !of(channel).isEmpty();
    }

    @Override
    public boolean contains(String channel, String address) {
        return of(channel).contains(address);
    }

    private Set<String> of(String channel) {
        return optedOut.computeIfAbsent(channel, unread -> new HashSet<>(store.optedOut(channel)));
    }

    /** The same for a repeat; in the order of time. */
    private static String id(String link, Reply reply) {
        String reference = reply.reference();
        String what = reference == null ? reply.from() + "\n" + reply.at() + "\n" + reply.text() : reference;
        return String.format("%013d-%016x", Math.max(0, reply.at().toEpochMilli()), Fingerprint.of(link + "\n" + what));
    }

    private static String code(String text) {
        String code = text.strip();
        return code.length() > LONGEST_CODE ? code.substring(0, LONGEST_CODE) : code;
    }

    private static <T> T await(java.util.concurrent.CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("no answer: " + failed, failed);
        }
    }

    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
