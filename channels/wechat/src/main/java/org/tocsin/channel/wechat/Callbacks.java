package org.tocsin.channel.wechat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.ReceiptSink;

/**
 * Takes the platform's events. The platform signs the token, a timestamp and a nonce, not the body: so callbacks belong
 * behind TLS, and an old timestamp is refused.
 */
final class Callbacks {
    private static final int LARGEST_BODY = 64 * 1024;
    private static final CallbackAnswer SUCCESS = new CallbackAnswer(200, "text/plain; charset=utf-8", "success");
    private static final CallbackAnswer NOT_KEPT = new CallbackAnswer(503, "text/plain; charset=utf-8", "");

    private final WechatSettings settings;
    private final InstantSource clock;
    private final ReceiptSink receipts;

    Callbacks(WechatSettings settings, InstantSource clock, ReceiptSink receipts) {
        this.settings = settings;
        this.clock = clock;
        this.receipts = receipts;
    }

    CompletionStage<CallbackAnswer> take(CallbackRequest request) {
        if (!isSigned(request.query())) {
            return refuse(403);
        }
        if (request.body().length > LARGEST_BODY) {
            return refuse(413);
        }
        Map<String, String> event;
        try {
            event = FlatXml.read(request.body());
        } catch (FlatXml.Malformed malformed) {
            return refuse(400);
        }
        if (!"TEMPLATESENDJOBFINISH".equals(event.get("Event"))) {
            return CompletableFuture.completedStage(SUCCESS);
        }
        String msgId = event.getOrDefault("MsgID", "");
        String status = event.get("Status");
        if (!msgId.matches("[0-9]{1,32}") || status == null || status.length() > 200) {
            return refuse(400);
        }
        CompletableFuture<CallbackAnswer> answered = new CompletableFuture<>();
        receipts.accept(receipt(event, msgId, status), durable -> answered.complete(durable ? SUCCESS : NOT_KEPT));
        return answered;
    }

    private Receipt receipt(Map<String, String> event, String msgId, String status) {
        String openid = event.getOrDefault("FromUserName", "");
        Evidence evidence;
        Reason reason = null;
        switch (status.replace(" ", "")) {
            case "success" -> evidence = Evidence.DELIVERED;
            case "failed:userblock" -> {
                evidence = Evidence.FAILED;
                reason = Reason.OPTED_OUT;
            }
            case "failed:systemfailed" -> {
                evidence = Evidence.FAILED;
                reason = Reason.UNDELIVERABLE;
            }
            case "failed:freqlimit" -> {
                evidence = Evidence.FAILED;
                reason = Reason.THROTTLED;
            }
            default -> evidence = Evidence.UNKNOWN;
        }
        return new Receipt(msgId, openid.isEmpty() ? null : openid, evidence, reason, status, at(event));
    }

    private Instant at(Map<String, String> event) {
        String seconds = event.getOrDefault("CreateTime", "");
        return seconds.matches("[0-9]{1,11}") ? Instant.ofEpochSecond(Long.parseLong(seconds)) : clock.instant();
    }

    private boolean isSigned(Map<String, String> query) {
        String timestamp = query.getOrDefault("timestamp", "");
        String nonce = query.getOrDefault("nonce", "");
        String signed = Stream.of(settings.token(), timestamp, nonce).sorted().collect(Collectors.joining());
        byte[] expected = HexFormat.of().formatHex(sha1(signed)).getBytes(StandardCharsets.US_ASCII);
        byte[] given = query.getOrDefault("signature", "").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given) && isFresh(timestamp);
    }

    private boolean isFresh(String timestamp) {
        if (!timestamp.matches("[0-9]{1,11}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant())
                .abs();
        return age.compareTo(settings.replay()) <= 0;
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static CompletionStage<CallbackAnswer> refuse(int status) {
        return CompletableFuture.completedStage(new CallbackAnswer(status, "text/plain; charset=utf-8", ""));
    }
}
