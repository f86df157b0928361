package org.tocsin.channel.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.tocsin.channel.Batch;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.HttpOutcomes;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/** Pushes batches: one request for a batch, an outcome for each token. Any thread; never blocks but in close. */
final class Pushes {
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,512}");
    private static final int MOST_TOKENS = 1000;
    private static final Outcome LINK_CLOSED = new Outcome.Deferred(Reason.LINK_DOWN, "", Duration.ofSeconds(1));
    private static final Outcome UNREADABLE =
            new Outcome.Deferred(Reason.UNANSWERED, "unreadable", Duration.ofSeconds(1));

    private final AppSettings settings;
    private final HttpExchange http;
    private final InstantSource clock;
    private final HttpOutcomes outcomes;
    private final Map<String, String> headers;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean closed;

    Pushes(AppSettings settings, HttpExchange http, InstantSource clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
        this.outcomes = new HttpOutcomes(clock);
        this.headers =
                Map.of("Content-Type", "application/json; charset=utf-8", "Authorization", "Bearer " + settings.key());
    }

    void submit(Batch batch) {
        if (closed) {
            batch.settleRest(LINK_CLOSED);
            return;
        }
        if (!clock.instant().isBefore(batch.notice().expires())) {
            batch.settleRest(new Outcome.Rejected(Reason.EXPIRED, ""));
            return;
        }
        List<Integer> rest = new ArrayList<>();
        for (int index = 0; index < batch.size(); index++) {
            if (batch.isSettled(index)) {
                continue;
            }
            if (TOKEN.matcher(batch.addressee(index).address()).matches()) {
                rest.add(index);
            } else {
                batch.settle(index, new Outcome.Rejected(Reason.INVALID_ADDRESS, ""));
            }
        }
        for (int from = 0; from < rest.size(); from += MOST_TOKENS) {
            push(batch, rest.subList(from, Math.min(rest.size(), from + MOST_TOKENS)));
        }
    }

    /** Waits for what is in flight, so many milliseconds at most. */
    void close(long millis) {
        closed = true;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (this) {
            while (inFlight.get() > 0 && System.nanoTime() < end) {
                try {
                    wait(20);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void push(Batch batch, List<Integer> indexes) {
        List<String> tokens = new ArrayList<>(indexes.size());
        for (int index : indexes) {
            tokens.add(batch.addressee(index).address());
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("cid", cid(batch, tokens));
        body.put("notification", notification(batch.notice()));
        body.put("tokens", tokens);
        HttpExchange.Request request = new HttpExchange.Request(
                "POST", URI.create(settings.base() + "/v1/push"), headers, Json.write(body), settings.timeout());
        inFlight.incrementAndGet();
        http.send(request).whenComplete((answer, failure) -> {
            try {
                if (answer == null) {
                    settle(batch, indexes, outcomes.of(failure));
                } else if (answer.status() != 200) {
                    settle(batch, indexes, outcomes.of(answer));
                } else {
                    answered(batch, indexes, Json.read(answer.body()).path("results"));
                }
            } finally {
                inFlight.decrementAndGet();
            }
        });
    }

    private static void answered(Batch batch, List<Integer> indexes, JsonNode results) {
        Map<String, Queue<Integer>> open = new HashMap<>();
        for (int index : indexes) {
            open.computeIfAbsent(batch.addressee(index).address(), token -> new ArrayDeque<>())
                    .add(index);
        }
        for (JsonNode result : results) {
            Queue<Integer> holders = open.get(result.path("token").asText());
            Integer index = holders == null ? null : holders.poll();
            if (index != null) {
                batch.settle(index, outcome(result));
            }
        }
        settle(batch, indexes, UNREADABLE);
    }

    private static Outcome outcome(JsonNode result) {
        JsonNode id = result.path("messageId");
        JsonNode error = result.path("error");
        if (error.isTextual()) {
            return ErrorCodes.outcome(error.asText());
        }
        return (id.isTextual() || id.isIntegralNumber()) && !id.asText().isBlank()
                ? new Outcome.Accepted(id.asText())
                : UNREADABLE;
    }

    private static void settle(Batch batch, List<Integer> indexes, Outcome outcome) {
        for (int index : indexes) {
            batch.settle(index, outcome);
        }
    }

    private static Map<String, Object> notification(Notice notice) {
        Map<String, Object> notification = new LinkedHashMap<>();
        notification.put("title", notice.message().part("title"));
        notification.put("body", notice.message().part("body"));
        notification.put("warning", notice.warning());
        notification.put("issue", notice.issue());
        notification.put("level", notice.level().name());
        notification.put("event", notice.info().event());
        notification.put("language", notice.message().language());
        notification.put("expires", notice.expires().toString());
        return notification;
    }

    /** The same for the same tokens of the same batch of the same issue, so that a repeat is known as one. */
    private static String cid(Batch batch, List<String> tokens) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(batch.notice().issue().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(batch.id().getBytes(StandardCharsets.UTF_8));
            for (String token : tokens) {
                digest.update((byte) 0);
                digest.update(token.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
