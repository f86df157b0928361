package org.tocsin.simulator.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.tocsin.simulator.http.HttpStandIn;

/** A platform of the Tencent-like shape, provider {@code simulated-tencent}. */
public final class TencentSimulator extends HttpSmsSimulator {
    private static final String APPLICATION = "1400000001";
    private static final int LARGEST_GROUP = 200;

    /** Made by the service loader, and by tests. */
    public TencentSimulator() {
        this(InstantSource.system());
    }

    /** With another time of day, for its book and what it writes. */
    public TencentSimulator(InstantSource clock) {
        super("tencent", clock);
    }

    @Override
    Map<String, String> more() {
        return Map.of("application", APPLICATION);
    }

    @Override
    HttpStandIn.Reply serve(HttpStandIn.Request request) throws IOException {
        if (!isSigned(request)) {
            return refuse("AuthFailure.SignatureFailure");
        }
        JsonNode body = JSON.readTree(request.body());
        if (!SIGNATURE.equals(body.path("SignName").asText())) {
            return refuse("FailedOperation.SignatureIncorrectOrUnapproved");
        }
        if (!TEMPLATE.equals(body.path("TemplateId").asText())
                || !APPLICATION.equals(body.path("SmsSdkAppId").asText())) {
            return refuse("FailedOperation.TemplateIncorrectOrUnapproved");
        }
        if (body.path("PhoneNumberSet").size() > LARGEST_GROUP) {
            return refuse("LimitExceeded.PhoneNumberCountLimit");
        }
        String text = body.path("TemplateParamSet").path(0).asText();
        ObjectNode response = JSON.createObjectNode();
        ArrayNode statuses = response.putArray("SendStatusSet");
        Map<String, String> taken = new HashMap<>();
        for (JsonNode entry : body.path("PhoneNumberSet")) {
            String number = entry.asText().replaceFirst("^\\+86", "");
            String id = "2640:" + nextId();
            String code = isIllegal(number)
                    ? "InvalidParameterValue.IncorrectPhoneNumber"
                    : isTooFast(number) ? "RequestLimitExceeded" : "Ok";
            boolean ok = code.equals("Ok");
            note(number, id, ok ? "ok" : code, text);
            if (ok) {
                taken.put(number, id);
            }
            statuses.addObject()
                    .put("SerialNo", ok ? id : "")
                    .put("PhoneNumber", entry.asText())
                    .put("Fee", ok ? 1 : 0)
                    .put("SessionContext", "")
                    .put("Code", code)
                    .put("Message", code)
                    .put("IsoCode", "CN");
        }
        reportLater(taken);
        return HttpStandIn.Reply.json(
                200, JSON.createObjectNode().set("Response", response).toString());
    }

    /** TC3-HMAC-SHA256 over content-type and host. */
    private static boolean isSigned(HttpStandIn.Request request) {
        Map<String, String> headers = request.headers();
        String authorization = headers.getOrDefault("authorization", "");
        int credential = authorization.indexOf("Credential=" + KEY + "/");
        int signature = authorization.indexOf("Signature=");
        if (credential < 0 || signature < 0) {
            return false;
        }
        String scope = authorization.substring(
                credential + "Credential=".length() + KEY.length() + 1, authorization.indexOf(',', credential));
        String date = scope.substring(0, scope.indexOf('/'));
        String canonical = "POST\n/\n\ncontent-type:" + headers.get("content-type") + "\nhost:" + headers.get("host")
                + "\n\ncontent-type;host\n" + Hash.sha256(request.body());
        String text = "TC3-HMAC-SHA256\n" + headers.get("x-tc-timestamp") + "\n" + scope + "\n"
                + Hash.sha256(canonical.getBytes(StandardCharsets.UTF_8));
        byte[] key = Hash.hmac(("TC3" + SECRET).getBytes(StandardCharsets.UTF_8), date);
        key = Hash.hmac(Hash.hmac(key, "sms"), "tc3_request");
        return authorization.substring(signature + "Signature=".length()).equals(Hash.hex(Hash.hmac(key, text)));
    }

    private static HttpStandIn.Reply refuse(String code) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("Response")
                .put("RequestId", "r")
                .putObject("Error")
                .put("Code", code)
                .put("Message", code);
        return HttpStandIn.Reply.json(200, answer.toString());
    }

    @Override
    ObjectNode report(String id, String number, String stat, String time) {
        return JSON.createObjectNode()
                .put("user_receive_time", time)
                .put("nationcode", "86")
                .put("mobile", number)
                .put("report_status", stat.equals("DELIVERED") ? "SUCCESS" : "FAIL")
                .put("errmsg", stat.equals("DELIVERED") ? "DELIVRD" : stat)
                .put("description", stat)
                .put("sid", id);
    }

    @Override
    JsonNode reply(String from, String extension, String text, String time) {
        return JSON.createObjectNode()
                .put("extend", extension)
                .put("mobile", from)
                .put("nationcode", "86")
                .put("sign", SIGNATURE)
                .put("text", text)
                .put("time", 1_784_505_600L);
    }

    @Override
    String success() {
        return "{\"result\":0,\"errmsg\":\"OK\"}";
    }
}
