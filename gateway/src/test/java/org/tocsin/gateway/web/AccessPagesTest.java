package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.AccessBench;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class AccessPagesTest {
    private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x>";

    private static HttpResponse<String> post(
            TestGateway gateway, String cookies, String path, Map<String, String> fields, @Nullable String origin) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = gateway.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        if (origin != null) {
            request.header("Origin", origin);
        }
        return gateway.send(request.build());
    }

    private static HttpResponse<String> post(
            TestGateway gateway, String cookies, String path, Map<String, String> fields) {
        return post(gateway, cookies, path, fields, gateway.address());
    }

    private static HttpResponse<String> page(TestGateway gateway, String cookies, String path) {
        return gateway.send(
                gateway.request(path).header("Cookie", cookies).GET().build());
    }

    private static String cookie(HttpResponse<String> response, String name) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not set: " + response.headers()));
    }

    private static String signedIn(TestGateway gateway, String name) {
        return cookie(
                post(gateway, "", "/console/sign-in", Map.of("name", name, "password", AccessBench.PASSWORD)),
                "tocsin-session");
    }

    @Test
    void signsInByPasswordAndCodeAndRenewsTheSessionsIdAtEachStep(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.people.person("zhang", Role.ADMIN);
            gateway.people.enrol("zhang");
            gateway.people.pass(Duration.ofSeconds(30));
            String fixed = "tocsin-session=AAAAAAAAAAAAAAAAAAAAAA; tocsin-sign-in=AAAAAAAAAAAAAAAAAAAAAA";

            HttpResponse<String> first = post(
                    gateway,
                    fixed,
                    "/console/sign-in",
                    Map.of("name", "zhang", "password", AccessBench.PASSWORD, "back", "/console/me"));
            assertEquals(303, first.statusCode());
            assertEquals(
                    "/console/sign-in/code?back=%2Fconsole%2Fme",
                    first.headers().firstValue("Location").orElseThrow());
            String step = cookie(first, "tocsin-sign-in");
            assertEquals(
                    303,
                    page(gateway, step.replace("tocsin-sign-in", "tocsin-session"), "/console/me")
                            .statusCode());
            HttpResponse<String> wrong = post(gateway, step, "/console/sign-in/code", Map.of("code", "000000"));
            assertEquals(401, wrong.statusCode());
            HttpResponse<String> second = post(
                    gateway,
                    step,
                    "/console/sign-in/code",
                    Map.of("code", gateway.people.code("zhang"), "back", "/console/me"));

            assertEquals("/console/me", second.headers().firstValue("Location").orElseThrow());
            String session = cookie(second, "tocsin-session");
            assertNotEquals(step.substring(step.indexOf('=')), session.substring(session.indexOf('=')));
            assertFalse(fixed.contains(session.substring(session.indexOf('=') + 1)));
            assertTrue(second.headers().allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith("tocsin-session="))
                    .allMatch(cookie -> cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict")));
            assertEquals(200, page(gateway, session, "/console/me").statusCode());
            assertEquals(303, page(gateway, fixed, "/console/me").statusCode());
        }
    }

    @Test
    void leadsNowhereButToTheConsoleAfterTheSignIn(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.people.person("zhang", Role.ADMIN);
            for (String back :
                    List.of("https://evil.example/", "//evil.example", "/console//evil.example", "/\\evil")) {
                HttpResponse<String> in = post(
                        gateway,
                        "",
                        "/console/sign-in",
                        Map.of("name", "zhang", "password", AccessBench.PASSWORD, "back", back));
                assertEquals("/console/", in.headers().firstValue("Location").orElseThrow(), back);
                assertTrue(page(gateway, "", "/console/sign-in?back=" + URLEncoder.encode(back, UTF_8))
                        .body()
                        .contains("<input type=\"hidden\" name=\"back\" value=\"/console/\">"));
            }
            assertEquals(
                    "/console/sign-in?back=%2Fconsole%2Fusers",
                    page(gateway, "tocsin-session=x", "/console/users")
                            .headers()
                            .firstValue("Location")
                            .orElseThrow());
        }
    }

    @Test
    void takesNoFormFromAnotherSitesPage(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.people.person("zhang", Role.ADMIN);
            String session = signedIn(gateway, "zhang");
            for (String path : List.of(
                    "/console/sign-in",
                    "/console/sign-in/code",
                    "/console/sign-in/password",
                    "/console/users",
                    "/console/users/zhang/reset",
                    "/console/me/password",
                    "/console/rights/1/confirm",
                    "/console/clients",
                    "/console/matrix")) {
                assertEquals(403, post(gateway, session, path, Map.of(), null).statusCode(), path);
                assertEquals(
                        403,
                        post(gateway, session, path, Map.of(), "https://evil.example")
                                .statusCode(),
                        path);
            }
        }
    }

    @Test
    void makesAUserWhoseRightsASecondPersonConfirms(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.people.person("zhang", Role.ADMIN);
            gateway.people.person("li", Role.ADMIN);
            String zhang = signedIn(gateway, "zhang");
            String li = signedIn(gateway, "li");
            gateway.people.enrol("li");

            HttpResponse<String> bad = post(
                    gateway,
                    zhang,
                    "/console/users",
                    Map.of("name", "Wang Wu", "displayName", HOSTILE, "divisions", "4"));
            assertEquals(422, bad.statusCode());
            assertTrue(bad.body().contains("value=\"Wang Wu\""), bad.body());
            assertTrue(bad.body().contains("href=\"#roles\""));
            assertFalse(bad.body().contains("<script>alert"));
            HttpResponse<String> made = post(
                    gateway,
                    zhang,
                    "/console/users",
                    Map.of("name", "wang", "displayName", "王五", "roles", "signer", "divisions", "411426"));
            assertEquals(303, made.statusCode(), made.body());

            String own = page(gateway, zhang, "/console/rights").body();
            assertFalse(own.contains("/confirm\""), "no button for what one may not do");
            String first = secret(own);
            Matcher id =
                    Pattern.compile("/console/rights/([0-9a-f]{16})/withdraw").matcher(own);
            assertTrue(id.find(), own);
            String confirm = "/console/rights/" + id.group(1) + "/confirm";
            assertEquals(403, post(gateway, zhang, confirm, Map.of()).statusCode());
            String others = page(gateway, li, "/console/rights").body();
            assertTrue(others.contains(confirm));
            assertFalse(others.contains(first), "the other half is the other's");
            assertEquals(
                    422,
                    post(gateway, li, confirm.replace("confirm", "refuse"), Map.of("reason", " "))
                            .statusCode());
            HttpResponse<String> confirmed = post(gateway, li, confirm, Map.of());
            assertEquals(200, confirmed.statusCode());
            String password = first + "-" + secret(confirmed.body());
            assertFalse(page(gateway, zhang, "/console/rights").body().contains(first), "it is decided");
            assertEquals(409, post(gateway, li, confirm, Map.of()).statusCode());
            assertTrue(page(gateway, li, "/console/users/wang").body().contains("411426"));

            HttpResponse<String> begun =
                    post(gateway, "", "/console/sign-in", Map.of("name", "wang", "password", password));
            assertEquals(
                    "/console/sign-in/password",
                    begun.headers().firstValue("Location").orElseThrow());
            String step = cookie(begun, "tocsin-sign-in");
            assertEquals(
                    422,
                    post(gateway, step, "/console/sign-in/password", Map.of("password", "short", "repeated", "x"))
                            .statusCode());
            HttpResponse<String> in = post(
                    gateway,
                    step,
                    "/console/sign-in/password",
                    Map.of("password", AccessBench.PASSWORD, "repeated", AccessBench.PASSWORD));
            String wang = cookie(in, "tocsin-session");
            assertEquals(403, page(gateway, wang, "/console/users").statusCode());
            assertEquals(
                    303, post(gateway, li, "/console/users/wang/lock", Map.of()).statusCode());
            assertEquals(303, page(gateway, wang, "/console/me").statusCode());
        }
    }

    private static String secret(String page) {
        Matcher secret = Pattern.compile("class=\"secret\">([a-z0-9-]+)<").matcher(page);
        assertTrue(secret.find(), page);
        return secret.group(1);
    }

    @Test
    void oneAdministratorResetsAnIssuerAloneAndAnotherAdministratorNot(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.people.person("zhang", Role.ADMIN);
            gateway.people.person("li", Role.ADMIN);
            gateway.people.personByAPerson("wang", Role.ISSUER);
            String zhang = signedIn(gateway, "zhang");

            assertEquals(
                    19,
                    secret(post(gateway, zhang, "/console/users/wang/reset", Map.of())
                                    .body())
                            .length());
            HttpResponse<String> taken = post(gateway, zhang, "/console/users/li/reset", Map.of());
            assertEquals(403, taken.statusCode());
            assertFalse(taken.body().contains("class=\"secret\""), taken.body());
            assertTrue(taken.body().contains("由另一名管理员确认"), taken.body());
            signedIn(gateway, "li");

            String page = page(gateway, zhang, "/console/users/li").body();
            assertFalse(page.contains("/console/users/li/reset"), "no button for what one may not do");
            assertTrue(page.contains("/console/users/li/password"));
            assertEquals(
                    303,
                    post(gateway, zhang, "/console/users/li/password", Map.of()).statusCode());
            assertEquals(
                    9, secret(page(gateway, zhang, "/console/rights").body()).length());
        }
    }

    @Test
    void setsASecondFactorUpOnlyWithThePassword(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.people.person("zhang", Role.ADMIN);
            String session = signedIn(gateway, "zhang");
            String page = page(gateway, session, "/console/me/second-factor").body();
            Matcher secret =
                    Pattern.compile("class=\"secret\">([A-Z2-7 ]{39})<").matcher(page);
            assertTrue(secret.find(), page);
            assertTrue(page.contains("<path d=\"M4 4h1v1h-1z"));
            String code = gateway.people.codeOf(secret.group(1));

            HttpResponse<String> without =
                    post(gateway, session, "/console/me/second-factor", Map.of("password", "wrong", "code", code));
            assertEquals(422, without.statusCode());
            assertTrue(without.body().contains(secret.group(1)), "the same secret is still there");
            HttpResponse<String> set = post(
                    gateway,
                    session,
                    "/console/me/second-factor",
                    Map.of("password", AccessBench.PASSWORD, "code", code));

            assertEquals(200, set.statusCode(), set.body());
            assertEquals(10, set.body().split("<li><code>", -1).length - 1);
            assertFalse(page(gateway, session, "/console/me").body().contains("<li><code>"), "told once");
            assertEquals(
                    303,
                    page(gateway, session, "/console/me/second-factor").statusCode(),
                    "another one asks for the code of now");
        }
    }

    @Test
    void showsAClientsKeyOnce(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.people.person("zhang", Role.ADMIN);
            gateway.people.person("li", Role.ADMIN);
            String zhang = signedIn(gateway, "zhang");
            String li = signedIn(gateway, "li");
            gateway.people.enrol("li");
            assertEquals(
                    303,
                    post(
                                    gateway,
                                    zhang,
                                    "/console/clients",
                                    Map.of(
                                            "id", "water",
                                            "displayName", "水利局",
                                            "roles", "agency",
                                            "senders", "water@xiayi.gov.cn"))
                            .statusCode());
            Matcher id = Pattern.compile("/console/rights/([0-9a-f]{16})/confirm")
                    .matcher(page(gateway, li, "/console/rights").body());
            assertTrue(id.find());
            post(gateway, li, "/console/rights/" + id.group(1) + "/confirm", Map.of());

            String told =
                    post(gateway, zhang, "/console/clients/water/key", Map.of()).body();
            Matcher key = Pattern.compile("class=\"secret\">([A-Za-z0-9]{43})<").matcher(told);
            assertTrue(key.find(), told);
            HttpResponse<String> posted = gateway.send(gateway.request("/api/v1/warnings")
                    .header("Authorization", "Bearer " + key.group(1))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"identifier\":\"A1\"}"))
                    .build());
            assertEquals(403, posted.statusCode(), "another sender's");
            assertTrue(posted.body().contains("scope.sender"));
            String client = page(gateway, zhang, "/console/clients/water").body();
            assertFalse(client.contains(key.group(1)));
            assertFalse(client.contains("action=\"/console/clients/water/key\""), "one alone makes no other");
            assertEquals(
                    403,
                    post(gateway, zhang, "/console/clients/water/key", Map.of()).statusCode());
            post(gateway, zhang, "/console/clients/water/new-key", Map.of());
            Matcher anew = Pattern.compile("/console/rights/([0-9a-f]{16})/confirm")
                    .matcher(page(gateway, li, "/console/rights").body());
            assertTrue(anew.find());
            post(gateway, li, "/console/rights/" + anew.group(1) + "/confirm", Map.of());
            assertTrue(post(gateway, zhang, "/console/clients/water/key", Map.of())
                    .body()
                    .contains("class=\"secret\""));
        }
    }

    @Test
    void theMatrixIsEditedAsATableAndTheSecondPersonSeesWhatChanges(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.people.person("zhang", Role.ADMIN);
            gateway.people.person("li", Role.ADMIN);
            String zhang = signedIn(gateway, "zhang");
            String li = signedIn(gateway, "li");
            gateway.people.enrol("li");
            String page = page(gateway, zhang, "/console/matrix").body();
            assertTrue(page.contains("name=\"dI-reviewers\"") && page.contains("name=\"r0-new\""), page);

            Map<String, String> typed = new java.util.HashMap<>(Map.of(
                    "machineSignOff", "IV",
                    "r0-new", "on",
                    "r0-levels", "III",
                    "r0-hazards", "11B00",
                    "r0-reviewers", "1",
                    "r0-signers", "1",
                    "r0-signedBy", "wang"));
            for (String level : List.of("I", "II", "III", "IV")) {
                typed.put("d" + level + "-reviewers", "0");
                typed.put("d" + level + "-signers", "1");
            }
            assertEquals(
                    303, post(gateway, zhang, "/console/matrix/table", typed).statusCode());

            String rights = page(gateway, li, "/console/rights").body();
            assertTrue(rights.contains("<del>") && rights.contains("<ins>"), rights);
            Matcher id =
                    Pattern.compile("/console/rights/([0-9a-f]{16})/confirm").matcher(rights);
            assertTrue(id.find());
            post(gateway, li, "/console/rights/" + id.group(1) + "/confirm", Map.of());
            page = page(gateway, zhang, "/console/matrix").body();
            assertTrue(page.contains("name=\"r0-hazards\" value=\"11B00\""), page);
            assertTrue(page.contains("name=\"r0-signedBy\" value=\"wang\""), page);
            assertTrue(page.contains("<option value=\"IV\" selected>"), page);

            typed.remove("r0-new");
            typed.put("r0-hazards", "bad\"><script>");
            HttpResponse<String> wrong = post(gateway, zhang, "/console/matrix/table", typed);
            assertEquals(422, wrong.statusCode());
            assertTrue(wrong.body().contains("value=\"bad&quot;&gt;&lt;script&gt;\""), "what was typed is kept");
        }
    }

    @Test
    void rendersEveryPageInBothLanguagesWithOneHeading(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.people.person("zhang", Role.ADMIN);
            gateway.people.person("li", Role.ADMIN);
            String zhang = signedIn(gateway, "zhang");
            post(gateway, zhang, "/console/matrix", Map.of("matrix", "machineSignOff: II"));
            post(gateway, zhang, "/console/users/li/password", Map.of());
            gateway.people
                    .desk
                    .rights()
                    .proposeNewClient(
                            gateway.people
                                    .desk
                                    .accounts()
                                    .find("li")
                                    .orElseThrow()
                                    .principal(),
                            "water",
                            HOSTILE.substring(0, 25),
                            AccessBench.grant(Role.AGENCY));
            for (String language : List.of("zh-CN", "en-US")) {
                for (String path : List.of(
                        "/console/sign-in",
                        "/console/sign-in/code",
                        "/console/sign-in/password",
                        "/console/me",
                        "/console/me/second-factor",
                        "/console/users",
                        "/console/users/li",
                        "/console/clients",
                        "/console/clients/admin",
                        "/console/rights",
                        "/console/matrix")) {
                    HttpResponse<String> shown = page(gateway, zhang + "; tocsin-language=" + language, path);
                    assertEquals(200, shown.statusCode(), path + shown.body());
                    assertTrue(shown.body().contains("<html lang=\"" + language + "\""), path);
                    assertEquals(1, shown.body().split("<h1>", -1).length - 1, path);
                    assertFalse(shown.body().contains("style=\""), path);
                    assertFalse(shown.body().contains("<script>"), path);
                }
            }
        }
    }

    @Test
    void holdsGuessesBackAndSaysForHowLong(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            gateway.people.person("zhang", Role.ADMIN);
            HttpResponse<String> last = post(gateway, "", "/console/sign-in", Map.of("name", "zhang", "password", "x"));
            for (int i = 0; i < 9; i++) {
                last = post(gateway, "", "/console/sign-in", Map.of("name", "zhang", "password", "guess " + i));
            }

            assertEquals(429, last.statusCode());
            assertTrue(last.headers().firstValue("Retry-After").isPresent());
            assertTrue(last.body().contains("value=\"zhang\""), "what was typed stays");
            assertFalse(last.body().contains("guess"), "but no password");
        }
    }
}
