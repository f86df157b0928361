package org.tocsin.simulator.wechat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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
 * A WeChat service account that nobody follows but whom the gateway names.
 *
 * <p>Shares: {@code delivered} (0.93; the rest is blocked by its follower or fails), {@code silent} (0; accepted and
 * never reported), {@code unsubscribed} (0; refused with 43004). Settings: {@code reportDelayMillis} (50),
 * {@code tokenLifeSeconds} (7200), {@code callbacksInFlight} (64), {@code window} (64; how many sends it has room for
 * at a time).
 */
public final class WechatSimulator implements CarrierSimulator {
    private static final String APPID = "wxsimulated";
    private static final String SECRET = "simulated-secret";
    private static final String CALLBACK_TOKEN = "simulatedcallbacktoken";
    private static final String TEMPLATE = "simulated-template";
    private static final double DELIVERED = 0.93;
    private static final double BLOCKED_OF_FAILED = 0.7;

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicLong messages = new AtomicLong(2_000_000_000L);
    private @Nullable Running running;

    private record Running(
            SimulatorContext context,
            Chance chance,
            Book book,
            HttpStandIn server,
            CallbackPoster poster,
            AccessTokens tokens) {}

    @Override
    public String channel() {
        return "wechat";
    }

    @Override
    public String provider() {
        return "simulated-wechat";
    }

    @Override
    public Map<String, String> start(SimulatorContext context) throws IOException {
        HttpStandIn server = new HttpStandIn();
        Running started = new Running(
                context,
                context.chance(),
                context.book(channel(), provider()),
                server,
                new CallbackPoster(context.integer("callbacksInFlight", 64)),
                new AccessTokens(Duration.ofSeconds(context.integer("tokenLifeSeconds", 7200))));
        server.handle("/cgi-bin/token", request -> token(started, request));
        server.handle("/cgi-bin/message/template/send", request -> send(started, request));
        server.start();
        running = started;
        return Map.of(
                "base", server.base().toString(),
                "appid", APPID,
                "secret", SECRET,
                "token", CALLBACK_TOKEN,
                "templateId", TEMPLATE,
                "window", Integer.toString(context.integer("window", 64)));
    }

    @Override
    public void attach(GatewayAddress gateway) {
        running().poster().attach(gateway.http());
    }

    /** Ends the access token's life now. */
    public void expireToken() {
        running().tokens().expire();
    }

    /** How many access tokens it has issued. */
    public int tokensIssued() {
        return running().tokens().issued();
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

    private static HttpStandIn.Reply token(Running running, HttpStandIn.Request request) {
        if (!APPID.equals(request.query().get("appid"))) {
            return error(40013, "invalid appid");
        }
        if (!SECRET.equals(request.query().get("secret"))) {
            return error(40125, "invalid appsecret");
        }
        if (!"client_credential".equals(request.query().get("grant_type"))) {
            return error(40002, "invalid grant_type");
        }
        String token = running.tokens().issue(Instant.now());
        return HttpStandIn.Reply.json(
                200,
                "{\"access_token\":\"" + token + "\",\"expires_in\":"
                        + running.context().integer("tokenLifeSeconds", 7200) + "}");
    }

    private HttpStandIn.Reply send(Running running, HttpStandIn.Request request) {
        Instant now = Instant.now();
        int refused = running.tokens().check(request.query().getOrDefault("access_token", ""), now);
        if (refused != 0) {
            return error(refused, "access_token is invalid, missing or expired");
        }
        JsonNode body;
        try {
            body = json.readTree(request.body());
        } catch (JsonProcessingException malformed) {
            return error(47001, "data format error");
        } catch (IOException impossible) {
            return error(-1, "system error");
        }
        String openid = body.path("touser").asText();
        if (!openid.matches("[A-Za-z0-9_.:-]{1,128}")) {
            return error(40003, "invalid openid");
        }
        if (!body.path("template_id").asText().equals(TEMPLATE)) {
            return error(40037, "invalid template_id");
        }
        if (!body.path("data").isObject() || body.path("data").isEmpty()) {
            return error(47003, "argument invalid");
        }
        return take(running, now, openid);
    }

    private HttpStandIn.Reply take(Running running, Instant now, String openid) {
        String link = running.context().link();
        long id = messages.incrementAndGet();
        running.book().write(now, link, openid, Long.toString(id), Book.Event.SUBMIT, "");
        if (running.chance().falls("unsubscribed", openid, running.context().share("unsubscribed", 0))) {
            running.book().write(now, link, openid, Long.toString(id), Book.Event.ANSWER, "43004");
            return error(43004, "require subscribe");
        }
        running.book().write(now, link, openid, Long.toString(id), Book.Event.ANSWER, "ok");
        if (!running.chance().falls("silent", openid, running.context().share("silent", 0))) {
            JobFinished report = new JobFinished(
                    running.book(),
                    link,
                    CALLBACK_TOKEN,
                    "/callbacks/" + channel() + "/" + provider(),
                    openid,
                    id,
                    status(running, openid));
            running.poster().later(running.context().integer("reportDelayMillis", 50), () -> running.poster()
                    .post(report));
        }
        return HttpStandIn.Reply.json(200, "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":" + id + "}");
    }

    private static String status(Running running, String openid) {
        if (running.chance().falls("delivered", openid, running.context().share("delivered", DELIVERED))) {
            return "success";
        }
        return running.chance().falls("blocked", openid, BLOCKED_OF_FAILED)
                ? "failed:user block"
                : "failed: system failed";
    }

    private static HttpStandIn.Reply error(int code, String message) {
        return HttpStandIn.Reply.json(200, "{\"errcode\":" + code + ",\"errmsg\":\"" + message + "\"}");
    }
}
