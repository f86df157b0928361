package org.tocsin.simulator.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tocsin.simulator.Book;
import org.tocsin.simulator.CarrierSimulator;
import org.tocsin.simulator.Chance;
import org.tocsin.simulator.GatewayAddress;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.http.CallbackPoster;
import org.tocsin.simulator.http.HttpStandIn;

/**
 * A push platform with the app on every device that the gateway names.
 *
 * <p>Shares: {@code delivered} (0.92; the rest fails as UNREACHABLE), {@code shown} (0.6 of the delivered),
 * {@code silent} (0; accepted and never reported), {@code unregistered} (0; refused). Settings:
 * {@code reportDelayMillis} (50), {@code shownDelayMillis} (200).
 */
public final class AppSimulator implements CarrierSimulator {
    private static final String KEY = "simulated-key";
    private static final String CALLBACK_SECRET = "simulated-callback-secret";
    private static final double DELIVERED = 0.92;
    private static final double SHOWN = 0.6;
    private static final int MOST_TOKENS = 1000;
    private static final int REMEMBERED_PUSHES = 1000;

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicLong messages = new AtomicLong();
    private final Map<String, String> answered = new LinkedHashMap<>();
    private @Nullable Running running;

    private record Running(
            SimulatorContext context,
            Chance chance,
            Book book,
            HttpStandIn server,
            CallbackPoster poster,
            Reports reports) {}

    @Override
    public String channel() {
        return "app";
    }

    @Override
    public String provider() {
        return "simulated-push";
    }

    @Override
    public Map<String, String> start(SimulatorContext context) throws IOException {
        HttpStandIn server = new HttpStandIn();
        Book book = context.book(channel(), provider());
        CallbackPoster poster = new CallbackPoster(4);
        Reports reports = new Reports(
                poster,
                book,
                context.link(),
                CALLBACK_SECRET,
                "/callbacks/" + channel() + "/" + provider(),
                context.integer("reportDelayMillis", 50));
        Running started = new Running(context, context.chance(), book, server, poster, reports);
        server.handle("/v1/status", request -> HttpStandIn.Reply.json(isKnown(request) ? 200 : 401, "{}"));
        server.handle("/v1/push", request -> push(started, request));
        server.start();
        running = started;
        return Map.of("base", server.base().toString(), "key", KEY, "callbackSecret", CALLBACK_SECRET);
    }

    @Override
    public void attach(GatewayAddress gateway) {
        running().poster().attach(gateway.http());
    }

    /** Writes the book out, so that it can be read. */
    public void flush() {
        running().book().flush();
    }

    @Override
    public void close() {
        Running open = running;
        if (open != null) {
            running = null;
            open.server().close();
            open.poster().close();
            open.book().close();
        }
    }

    private Running running() {
        Running open = running;
        if (open == null) {
            throw new IllegalStateException("not started");
        }
        return open;
    }

    private static boolean isKnown(HttpStandIn.Request request) {
        return ("Bearer " + KEY).equals(request.headers().get("authorization"));
    }

    private HttpStandIn.Reply push(Running running, HttpStandIn.Request request) {
        if (!isKnown(request)) {
            return HttpStandIn.Reply.json(401, "{\"error\":\"UNAUTHORISED\"}");
        }
        JsonNode body;
        try {
            body = json.readTree(request.body());
        } catch (IOException malformed) {
            return HttpStandIn.Reply.json(400, "{\"error\":\"MALFORMED\"}");
        }
        String cid = body.path("cid").asText();
        JsonNode tokens = body.path("tokens");
        if (cid.isEmpty()
                || !tokens.isArray()
                || tokens.size() > MOST_TOKENS
                || !body.path("notification").path("title").isTextual()) {
            return HttpStandIn.Reply.json(400, "{\"error\":\"MALFORMED\"}");
        }
        String known;
        synchronized (answered) {
            known = answered.get(cid);
        }
        if (known == null) {
            known = push(running, tokens);
            remember(cid, known);
        }
        return HttpStandIn.Reply.json(200, known);
    }

    private String push(Running running, JsonNode tokens) {
        ObjectNode answer = json.createObjectNode();
        ArrayNode results = answer.putArray("results");
        for (JsonNode token : tokens) {
            results.add(push(running, token.asText()));
        }
        try {
            return json.writeValueAsString(answer);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private ObjectNode push(Running running, String token) {
        SimulatorContext context = running.context();
        Instant now = Instant.now();
        String id = "push-" + context.seed() + "-" + messages.incrementAndGet();
        running.book().write(now, context.link(), token, id, Book.Event.SUBMIT, "");
        ObjectNode result = json.createObjectNode().put("token", token);
        if (running.chance().falls("unregistered", token, context.share("unregistered", 0))) {
            running.book().write(now, context.link(), token, id, Book.Event.ANSWER, "UNREGISTERED");
            return result.put("error", "UNREGISTERED");
        }
        running.book().write(now, context.link(), token, id, Book.Event.ANSWER, "ok");
        if (!running.chance().falls("silent", token, context.share("silent", 0))) {
            report(running, token, id);
        }
        return result.put("messageId", id);
    }

    private static void report(Running running, String token, String id) {
        SimulatorContext context = running.context();
        if (!running.chance().falls("delivered", token, context.share("delivered", DELIVERED))) {
            running.reports().add(new PushReport(id, token, "failed", "UNREACHABLE", Instant.now()));
            return;
        }
        running.reports().add(new PushReport(id, token, "delivered", "", Instant.now()));
        if (running.chance().falls("shown", token, context.share("shown", SHOWN))) {
            running.poster().later(context.integer("shownDelayMillis", 200), () -> running.reports()
                    .add(new PushReport(id, token, "shown", "", Instant.now())));
        }
    }

    private void remember(String cid, String answer) {
        synchronized (answered) {
            answered.put(cid, answer);
            if (answered.size() > REMEMBERED_PUSHES) {
                answered.remove(answered.keySet().iterator().next());
            }
        }
    }
}
