package org.tocsin.channel.wechat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.HttpOutcomes;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/**
 * The account's access token: fetched once for all who ask at the same time, again before its life ends, and again when
 * the provider refuses it. After a failed fetch it answers with that failure for a while instead of asking at once. Any
 * thread; never blocks.
 */
final class AccessToken {
    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** The token could not be had; the outcome says what that means for a send. */
    static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Outcome outcome;

        Unavailable(Outcome outcome) {
            super("no access token");
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }
    }

    private record Held(String token, Instant refreshAt, Instant expires) {}

    private final WechatSettings settings;
    private final HttpExchange http;
    private final InstantSource clock;
    private final HttpOutcomes outcomes;
    private @Nullable Held held;
    private @Nullable CompletableFuture<String> fetch;
    private @Nullable Unavailable failure;
    private Instant notBefore = Instant.MIN;

    AccessToken(WechatSettings settings, HttpExchange http, InstantSource clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
        this.outcomes = new HttpOutcomes(clock);
    }

    /** The token. The stage fails only with {@link Unavailable}. */
    CompletionStage<String> get() {
        Instant now = clock.instant();
        CompletableFuture<String> started;
        Held usable;
        synchronized (this) {
            usable = held != null && now.isBefore(held.expires()) ? held : null;
            if (usable != null && now.isBefore(usable.refreshAt())) {
                return CompletableFuture.completedStage(usable.token());
            }
            if (fetch != null) {
                return usable != null ? CompletableFuture.completedStage(usable.token()) : fetch;
            }
            if (failure != null && now.isBefore(notBefore)) {
                return usable != null
                        ? CompletableFuture.completedStage(usable.token())
                        : CompletableFuture.failedStage(failure);
            }
            started = new CompletableFuture<>();
            fetch = started;
        }
        begin(started);
        return usable != null ? CompletableFuture.completedStage(usable.token()) : started;
    }

    /** Says that the provider refused this token; another one that came meanwhile stays. */
    synchronized void refused(String token) {
        if (held != null && held.token().equals(token)) {
            held = null;
        }
    }

    private void begin(CompletableFuture<String> started) {
        try {
            http.send(request()).whenComplete((answer, failed) -> {
                if (answer == null) {
                    fail(started, outcomes.of(failed));
                } else {
                    take(started, answer);
                }
            });
        } catch (RuntimeException defect) {
            fail(started, outcomes.of(defect));
        }
    }

    private HttpExchange.Request request() {
        URI uri = URI.create(settings.base() + "/cgi-bin/token?grant_type=client_credential&appid="
                + encode(settings.appid()) + "&secret=" + encode(settings.secret()));
        return new HttpExchange.Request("GET", uri, Map.of(), new byte[0], settings.timeout());
    }

    private void take(CompletableFuture<String> started, HttpExchange.Answer answer) {
        if (answer.status() / 100 != 2) {
            fail(started, outcomes.of(answer));
            return;
        }
        JsonNode body = Json.read(answer.body());
        String token = body.path("access_token").asText();
        long seconds = body.path("expires_in").asLong();
        if (token.isEmpty() || seconds < 1) {
            Outcome outcome = body.path("errcode").isInt()
                    ? Errcodes.outcome(body.path("errcode").asInt())
                    : new Outcome.Deferred(Reason.CARRIER_ERROR, "unreadable token", PAUSE_AFTER_FAILURE);
            fail(started, outcome);
            return;
        }
        Duration life = Duration.ofSeconds(Math.min(seconds, 86_400));
        Duration tenth = life.dividedBy(10);
        Duration margin = tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN;
        Instant now = clock.instant();
        synchronized (this) {
            held = new Held(token, now.plus(life).minus(margin), now.plus(life));
            failure = null;
            fetch = null;
        }
        started.complete(token);
    }

    private void fail(CompletableFuture<String> started, Outcome outcome) {
        // Nothing was submitted, so nothing can have been taken; and no addressee is to blame.
        Outcome told = outcome;
        if (outcome instanceof Outcome.Deferred deferred && deferred.reason() == Reason.UNANSWERED) {
            told = new Outcome.Deferred(Reason.LINK_DOWN, deferred.code(), deferred.retryAfter());
        } else if (outcome instanceof Outcome.Rejected rejected) {
            told = new Outcome.Deferred(rejected.reason(), rejected.code(), Errcodes.AFTER_REFUSED_ACCOUNT);
        }
        Unavailable unavailable = new Unavailable(told);
        synchronized (this) {
            failure = unavailable;
            notBefore = clock.instant().plus(PAUSE_AFTER_FAILURE);
            fetch = null;
        }
        started.completeExceptionally(unavailable);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
