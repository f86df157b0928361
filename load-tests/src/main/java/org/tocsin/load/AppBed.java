package org.tocsin.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.tocsin.load.figure.Latencies;
import org.tocsin.load.http.BareHttpServer;
import org.tocsin.load.http.HttpLoad;

/** A gateway whose county has the app, and a push platform that accepts all and reports when it is told to. */
final class AppBed {
    private static final String SECRET = "load-tests-callback-secret";
    private static final String PATH = "/callbacks/app/load";
    private static final int CONNECTIONS = 16;
    private static final JsonMapper JSON = new JsonMapper();

    private final Bench bench;
    private final GatewayProcess gateway;
    private final int recipients;
    private final AtomicInteger pushed = new AtomicInteger();
    private final BareHttpServer bare;
    private final AtomicInteger round = new AtomicInteger();
    private String warning = "";

    private AppBed(Bench bench, int recipients) throws IOException {
        this.bench = bench;
        this.recipients = recipients;
        BareHttpServer platform = bench.keep(BareHttpServer.start(this::platform));
        this.bare = bench.keep(BareHttpServer.constant("{\"status\":\"kept\"}"));
        StringBuilder settings = new StringBuilder("warning: {channels: app}\n").append(SmsBed.MATRIX);
        SmsBed.links(
                settings,
                Map.of(
                        "push",
                        Map.of(
                                "channel", "app",
                                "provider", "load",
                                "base", platform.address().toString(),
                                "key", "load-tests-push-key",
                                "callbackSecret", SECRET)));
        this.gateway = bench.gateway(settings.toString(), recipients);
        Path folder = bench.folder();
        gateway.load("divisions", County.divisions(folder, recipients));
        gateway.load("contacts", County.followers(folder, recipients));
    }

    static AppBed open(Bench bench, int recipients) throws IOException {
        return new AppBed(bench, recipients);
    }

    GatewayProcess gateway() {
        return gateway;
    }

    private byte @Nullable [] platform(String path, ByteBuf body) {
        if (!path.equals("/v1/push")) {
            return "{}".getBytes(StandardCharsets.UTF_8);
        }
        try (InputStream in = new ByteBufInputStream(body)) {
            JsonNode tokens = JSON.readTree(in).path("tokens");
            ObjectNode answer = JSON.createObjectNode();
            ArrayNode results = answer.putArray("results");
            for (JsonNode token : tokens) {
                results.addObject().put("token", token.asText()).put("messageId", id(token.asText()));
            }
            pushed.addAndGet(tokens.size());
            return JSON.writeValueAsBytes(answer);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String id(String token) {
        return "m" + round.get() + "-" + token;
    }

    /** Pushes a warning to all; its receipts are then due. */
    void push() throws IOException {
        round.incrementAndGet();
        pushed.set(0);
        warning = SmsBed.sign(gateway, bench.alerts().cap(Alert.Grade.RED, County.CODE, Alert.ONE_SEGMENT));
        bench.await("all to be pushed", () -> pushed.get() >= recipients);
        Bench.pause(1_000);
    }

    /**
     * Posts receipts of the last push for the first so many persons.
     *
     * @return receipts a second until the last is answered as kept
     * @throws IOException also when the gateway then counts other than so many as delivered
     */
    double report(int persons, int each) throws IOException {
        double rate = post(gateway.address(), persons, each);
        Counted.await(() -> gateway.delivered(warning, "app"), persons);
        return rate;
    }

    /** The same posts to a server that keeps nothing. */
    double bare(int persons, int each) throws IOException {
        return post(bare.address(), persons, each);
    }

    private double post(URI target, int persons, int each) throws IOException {
        int requests = (persons + each - 1) / each;
        HttpLoad.Request[] prepared = new HttpLoad.Request[requests];
        for (int at = 0; at < requests; at++) {
            prepared[at] = request(at * each, Math.min(persons, (at + 1) * each));
        }
        HttpLoad.Result result = HttpLoad.run(
                target, CONNECTIONS, requests, at -> prepared[at], new Latencies(), Duration.ofMinutes(10));
        if (result.good() != requests) {
            throw new IOException("of " + requests + " callbacks were answered " + result.statuses());
        }
        return persons / result.seconds();
    }

    private HttpLoad.Request request(int from, int to) {
        ArrayNode array = JSON.createArrayNode();
        String now = bench.clock().instant().toString();
        for (int person = from; person < to; person++) {
            String token = County.token(person);
            array.addObject()
                    .put("messageId", id(token))
                    .put("token", token)
                    .put("status", "delivered")
                    .put("code", "")
                    .put("at", now);
        }
        byte[] body = array.toString().getBytes(StandardCharsets.UTF_8);
        String timestamp = Long.toString(bench.clock().instant().getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return new HttpLoad.Request(
                    "POST",
                    PATH,
                    Map.of(
                            "Content-Type",
                            "application/json",
                            "X-Push-Timestamp",
                            timestamp,
                            "X-Push-Signature",
                            HexFormat.of().formatHex(mac.doFinal(body))),
                    body);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
