package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.approval.Warning;

/**
 * An HTTP answer, before it is sent.
 *
 * @param status the HTTP status
 * @param contentType the media type of the body
 * @param body the body; empty where a file is sent instead
 * @param headers more headers; they replace those that every answer has
 * @param file what is sent instead of a body; null for the body
 */
public record Answer(
        int status, String contentType, byte[] body, Map<String, String> headers, @Nullable SentFile file) {
    /** JSON. */
    public static final String JSON = "application/json";
    /** RFC 9457. */
    public static final String PROBLEM = "application/problem+json";
    /** A page. */
    public static final String HTML = "text/html; charset=utf-8";

    /** With a body. */
    public Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, null);
    }

    /** A file that is sent instead of a body. */
    public static Answer file(SentFile file) {
        return new Answer(200, "application/octet-stream", new byte[0], Map.of(), file);
    }

    /** JSON of a value. */
    public static Answer json(int status, Object value) {
        return new Answer(status, JSON, Json.bytes(value), Map.of());
    }

    /** JSON that is written already, with 200. */
    public static Answer json(byte[] json) {
        return new Answer(200, JSON, json, Map.of());
    }

    /** A page. */
    public static Answer html(int status, String html) {
        return new Answer(status, HTML, html.getBytes(UTF_8), Map.of());
    }

    /** Text of some type, with 200. */
    public static Answer text(String contentType, String text) {
        return new Answer(200, contentType, text.getBytes(UTF_8), Map.of());
    }

    /** Go and get that one: 303. */
    public static Answer seeOther(String location) {
        return new Answer(303, "text/plain; charset=utf-8", new byte[0], Map.of("Location", location));
    }

    /** RFC 9457 with one error that is of no place. */
    public static Answer problem(int status, String code, String message) {
        return problem(status, List.of(new Problem("", code, message)), null);
    }

    /** RFC 9457, with the warning as it is now where there is one. */
    public static Answer problem(int status, List<Problem> problems, @Nullable Warning current) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", Statuses.title(status));
        body.put("status", status);
        if (!problems.isEmpty()) {
            body.put("detail", problems.get(0).message());
        }
        body.put("errors", problems);
        if (current != null) {
            body.put("warning", WarningJson.of(current));
        }
        return new Answer(status, PROBLEM, Json.bytes(body), Map.of());
    }

    /** The same with one header more. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more, file);
    }
}
