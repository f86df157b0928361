package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.approval.Warning;

/** An HTTP answer, before it is sent. */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers, @Nullable SentFile file) {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";
    static final String HTML = "text/html; charset=utf-8";

    Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, null);
    }

    /** A file that is sent instead of a body. */
    static Answer file(SentFile file) {
        return new Answer(200, "application/octet-stream", new byte[0], Map.of(), file);
    }

    static Answer json(int status, Object value) {
        return new Answer(status, JSON, Json.bytes(value), Map.of());
    }

    static Answer json(byte[] json) {
        return new Answer(200, JSON, json, Map.of());
    }

    static Answer html(int status, String html) {
        return new Answer(status, HTML, html.getBytes(UTF_8), Map.of());
    }

    static Answer text(String contentType, String text) {
        return new Answer(200, contentType, text.getBytes(UTF_8), Map.of());
    }

    static Answer seeOther(String location) {
        return new Answer(303, "text/plain; charset=utf-8", new byte[0], Map.of("Location", location));
    }

    static Answer problem(int status, String code, String message) {
        return problem(status, List.of(new Problem("", code, message)), null);
    }

    /** RFC 9457, with the warning as it is now where there is one. */
    static Answer problem(int status, List<Problem> problems, @Nullable Warning current) {
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

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more, file);
    }
}
