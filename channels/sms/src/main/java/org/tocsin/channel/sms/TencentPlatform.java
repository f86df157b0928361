package org.tocsin.channel.sms;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.Reply;

/**
 * A platform modelled on Tencent Cloud's SMS (2021-01-11): SendSms to up to 200 numbers, a SerialNo and a code for
 * each, signature TC3-HMAC-SHA256, reports and what people write as callbacks. Not tested against the platform itself.
 */
record TencentPlatform(HttpAccount account) implements HttpPlatform {
    private static final int LARGEST_GROUP = 200;
    private static final String ALGORITHM = "TC3-HMAC-SHA256";
    private static final String SERVICE = "sms";
    private static final String SIGNED = "content-type;host";
    private static final String TYPE = "application/json; charset=utf-8";
    private static final String SUCCESS = "{\"result\":0,\"errmsg\":\"OK\"}";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration AFTER_REFUSED_ACCOUNT = Duration.ofSeconds(30);
    private static final Duration AFTER_QUOTA = Duration.ofMinutes(1);

    static HttpAccount account(LinkSettings from) {
        return HttpAccount.read(from, "https://sms.tencentcloudapi.com", LARGEST_GROUP, true);
    }

    @Override
    public String name() {
        return "Tencent-like HTTP";
    }

    @Override
    public int largestGroup() {
        return account.group();
    }

    @Override
    public HttpExchange.Request request(List<String> numbers, String text, String extension, Instant now) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "PhoneNumberSet",
                numbers.stream().map(TencentPlatform::international).toList());
        fields.put("SmsSdkAppId", account.application());
        fields.put("TemplateId", account.template());
        fields.put("SignName", account.sheet().signature());
        fields.put("TemplateParamSet", List.of(text));
        if (!extension.isEmpty()) {
            fields.put("ExtendCode", extension);
        }
        byte[] body = Json.text(fields).getBytes(StandardCharsets.UTF_8);
        URI uri = URI.create(account.base() + "/");
        long seconds = now.getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", TYPE);
        headers.put("X-TC-Action", "SendSms");
        headers.put("X-TC-Version", "2021-01-11");
        headers.put("X-TC-Region", "ap-guangzhou");
        headers.put("X-TC-Timestamp", Long.toString(seconds));
        headers.put(
                "Authorization",
                authorization(account.key(), account.secret(), SERVICE, uri.getAuthority(), TYPE, body, seconds));
        return new HttpExchange.Request("POST", uri, headers, body, account.timeout());
    }

    private static String international(String number) {
        int from = Numbers.national(number);
        return Numbers.isChineseMobile(number, from) ? "+86" + number.substring(from) : "+" + number.substring(from);
    }

    /** The Authorization header of a POST. Source: Tencent Cloud's API 3.0, signature v3. */
    static String authorization(
            String key, String secret, String service, String host, String type, byte[] body, long seconds) {
        String date = LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC)
                .toString();
        String request =
                "POST\n/\n\ncontent-type:" + type + "\nhost:" + host + "\n\n" + SIGNED + "\n" + Signing.sha256(body);
        String scope = date + "/" + service + "/tc3_request";
        String text = ALGORITHM + "\n" + seconds + "\n" + scope + "\n" + Signing.sha256(request);
        byte[] ofDate = Signing.hmac(("TC3" + secret).getBytes(StandardCharsets.UTF_8), date);
        byte[] signing = Signing.hmac(Signing.hmac(ofDate, service), "tc3_request");
        return ALGORITHM + " Credential=" + key + "/" + scope + ", SignedHeaders=" + SIGNED + ", Signature="
                + Signing.hex(Signing.hmac(signing, text));
    }

    @Override
    public List<Outcome> read(JsonNode answer, List<String> numbers) {
        JsonNode response = answer.path("Response");
        String error = response.path("Error").path("Code").asText();
        if (!error.isEmpty()) {
            return List.of(outcome(Wire.code(error)));
        }
        Map<String, Outcome> said = new HashMap<>();
        for (JsonNode status : response.path("SendStatusSet")) {
            String code = status.path("Code").asText();
            String id = status.path("SerialNo").asText();
            if (code.equalsIgnoreCase("Ok") ? !id.isBlank() : !code.isEmpty()) {
                Outcome outcome = code.equalsIgnoreCase("Ok") ? new Outcome.Accepted(id) : outcome(Wire.code(code));
                said.put(Numbers.asNational(status.path("PhoneNumber").asText()), outcome);
            }
        }
        List<Outcome> outcomes = new ArrayList<>(numbers.size());
        for (String number : numbers) {
            Outcome outcome = said.get(Numbers.asNational(number));
            outcomes.add(outcome != null ? outcome : new Outcome.Deferred(Reason.UNANSWERED, "not named", SOON));
        }
        return said.isEmpty() ? List.of() : outcomes;
    }

    /** Source: the platform's list of error codes. */
    private static Outcome outcome(String code) {
        if (code.startsWith("RequestLimitExceeded")) {
            return new Outcome.Deferred(Reason.THROTTLED, code, SOON);
        }
        if (code.startsWith("AuthFailure") || code.startsWith("UnauthorizedOperation")) {
            return new Outcome.Deferred(Reason.UNAUTHORISED, code, AFTER_REFUSED_ACCOUNT);
        }
        if (code.startsWith("InternalError")) {
            return new Outcome.Deferred(Reason.CARRIER_ERROR, code, LATER);
        }
        if (code.startsWith("LimitExceeded")) {
            return new Outcome.Rejected(Reason.QUOTA, code);
        }
        return switch (code) {
            case "InvalidParameterValue.IncorrectPhoneNumber",
                    "UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber" ->
                new Outcome.Rejected(Reason.INVALID_ADDRESS, code);
            case "FailedOperation.PhoneNumberInBlacklist" -> new Outcome.Rejected(Reason.OPTED_OUT, code);
            case "FailedOperation.InsufficientBalanceInSmsPackage" ->
                new Outcome.Deferred(Reason.QUOTA, code, AFTER_QUOTA);
            case "FailedOperation.ContainSensitiveWord",
                    "FailedOperation.SignatureIncorrectOrUnapproved",
                    "FailedOperation.TemplateIncorrectOrUnapproved" ->
                new Outcome.Rejected(Reason.CONTENT_REFUSED, code);
            case "InvalidParameterValue.ContentLengthLimit", "InvalidParameterValue.TemplateParameterLengthLimit" ->
                new Outcome.Rejected(Reason.TOO_LONG, code);
            default -> new Outcome.Rejected(Reason.UNKNOWN_CODE, code);
        };
    }

    @Override
    public List<Object> callback(JsonNode body, Instant came) throws MalformedPdu {
        if (body.isObject()) {
            return List.of(reply(body, came));
        }
        if (!body.isArray()) {
            throw new MalformedPdu("neither an array nor an object");
        }
        List<Object> all = new ArrayList<>();
        for (JsonNode item : body) {
            all.add(receipt(item, came));
        }
        return all;
    }

    private static Reply reply(JsonNode item, Instant came) throws MalformedPdu {
        String number = item.path("mobile").asText();
        if (!Numbers.isNumber(number) || !item.path("text").isTextual()) {
            throw new MalformedPdu("no mobile or text");
        }
        String extension = item.path("extend").asText();
        JsonNode time = item.path("time");
        Instant at = time.isIntegralNumber() && time.longValue() > 0 && time.longValue() < 1L << 33
                ? Instant.ofEpochSecond(time.longValue())
                : came;
        return new Reply(
                null,
                Numbers.asNational(number),
                extension,
                extension,
                item.path("text").asText(),
                at);
    }

    private static Receipt receipt(JsonNode item, Instant came) throws MalformedPdu {
        String id = item.path("sid").asText();
        String number = item.path("mobile").asText();
        if (id.isEmpty() || !Numbers.isNumber(number)) {
            throw new MalformedPdu("no sid or mobile");
        }
        String status = item.path("report_status").asText();
        String code = Wire.code(item.path("errmsg").asText());
        Evidence evidence =
                switch (status) {
                    case "SUCCESS" -> Evidence.DELIVERED;
                    case "FAIL" -> Evidence.FAILED;
                    default -> Evidence.UNKNOWN;
                };
        Reason said = Stat.reason(code);
        Reason reason = evidence != Evidence.FAILED ? null : said == null ? Reason.UNDELIVERABLE : said;
        return new Receipt(
                id,
                Numbers.asNational(number),
                evidence,
                reason,
                code.isEmpty() ? Wire.code(status) : code,
                Times.local(item.path("user_receive_time").asText(), came));
    }

    @Override
    public CallbackAnswer success() {
        return new CallbackAnswer(200, "application/json; charset=utf-8", SUCCESS);
    }
}
