package org.tocsin.simulator.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tocsin.simulator.http.Form;
import org.tocsin.simulator.http.HttpStandIn;

/** A platform of the Aliyun-like shape, provider {@code simulated-aliyun}. */
public final class AliyunSimulator extends HttpSmsSimulator {
    private static final int LARGEST_GROUP = 1_000;

    /** Made by the service loader, and by tests. */
    public AliyunSimulator() {
        this(InstantSource.system());
    }

    /** With another time of day, for its book and what it writes. */
    public AliyunSimulator(InstantSource clock) {
        super("aliyun", clock);
    }

    @Override
    HttpStandIn.Reply serve(HttpStandIn.Request request) throws IOException {
        if (!isSigned(request)) {
            return refuse(400, "SignatureDoesNotMatch");
        }
        Map<String, String> fields = Form.read(request.text());
        List<String> numbers = List.of(fields.getOrDefault("PhoneNumbers", "").split(",", -1));
        if (!SIGNATURE.equals(fields.get("SignName"))) {
            return refuse(200, "isv.SMS_SIGNATURE_ILLEGAL");
        }
        if (!TEMPLATE.equals(fields.get("TemplateCode"))) {
            return refuse(200, "isv.SMS_TEMPLATE_ILLEGAL");
        }
        if (numbers.size() > LARGEST_GROUP) {
            return refuse(200, "isv.MOBILE_COUNT_OVER_LIMIT");
        }
        String text = JSON.readTree(fields.getOrDefault("TemplateParam", "{}"))
                .path("text")
                .asText();
        String refusal = refusal(numbers);
        if (!refusal.isEmpty()) {
            numbers.forEach(number -> note(number, "", refusal, text));
            return refuse(refusal.startsWith("Throttling") ? 400 : 200, refusal);
        }
        String id = nextId() + "^0";
        Map<String, String> taken = new HashMap<>();
        for (String number : numbers) {
            note(number, id, "ok", text);
            taken.put(number, id);
        }
        reportLater(taken);
        ObjectNode answer = JSON.createObjectNode();
        answer.put("Code", "OK").put("Message", "OK").put("RequestId", "r" + id).put("BizId", id);
        return HttpStandIn.Reply.json(200, answer.toString());
    }

    private String refusal(List<String> numbers) {
        if (numbers.stream().anyMatch(this::isIllegal)) {
            return "isv.MOBILE_NUMBER_ILLEGAL";
        }
        return numbers.stream().anyMatch(this::isTooFast) ? "Throttling.User" : "";
    }

    /** ACS3-HMAC-SHA256 over the headers that the request says are signed. */
    private static boolean isSigned(HttpStandIn.Request request) {
        String authorization = request.headers().getOrDefault("authorization", "");
        Map<String, String> said = new TreeMap<>();
        for (String part :
                authorization.substring(authorization.indexOf(' ') + 1).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                said.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        String names = said.getOrDefault("SignedHeaders", "");
        StringBuilder canonical = new StringBuilder("POST\n/\n\n");
        for (String name : names.split(";", -1)) {
            canonical
                    .append(name)
                    .append(':')
                    .append(request.headers().get(name))
                    .append('\n');
        }
        String digest = Hash.sha256(request.body());
        canonical.append('\n').append(names).append('\n').append(digest);
        String text = "ACS3-HMAC-SHA256\n" + Hash.sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
        String expected = Hash.hex(Hash.hmac(SECRET.getBytes(StandardCharsets.UTF_8), text));
        return names.contains("x-acs-content-sha256")
                && digest.equals(request.headers().get("x-acs-content-sha256"))
                && KEY.equals(said.get("Credential"))
                && expected.equals(said.get("Signature"));
    }

    private static HttpStandIn.Reply refuse(int status, String code) {
        return HttpStandIn.Reply.json(
                status,
                JSON.createObjectNode().put("Code", code).put("Message", code).toString());
    }

    @Override
    ObjectNode report(String id, String number, String stat, String time) {
        return JSON.createObjectNode()
                .put("phone_number", number)
                .put("send_time", time)
                .put("report_time", time)
                .put("success", stat.equals("DELIVERED"))
                .put("err_code", stat)
                .put("err_msg", stat)
                .put("sms_size", "1")
                .put("biz_id", id)
                .put("out_id", "");
    }

    @Override
    JsonNode reply(String from, String extension, String text, String time) {
        ArrayNode array = JSON.createArrayNode();
        array.add(JSON.createObjectNode()
                .put("phone_number", from)
                .put("content", text)
                .put("send_time", time)
                .put("dest_code", extension)
                .put("sign_name", SIGNATURE)
                .put("sequence_id", nextId()));
        return array;
    }

    @Override
    String success() {
        return "{\"code\":0,\"msg\":\"接收成功\"}";
    }
}
