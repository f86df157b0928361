package org.tocsin.gateway.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The packaged gateway with its county and simulated carriers, an issuer and a signer in two browsers at once:
 * returned, mended, signed, watched to the goal, updated, cancelled, reported.
 */
@Tag("debian")
class SignAndWatchJourneyIT {
    private static final Pattern CONSOLE = Pattern.compile("Console +(https?://[^ ]+)/console/");
    private static final String ISSUER = "journey-issuer-key-0123";
    private static final String SIGNER = "journey-signer-key-0123";
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    private static Process demo;
    private static URI address;
    private static Playwright playwright;
    private static Browser browser;

    private final HttpClient http = HttpClient.newHttpClient();
    private final OffsetDateTime now = OffsetDateTime.now(ZoneOffset.ofHours(8)).withNano(0);

    @BeforeAll
    static void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target", "tocsin.jar").toAbsolutePath().toString(),
                "demo",
                "--residents",
                "10000",
                "--seed",
                "3");
        builder.environment().put("TOCSIN_BOOTSTRAP_KEYS", "issuer:" + ISSUER + ",signer:" + SIGNER);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        demo = builder.start();
        BufferedReader out = new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
        address = console(out);
        Thread reader = new Thread(() -> out.lines().forEach(line -> {}));
        reader.setDaemon(true);
        reader.start();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    private static URI console(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher console = CONSOLE.matcher(line);
            if (console.find()) {
                return URI.create(console.group(1));
            }
        }
        throw new IllegalStateException("the demo ended before it said where its console is");
    }

    @AfterAll
    static void end() throws InterruptedException {
        browser.close();
        playwright.close();
        demo.destroy();
        if (!demo.waitFor(60, TimeUnit.SECONDS)) {
            demo.destroyForcibly();
        }
    }

    @Test
    void goesFromADraftThroughReturnAndSignatureToTheGoalAndIsUpdatedCancelledAndReported() throws Exception {
        String id = post("J1", "Alert", "", "暴雨红色预警", true);
        try (BrowserContext phone = context(390);
                BrowserContext desk = context(1280)) {
            Page issuer = signedIn(phone, ISSUER);
            Page signer = signedIn(desk, SIGNER);

            go(issuer, "/console/warnings/" + id);
            twoSteps(issuer, "submit");
            assertThat(issuer.locator("#turn")).containsText("现在等签发人处理");
            assertEquals(0, issuer.locator("#approve").count(), "who submitted it cannot sign it");

            // The duty view of the signer hears of it.
            assertThat(signer.locator(".waits .mine")).containsText("暴雨红色预警");
            signer.locator(".waits .mine a").first().click();
            assertThat(signer.locator(".presence")).hasText("issuer 正在查看");
            assertThat(issuer.locator(".presence")).hasText("signer 正在查看");
            signer.locator("summary", new Page.LocatorOptions().setHasText("退回修改"))
                    .click();
            signer.locator("#reason-return").fill("写明小时雨量");
            signer.locator("form[action$='/return'] button").click();
            assertThat(signer.locator("#tags")).containsText("已退回");
            assertThat(issuer.locator("#changed")).isVisible();

            edit(id, alert("J1", "Alert", "", "暴雨红色预警").replace("将达100毫米", "每小时将达100毫米"));
            issuer.reload();
            assertThat(issuer.locator(".history")).containsText("写明小时雨量");
            twoSteps(issuer, "submit");

            go(signer, "/console/warnings/" + id);
            assertThat(signer.locator(".difference ins").first()).containsText("每小时");
            sign(signer);
            go(issuer, "/console/warnings/" + id);
            for (Page page : List.of(issuer, signer)) {
                assertThat(page.locator("#verdict")).containsText("达标", PATIENTLY);
                assertThat(page.locator("#tags")).containsText("生效中", PATIENTLY);
            }
            assertThat(signer.locator("#verdict"))
                    .hasText("达标", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
            assertThat(signer.locator("#channels tbody tr")).hasCount(6);
            assertTrue(signer.locator("#map [data-village].c3").count() > 300, "most villages meet the goal");

            String update = post("J2", "Update", "J1", "暴雨红色预警更新", false);
            go(signer, "/console/warnings/" + update);
            assertThat(signer.locator(".difference")).containsText("更新");
            sign(signer);
            assertThat(issuer.locator("main .note")).containsText("已由更新取代");

            go(issuer, "/console/warnings/" + update);
            assertThat(issuer.locator("#tags")).containsText("生效中", PATIENTLY);
            twoSteps(issuer, "cancel");
            assertThat(issuer.locator("h1")).containsText("请求签发");
            go(signer, issuer.url());
            assertThat(signer.locator("#approve")).containsText("此前已通知的");
            sign(signer);
            go(issuer, "/console/warnings/" + update);
            assertThat(issuer.locator("main .note")).containsText("已解除");

            go(signer, "/console/warnings/" + id + "/report");
            assertThat(signer.locator("h1")).containsText("达标：可证实触达");
        }
    }

    private static BrowserContext context(int width) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setBaseURL(address.toString()).setViewportSize(width, 844));
        context.setDefaultTimeout(30_000);
        return context;
    }

    private static Page signedIn(BrowserContext context, String key) {
        Page page = context.newPage();
        page.navigate("/console/");
        page.locator("details:has(#key) summary").click();
        page.locator("#key").fill(key);
        page.locator("details:has(#key) button").click();
        assertThat(page.locator("#duty")).isVisible();
        return page;
    }

    /** The page may just be loading itself anew, since its warning has changed, and so call this off: then again. */
    private static void go(Page page, String path) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(PlaywrightException.class)
                .until(() -> page.navigate(path) != null);
    }

    private static void twoSteps(Page page, String act) {
        page.locator("#acts a[href$='/" + act + "']").click();
        page.locator("form[action$='/" + act + "'] button").click();
    }

    private static void sign(Page page) {
        page.locator("#confirmed").check();
        page.locator("#approve button").click();
        assertThat(page.locator("#watch")).isVisible();
    }

    private String post(String identifier, String type, String before, String headline, boolean draft)
            throws IOException, InterruptedException {
        HttpResponse<String> posted = send(
                "POST", "/api/v1/warnings" + (draft ? "?draft=true" : ""), alert(identifier, type, before, headline));
        assertEquals(201, posted.statusCode(), posted.body());
        return new JsonMapper().readTree(posted.body()).path("id").asText();
    }

    private void edit(String id, String alert) throws IOException, InterruptedException {
        HttpResponse<String> there = send("GET", "/api/v1/warnings/" + id, "");
        HttpRequest.Builder put = request("/api/v1/warnings/" + id)
                .header("If-Match", there.headers().firstValue("ETag").orElseThrow());
        HttpResponse<String> edited = http.send(
                put.PUT(HttpRequest.BodyPublishers.ofString(alert)).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, edited.statusCode(), edited.body());
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + ISSUER)
                .header("Content-Type", "application/cap+xml");
    }

    private static String time(OffsetDateTime at) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").format(at);
    }

    private String alert(String identifier, String type, String before, String headline) {
        String references =
                before.isEmpty() ? "" : "<references>journey@xiayi," + before + "," + time(now) + "</references>";
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>%s</identifier>
                <sender>journey@xiayi</sender><sent>%s</sent><status>Actual</status><msgType>%s</msgType>
                <scope>Public</scope>%s<info><language>zh-CN</language><category>Met</category><event>暴雨</event>
                <urgency>Immediate</urgency><severity>Extreme</severity><certainty>Likely</certainty>
                <eventCode><valueName>国家突发事件预警信息发布系统</valueName><value>11B03</value></eventCode>
                <expires>%s</expires><headline>%s</headline><description>降雨量将达100毫米以上。</description>
                <instruction>请立即转移。</instruction><area><areaDesc>夏邑县</areaDesc><geocode>
                <valueName>CPEAS Geographic Code</valueName><value>411426000000</value></geocode></area></info></alert>
                """
                .formatted(identifier, time(now), type, references, time(now.plusHours(3)), headline);
    }
}
