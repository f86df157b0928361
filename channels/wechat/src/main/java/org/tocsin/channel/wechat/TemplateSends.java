package org.tocsin.channel.wechat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Batch;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.HttpOutcomes;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/** Sends template messages: one request a person, so many unanswered at a time. Any thread. */
final class TemplateSends {
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json; charset=utf-8");
    private static final Pattern OPENID = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");
    private static final Outcome LINK_CLOSED = new Outcome.Deferred(Reason.LINK_DOWN, "", Duration.ofSeconds(1));
    private static final Outcome UNREADABLE =
            new Outcome.Deferred(Reason.UNANSWERED, "unreadable", Duration.ofSeconds(1));

    private final WechatSettings settings;
    private final HttpExchange http;
    private final InstantSource clock;
    private final AccessToken token;
    private final HttpOutcomes outcomes;
    private final Window window;
    private volatile boolean closed;

    TemplateSends(WechatSettings settings, HttpExchange http, InstantSource clock, AccessToken token) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
        this.token = token;
        this.outcomes = new HttpOutcomes(clock);
        this.window = new Window(settings.window());
    }

    void submit(Batch batch) {
        String content = content(batch.notice());
        for (int index = 0; index < batch.size(); index++) {
            if (!batch.isSettled(index)) {
                Send send = new Send(batch, index, content);
                window.enter(send::start);
            }
        }
    }

    /** Lets what waits be deferred, and waits for what is in flight, so many milliseconds at most. */
    void close(long millis) {
        closed = true;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (this) {
            while (window.inFlight() > 0 && System.nanoTime() < end) {
                try {
                    wait(20);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /** The request's JSON after the addressee: the same for a whole batch. */
    private String content(Notice notice) {
        Map<String, Object> data = new LinkedHashMap<>();
        for (String field : new String[] {"first", "keyword1", "keyword2", "keyword3", "keyword4", "remark"}) {
            String value = notice.message().parts().get(field);
            if (value != null) {
                data.put(field, Map.of("value", value));
            }
        }
        Map<String, Object> rest = new LinkedHashMap<>();
        rest.put("template_id", settings.templateId());
        if (!settings.url().isEmpty()) {
            rest.put("url", settings.url());
        }
        rest.put("data", data);
        return "," + Json.write(rest).substring(1);
    }

    /** One person's send: at most two requests, the second only with a new token when the first one's was refused. */
    private final class Send {
        private final Batch batch;
        private final int index;
        private final String content;

        Send(Batch batch, int index, String content) {
            this.batch = batch;
            this.index = index;
            this.content = content;
        }

        void start() {
            if (closed) {
                finish(LINK_CLOSED);
            } else if (!clock.instant().isBefore(batch.notice().expires())) {
                finish(new Outcome.Rejected(Reason.EXPIRED, ""));
            } else if (!OPENID.matcher(batch.addressee(index).address()).matches()) {
                finish(new Outcome.Rejected(Reason.INVALID_ADDRESS, ""));
            } else {
                attempt(true);
            }
        }

        private void attempt(boolean first) {
            token.get().whenComplete((value, failure) -> {
                if (value == null) {
                    finish(unavailable(failure));
                } else {
                    post(value, first);
                }
            });
        }

        private void post(String value, boolean first) {
            try {
                http.send(request(value)).whenComplete((answer, failure) -> {
                    if (answer == null) {
                        finish(outcomes.of(failure));
                    } else {
                        answered(answer, value, first);
                    }
                });
            } catch (RuntimeException defect) {
                finish(outcomes.of(defect));
            }
        }

        private void answered(HttpExchange.Answer answer, String used, boolean first) {
            if (answer.status() / 100 != 2) {
                finish(outcomes.of(answer));
                return;
            }
            JsonNode body = Json.read(answer.body());
            JsonNode errcode = body.path("errcode");
            JsonNode msgid = body.path("msgid");
            if (!errcode.isInt()) {
                finish(UNREADABLE);
            } else if (Errcodes.tokenIsRefused(errcode.asInt())) {
                token.refused(used);
                if (first) {
                    attempt(false);
                } else {
                    finish(Errcodes.outcome(errcode.asInt()));
                }
            } else if (errcode.asInt() != 0) {
                finish(Errcodes.outcome(errcode.asInt()));
            } else if (msgid.isIntegralNumber()
                    || (msgid.isTextual() && !msgid.asText().isBlank())) {
                finish(new Outcome.Accepted(msgid.asText()));
            } else {
                finish(UNREADABLE);
            }
        }

        private HttpExchange.Request request(String value) {
            String json = "{\"touser\":" + Json.write(batch.addressee(index).address()) + content;
            return new HttpExchange.Request(
                    "POST",
                    URI.create(settings.base() + "/cgi-bin/message/template/send?access_token="
                            + URLEncoder.encode(value, StandardCharsets.UTF_8)),
                    HEADERS,
                    json.getBytes(StandardCharsets.UTF_8),
                    settings.timeout());
        }

        private Outcome unavailable(@Nullable Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return cause instanceof AccessToken.Unavailable unavailable ? unavailable.outcome() : LINK_CLOSED;
        }

        private void finish(Outcome outcome) {
            try {
                batch.settle(index, outcome);
            } finally {
                window.leave();
            }
        }
    }
}
