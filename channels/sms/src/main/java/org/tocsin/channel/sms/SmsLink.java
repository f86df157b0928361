package org.tocsin.channel.sms;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Batch;
import org.tocsin.channel.BatchProcessor;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkHealth;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Manner;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.ReceiptSink;

/** An account at a carrier: its connections, and the batches that wait for room in their windows. */
final class SmsLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(SmsLink.class);
    /** How many persons may wait for room in the windows; a batch above that is deferred. */
    private static final int MOST_WAITING = 65_536;

    private static final int TICKS_PER_RESPONSE = 8;
    private static final long DRAIN_MILLIS = 3_000;
    private static final long UNBIND_MILLIS = 1_000;

    private final ChannelContext context;
    private final Protocol protocol;
    private final SmsSettings settings;
    private final String id;
    private final ReceiptSink receipts;
    private final Inbox inbox;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Outcome down;

    private final Queue<Job> incoming = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean taking = new AtomicBoolean();
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile LinkState state = LinkState.CONNECTING;
    private volatile LinkHealth load;

    // The loop's own from here on.
    private final List<Bind> binds = new ArrayList<>();
    private final List<Conversation> bound = new ArrayList<>();
    private final ArrayDeque<Job> jobs = new ArrayDeque<>();
    private final Tries tries = new Tries();
    private final long enquireTicks;
    private final long tickMillis;
    private final long responseTicks;
    private int waiting;
    private int turn;
    private long tick;
    private boolean closing;
    private @Nullable Future<?> ticker;
    private @Nullable AutoCloseable listener;

    SmsLink(ChannelContext context, Protocol protocol) {
        this.context = context;
        this.protocol = protocol;
        this.settings = protocol.settings();
        this.inbox = new Inbox(context.replies(), settings.sourceAddress());
        this.id = context.link();
        this.receipts = context.receipts();
        this.group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("sms-" + id, true), NioIoHandler.newFactory());
        this.loop = group.next();
        this.down = new Outcome.Deferred(Reason.LINK_DOWN, "", Duration.ofMillis(settings.reconnectMillis()));
        this.tickMillis =
                Math.max(1, Math.min(settings.responseMillis() / TICKS_PER_RESPONSE, settings.enquireMillis() / 2));
        this.responseTicks = (settings.responseMillis() + tickMillis - 1) / tickMillis;
        this.load = new LinkHealth(LinkState.CONNECTING, 0, settings.binds(), 0, 0, 0);
        this.enquireTicks = Math.max(1, settings.enquireMillis() / tickMillis);
    }

    void start() {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.min(settings.responseMillis(), Integer.MAX_VALUE));
        listener = protocol.listen(this, loop);
        execute(() -> {
            for (int i = 0; i < settings.binds(); i++) {
                Bind bind = new Bind(this, context, protocol, bootstrap);
                binds.add(bind);
                bind.connect();
            }
        });
        ticker = context.timer()
                .scheduleWithFixedDelay(
                        () -> {
                            if (ticking.compareAndSet(false, true)) {
                                execute(this::ticked);
                            }
                        },
                        tickMillis,
                        tickMillis,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public RoutesBuilder routes() {
        BatchProcessor processor = new BatchProcessor() {
            @Override
            protected void submit(Batch batch) {
                SmsLink.this.submit(batch);
            }
        };
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + id).routeId(id).process(processor);
            }
        };
    }

    @Override
    public LinkState state() {
        return closed.get() ? LinkState.CLOSED : state;
    }

    @Override
    public LinkHealth health() {
        LinkHealth last = load;
        return new LinkHealth(
                state(), last.connections(), last.wanted(), last.inFlight(), last.window(), last.waiting());
    }

    @Override
    public CompletionStage<CallbackAnswer> callback(CallbackRequest request) {
        return CompletableFuture.completedStage(
                new CallbackAnswer(404, "text/plain", protocol.name() + " has no callbacks\n"));
    }

    private void submit(Batch batch) {
        if (state() != LinkState.UP) {
            batch.settleRest(down);
            return;
        }
        Notice notice = batch.notice();
        Instant now = context.clock().instant();
        if (!now.isBefore(notice.expires())) {
            batch.settleRest(new Outcome.Rejected(Reason.EXPIRED, ""));
            return;
        }
        if (notice.message().part("text").isEmpty()) {
            batch.settleRest(new Outcome.Rejected(Reason.CONTENT_REFUSED, ""));
            return;
        }
        ShortText text = protocol.fit(settings.sheet().cut(notice, protocol.alphabet()));
        if (text.pieces() > ShortText.MOST_SEGMENTS) {
            batch.settleRest(new Outcome.Rejected(Reason.TOO_LONG, ""));
            return;
        }
        Duration validity = settings.validity() ? Duration.between(now, notice.expires()) : Duration.ZERO;
        SubmitTemplate template =
                protocol.template(text, sender(notice.message().manner()), now, validity);
        batch.cutInto(template.segments());
        incoming.add(Job.of(batch, template, settings.group(), tries));
        if (taking.compareAndSet(false, true)) {
            execute(this::takeIncoming);
        }
    }

    /** The link's number with the message's extension; an extension that the field has no room for is cut off. */
    private String sender(Manner manner) {
        String number = settings.sourceAddress();
        if (number.isEmpty()) {
            return number;
        }
        String whole = number + manner.extension();
        return whole.length() > protocol.longestSender() ? whole.substring(0, protocol.longestSender()) : whole;
    }

    private void takeIncoming() {
        taking.set(false);
        for (Job job = incoming.poll(); job != null; job = incoming.poll()) {
            if (closing || bound.isEmpty()) {
                job.abandon(down);
            } else if (waiting > 0 && waiting + job.size() > MOST_WAITING) {
                job.abandon(new Outcome.Deferred(Reason.THROTTLED, "", Duration.ofSeconds(1)));
            } else {
                waiting += job.size();
                job.queued = true;
                jobs.add(job);
            }
        }
        burstEnded();
    }

    /** Fills the windows, and sends what was written to any connection. */
    void burstEnded() {
        fill();
        for (int i = bound.size() - 1; i >= 0; i--) {
            bound.get(i).flush();
        }
        if (closing && isIdle()) {
            drained.complete(null);
        }
    }

    private void fill() {
        for (int tried = 0; tried < bound.size() && !jobs.isEmpty(); tried++) {
            turn = turn + 1 < bound.size() ? turn + 1 : 0;
            Conversation conversation = bound.get(turn);
            while (conversation.hasRoom() && !jobs.isEmpty()) {
                Job job = jobs.element();
                if (job.write(conversation)) {
                    jobs.remove();
                    job.queued = false;
                    waiting -= job.size();
                }
            }
        }
    }

    /** Takes a job back that has more to write; before all others, as it was on its way before them. */
    void again(Job job) {
        if (bound.isEmpty() || closing) {
            job.abandon(down);
        } else if (!job.queued) {
            job.queued = true;
            waiting += job.size();
            jobs.addFirst(job);
        }
    }

    private boolean isIdle() {
        return bound.stream().allMatch(Conversation::isIdle);
    }

    private void ticked() {
        ticking.set(false);
        tick++;
        for (Bind bind : binds) {
            Conversation conversation = bind.conversation();
            if (conversation != null) {
                conversation.giveUpBefore(tick - responseTicks);
                conversation.enquire(enquireTicks, Math.min(responseTicks, enquireTicks));
            }
        }
        inbox.handOnBefore(tick - responseTicks);
        int open = 0;
        for (Conversation conversation : bound) {
            open += conversation.inFlight();
        }
        load = new LinkHealth(state(), bound.size(), settings.binds(), open, bound.size() * settings.window(), waiting);
        burstEnded();
    }

    String id() {
        return id;
    }

    /** The protocol's name. */
    String protocol() {
        return protocol.name();
    }

    Tries tries() {
        return tries;
    }

    Inbox inbox() {
        return inbox;
    }

    ReceiptSink receipts() {
        return receipts;
    }

    Instant now() {
        return context.clock().instant();
    }

    /** Counts the timer's beats; time-outs are measured in them. */
    long tick() {
        return tick;
    }

    boolean isClosing() {
        return closing;
    }

    boolean isOnLoop() {
        return loop.inEventLoop();
    }

    /** Runs a task on the loop; after the end of the link, not at all. */
    void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException over) {
            abandonIncoming();
        }
    }

    void bound(Conversation conversation) {
        bound.add(conversation);
        updateState();
    }

    /** Takes a connection out; with the last one, all who wait are deferred. */
    void unbound(Conversation conversation) {
        bound.remove(conversation);
        updateState();
        if (bound.isEmpty()) {
            abandonJobs();
            if (closing) {
                drained.complete(null);
                ended.complete(null);
            }
        }
    }

    void updateState() {
        boolean refused = binds.stream().anyMatch(Bind::isRefused);
        state = !bound.isEmpty() ? LinkState.UP : refused ? LinkState.REFUSED : LinkState.CONNECTING;
    }

    private void abandonJobs() {
        for (Job job = jobs.poll(); job != null; job = jobs.poll()) {
            job.abandon(down);
        }
        waiting = 0;
    }

    private void abandonIncoming() {
        for (Job job = incoming.poll(); job != null; job = incoming.poll()) {
            job.abandon(down);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (ticker != null) {
            ticker.cancel(false);
        }
        execute(() -> {
            closing = true;
            abandonJobs();
            burstEnded();
        });
        await(drained, DRAIN_MILLIS);
        execute(() -> {
            if (bound.isEmpty()) {
                ended.complete(null);
            }
            List.copyOf(bound).forEach(Conversation::unbind);
        });
        await(ended, UNBIND_MILLIS);
        execute(() -> {
            for (Bind bind : binds) {
                Conversation conversation = bind.conversation();
                if (conversation != null) {
                    conversation.close();
                }
            }
        });
        stopListening();
        await(group.shutdownGracefully(0, 1, TimeUnit.SECONDS), UNBIND_MILLIS);
        abandonIncoming();
    }

    private void stopListening() {
        try {
            if (listener != null) {
                listener.close();
            }
        } catch (Exception failed) {
            LOG.warn("{}: the listener did not end in order: {}", id, failed.toString());
        }
    }

    private void await(Future<?> future, long millis) {
        if (loop.inEventLoop()) {
            return;
        }
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            // What is still open ends as unanswered when its connection is closed.
        }
    }
}
