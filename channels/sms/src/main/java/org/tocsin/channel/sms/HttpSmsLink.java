package org.tocsin.channel.sms;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Batch;
import org.tocsin.channel.BatchProcessor;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.HttpOutcomes;
import org.tocsin.channel.Kept;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkHealth;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.Reply;

/**
 * An account at an HTTP platform: a request for a group of numbers, some at a time. The platforms know no repeat as
 * one, so nothing is sent again here. Any thread; nothing blocks but {@link #close}.
 */
final class HttpSmsLink implements Link {
    private static final int MOST_WAITING = 65_536;
    private static final long DRAIN_MILLIS = 3_000;
    private static final Outcome CLOSED = new Outcome.Deferred(Reason.LINK_DOWN, "", Duration.ofSeconds(1));
    private static final Outcome FULL = new Outcome.Deferred(Reason.THROTTLED, "", Duration.ofSeconds(1));
    private static final Outcome UNREADABLE =
            new Outcome.Deferred(Reason.UNANSWERED, "unreadable", Duration.ofSeconds(1));
    private static final CallbackAnswer NOT_KEPT = new CallbackAnswer(503, "text/plain; charset=utf-8", "");

    /** A request yet to be made: whom of a batch it is for. */
    private record Errand(Batch batch, String text, List<Integer> persons) {
        List<String> numbers() {
            return persons.stream()
                    .map(index -> batch.addressee(index).address())
                    .toList();
        }
    }

    private final ChannelContext context;
    private final HttpPlatform platform;
    private final HttpAccount account;
    private final HttpOutcomes outcomes;
    private final ArrayDeque<Errand> errands = new ArrayDeque<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private int inFlight;
    private int waiting;
    private boolean closed;
    private volatile boolean refused;

    HttpSmsLink(ChannelContext context, HttpPlatform platform, HttpAccount account) {
        this.context = context;
        this.platform = platform;
        this.account = account;
        this.outcomes = new HttpOutcomes(context.clock());
    }

    @Override
    public RoutesBuilder routes() {
        BatchProcessor processor = new BatchProcessor() {
            @Override
            protected void submit(Batch batch) {
                HttpSmsLink.this.submit(batch);
            }
        };
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + context.link()).routeId(context.link()).process(processor);
            }
        };
    }

    @Override
    public synchronized LinkState state() {
        return closed ? LinkState.CLOSED : refused ? LinkState.REFUSED : LinkState.UP;
    }

    @Override
    public synchronized LinkHealth health() {
        return new LinkHealth(state(), 0, 0, inFlight, account.window(), waiting);
    }

    private void submit(Batch batch) {
        if (!context.clock().instant().isBefore(batch.notice().expires())) {
            batch.settleRest(new Outcome.Rejected(Reason.EXPIRED, ""));
            return;
        }
        String text = batch.notice().message().part("text");
        if (text.isEmpty()) {
            batch.settleRest(new Outcome.Rejected(Reason.CONTENT_REFUSED, ""));
            return;
        }
        if (account.sheet().cut(batch.notice(), ShortText.Alphabet.NONE).pieces() > ShortText.MOST_SEGMENTS) {
            batch.settleRest(new Outcome.Rejected(Reason.TOO_LONG, ""));
            return;
        }
        List<Integer> persons = new ArrayList<>();
        for (int index = 0; index < batch.size(); index++) {
            if (batch.isSettled(index)) {
                continue;
            }
            if (!Numbers.isNumber(batch.addressee(index).address())) {
                batch.settle(index, Job.INVALID_NUMBER);
                continue;
            }
            persons.add(index);
        }
        for (int from = 0; from < persons.size(); from += platform.largestGroup()) {
            int to = Math.min(persons.size(), from + platform.largestGroup());
            add(new Errand(batch, text, List.copyOf(persons.subList(from, to))));
        }
        run();
    }

    private void add(Errand errand) {
        Outcome not;
        synchronized (this) {
            not = closed ? CLOSED : waiting > 0 && waiting + errand.persons().size() > MOST_WAITING ? FULL : null;
            if (not == null) {
                waiting += errand.persons().size();
                errands.add(errand);
            }
        }
        if (not != null) {
            settle(errand, not);
        }
    }

    private void run() {
        for (Errand errand = next(); errand != null; errand = next()) {
            send(errand);
        }
    }

    private synchronized @Nullable Errand next() {
        Errand errand = inFlight < account.window() ? errands.poll() : null;
        if (errand != null) {
            inFlight++;
            waiting -= errand.persons().size();
        } else if (closed && inFlight == 0) {
            drained.complete(null);
        }
        return errand;
    }

    private void send(Errand errand) {
        Instant now = context.clock().instant();
        String extension = errand.batch().notice().message().manner().extension();
        context.http()
                .send(platform.request(errand.numbers(), errand.text(), extension, now))
                .whenComplete((answer, failure) -> {
                    try {
                        answered(errand, answer, failure);
                    } finally {
                        synchronized (this) {
                            inFlight--;
                        }
                        run();
                    }
                });
    }

    private void answered(Errand errand, HttpExchange.@Nullable Answer answer, @Nullable Throwable failure) {
        if (answer == null) {
            settle(errand, outcomes.of(failure == null ? new IllegalStateException() : failure));
            return;
        }
        List<Outcome> said = platform.read(Json.read(answer.body()), errand.numbers());
        if (said.size() != 1 || errand.persons().size() == 1) {
            if (said.size() == errand.persons().size()) {
                for (int i = 0; i < said.size(); i++) {
                    note(said.get(i));
                    errand.batch().settle(errand.persons().get(i), said.get(i));
                }
            } else {
                settle(errand, answer.status() == 200 ? UNREADABLE : outcomes.of(answer));
            }
            return;
        }
        Outcome all = said.get(0);
        note(all);
        if (all instanceof Outcome.Rejected rejected && rejected.reason() == Reason.INVALID_ADDRESS) {
            // Refused as a whole for one number: until that stands alone, at most twice as many requests as persons.
            int half = errand.persons().size() / 2;
            add(new Errand(errand.batch(), errand.text(), errand.persons().subList(0, half)));
            add(new Errand(
                    errand.batch(),
                    errand.text(),
                    errand.persons().subList(half, errand.persons().size())));
        } else {
            settle(errand, all);
        }
    }

    private void note(Outcome outcome) {
        refused = outcome instanceof Outcome.Deferred deferred && deferred.reason() == Reason.UNAUTHORISED;
    }

    private static void settle(Errand errand, Outcome outcome) {
        errand.persons().forEach(index -> errand.batch().settle(index, outcome));
    }

    @Override
    public CompletionStage<CallbackAnswer> callback(CallbackRequest request) {
        byte[] given = request.query().getOrDefault("token", "").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, account.callbackToken().getBytes(StandardCharsets.UTF_8))) {
            return refuse(403);
        }
        List<Object> all;
        try {
            all = platform.callback(Json.read(request.body()), context.clock().instant());
        } catch (MalformedPdu malformed) {
            return refuse(400);
        }
        if (all.isEmpty()) {
            return CompletableFuture.completedStage(platform.success());
        }
        CompletableFuture<CallbackAnswer> answered = new CompletableFuture<>();
        AtomicInteger open = new AtomicInteger(all.size());
        AtomicBoolean kept = new AtomicBoolean(true);
        Kept each = durable -> {
            if (!durable) {
                kept.set(false);
            }
            if (open.decrementAndGet() == 0) {
                answered.complete(kept.get() ? platform.success() : NOT_KEPT);
            }
        };
        for (Object item : all) {
            if (item instanceof Receipt receipt) {
                context.receipts().accept(receipt, each);
            } else if (item instanceof Reply reply) {
                context.replies().accept(reply, each);
            }
        }
        return answered;
    }

    private static CompletionStage<CallbackAnswer> refuse(int status) {
        return CompletableFuture.completedStage(new CallbackAnswer(status, "text/plain; charset=utf-8", ""));
    }

    @Override
    public void close() {
        List<Errand> unsent;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            unsent = List.copyOf(errands);
            errands.clear();
            waiting = 0;
            if (inFlight == 0) {
                drained.complete(null);
            }
        }
        unsent.forEach(errand -> settle(errand, CLOSED));
        // Late answers settle their batches all the same; nobody needs to know here whether all came.
        drained.completeOnTimeout(null, DRAIN_MILLIS, TimeUnit.MILLISECONDS).join();
    }
}
