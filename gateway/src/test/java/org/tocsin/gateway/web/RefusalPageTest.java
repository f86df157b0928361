package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.web.console.Language;

@ExtendWith(RedisExtension.class)
class RefusalPageTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String API = "/api/v1/warnings";

    @Test
    void tellsABrowserUnderTheConsoleWhatToDoNext(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            assertPage(404, "没有这个页面", gateway.get(null, "/console/nothing"));
            assertPage(403, "请直接打开控制台", signIn(gateway, "https://evil.example"));
            assertPage(
                    415,
                    "检查后重新提交",
                    gateway.send(gateway.request("/console/sign-in")
                            .header("Origin", gateway.address())
                            .POST(BodyPublishers.ofString("{}"))
                            .build()));
            gateway.whyNot.set("the store is not there");
            HttpResponse<String> away = gateway.get(null, "/console/");
            assertPage(503, "请等待 5 秒后重试", away);
            assertEquals("5", away.headers().firstValue("Retry-After").orElseThrow());
        }
    }

    @Test
    void tellsWhoKnocksTooOftenHowLongToWait(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            HttpResponse<String> refused = Stream.generate(() -> signIn(gateway, "https://evil.example"))
                    .limit(800)
                    .filter(response -> response.statusCode() == 429)
                    .findFirst()
                    .orElseThrow();

            assertPage(429, "操作过于频繁", refused);
            assertTrue(refused.body()
                    .contains(
                            "请等待 " + refused.headers().firstValue("Retry-After").orElseThrow() + " 秒"));
        }
    }

    @Test
    void tellsABrowserElsewhereToo(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            assertPage(404, "没有这个页面", browse(gateway, "/nothing"));
            assertPage(401, "请在控制台登录", browse(gateway, API));
            gateway.whyNot.set("<script>alert(1)</script>");
            HttpResponse<String> away = browse(gateway, API);
            assertPage(503, "系统暂时不可用", away);
            assertTrue(away.body().contains("&lt;script&gt;"), away.body());
            assertFalse(away.body().contains("<script"), away.body());
        }
    }

    @Test
    void tellsProgramsInJson(Redis redis) {
        try (TestGateway gateway = new TestGateway(redis)) {
            for (String accept :
                    new String[] {"*/*", "application/json", "application/problem+json, text/html;q=0.5"}) {
                HttpResponse<String> response = gateway.send(
                        gateway.request(API).header("Accept", accept).build());

                assertEquals(401, response.statusCode());
                assertEquals(
                        "application/problem+json",
                        response.headers().firstValue("Content-Type").orElseThrow(),
                        accept);
            }
            assertEquals(
                    401, TestGateway.json(gateway.get(null, API)).path("status").asInt());
        }
    }

    @Test
    void anOutageTestThatFailsDoesNotHideTheFailure(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis)) {
            String id = gateway.posted("A1");
            gateway.reportFailure = new IllegalArgumentException("a defect");
            gateway.outageTestFailure = new IllegalStateException("another");

            HttpRequest request = gateway.as(Role.AUDITOR, gateway.request(API + "/" + id + "/coverage"))
                    .build();
            HttpResponse<Stream<String>> response = gateway.stream(request);

            assertEquals(500, response.statusCode());
            assertFalse(response.body().anyMatch(line -> line.contains("defect")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html | true",
                "TEXT/HTML;q=0.3 | true",
                "application/json;q=0.2,text/html;q=0.3 | true",
                "application/json,text/html | false",
                "text/html;q=0 | false",
                "text/html;q=x | false",
                ";;,,q=1 | false",
                "*/* | false",
                " | false",
            })
    void readsWhatABrowserWouldRatherHave(String accept, boolean html) {
        assertEquals(html, RefusalPage.prefersHtml(accept));
    }

    @Test
    void leavesWhatIsNoRefusal() {
        Answer answer = Answer.json(200, "fine");

        assertSame(answer, RefusalPage.of(answer, Language.ZH_CN));
    }

    @Test
    void hasWordsForEveryRefusalAndEscapesItsDetails() {
        for (int status : new int[] {400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503, 507}) {
            for (Language language : Language.values()) {
                Answer refusal = Answer.problem(status, "code", "<b>\"&").with("Allow", "GET");
                Answer page = RefusalPage.of(refusal, language);
                String html = new String(page.body(), UTF_8);

                assertEquals(status, page.status());
                assertEquals("GET", page.headers().get("Allow"));
                assertTrue(html.contains("&lt;b&gt;&quot;&amp;"), html);
                assertTrue(html.contains("<html lang=\"" + language.tag() + "\">"), html);
            }
        }
    }

    private static HttpResponse<String> browse(TestGateway gateway, String path) {
        return gateway.send(gateway.request(path).header("Accept", BROWSER).build());
    }

    private static HttpResponse<String> signIn(TestGateway gateway, String origin) {
        HttpRequest form = gateway.request("/console/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", origin)
                .POST(BodyPublishers.ofString("key=none"))
                .build();
        return gateway.send(form);
    }

    private static void assertPage(int status, String words, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(Answer.HTML, response.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(response.body().contains(words), response.body());
    }
}
