package org.tocsin.channel.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.ReceiptSink;

/** Takes a platform's receipts: all of a callback or none. */
final class Callbacks {
    private static final int LARGEST_BODY = 2 << 20;
    private static final int MOST_RECEIPTS = 10_000;
    private static final int LONGEST_TEXT = 512;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    private final AppSettings settings;
    private final InstantSource clock;
    private final ReceiptSink receipts;

    /** The callback is not as the protocol says. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;
    }

    Callbacks(AppSettings settings, InstantSource clock, ReceiptSink receipts) {
        this.settings = settings;
        this.clock = clock;
        this.receipts = receipts;
    }

    CompletionStage<CallbackAnswer> take(CallbackRequest request) {
        if (request.body().length > LARGEST_BODY) {
            return CompletableFuture.completedStage(answer(413, "too large"));
        }
        if (!isAuthentic(request)) {
            return CompletableFuture.completedStage(answer(403, "not authentic"));
        }
        List<Receipt> read;
        try {
            read = read(Json.read(request.body()));
        } catch (Malformed malformed) {
            return CompletableFuture.completedStage(answer(400, "malformed"));
        }
        if (read.size() > MOST_RECEIPTS) {
            return CompletableFuture.completedStage(answer(413, "too many"));
        }
        if (read.isEmpty()) {
            return CompletableFuture.completedStage(answer(200, "kept"));
        }
        CompletableFuture<CallbackAnswer> answered = new CompletableFuture<>();
        AtomicInteger open = new AtomicInteger(read.size());
        AtomicBoolean all = new AtomicBoolean(true);
        for (Receipt receipt : read) {
            receipts.accept(receipt, durable -> {
                if (!durable) {
                    all.set(false);
                }
                if (open.decrementAndGet() == 0) {
                    answered.complete(all.get() ? answer(200, "kept") : answer(503, "not kept"));
                }
            });
        }
        return answered;
    }

    private List<Receipt> read(JsonNode body) throws Malformed {
        if (!body.isArray()) {
            throw new Malformed();
        }
        List<Receipt> read = new ArrayList<>(body.size());
        for (JsonNode item : body) {
            String id = text(item, "messageId");
            String status = text(item, "status");
            if (id.isEmpty() || status.isEmpty()) {
                throw new Malformed();
            }
            read.add(receipt(id, text(item, "token"), status, text(item, "code"), at(item)));
        }
        return read;
    }

    private static Receipt receipt(String id, String token, String status, String code, Instant at) {
        Evidence evidence =
                switch (status) {
                    case "delivered" -> Evidence.DELIVERED;
                    // A tap shows that it was shown; it is no answer to the warning.
                    case "shown", "clicked" -> Evidence.SHOWN;
                    case "failed" -> Evidence.FAILED;
                    case "queued", "sent" -> Evidence.IN_PROGRESS;
                    default -> Evidence.UNKNOWN;
                };
        @Nullable Reason reason = evidence == Evidence.FAILED ? ErrorCodes.failure(code) : null;
        String asReceived = code.isEmpty() ? status : status + " " + code;
        return new Receipt(id, token.isEmpty() ? null : token, evidence, reason, asReceived, at);
    }

    private static String text(JsonNode item, String name) throws Malformed {
        JsonNode value = item.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!(value.isTextual() || value.isIntegralNumber()) || value.asText().length() > LONGEST_TEXT) {
            throw new Malformed();
        }
        return value.asText();
    }

    private Instant at(JsonNode item) throws Malformed {
        String at = text(item, "at");
        if (at.isEmpty()) {
            return clock.instant();
        }
        try {
            OffsetDateTime read = OffsetDateTime.parse(at);
            if (read.getYear() < FIRST_YEAR || read.getYear() > LAST_YEAR) {
                // Java reads years that no count of milliseconds holds.
                throw new Malformed();
            }
            return read.toInstant();
        } catch (DateTimeException malformed) {
            throw new Malformed();
        }
    }

    private boolean isAuthentic(CallbackRequest request) {
        Map<String, String> headers = request.headers();
        String timestamp = headers.getOrDefault("x-push-timestamp", "");
        byte[] expected =
                HexFormat.of().formatHex(hmac(timestamp, request.body())).getBytes(StandardCharsets.US_ASCII);
        byte[] given = headers.getOrDefault("x-push-signature", "").getBytes(StandardCharsets.UTF_8);
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

    private byte[] hmac(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(settings.callbackSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(timestamp.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) '.');
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static CallbackAnswer answer(int status, String text) {
        return new CallbackAnswer(status, "text/plain; charset=utf-8", text);
    }
}
