package org.tocsin.channel.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.TestClock;

class CallbacksTest {
    private static final Instant NOW = Instant.parse("2026-07-20T00:00:00Z");
    private static final String SECRET = "0123456789abcdef";
    private static final String DELIVERED =
            "[{\"messageId\":\"m1\",\"token\":\"a\",\"status\":\"delivered\",\"at\":\"2026-07-20T07:59:00+08:00\"}]";

    private final TestClock clock = new TestClock(NOW);
    private final List<Receipt> received = new ArrayList<>();
    private int keepOnly = Integer.MAX_VALUE;
    private final Callbacks callbacks = new Callbacks(
            AppSettings.read(new LinkSettings(
                    "app-main", Map.of("base", "http://127.0.0.1:1", "key", "k", "callbackSecret", SECRET))),
            clock,
            (receipt, kept) -> {
                received.add(receipt);
                kept.settled(received.size() <= keepOnly);
            });

    @Test
    void takesAllReceiptsOfACallback() throws Exception {
        int status = post(
                """
                [{"messageId": "m1", "token": "a", "status": "delivered", "at": "2026-07-20T07:59:00+08:00"},
                 {"messageId": "m2", "status": "shown", "at": "2026-07-19T23:59:30Z"},
                 {"messageId": "m3", "status": "failed", "code": "UNREACHABLE"},
                 {"messageId": "m4", "status": "failed", "code": "WHO_KNOWS"},
                 {"messageId": "m5", "status": "teleported", "unknownField": [1]}]""");

        assertEquals(200, status);
        assertEquals(
                List.of(
                        new Receipt("m1", "a", Evidence.DELIVERED, null, "delivered", NOW.minusSeconds(60)),
                        new Receipt("m2", null, Evidence.SHOWN, null, "shown", NOW.minusSeconds(30)),
                        new Receipt("m3", null, Evidence.FAILED, Reason.UNREACHABLE, "failed UNREACHABLE", NOW),
                        new Receipt("m4", null, Evidence.FAILED, Reason.UNKNOWN_CODE, "failed WHO_KNOWS", NOW),
                        new Receipt("m5", null, Evidence.UNKNOWN, null, "teleported", NOW)),
                received);
    }

    @Test
    void answersWithAFailureWhenOneOfManyCouldNotBeKept() throws Exception {
        keepOnly = 1;

        assertEquals(
                503, post("[{\"messageId\":\"1\",\"status\":\"shown\"},{\"messageId\":\"2\",\"status\":\"shown\"}]"));
    }

    @Test
    void takesNoneWhereOneIsMalformed() throws Exception {
        assertEquals(400, post("[{\"messageId\":\"1\",\"status\":\"shown\"},{\"messageId\":\"2\"}]"));
        assertEquals(400, post("[{\"messageId\":\"1\",\"status\":\"shown\",\"at\":\"yesterday\"}]"));
        assertEquals(400, post("[{\"messageId\":\"1\",\"status\":\"shown\",\"at\":\"+999999999-01-01T00:00:00Z\"}]"));
        assertEquals(400, post("[{\"messageId\":{},\"status\":\"shown\"}]"));
        assertEquals(400, post("[{\"messageId\":\"" + "x".repeat(600) + "\",\"status\":\"shown\"}]"));
        assertEquals(400, post("[7]"));
        assertEquals(List.of(), received);
    }

    @Test
    void refusesWhatIsNoArrayOfReceipts() throws Exception {
        assertEquals(400, post(""));
        assertEquals(400, post("{}"));
        assertEquals(400, post("[{\"messageId\":\"1\",\"status\":\"shown\"}"));
        assertEquals(400, post(DELIVERED + "[]"));
        assertEquals(400, post("[".repeat(100_000)));
        assertEquals(200, post("[]"));
        assertEquals(List.of(), received);
    }

    @Test
    void refusesTooMuch() throws Exception {
        assertEquals(413, post(" ".repeat((2 << 20) + 1)));
        assertEquals(
                413,
                post("[" + "{\"messageId\":\"1\",\"status\":\"shown\"},".repeat(10_000)
                        + "{\"messageId\":\"1\",\"status\":\"shown\"}]"));
        assertEquals(List.of(), received);
    }

    @Test
    void refusesAWrongSignatureAnAlteredBodyAndAReplay() throws Exception {
        Map<String, String> signed = signed(NOW, DELIVERED);

        assertEquals(403, post(Map.of(), DELIVERED));
        assertEquals(403, post(signed, DELIVERED.replace("m1", "m2")));
        assertEquals(
                403,
                post(
                        Map.of(
                                "x-push-timestamp",
                                Long.toString(NOW.getEpochSecond() + 1),
                                "x-push-signature",
                                String.valueOf(signed.get("x-push-signature"))),
                        DELIVERED));
        clock.advance(Duration.ofMinutes(6));
        assertEquals(403, post(signed, DELIVERED));
        assertEquals(List.of(), received);
    }

    private int post(String body) throws Exception {
        return post(signed(clock.instant(), body), body);
    }

    private int post(Map<String, String> headers, String body) throws Exception {
        return callbacks
                .take(new CallbackRequest(headers, Map.of(), body.getBytes(StandardCharsets.UTF_8)))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS)
                .status();
    }

    private static Map<String, String> signed(Instant at, String body) throws Exception {
        String timestamp = Long.toString(at.getEpochSecond());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "x-push-timestamp",
                timestamp,
                "x-push-signature",
                HexFormat.of().formatHex(signature));
    }
}
