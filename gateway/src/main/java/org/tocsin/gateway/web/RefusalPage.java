package org.tocsin.gateway.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.web.console.Language;
import org.tocsin.gateway.web.console.Phrases;

/** A refusal as a page for people: what happened, what to do next. Programs get the same as problem+json. */
final class RefusalPage {
    private static final int MOST_DETAILS = 20;

    private RefusalPage() {}

    /** Whether a browser asks: under the console always, elsewhere when it would rather have HTML than JSON. */
    static boolean isWanted(HttpServerRequest request) {
        return isConsole(request.path()) || prefersHtml(request.getHeader("Accept"));
    }

    private static boolean isConsole(@Nullable String path) {
        return path != null && (path.equals("/console") || path.startsWith("/console/"));
    }

    /** Whether an Accept header names HTML with more weight than JSON; a star names nothing. */
    static boolean prefersHtml(@Nullable String accept) {
        double html = 0;
        double json = 0;
        for (String part :
                accept == null ? new String[0] : accept.toLowerCase(Locale.ROOT).split(",", 50)) {
            String[] words = part.split(";", 10);
            switch (words[0].strip()) {
                case "text/html", "application/xhtml+xml" -> html = Math.max(html, weight(words));
                case "application/json", "application/problem+json" -> json = Math.max(json, weight(words));
                default -> {
                    // Neither of the two forms that a refusal has.
                }
            }
        }
        return html > json;
    }

    private static double weight(String[] words) {
        for (int i = 1; i < words.length; i++) {
            String word = words[i].strip();
            if (word.startsWith("q=")) {
                return word.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)") ? Double.parseDouble(word.substring(2)) : 0;
            }
        }
        return 1;
    }

    /** The page of a refusal in a language, with its status and headers; an answer that is none stays as it is. */
    static Answer of(Answer answer, Language language) {
        if (!answer.contentType().equals(Answer.PROBLEM)) {
            return answer;
        }
        JsonNode errors = errors(answer);
        String seconds = answer.headers().get("Retry-After");
        Phrases phrases = Phrases.in(language);
        String key = "base.refusal."
                + named(answer.status(), errors.path(0).path("code").asText());
        String what = phrases.of(key);
        StringBuilder body = new StringBuilder("<main><h1>")
                .append(Html.text(what))
                .append("</h1><p>")
                .append(Html.text(phrases.of(key + ".next", seconds == null ? "60" : seconds)))
                .append("</p><details><summary>")
                .append(Html.text(phrases.of("base.refusal.details")))
                .append("</summary><ul class=\"quiet\">");
        for (int i = 0; i < Math.min(MOST_DETAILS, errors.size()); i++) {
            body.append("<li lang=\"en\">")
                    .append(Html.text(errors.path(i).path("message").asText()))
                    .append("</li>");
        }
        body.append("</ul></details><p><a href=\"/console/\">")
                .append(Html.text(phrases.of("base.refusal.home")))
                .append("</a></p></main>");
        Answer page = Answer.html(
                answer.status(),
                Html.page(language.tag(), phrases.of("base.error") + what + " · Tocsin", "", body.toString()));
        return new Answer(page.status(), page.contentType(), page.body(), answer.headers());
    }

    private static JsonNode errors(Answer answer) {
        try {
            return Json.read(answer.body()).path("errors");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String named(int status, String code) {
        return switch (status) {
            case 400, 415, 422 -> "unreadable";
            case 403 -> code.equals("origin") ? "403.origin" : "403";
            case 401, 404, 405, 409, 413, 429, 503, 507 -> Integer.toString(status);
            default -> "500";
        };
    }
}
