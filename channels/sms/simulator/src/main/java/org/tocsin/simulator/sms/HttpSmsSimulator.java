package org.tocsin.simulator.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * An HTTP platform for short messages, which checks each request's signature and posts reports in batches; runs when
 * asked for.
 *
 * <p>Shares, drawn by the address: {@code delivered} (0.95), {@code silent} (0.02), {@code refused} (0, an illegal
 * number), {@code throttled} (0, too fast the first time). Settings: {@code window} (16), {@code reportDelayMillis}
 * (50), {@code reportCopies} (1), {@code callbacksInFlight} (16), {@code keepTexts} (0), {@code downAfter} (0; answers
 * 503 to all after so many requests). Public methods may be called by any thread.
 */
public abstract class HttpSmsSimulator implements CarrierSimulator {
    static final String KEY = "simulated-key";
    static final String SECRET = "simulated-secret";
    static final String SIGNATURE = "模拟预警";
    static final String TEMPLATE = "SMS_1";
    private static final String TOKEN = "simulated-callback-token";
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int LARGEST_CALLBACK = 100;

    static final ObjectMapper JSON = new ObjectMapper();

    private final String protocol;
    private final InstantSource clock;
    private final String provider;
    private final AtomicLong ids = new AtomicLong(900_000_000_000L);
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong reportsTaken = new AtomicLong();
    private final AtomicLong repliesTaken = new AtomicLong();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Set<String> throttledOnce = ConcurrentHashMap.newKeySet();
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private @Nullable Running running;

    private record Running(
            SimulatorContext context, Chance chance, Book book, HttpStandIn server, CallbackPoster poster) {}

    HttpSmsSimulator(String protocol, InstantSource clock) {
        this.clock = clock;
        this.protocol = protocol;
        this.provider = "simulated-" + protocol;
    }

    /** Answers a request; a null body's place is taken by a missing node. */
    abstract HttpStandIn.Reply serve(HttpStandIn.Request request) throws IOException;

    abstract ObjectNode report(String id, String number, String stat, String time);

    abstract JsonNode reply(String from, String extension, String text, String time);

    abstract String success();

    Map<String, String> more() {
        return Map.of();
    }

    @Override
    public final String channel() {
        return "sms";
    }

    @Override
    public final String provider() {
        return provider;
    }

    @Override
    public final boolean isStandard() {
        return false;
    }

    @Override
    public final synchronized Map<String, String> start(SimulatorContext context) throws IOException {
        HttpStandIn server = new HttpStandIn();
        Running started = new Running(
                context,
                context.chance(),
                context.book(channel(), provider),
                server,
                new CallbackPoster(context.integer("callbacksInFlight", 16)));
        running = started;
        int downAfter = context.integer("downAfter", 0);
        server.handle("/", request -> {
            long count = requests.incrementAndGet();
            return downAfter > 0 && count > downAfter ? HttpStandIn.Reply.json(503, "{}") : serve(request);
        });
        server.start();
        Map<String, String> settings = new HashMap<>(more());
        settings.put("protocol", protocol);
        settings.put("base", server.base().toString());
        settings.put("key", KEY);
        settings.put("secret", SECRET);
        settings.put("signature", SIGNATURE);
        settings.put("template", TEMPLATE);
        settings.put("callbackToken", TOKEN);
        settings.put("window", Integer.toString(context.integer("window", 16)));
        return settings;
    }

    @Override
    public final void attach(GatewayAddress gateway) {
        running().poster().attach(gateway.http());
    }

    /** The addresses to which something was to be sent, refused or not. */
    public final Set<String> seen() {
        return Set.copyOf(seen);
    }

    /** The last text of each address; for as many addresses as {@code keepTexts} says. */
    public final Map<String, String> texts() {
        return Map.copyOf(texts);
    }

    /** How many requests came. */
    public final long requests() {
        return requests.get();
    }

    /** How many messages were taken. */
    public final long messages() {
        return messages.get();
    }

    /** How many reports the gateway answered with success. */
    public final long reportsTaken() {
        return reportsTaken.get();
    }

    /** How many replies the gateway answered with success. */
    public final long repliesTaken() {
        return repliesTaken.get();
    }

    /** A person writes back. */
    public final void say(String from, String extension, String text) {
        post(reply(from, extension, text, time()), repliesTaken::incrementAndGet);
    }

    @Override
    public final synchronized void close() {
        Running open = running;
        if (open != null) {
            running = null;
            open.server().close();
            open.poster().close();
            open.book().close();
        }
    }

    final synchronized Running running() {
        Running open = running;
        if (open == null) {
            throw new IllegalStateException("not started");
        }
        return open;
    }

    final long nextId() {
        return ids.incrementAndGet();
    }

    /** Whether a number is illegal here. */
    final boolean isIllegal(String number) {
        Running at = running();
        return !number.matches("1[0-9]{10}")
                || at.chance().falls("refused", number, at.context().share("refused", 0));
    }

    /** Whether a number is too fast; it is so once. */
    final boolean isTooFast(String number) {
        Running at = running();
        return at.chance().falls("throttled", number, at.context().share("throttled", 0)) && throttledOnce.add(number);
    }

    /** Notes a submit and its answer in the book; takes it where the answer is {@code ok}. */
    final void note(String number, String id, String answer, String text) {
        Running at = running();
        Instant now = clock.instant();
        seen.add(number);
        at.book().write(now, at.context().link(), number, id, Book.Event.SUBMIT, "");
        at.book().write(now, at.context().link(), number, id, Book.Event.ANSWER, answer);
        if (answer.equals("ok")) {
            messages.incrementAndGet();
            if (texts.size() < at.context().integer("keepTexts", 0)) {
                texts.put(number, text);
            }
        }
    }

    /** Reports what was taken, later and some at a time. */
    final void reportLater(Map<String, String> idByNumber) {
        Running at = running();
        List<Map.Entry<String, String>> reported = new ArrayList<>();
        idByNumber.forEach((number, id) -> {
            if (!at.chance().falls("silent", number, at.context().share("silent", 0.02))) {
                reported.add(Map.entry(number, id));
            }
        });
        for (int copy = 0; copy < at.context().integer("reportCopies", 1); copy++) {
            for (int from = 0; from < reported.size(); from += LARGEST_CALLBACK) {
                List<Map.Entry<String, String>> some =
                        reported.subList(from, Math.min(reported.size(), from + LARGEST_CALLBACK));
                at.poster()
                        .later(at.context().integer("reportDelayMillis", 50), () -> postReports(at, List.copyOf(some)));
            }
        }
    }

    private void postReports(Running at, List<Map.Entry<String, String>> some) {
        ArrayNode array = JSON.createArrayNode();
        for (Map.Entry<String, String> one : some) {
            boolean delivered =
                    at.chance().falls("delivered", one.getKey(), at.context().share("delivered", 0.95));
            String stat = delivered ? "DELIVERED" : "UNDELIV";
            array.add(report(one.getValue(), one.getKey(), stat, time()));
            at.book()
                    .write(clock.instant(), at.context().link(), one.getKey(), one.getValue(), Book.Event.REPORT, stat);
        }
        post(array, () -> {
            for (Map.Entry<String, String> one : some) {
                reportsTaken.incrementAndGet();
                at.book()
                        .write(
                                clock.instant(),
                                at.context().link(),
                                one.getKey(),
                                one.getValue(),
                                Book.Event.REPORT_ANSWERED,
                                "ok");
            }
        });
    }

    private void post(JsonNode body, Runnable taken) {
        String text = body.toString();
        running().poster().post(new CallbackPoster.Callback() {
            @Override
            public HttpRequest.Builder request(URI gateway) {
                return HttpRequest.newBuilder(gateway.resolve("/callbacks/sms/" + provider + "?token=" + TOKEN))
                        .header("Content-Type", "application/json; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofString(text, StandardCharsets.UTF_8));
            }

            @Override
            public boolean takenBy(int status, String answer) {
                return status == 200 && answer.equals(success());
            }

            @Override
            public void taken() {
                taken.run();
            }
        });
    }

    private String time() {
        return LOCAL.format(LocalDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai")));
    }
}
