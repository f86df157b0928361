package org.tocsin.gateway.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.Summaries;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

/** The console in Debian's Chromium, by mouse and by keyboard. */
@Tag("debian")
@ExtendWith(RedisExtension.class)
class ConsoleBrowserIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final String HOSTILE =
            "</title></script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Set<String> hosts = new LinkedHashSet<>();
    private TestGateway gateway;
    private BrowserContext context;
    private Page page;
    private boolean gone;

    @BeforeAll
    static void launch() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(FLAGS));
    }

    @AfterAll
    static void quit() {
        browser.close();
        playwright.close();
    }

    @BeforeEach
    void open(Redis redis) {
        gateway = new TestGateway(redis);
        context = browser.newContext(new Browser.NewContextOptions().setBaseURL(gateway.address()));
        context.setDefaultTimeout(15_000);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text() + " " + message.location());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> hosts.add(URI.create(request.url()).getAuthority()));
    }

    @AfterEach
    void close() {
        context.close();
        if (!gone) {
            gateway.close();
        }
    }

    @Test
    void signsInReadsAndSignsAWarningAndSignsOut() {
        String id = gateway.posted("A1");
        gateway.coverage = coverage(3, 40);
        signIn(Role.SIGNER);
        assertThat(page).hasTitle("预警 Warnings · Tocsin");
        page.locator("tbody a").click();

        assertThat(page.locator("#state")).hasText("待签发 Awaiting signature");
        assertThat(page.locator("#channels tbody tr")).hasCount(2);
        assertThat(page.locator("#channels [data-channel=sms] meter")).isVisible();
        assertThat(page.locator("#channels [data-channel=sms] th")).hasText("短信 SMS");
        assertThat(page.locator("#channels [data-channel=sms] [data-rate]")).hasText("40.0 %");
        assertThat(page.locator("#divisions tbody tr")).hasCount(2);
        assertThat(page.locator("#divisions")).containsText("某村");

        page.locator("summary", new Page.LocatorOptions().setHasText("签发 Sign")).click();
        page.locator("form[action$='/approve'] input[type=checkbox]").check();
        page.locator("form[action$='/approve'] button").click();

        assertThat(page.locator("#state")).hasText("已签发 Signed");
        assertThat(page.locator("form[action$='/approve']")).hasCount(0);
        assertEquals(
                "signed",
                TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/warnings/" + id))
                        .path("state")
                        .asText());

        page.locator("header button").click();
        assertThat(page).hasURL(Pattern.compile(".*/console/sign-in$"));
        page.navigate("/console/warnings/" + id);
        assertThat(page).hasURL(Pattern.compile(".*/console/sign-in$"));
        nothingAmiss();
    }

    @Test
    void showsNewFiguresAsTheyComeWithoutAReload() {
        String id = gateway.signed("A1");
        gateway.coverage = coverage(3, 40);
        signIn(Role.AUDITOR);
        page.navigate("/console/warnings/" + id);
        assertThat(page.locator("#stream")).containsText("实时 Live");
        page.evaluate("window.sameDocument = true");

        gateway.coverage = coverage(8, 95);
        gateway.server.coverageChanged(id);

        assertThat(page.locator("dl [data-figure=confirmed]")).hasText("8");
        assertThat(page.locator("dl [data-share=confirmed]")).hasText("80.0 %");
        assertThat(page.locator("[data-channel=sms] [data-count=delivered]")).hasText("95");
        assertThat(page.locator("[data-channel=sms] [data-rate]")).hasText("95.0 %");
        assertThat(page.locator("[data-channel=sms] meter")).hasJSProperty("value", 95);
        assertThat(page.locator("[data-code='411426101201'] [data-figure=confirmed]"))
                .hasText("8");
        assertThat(page.locator("#as-of")).hasText("2026年7月20日 09:03:08 +08:00");
        assertEquals(true, page.evaluate("window.sameDocument"));
        nothingAmiss();
    }

    @Test
    void showsTheNewStateWhenSomebodyElseActs() {
        String id = gateway.posted("A1");
        signIn(Role.AUDITOR);
        page.navigate("/console/warnings/" + id);
        assertThat(page.locator("#stream")).containsText("实时 Live");

        gateway.post(Role.SIGNER, "/api/v1/warnings/" + id + "/approve", "{\"version\":1}");

        assertThat(page.locator("#state")).hasText("已签发 Signed");
        nothingAmiss();
    }

    @Test
    void saysThatTheFiguresAreOldWhenTheLiveConnectionBreaks() {
        String id = gateway.signed("A1");
        gateway.coverage = coverage(3, 40);
        signIn(Role.AUDITOR);
        page.navigate("/console/warnings/" + id);
        assertThat(page.locator("#stream")).containsText("实时 Live");

        gateway.close();
        gone = true;

        assertThat(page.locator("#stream")).containsText("实时连接中断");
        assertThat(page.locator("main")).hasClass(Pattern.compile(".*\\bstale\\b.*"));
        assertThat(page.locator("dl [data-figure=confirmed]")).hasText("3");
    }

    @Test
    void showsHostileWordsAsText() {
        HttpResponse<String> posted = gateway.post(
                Role.ISSUER,
                "/api/v1/warnings",
                "{\"identifier\":\"A1\",\"headline\":\"" + HOSTILE.replace("\"", "\\\"") + "\"}");
        String id = TestGateway.json(posted).path("id").asText();
        gateway.post(Role.SIGNER, "/api/v1/warnings/" + id + "/approve", "{\"version\":1}");
        gateway.coverage = new String(coverage(3, 40), UTF_8)
                .replace("某村", "<img src=x onerror=alert(1)>")
                .getBytes(UTF_8);
        signIn(Role.SIGNER);
        assertThat(page.locator("tbody a")).hasText(HOSTILE);
        page.locator("tbody a").click();
        assertThat(page.locator("h1")).hasText(HOSTILE);
        assertThat(page.locator("#divisions")).containsText("<img src=x onerror=alert(1)>");
        assertThat(page.locator("#stream")).containsText("实时 Live");
        page.navigate(TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/warnings/" + id))
                .path("links")
                .path("public")
                .asText());
        assertThat(page.locator("h1").first()).hasText(HOSTILE);
        assertTrue(page.title().startsWith("</title>"), page.title());
        assertThat(page.locator("img")).hasCount(0);
        nothingAmiss();
    }

    @Test
    void canBeUsedByKeyboardAlone() {
        String id = gateway.posted("A1");
        gateway.coverage = coverage(3, 40);
        page.navigate("/console/");
        tabTo("summary");
        page.keyboard().press("Enter");
        tabTo("#key");
        page.keyboard().type(TestGateway.key(Role.SIGNER));
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/console/$"));
        tabTo("tbody a");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/" + id + "$"));
        reachesEveryControl();

        page.reload();
        tabTo("details:has(form[action$='/approve']) summary");
        page.keyboard().press("Enter");
        tabTo("form[action$='/approve'] input[type=checkbox]");
        page.keyboard().press("Space");
        tabTo("form[action$='/approve'] button");
        page.keyboard().press("Enter");
        assertThat(page.locator("#state")).hasText("已签发 Signed");
        tabTo("header button");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/console/sign-in$"));
        nothingAmiss();
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 1280})
    void fitsTheWindow(int width) {
        String id = gateway.signed("A1");
        gateway.coverage = coverage(3, 40);
        gateway.reported =
                new Reported(Summaries.of(id, Summaries.SIGNED, 30), Forecast.UNKNOWN, ZoneOffset.ofHours(8));
        page.setViewportSize(width, 800);
        signIn(Role.SIGNER);
        for (String path : new String[] {
            "/console/",
            "/console/warnings/" + id,
            "/console/warnings/" + id + "/report",
            "/console/warnings/none",
            TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/warnings/" + id))
                    .path("links")
                    .path("public")
                    .asText(),
            "/w/none",
            "/console/sign-in"
        }) {
            page.navigate(path);
            assertEquals(width, page.evaluate("document.documentElement.scrollWidth"), path);
            assertEquals(1, page.locator("h1").count(), path);
            assertTrue(page.title().contains("Tocsin") || path.startsWith("/w/"), path);
        }
        complaints.removeIf(complaint -> complaint.contains("404"));
        nothingAmiss();
    }

    private void signIn(Role role) {
        page.navigate("/console/");
        page.locator("summary").click();
        page.locator("#key").fill(TestGateway.key(role));
        page.locator("details button").click();
        assertThat(page).hasURL(Pattern.compile(".*/console/$"));
    }

    private void tabTo(String selector) {
        for (int i = 0; i < 40; i++) {
            page.keyboard().press("Tab");
            Locator focused = page.locator(selector + ":focus");
            if (focused.count() == 1) {
                return;
            }
        }
        throw new AssertionError("the keyboard does not reach " + selector);
    }

    private void reachesEveryControl() {
        int controls = ((Number) page.evaluate("[...document.querySelectorAll("
                        + "'a[href],button,summary,input:not([type=hidden]),textarea,.scroll')]"
                        + ".filter(e => e.checkVisibility()).length"))
                .intValue();
        page.evaluate("document.activeElement.blur(); window.reached = new Set();"
                + "document.addEventListener('focusin', e => window.reached.add(e.target))");
        for (int i = 0; i < controls + 5; i++) {
            page.keyboard().press("Tab");
            assertNotNull(page.evaluate("document.activeElement"));
        }
        assertEquals(
                controls,
                ((Number) page.evaluate(
                                "[...window.reached].filter(e => e !== document.body && e.checkVisibility()).length"))
                        .intValue());
    }

    private void nothingAmiss() {
        assertEquals(List.of(), complaints);
        assertEquals(Set.of("127.0.0.1:" + gateway.server.port()), hosts);
    }

    private static byte[] coverage(int confirmed, int delivered) {
        String counts = "{\"planned\":100,\"submitted\":100,\"accepted\":100,\"delivered\":" + delivered
                + ",\"acknowledged\":0,\"failed\":1,\"noReport\":" + (99 - delivered) + "}";
        String figures = "\"residents\":10,\"confirmed\":" + confirmed + ",\"lower\":" + confirmed
                + ",\"estimate\":9,\"upper\":10";
        return ("{" + figures + ",\"goal\":0.9,\"verdict\":\"likely\",\"asOf\":\"2026-07-20T09:03:0" + confirmed
                        + ".071+08:00\",\"channels\":{\"sms\":" + counts + ",\"wechat\":" + counts
                        + "},\"divisions\":[{\"code\":\"411426101201\",\"name\":\"某村\"," + figures
                        + "},{\"code\":\"411426101202\",\"name\":\"另一村\"," + figures + "}]}")
                .getBytes(UTF_8);
    }
}
