package org.tocsin.channel.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.TestClock;

class CallbacksTest {
    private static final Instant NOW = Instant.parse("2026-07-20T00:00:00Z");

    private final TestClock clock = new TestClock(NOW);
    private final List<Receipt> received = new ArrayList<>();
    private boolean keeping = true;
    private final Callbacks callbacks = new Callbacks(
            WechatSettings.read(new LinkSettings(
                    "wechat-main", Map.of("appid", "a", "secret", "s", "token", "t", "templateId", "p"))),
            clock,
            (receipt, kept) -> {
                received.add(receipt);
                kept.settled(keeping);
            });

    @Test
    void takesADeliveryAndAnswersSuccessWhenKept() throws Exception {
        CallbackAnswer answer = post(event("success"));

        assertEquals(200, answer.status());
        assertEquals("success", answer.body());
        assertEquals(List.of(receipt(Evidence.DELIVERED, null, "success")), received);
    }

    @Test
    void tellsWhyASendFailedAndKeepsTheUnknownAsReceived() throws Exception {
        post(event("failed:user block"));
        post(event("failed: system failed"));
        post(event("failed:something new"));

        assertEquals(
                List.of(
                        receipt(Evidence.FAILED, Reason.OPTED_OUT, "failed:user block"),
                        receipt(Evidence.FAILED, Reason.UNDELIVERABLE, "failed: system failed"),
                        receipt(Evidence.UNKNOWN, null, "failed:something new")),
                received);
    }

    @Test
    void doesNotAnswerSuccessForWhatCouldNotBeKept() throws Exception {
        keeping = false;

        assertEquals(503, post(event("success")).status());
    }

    @Test
    void refusesAWrongSignatureAndAMissingOne() throws Exception {
        Map<String, String> forged = Map.of("signature", "0".repeat(40), "timestamp", seconds(NOW), "nonce", "1");

        assertEquals(403, post(forged, event("success")).status());
        assertEquals(403, post(Map.of(), event("success")).status());
        assertEquals(List.of(), received);
    }

    @Test
    void refusesAReplayOfAnOldCallbackAndATimestampFromTheFuture() throws Exception {
        Map<String, String> signed = signed(NOW);

        clock.advance(Duration.ofMinutes(6));
        assertEquals(403, post(signed, event("success")).status());
        assertEquals(
                403,
                post(signed(NOW.plus(Duration.ofHours(1))), event("success")).status());
        assertEquals(List.of(), received);
    }

    @Test
    void refusesADoctypeAndReadsNoExternalEntity() throws Exception {
        String xxe = "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                + event("success").replace("42", "&e;");

        assertEquals(400, post(xxe).status());
        assertEquals(
                400,
                post("<!DOCTYPE xml SYSTEM \"http://127.0.0.1:1/x.dtd\">" + event("success"))
                        .status());
        assertEquals(List.of(), received);
    }

    @Test
    void refusesWhatIsNoXmlOrTooLargeOrTooDeepOrNamesNoMessage() throws Exception {
        assertEquals(400, post("").status());
        assertEquals(400, post("{\"Event\":1}").status());
        assertEquals(400, post("<xml><Event>TEMPLATESENDJOBFINISH").status());
        assertEquals(400, post("<a>".repeat(50) + "</a>".repeat(50)).status());
        assertEquals(400, post(event("success").replace("42", "")).status());
        assertEquals(400, post(event("success").replace("42", "1;DROP")).status());
        assertEquals(413, post("<xml>" + " ".repeat(70_000) + "</xml>").status());
        assertEquals(List.of(), received);
    }

    @Test
    void answersOtherEventsWithoutAReceipt() throws Exception {
        CallbackAnswer answer = post("<xml><MsgType>event</MsgType><Event>subscribe</Event></xml>");

        assertEquals(200, answer.status());
        assertEquals(List.of(), received);
    }

    private CallbackAnswer post(String xml) throws Exception {
        return post(signed(clock.instant()), xml);
    }

    private CallbackAnswer post(Map<String, String> query, String xml) throws Exception {
        return callbacks
                .take(new CallbackRequest(Map.of(), query, xml.getBytes(StandardCharsets.UTF_8)))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    private static Receipt receipt(Evidence evidence, @Nullable Reason reason, String code) {
        return new Receipt("42", "oPerson", evidence, reason, code, Instant.ofEpochSecond(1_400_000_000));
    }

    private static String event(String status) {
        return "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oPerson]]></FromUserName>"
                + "<CreateTime>1400000000</CreateTime><MsgType><![CDATA[event]]></MsgType>"
                + "<Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>42</MsgID><Status><![CDATA[" + status
                + "]]></Status></xml>";
    }

    private static Map<String, String> signed(Instant at) throws Exception {
        String text = Stream.of("t", seconds(at), "n").sorted().collect(Collectors.joining());
        String signature = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        return Map.of("signature", signature, "timestamp", seconds(at), "nonce", "n");
    }

    private static String seconds(Instant at) {
        return Long.toString(at.getEpochSecond());
    }
}
