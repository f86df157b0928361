package org.tocsin.gateway.web;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.tocsin.gateway.access.Role;

/** Somebody who is signed in to the console of a test's gateway, without a browser. */
final class ConsoleVisitor {
    private final TestGateway gateway;
    private final String cookie;

    private ConsoleVisitor(TestGateway gateway, String cookie) {
        this.gateway = gateway;
        this.cookie = cookie;
    }

    static ConsoleVisitor of(TestGateway gateway, Role role) {
        String session =
                gateway.rooms().sessions().open(TestGateway.key(role), "").orElseThrow();
        return new ConsoleVisitor(gateway, "tocsin-session=" + session);
    }

    /** Who has a session's cookie, {@code name=value}. */
    static ConsoleVisitor of(TestGateway gateway, String cookie) {
        return new ConsoleVisitor(gateway, cookie);
    }

    /** The same person, in English. */
    ConsoleVisitor inEnglish() {
        return new ConsoleVisitor(gateway, cookie + "; tocsin-language=en-US");
    }

    HttpResponse<String> get(String path) {
        return gateway.send(gateway.request(path).header("Cookie", cookie).GET().build());
    }

    /** Posts a form of names and values by turns. */
    HttpResponse<String> post(String path, String... fields) {
        StringBuilder body = new StringBuilder();
        for (int at = 0; at < fields.length; at += 2) {
            body.append(at == 0 ? "" : "&")
                    .append(encoded(fields[at]))
                    .append('=')
                    .append(encoded(fields[at + 1]));
        }
        return send(path, "application/x-www-form-urlencoded", body.toString());
    }

    /** Posts a file with one field beside it. */
    HttpResponse<String> upload(String path, String kind, String fileName, String content) {
        String body = "--frame\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n" + kind
                + "\r\n--frame\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                + "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n--frame--\r\n";
        return send(path, "multipart/form-data; boundary=frame", body);
    }

    private HttpResponse<String> send(String path, String type, String body) {
        HttpRequest request = gateway.request(path)
                .header("Cookie", cookie)
                .header("Origin", gateway.address())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        return gateway.send(request);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
