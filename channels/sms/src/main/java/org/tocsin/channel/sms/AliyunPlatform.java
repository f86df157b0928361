package org.tocsin.channel.sms;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.Reply;

/**
 * A platform modelled on Alibaba Cloud's SMS (dysmsapi 2017-05-25): SendSms to up to 1,000 numbers, one BizId for all
 * of them, signature ACS3-HMAC-SHA256, reports by SmsReport and what people write by SmsUp. Not tested against the
 * platform itself.
 */
record AliyunPlatform(HttpAccount account, RandomGenerator random) implements HttpPlatform {
    private static final int LARGEST_GROUP = 1_000;
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final String SUCCESS = "{\"code\":0,\"msg\":\"接收成功\"}";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration AFTER_REFUSED_ACCOUNT = Duration.ofSeconds(30);
    private static final Duration AFTER_QUOTA = Duration.ofMinutes(1);

    static HttpAccount account(LinkSettings from) {
        return HttpAccount.read(from, "https://dysmsapi.aliyuncs.com", LARGEST_GROUP, false);
    }

    @Override
    public String name() {
        return "Aliyun-like HTTP";
    }

    @Override
    public int largestGroup() {
        return account.group();
    }

    @Override
    public HttpExchange.Request request(List<String> numbers, String text, String extension, Instant now) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("PhoneNumbers", numbers.stream().map(Numbers::asNational).collect(Collectors.joining(",")));
        fields.put("SignName", account.sheet().signature());
        fields.put("TemplateCode", account.template());
        fields.put("TemplateParam", Json.text(Map.of("text", text)));
        if (!extension.isEmpty()) {
            fields.put("SmsUpExtendCode", extension);
        }
        byte[] body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
        URI uri = URI.create(account.base() + "/");
        return new HttpExchange.Request("POST", uri, headers(uri, body, now), body, account.timeout());
    }

    private Map<String, String> headers(URI uri, byte[] body, Instant now) {
        TreeMap<String, String> signed = new TreeMap<>();
        signed.put("host", uri.getAuthority());
        signed.put("content-type", "application/x-www-form-urlencoded");
        signed.put("x-acs-action", "SendSms");
        signed.put("x-acs-version", "2017-05-25");
        signed.put("x-acs-date", now.truncatedTo(ChronoUnit.SECONDS).toString());
        signed.put("x-acs-signature-nonce", Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()));
        signed.put("x-acs-content-sha256", Signing.sha256(body));
        String names = String.join(";", signed.keySet());
        String canonical = signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        String request = "POST\n/\n\n" + canonical + "\n" + names + "\n" + signed.get("x-acs-content-sha256");
        String signature = Signing.hex(Signing.hmac(
                account.secret().getBytes(StandardCharsets.UTF_8), ALGORITHM + "\n" + Signing.sha256(request)));
        Map<String, String> headers = new LinkedHashMap<>(signed);
        // Set by whoever sends the request, from the same address.
        headers.remove("host");
        headers.put(
                "Authorization",
                ALGORITHM + " Credential=" + account.key() + ",SignedHeaders=" + names + ",Signature=" + signature);
        return headers;
    }

    @Override
    public List<Outcome> read(JsonNode answer, List<String> numbers) {
        String code = answer.path("Code").asText();
        if (code.isEmpty()) {
            return List.of();
        }
        if (!code.equals("OK")) {
            return List.of(outcome(Wire.code(code)));
        }
        String id = answer.path("BizId").asText();
        if (id.isBlank()) {
            return List.of();
        }
        List<Outcome> outcomes = new ArrayList<>(numbers.size());
        for (String number : numbers) {
            outcomes.add(new Outcome.Accepted(reference(id, number)));
        }
        return outcomes;
    }

    /** All numbers of a request share its BizId, so a number is part of its reference. */
    private static String reference(String id, String number) {
        return id + ":" + Numbers.asNational(number);
    }

    /** Source: the platform's list of error codes. */
    private static Outcome outcome(String code) {
        if (code.startsWith("Throttling")) {
            return new Outcome.Deferred(Reason.THROTTLED, code, SOON);
        }
        if (code.startsWith("InvalidAccessKeyId") || code.startsWith("Forbidden")) {
            return new Outcome.Deferred(Reason.UNAUTHORISED, code, AFTER_REFUSED_ACCOUNT);
        }
        return switch (code) {
            case "isv.MOBILE_NUMBER_ILLEGAL" -> new Outcome.Rejected(Reason.INVALID_ADDRESS, code);
            case "isv.BUSINESS_LIMIT_CONTROL" -> new Outcome.Rejected(Reason.QUOTA, code);
            case "isv.AMOUNT_NOT_ENOUGH", "isv.OUT_OF_SERVICE", "isv.DAY_LIMIT_CONTROL" ->
                new Outcome.Deferred(Reason.QUOTA, code, AFTER_QUOTA);
            case "SignatureDoesNotMatch", "isv.ACCOUNT_NOT_EXISTS", "isv.ACCOUNT_ABNORMAL", "isp.RAM_PERMISSION_DENY" ->
                new Outcome.Deferred(Reason.UNAUTHORISED, code, AFTER_REFUSED_ACCOUNT);
            case "isv.SMS_SIGNATURE_ILLEGAL",
                    "isv.SMS_TEMPLATE_ILLEGAL",
                    "isv.TEMPLATE_MISSING_PARAMETERS",
                    "isv.BLACK_KEY_CONTROL_LIMIT",
                    "isv.SMS_CONTENT_ILLEGAL" -> new Outcome.Rejected(Reason.CONTENT_REFUSED, code);
            case "isv.PARAM_LENGTH_LIMIT" -> new Outcome.Rejected(Reason.TOO_LONG, code);
            case "isp.SYSTEM_ERROR", "InternalError", "ServiceUnavailable" ->
                new Outcome.Deferred(Reason.CARRIER_ERROR, code, LATER);
            default -> new Outcome.Rejected(Reason.UNKNOWN_CODE, code);
        };
    }

    @Override
    public List<Object> callback(JsonNode body, Instant came) throws MalformedPdu {
        if (!body.isArray()) {
            throw new MalformedPdu("no array");
        }
        List<Object> all = new ArrayList<>();
        for (JsonNode item : body) {
            String number = item.path("phone_number").asText();
            if (!Numbers.isNumber(number)) {
                throw new MalformedPdu("no phone_number");
            }
            all.add(item.has("content") ? reply(item, number, came) : receipt(item, number, came));
        }
        return all;
    }

    private static Reply reply(JsonNode item, String number, Instant came) {
        String extension = item.path("dest_code").asText();
        String id = item.path("sequence_id").asText();
        return new Reply(
                id.isEmpty() ? null : id,
                Numbers.asNational(number),
                extension,
                extension,
                item.path("content").asText(),
                Times.local(item.path("send_time").asText(), came));
    }

    private static Receipt receipt(JsonNode item, String number, Instant came) throws MalformedPdu {
        String id = item.path("biz_id").asText();
        if (!item.path("success").isBoolean() || id.isEmpty()) {
            throw new MalformedPdu("no success or biz_id");
        }
        boolean success = item.path("success").booleanValue();
        String code = Wire.code(item.path("err_code").asText());
        Reason said = Stat.reason(code);
        return new Receipt(
                reference(id, number),
                Numbers.asNational(number),
                success ? Evidence.DELIVERED : Evidence.FAILED,
                success ? null : said == null ? Reason.UNDELIVERABLE : said,
                code,
                Times.local(item.path("report_time").asText(), came));
    }

    @Override
    public CallbackAnswer success() {
        return new CallbackAnswer(200, "application/json; charset=utf-8", SUCCESS);
    }
}
