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
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
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
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.Summaries;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.store.RedisSummaries;

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
    private Redis redis;
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
        this.redis = redis;
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
    void aDoubleClickDoesNotLoseWhatIsToldOnce() {
        signIn(Role.ADMIN);
        page.navigate("/console/users");
        page.locator("#name").fill("wang");
        page.locator("#displayName").fill("王");
        page.locator("input[name=roles][value=issuer]").check();

        List<Route> held = new CopyOnWriteArrayList<>();
        page.locator("form[action='/console/users'] button").scrollIntoViewIfNeeded();
        page.route(url -> url.endsWith("/console/users"), held::add);
        BoundingBox button =
                page.locator("form[action='/console/users'] button").boundingBox();
        double x = button.x + button.width / 2;
        double y = button.y + button.height / 2;
        page.mouse().click(x, y);
        page.waitForCondition(() -> held.size() == 1);
        page.mouse().click(x, y);
        held.get(0).resume();

        assertThat(page.locator("code.secret")).hasText(Pattern.compile("([a-z0-9]{4}-){3}[a-z0-9]{4}"));
    }

    @Test
    void signsInReadsAndSignsAWarningAndSignsOut() {
        String id = gateway.posted("A1");
        report(id);
        signIn(Role.SIGNER);
        assertThat(page).hasTitle("(1) 值班 · Tocsin");
        page.locator(".waits .mine a").click();

        assertThat(page.locator("h1")).hasText("issuer 请求签发：暴雨红色预警");
        assertThat(page.locator("#confirmed")).not().isChecked();
        page.locator("#approve button").click();
        assertThat(page.locator(".error-summary")).containsText("再勾选确认");
        page.locator("#confirmed").check();
        page.locator("#approve button").click();

        assertThat(page.locator("#tags")).containsText("已签发");
        assertThat(page.locator("#approve")).hasCount(0);
        assertThat(page.locator("#channels tbody tr")).hasCount(1);
        assertThat(page.locator("#channels [data-channel=sms] th")).hasText("短信");
        assertThat(page.locator("[data-channel=sms] [data-count=delivered]")).hasText("900");
        assertEquals(
                "signed",
                TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/warnings/" + id))
                        .path("state")
                        .asText());

        page.locator(".who button").first().click();
        assertThat(page).hasURL(Pattern.compile(".*/console/sign-in(\\?back=.*)?$"));
        page.navigate("/console/warnings/" + id);
        assertThat(page).hasURL(Pattern.compile(".*/console/sign-in(\\?back=.*)?$"));
        complaints.removeIf(complaint -> complaint.contains("422"));
        nothingAmiss();
    }

    @Test
    void showsNewFiguresAsTheyComeWithoutAReload() {
        String id = gateway.signed("A1");
        gateway.coverage = coverage(3, 40);
        report(id);
        gateway.map = new AreaMap(800, 400, Map.of("411426100000", "M0 0L400 0L400 400Z"));
        signIn(Role.AUDITOR);
        page.navigate("/console/warnings/" + id);
        assertThat(page.locator("#stream")).hasText("实时");
        page.evaluate("window.sameDocument = true");

        gateway.villages =
                "{\"figures\":[\"confirmed\",\"lower\",\"lowerPercent\"],\"rows\":{\"411426100000\":[1,700,46.6]}}"
                        .getBytes(UTF_8);
        gateway.coverage = coverage(8, 95);
        gateway.server.coverageChanged(id);

        assertThat(page.locator("[data-figure=confirmed]")).hasText("8");
        assertThat(page.locator(".number [data-share]")).hasText("80.0 %");
        assertThat(page.locator("#verdict")).hasText("可能达标");
        assertThat(page.locator("[data-channel=sms] [data-count=delivered]")).hasText("95");
        assertThat(page.locator("[data-channel=sms] [data-part=delivered]")).hasAttribute("width", "950");
        assertThat(page.locator("[data-village='411426100000']")).hasClass("c0");
        assertEquals(true, page.evaluate("window.sameDocument"));
        nothingAmiss();
    }

    @Test
    void showsTheNewStateWhenSomebodyElseActs() {
        String id = gateway.posted("A1");
        signIn(Role.AUDITOR);
        page.navigate("/console/warnings/" + id);
        assertThat(page.locator("#turn")).containsText("现在等签发人处理");

        gateway.post(Role.SIGNER, "/api/v1/warnings/" + id + "/approve", "{\"version\":1}");

        assertThat(page.locator("#changed")).containsText("刚刚有了变化");
        page.reload();
        assertThat(page.locator("#stream")).hasText("实时");
        gateway.post(Role.SIGNER, "/api/v1/warnings/" + id + "/stop", "{}");
        assertThat(page.locator("#tags")).containsText("已停止");
        nothingAmiss();
    }

    @Test
    void saysThatTheFiguresAreOldWhenTheLiveConnectionBreaks() {
        String id = gateway.signed("A1");
        report(id);
        signIn(Role.AUDITOR);
        page.navigate("/console/warnings/" + id);
        assertThat(page.locator("#stream")).hasText("实时");

        gateway.close();
        gone = true;

        assertThat(page.locator("#stream")).containsText("实时连接中断");
        assertThat(page.locator("#watch")).hasClass(Pattern.compile(".*\\bstale\\b.*"));
        assertThat(page.locator("[data-channel=sms] [data-count=delivered]")).hasText("900");
        assertThat(page.locator("#age")).containsText("秒前更新");
    }

    @Test
    void isRightAgainAfterALostLink() {
        String id = gateway.signed("A1");
        report(id);
        gateway.coverage = coverage(3, 40);
        signIn(Role.AUDITOR);
        page.navigate("/console/warnings/" + id);
        assertThat(page.locator("#stream")).hasText("实时");

        context.setOffline(true);
        assertThat(page.locator("#stream")).containsText("实时连接中断");
        gateway.coverage = coverage(8, 95);
        gateway.server.coverageChanged(id);
        context.setOffline(false);

        assertThat(page.locator("#stream")).hasText("实时");
        assertThat(page.locator("#watch")).not().hasClass(Pattern.compile(".*\\bstale\\b.*"));
        assertThat(page.locator("[data-figure=confirmed]")).hasText("8");
    }

    @Test
    void twoPeopleSeeThatTheOtherIsThereAndASecondWindowIsNoOther() {
        String id = gateway.posted("A1");
        signIn(Role.SIGNER);
        page.navigate("/console/warnings/" + id);
        try (BrowserContext other = browser.newContext(new Browser.NewContextOptions().setBaseURL(gateway.address()))) {
            Page theirs = other.newPage();
            signIn(theirs, Role.ISSUER);
            theirs.navigate("/console/warnings/" + id);

            assertThat(page.locator(".presence")).hasText("issuer 正在查看");
            assertThat(theirs.locator(".presence")).hasText("signer 正在查看");
            Page second = context.newPage();
            second.navigate("/console/warnings/" + id);
            assertThat(second.locator(".presence")).hasText("issuer 正在查看");
            assertThat(theirs.locator(".presence")).hasText("signer 正在查看");
            second.close();
        }
        assertThat(page.locator(".presence")).isHidden();
        nothingAmiss();
    }

    @Test
    void aPageOfASecondTabThatIsOldDoesNoHarm() {
        String id = gateway.posted("A1");
        signIn(Role.SIGNER);
        page.navigate("/console/warnings/" + id);
        Page second = context.newPage();
        second.navigate("/console/warnings/" + id);
        second.locator("summary", new Page.LocatorOptions().setHasText("退回修改")).click();
        second.locator("#reason-return").fill("级别太高");
        second.locator("form[action$='/return'] button").click();
        assertThat(second.locator("#tags")).containsText("已退回");

        page.locator("#confirmed").check();
        page.locator("#approve button").click();

        assertThat(page.locator("[role=alert]")).containsText("已有人先处理：signer 已退回");
        page.locator("main a.button").click();
        assertThat(page.locator("#tags")).containsText("已退回");
        complaints.removeIf(complaint -> complaint.contains("409"));
        nothingAmiss();
    }

    @Test
    void callsAPersonByTitleAndByTheSoundThatTheyAllowed() {
        signIn(Role.SIGNER);
        assertThat(page).hasTitle("值班 · Tocsin");
        assertThat(page.locator("#sound")).hasText("提示音：关");
        page.locator("#sound").click();
        assertThat(page.locator("#sound")).hasText("提示音：开");
        assertThat(page.locator("#stream")).hasText("实时");
        Object before = page.evaluate("document.documentElement.dataset.sounded");

        gateway.posted("A1");

        assertThat(page).hasTitle("(1) 值班 · Tocsin");
        assertThat(page.locator(".waits .mine")).hasCount(1);
        assertThat(page.locator("#announce")).hasText("1 件事等您处理");
        assertEquals("1", before);
        assertEquals("2", page.evaluate("document.documentElement.dataset.sounded"));
        page.reload();
        assertThat(page.locator("#sound")).containsText("提示音：");
        assertThat(page.locator("#sound")).hasAttribute("aria-pressed", "true");
        nothingAmiss();
    }

    @Test
    void showsHostileWordsAsText() {
        HttpResponse<String> posted = gateway.post(
                Role.ISSUER,
                "/api/v1/warnings",
                "{\"identifier\":\"A1\",\"headline\":\"" + HOSTILE.replace("\"", "\\\"") + "\"}");
        String id = TestGateway.json(posted).path("id").asText();
        signIn(Role.SIGNER);
        page.locator(".waits .mine a").click();
        assertThat(page.locator("h1")).containsText(HOSTILE);
        page.locator("#confirmed").check();
        page.locator("#approve button").click();
        assertThat(page.locator("h1")).hasText(HOSTILE);
        assertThat(page.locator("#stream")).hasText("实时");
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
        report(id);
        page.navigate("/console/");
        tabTo("summary");
        page.keyboard().press("Enter");
        tabTo("#key");
        page.keyboard().type(TestGateway.key(Role.SIGNER));
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/console/$"));
        tabTo(".waits .mine a");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/" + id + "$"));
        reachesEveryControl();

        page.reload();
        tabTo("#confirmed");
        page.keyboard().press("Space");
        tabTo("#approve button");
        page.keyboard().press("Enter");
        assertThat(page.locator("#tags")).containsText("已签发");
        tabTo("a[href$='/stop']");
        page.keyboard().press("Enter");
        tabTo("form[action$='/stop'] button");
        page.keyboard().press("Enter");
        assertThat(page.locator("#tags")).containsText("已停止");
        nothingAmiss();
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 1280})
    void fitsTheWindow(int width) {
        String id = gateway.signed("A1");
        String pending = gateway.posted("A2");
        gateway.coverage = coverage(3, 40);
        report(id);
        page.setViewportSize(width, 800);
        signIn(Role.SIGNER);
        for (String path : new String[] {
            "/console/",
            "/console/queue",
            "/console/warnings",
            "/console/warnings/" + id,
            "/console/warnings/" + id + "/stop",
            "/console/warnings/" + pending,
            "/console/warnings/" + id + "/report",
            "/console/reports",
            "/console/reports?year=2026&quarter=9",
            "/console/reports?year=2026",
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
        complaints.removeIf(complaint -> complaint.contains("404") || complaint.contains("422"));
        nothingAmiss();
    }

    @Test
    void anAuditorMendsAWrongPeriodSeesTheReportAndComesToAWarnings() {
        String id = gateway.signed("A1");
        report(id);
        new RedisSummaries(redis).put(Summaries.of(id, Summaries.SIGNED, 30));
        signIn(Role.AUDITOR);
        page.navigate("/console/reports");
        page.locator("#year").fill("20206");
        page.locator("#month").selectOption("7");
        page.locator(".chooser button").click();

        assertThat(page.locator(".error-summary")).containsText("年：应为 2000 至 2199 的数字");
        assertThat(page.locator("#year")).hasValue("20206");
        assertThat(page.locator("#month")).hasValue("7");
        page.locator(".error-summary a").click();
        page.keyboard().press("Control+A");
        page.keyboard().type("2026");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText("2026 年 7 月");
        reachesEveryControl();
        page.locator("#issues a").click();
        assertThat(page.locator("h1")).containsText("可证实触达");
        assertThat(page.locator(".course-svg polyline.lower-line")).hasCount(1);
        reachesEveryControl();
        complaints.removeIf(complaint -> complaint.contains("422"));
        nothingAmiss();
    }

    private void signIn(Role role) {
        signIn(page, role);
    }

    private static void signIn(Page page, Role role) {
        page.navigate("/console/");
        page.locator("summary").click();
        page.locator("#key").fill(TestGateway.key(role));
        page.locator("details button").click();
        assertThat(page).hasURL(Pattern.compile(".*/console/$"));
    }

    private void report(String id) {
        gateway.reported =
                new Reported(Summaries.of(id, Summaries.SIGNED, 30), Forecast.UNKNOWN, ZoneOffset.ofHours(8));
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
                        + "'a[href],button,summary,select,input:not([type=hidden]),textarea,.scroll')]"
                        + ".filter(e => e.checkVisibility()).length"))
                .intValue();
        page.evaluate("document.activeElement.blur(); window.reached = new Set();"
                + "document.addEventListener('focusin', e => window.reached.add(e.target))");
        // A field for a day has several stops: its parts, and what opens the calendar.
        for (int i = 0; i < controls + 20; i++) {
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
        String percent = ",\"percent\":{\"confirmed\":" + confirmed + "0.0,\"lower\":" + confirmed
                + "0.0,\"estimate\":90.0,\"upper\":100.0}";
        return ("{" + figures + percent + ",\"goal\":0.9,\"verdict\":\"likely\",\"asOf\":\"2026-07-20T09:03:0"
                        + confirmed
                        + ".071+08:00\",\"channels\":{\"sms\":" + counts + ",\"wechat\":" + counts
                        + "},\"divisions\":[{\"code\":\"411426101201\",\"name\":\"某村\"," + figures
                        + "},{\"code\":\"411426101202\",\"name\":\"另一村\"," + figures + "}]}")
                .getBytes(UTF_8);
    }
}
