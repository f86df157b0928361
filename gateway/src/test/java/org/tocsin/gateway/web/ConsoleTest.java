package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class ConsoleTest {
    private static final String HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>";

    @Test
    void signsInWithAKeyByACookieThatScriptsAndOthersCannotUse(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> response = signIn(gateway, TestGateway.key(Role.SIGNER), gateway.address());
            String cookie = response.headers().firstValue("Set-Cookie").orElseThrow();

            assertEquals(303, response.statusCode());
            assertEquals("/console/", response.headers().firstValue("Location").orElseThrow());
            assertTrue(
                    cookie.matches(
                            "tocsin-session=[A-Za-z0-9_-]{22}; Path=/; Max-Age=[0-9]+; HttpOnly; SameSite=Strict"),
                    cookie);
            assertFalse(cookie.contains(TestGateway.key(Role.SIGNER)));
            assertEquals(200, page(gateway, session(response), "/console/").statusCode());
        }
    }

    @Test
    void refusesAWrongKeyAndForeignForms(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> wrong = signIn(gateway, "wrong-key-0123456789", gateway.address());

            assertEquals(401, wrong.statusCode());
            assertTrue(wrong.body().contains("role=\"alert\""));
            assertTrue(wrong.headers().firstValue("Set-Cookie").isEmpty());
            assertFalse(wrong.body().contains("wrong-key"));
            assertEquals(
                    403,
                    signIn(gateway, TestGateway.key(Role.SIGNER), "https://evil.example")
                            .statusCode());
            assertEquals(
                    403, signIn(gateway, TestGateway.key(Role.SIGNER), null).statusCode());
        }
    }

    @Test
    void takesFormsFromThePublicAddressThoughAProxyHidesTheHost(Redis redis) {
        try (TestGateway gateway =
                new TestGateway(redis, config -> config.withPublicUrl(PublicUrl.of("https://warn.example.org")))) {
            String key = TestGateway.key(Role.SIGNER);

            assertEquals(303, signIn(gateway, key, "https://warn.example.org").statusCode());
            assertEquals(303, signIn(gateway, key, gateway.address()).statusCode());
            assertEquals(403, signIn(gateway, key, "http://warn.example.org").statusCode());
            assertEquals(
                    403,
                    signIn(gateway, key, "https://warn.example.org.evil.example")
                            .statusCode());
        }
    }

    @Test
    void sendsWhoHasNoSessionToTheSignIn(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            for (String path : new String[] {"/console/", "/console/warnings/x"}) {
                HttpResponse<String> response = gateway.get(null, path);
                assertEquals(303, response.statusCode());
                assertEquals(
                        "/console/sign-in",
                        response.headers().firstValue("Location").orElseThrow());
            }
            assertEquals(
                    303, page(gateway, "tocsin-session=forged", "/console/").statusCode());
            assertEquals(
                    "/console/",
                    gateway.get(null, "/").headers().firstValue("Location").orElseThrow());
        }
    }

    @Test
    void endsASessionForGood(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String session = session(signIn(gateway, TestGateway.key(Role.SIGNER), gateway.address()));

            HttpResponse<String> out = form(gateway, session, gateway.address(), "/console/sign-out", Map.of());

            assertEquals(303, out.statusCode());
            assertTrue(out.headers().firstValue("Set-Cookie").orElseThrow().contains("Max-Age=0"));
            assertEquals(303, page(gateway, session, "/console/").statusCode());
        }
    }

    @Test
    void signsAWarningByItsPage(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String page = "/console/warnings/" + gateway.posted("A1");
            String signer = session(signIn(gateway, TestGateway.key(Role.SIGNER), gateway.address()));
            String issuer = session(signIn(gateway, TestGateway.key(Role.ISSUER), gateway.address()));

            assertTrue(page(gateway, signer, page).body().contains(page + "/approve"));
            assertFalse(page(gateway, issuer, page).body().contains(page + "/approve"));
            assertEquals(
                    403,
                    form(gateway, issuer, gateway.address(), page + "/approve", Map.of("version", "1"))
                            .statusCode());
            assertEquals(
                    403,
                    form(gateway, signer, "https://evil.example", page + "/approve", Map.of("version", "1"))
                            .statusCode());
            assertEquals(
                    400,
                    form(gateway, signer, gateway.address(), page + "/reject", Map.of("reason", " "))
                            .statusCode());
            assertEquals(
                    303,
                    form(gateway, signer, gateway.address(), page + "/approve", Map.of("version", "1"))
                            .statusCode());
            HttpResponse<String> late =
                    form(gateway, signer, gateway.address(), page + "/approve", Map.of("version", "1"));
            assertEquals(409, late.statusCode());
            assertTrue(late.body().contains("已签发 Signed"));
            assertTrue(page(gateway, issuer, page).body().contains(page + "/stop"));
            assertEquals(
                    404,
                    form(gateway, signer, gateway.address(), page + "/expire", Map.of())
                            .statusCode());
            assertEquals(404, page(gateway, signer, "/console/warnings/nothing").statusCode());
        }
    }

    @Test
    void escapesHostileWordsOnEveryPage(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.coverage = ("{\"residents\":10,\"verdict\":\"<b>\",\"channels\":{\"<i>\":{\"planned\":1}},"
                            + "\"divisions\":[{\"code\":\"\\\"><u>\",\"name\":\"<s>\"}]}")
                    .getBytes(UTF_8);
            HttpResponse<String> posted = gateway.post(
                    Role.ISSUER,
                    "/api/v1/warnings",
                    "{\"identifier\":\"A1\",\"headline\":\"" + HOSTILE.replace("\"", "\\\"") + "\"}");
            String id = TestGateway.json(posted).path("id").asText();
            gateway.post(Role.SIGNER, "/api/v1/warnings/" + id + "/approve", "{\"version\":1}");
            String open = TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/warnings/" + id))
                    .path("links")
                    .path("public")
                    .asText();
            String session = session(signIn(gateway, TestGateway.key(Role.SIGNER), gateway.address()));

            for (String body : new String[] {
                page(gateway, session, "/console/").body(),
                page(gateway, session, "/console/warnings/" + id).body(),
                gateway.get(null, open).body(),
                gateway.get(null, "/feeds/cap.atom").body()
            }) {
                assertTrue(body.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), body);
                assertFalse(body.contains("<script>"), body);
                assertFalse(body.contains("<img"), body);
                for (String tag : new String[] {"<b>", "<i>", "<u>", "<s>"}) {
                    assertFalse(body.contains(tag), tag);
                }
            }
        }
    }

    @Test
    void allowsNoForeignOrInlineCodeAndNoFrames(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            String session = session(signIn(gateway, TestGateway.key(Role.SIGNER), gateway.address()));
            HttpResponse<String> response = page(gateway, session, "/console/warnings/" + gateway.posted("A1"));
            String policy =
                    response.headers().firstValue("Content-Security-Policy").orElseThrow();

            assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"));
            assertTrue(policy.contains("frame-ancestors 'none'"));
            assertFalse(policy.contains("unsafe"));
            assertEquals(
                    "nosniff",
                    response.headers().firstValue("X-Content-Type-Options").orElseThrow());
            assertEquals(
                    "DENY", response.headers().firstValue("X-Frame-Options").orElseThrow());
            assertEquals(
                    "no-store", response.headers().firstValue("Cache-Control").orElseThrow());
            assertFalse(response.body().matches("(?s).*\\son[a-z]+=.*"));
            assertFalse(response.body().contains("style=\""));
            assertTrue(gateway.get(null, "/console/files/console.js").body().contains("EventSource"));
        }
    }

    @Test
    void buildsPagesThatAScreenReaderCanUse(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.coverage =
                    ("{\"residents\":10,\"confirmed\":8,\"lower\":8,\"estimate\":9,\"upper\":10,\"goal\":0.9,"
                                    + "\"verdict\":\"likely\",\"channels\":{\"sms\":{\"planned\":10,\"delivered\":8}},"
                                    + "\"divisions\":[{\"code\":\"411426101201\",\"name\":\"某村\",\"residents\":10}]}")
                            .getBytes(UTF_8);
            String session = session(signIn(gateway, TestGateway.key(Role.SIGNER), gateway.address()));
            String body = page(gateway, session, "/console/warnings/" + gateway.posted("A1"))
                    .body();

            assertTrue(body.contains("<html lang=\"zh-CN\">"));
            assertTrue(body.contains("<main") && body.contains("<header>") && body.contains("<nav "));
            assertTrue(body.contains("id=\"state\" role=\"status\""));
            assertEquals(1, body.split("<h1>", -1).length - 1);
            assertEquals(2, body.split("<caption", -1).length - 1);
            assertTrue(body.contains("<th scope=\"col\">") && body.contains("<th scope=\"row\">某村</th>"));
            assertTrue(body.contains("80.0 %"));
            assertTrue(body.contains("红色 Ⅰ级 Red"));
            assertTrue(body.contains("name=\"viewport\""));
        }
    }

    static HttpResponse<String> signIn(TestGateway gateway, String key, @Nullable String origin) {
        return form(gateway, null, origin, "/console/sign-in", Map.of("key", key));
    }

    static String session(HttpResponse<String> signedIn) {
        return signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    static HttpResponse<String> page(TestGateway gateway, String session, String path) {
        return gateway.send(gateway.request(path).header("Cookie", session).build());
    }

    private static HttpResponse<String> form(
            TestGateway gateway,
            @Nullable String session,
            @Nullable String origin,
            String path,
            Map<String, String> fields) {
        HttpRequest.Builder request = gateway.request(path).header("Content-Type", "application/x-www-form-urlencoded");
        if (session != null) {
            request.header("Cookie", session);
        }
        if (origin != null) {
            request.header("Origin", origin);
        }
        String body = new LinkedHashMap<>(fields)
                .entrySet().stream()
                        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        return gateway.send(request.POST(BodyPublishers.ofString(body)).build());
    }
}
