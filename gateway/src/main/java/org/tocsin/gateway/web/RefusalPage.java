package org.tocsin.gateway.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A refusal as a page for people: what happened, what to do next. Programs get the same as problem+json. */
final class RefusalPage {
    private static final int MOST_DETAILS = 20;

    private record Words(String what, String next) {}

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

    /** The page of a refusal, with its status and headers; an answer that is none stays as it is. */
    static Answer of(Answer answer) {
        if (!answer.contentType().equals(Answer.PROBLEM)) {
            return answer;
        }
        JsonNode errors = errors(answer);
        String seconds = answer.headers().get("Retry-After");
        Words words = words(answer.status(), errors.path(0).path("code").asText(), seconds == null ? "60" : seconds);
        StringBuilder body = new StringBuilder("<main><h1>")
                .append(Html.text(words.what()))
                .append("</h1><p>")
                .append(Html.text(words.next()))
                .append("</p><details><summary>详情 Details</summary><ul class=\"quiet\">");
        for (int i = 0; i < Math.min(MOST_DETAILS, errors.size()); i++) {
            body.append("<li lang=\"en\">")
                    .append(Html.text(errors.path(i).path("message").asText()))
                    .append("</li>");
        }
        body.append("</ul></details><p><a href=\"/console/\">返回控制台 Back to the console</a></p></main>");
        Answer page = Answer.html(answer.status(), Html.page("错误：" + words.what() + " · Tocsin", body.toString()));
        return new Answer(page.status(), page.contentType(), page.body(), answer.headers());
    }

    private static JsonNode errors(Answer answer) {
        try {
            return Json.read(answer.body()).path("errors");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Words words(int status, String code, String seconds) {
        return switch (status) {
            case 400, 415, 422 ->
                new Words(
                        "提交的内容无法处理 What was sent cannot be taken",
                        "请返回上一页，检查后重新提交。 Go back, check what you entered, and send it again.");
            case 401 ->
                new Words(
                        "需要有效的访问密钥 A valid key is needed",
                        "请在控制台登录；没有密钥请联系管理员。 Sign in to the console; an administrator gives out the keys.");
            case 403 ->
                code.equals("origin")
                        ? new Words(
                                "请求不是从本站页面发出的，未执行 Not done: it did not come from this site's own page",
                                "请直接打开控制台，重新登录后再操作。 Open the console itself, sign in, and do it there.")
                        : new Words(
                                "您无权进行此操作 You may not do this",
                                "如工作需要，请联系管理员授权。 If your work needs it, ask an administrator for the role.");
            case 404 ->
                new Words(
                        "没有这个页面 There is no such page",
                        "请检查网址，或回到控制台从列表里找。 Check the address, or find it from the console's list.");
            case 405 ->
                new Words(
                        "这个地址不支持此操作 This address does not do that",
                        "请回到控制台，用页面上的按钮。 Go back to the console and use its buttons.");
            case 409 ->
                new Words("内容已有变化，未执行 Not done: it has changed meanwhile", "请重新打开后再试。 Open it again, then try again.");
            case 413 -> new Words("内容过长 It is too long", "请缩短后重新提交。 Shorten it and send it again.");
            case 429 ->
                new Words(
                        "操作过于频繁 Too many requests",
                        "请等待 " + seconds + " 秒后重试。 Wait " + seconds + " seconds, then try again.");
            case 503 ->
                new Words(
                        "系统暂时不可用 Not available at the moment",
                        "请等待 " + seconds + " 秒后重试；如仍不行，请通知值班管理员，并按预案改用其他发布手段。 Wait " + seconds
                                + " seconds, then try again; if it stays so, tell the administrator on duty and use your"
                                + " other means of warning.");
            case 507 ->
                new Words(
                        "磁盘空间不足，无法保存新内容 Too little disk is left to keep anything new",
                        "请立即通知管理员清理磁盘。 Tell an administrator at once to make room.");
            default ->
                new Words(
                        "系统出错，已记录 Something went wrong here; it was written down",
                        "请稍后重试；如仍不行，请把时间和操作告诉管理员。 Try again later; if it stays so, tell an administrator what you did and"
                                + " when.");
        };
    }
}
