package org.tocsin.gateway.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.alert.Info;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.issue.SavedAreas;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.store.RedisSavedAreaStore;

/** The issuer's form in Debian's Chromium, by finger on a phone's width. */
@Tag("debian")
@ExtendWith(RedisExtension.class)
class IssueBrowserIT {
    /**
     * Seconds of the keystroke-level model: S. K. Card, T. P. Moran, A. Newell, "The keystroke-level model for user
     * performance time with interactive systems", Communications of the ACM 23 (7), 1980, 396–410. A tap is a mental
     * preparation, a pointing and a press; that of a finger is quicker, so this is dear.
     */
    private static final double M = 1.35;

    private static final double P = 1.10;
    private static final double BB = 0.20;
    /** A key of an average non-secretary typist, of the same table. */
    private static final double K = 0.28;

    private static final int MOST_TAPS = 12;
    private static final double MOST_SECONDS = 60;
    private static final String SENTENCE = "毛河大桥已封闭";
    /** As it is typed: maohedaqiaoyifengbi, and a blank that takes the words. */
    private static final int KEYS = "maohedaqiaoyifengbi ".length();

    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Set<String> hosts = new LinkedHashSet<>();
    private final AtomicInteger taps = new AtomicInteger();
    private TestGateway gateway;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void launch() {
        com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
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

    @AfterAll
    static void quit() {
        browser.close();
        playwright.close();
    }

    @BeforeEach
    void open(Redis redis) {
        gateway = new TestGateway(redis);
        TestIssuing.fill(gateway.registry);
        new SavedAreas(new RedisSavedAreaStore(redis, gateway.ledger), InstantSource.system(), new SecureRandom())
                .add(
                        new Principal(
                                "issuer", "issuer", Principal.Kind.PERSON, Set.of(Role.ISSUER), Set.of(), Set.of()),
                        "沿河两乡",
                        List.of("411426101000", "411426102000"),
                        "",
                        null);
        browse(360, 740, true, ColorScheme.LIGHT);
    }

    private void browse(int width, int height, boolean touch, ColorScheme scheme) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(gateway.address())
                .setViewportSize(width, height)
                .setHasTouch(touch)
                .setColorScheme(scheme));
        context.setDefaultTimeout(15_000);
        context.exposeBinding("tapped", (source, arguments) -> taps.incrementAndGet());
        context.addInitScript(
                "document.addEventListener('click', e => { if (e.isTrusted) window.tapped(); }, { capture: true });");
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
        gateway.close();
    }

    @Test
    void aRedRainstormForTwoTownshipsTakesTwelveTapsAndAMinuteAtMost() {
        signIn();
        page.navigate("/console/issue/drill");
        taps.set(0);
        long began = System.nanoTime();

        page.locator("nav a[href='/console/issue']").tap();
        page.locator("button[value='rainstorm-I']").tap();
        page.locator("#sentence").tap();
        page.keyboard().insertText(SENTENCE);
        assertThat(page.locator("#kept")).containsText("已保存");
        page.locator("button[value=next]").tap();
        page.locator("button[value^='use:']").tap();
        assertThat(page.locator("#chips li")).hasCount(2);
        page.locator("button[value=next]").tap();
        assertThat(page).hasURL(Pattern.compile(".*/check$"));
        assertThat(page.locator("[data-preview=sms] .bubble").first()).containsText("暴雨红色预警");
        page.locator("button[value=submit]").tap();
        assertThat(page).hasURL(Pattern.compile(".*/console/warnings/[0-9a-z]+$"));

        double machine = (System.nanoTime() - began) / 1e9;
        int counted = taps.get();
        double priced = counted * (M + P + BB) + KEYS * K;
        System.out.printf(
                "red rainstorm, two townships: %d taps, %d keys; keystroke-level model %.1f s"
                        + " (M %.2f + P %.2f + BB %.2f a tap, K %.2f a key), and %.1f s of the machine here%n",
                counted, KEYS, priced, M, P, BB, K, machine);
        Warning warning = gateway.rooms()
                .warnings()
                .list(new WarningStore.Query(Set.of(), null, null, 10))
                .warnings()
                .get(0);
        Info info = warning.alert().infos().get(0);
        assertEquals(WarningState.AWAITING_SIGNATURE, warning.state());
        assertTrue(String.valueOf(info.description()).endsWith(SENTENCE), info.description());
        assertEquals(2, info.areas().get(0).geocodes().size());
        assertTrue(counted > 0 && counted <= MOST_TAPS, counted + " taps");
        assertTrue(priced < MOST_SECONDS, priced + " s");
        nothingAmiss();
    }

    @Test
    void whatIsTypedWhileTheLinkIsDownIsKeptAndSavedWhenItIsBack() {
        signIn();
        begin("rainstorm-I");
        context.setOffline(true);
        page.locator("#headline").fill("断网时写的标题");
        assertThat(page.locator("#kept")).containsText("网络断开");
        String address = page.url();
        context.setOffline(false);
        assertThat(page.locator("#kept")).containsText("已保存");

        context.setOffline(true);
        page.locator("#headline").fill("关掉窗口前写的标题");
        assertThat(page.locator("#kept")).containsText("网络断开");
        page.close();
        context.setOffline(false);
        page = context.newPage();
        page.navigate(address);
        assertThat(page.locator("#headline")).hasValue("关掉窗口前写的标题");
        assertThat(page.locator("#kept")).containsText("已保存");
        page.reload();
        assertThat(page.locator("#headline")).hasValue("关掉窗口前写的标题");
    }

    @Test
    void aSecondTabIsToldAndChooses() {
        signIn();
        begin("rainstorm-I");
        Page other = context.newPage();
        other.navigate(page.url());
        page.locator("#headline").fill("第一个");
        assertThat(page.locator("#kept")).containsText("已保存");

        other.locator("#headline").fill("第二个");
        assertThat(other.locator("#kept")).containsText("另一处改过");
        other.locator("#kept button").first().click();
        assertThat(other.locator("#kept")).containsText("已保存");

        page.reload();
        assertThat(page.locator("#headline")).hasValue("第二个");
    }

    @Test
    void aReturnedWarningIsMendedOnAPhoneAndAnotherWhoIsFasterIsSeen() {
        signIn();
        begin("rainstorm-I");
        page.locator("button[value=next]").tap();
        page.locator("button[value^='use:']").tap();
        page.locator("button[value=next]").tap();
        page.locator("button[value=submit]").tap();
        assertThat(page).hasURL(Pattern.compile(".*/console/warnings/[0-9a-z]+$"));
        String warning = page.url();
        String api = "/api/v1/warnings/" + warning.replaceAll(".*/", "");
        gateway.post(Role.SIGNER, api + "/return", "{\"reason\":\"桥名写错了\"}");
        page.navigate(warning);

        page.locator("#acts form button").first().tap();
        assertThat(page.locator("#editing")).containsText("桥名写错了");
        page.locator("#sentence").fill(SENTENCE);
        assertThat(page.locator("#kept")).containsText("已保存");
        assertEquals(360, page.evaluate("document.documentElement.scrollWidth"));
        gateway.post(Role.ISSUER, api + "/submit", "{}");
        gateway.post(Role.SIGNER, api + "/return", "{\"reason\":\"还是错\"}");
        page.locator("button[value=next]").tap();
        assertThat(page.locator("#overtaken")).isVisible();
        page.locator("#overtaken button[value=over]").tap();
        assertThat(page.locator("#overtaken")).hasCount(0);
        page.locator("button[value=next]").tap();
        page.locator("button[value=submit]").tap();

        assertThat(page).hasURL(warning);
        assertThat(page.locator("main")).containsText(SENTENCE);
        nothingAmiss();
    }

    @Test
    void anAreaIsDrawnOnOurOwnMapAndACrossingIsExplained() {
        signIn();
        begin("rainstorm-I");
        page.locator("button[value=next]").click();
        page.locator("#drawing summary").click();
        Locator map = page.locator("#map.ready");
        assertThat(map.locator("path").first()).isAttached();
        map.scrollIntoViewIfNeeded();
        page.locator("[data-tool=polygon]").click();
        assertThat(page.locator("#map-state")).containsText("顶点");
        double[][] bow = {{0.3, 0.3}, {0.6, 0.6}, {0.3, 0.6}, {0.6, 0.3}};
        for (double[] at : bow) {
            BoundingBox box = map.boundingBox();
            map.click(new Locator.ClickOptions().setPosition(at[0] * box.width, at[1] * box.height));
        }
        page.locator("[data-tool=done]").click();
        assertThat(page.locator("#shapes-wrong")).containsText("相交");
        assertThat(page.locator("#map .corner")).hasCount(4);

        String bowText = page.locator("#shapes").inputValue();
        String[] corners = bowText.split(" ", -1);
        page.locator("#shapes").fill(corners[0] + " " + corners[3] + " " + corners[1] + " " + corners[2]);
        assertThat(page.locator("#shapes-wrong li")).hasCount(0);
        assertThat(page.locator("#reach")).containsText("居民");
        nothingAmiss();
    }

    @Test
    void searchesWhileOneTypes() {
        signIn();
        begin("rainstorm-I");
        page.locator("button[value=next]").click();
        page.locator("#q").fill("cgz");
        page.locator("#found button:has-text('城关镇')").click();
        assertThat(page.locator("#chips li")).hasCount(1);
        nothingAmiss();
    }

    @ParameterizedTest
    @CsvSource({"360, zh-CN, LIGHT", "1920, en-US, DARK"})
    void everyStepFitsTheWindowInBothLanguages(int width, String language, ColorScheme scheme) {
        context.close();
        browse(width, 900, false, scheme);
        signIn();
        if (language.equals("en-US")) {
            page.navigate("/console/issue");
            page.locator("button[value=en-US]").click();
        }
        begin("typhoon-II");
        String draft = page.url().replaceAll("/what$", "");
        page.navigate(draft + "/where");
        page.locator("button[value^='use:']").click();
        for (String path : List.of(
                "/console/issue", "/console/issue/drill", draft + "/what", draft + "/where", draft + "/check")) {
            page.navigate(path);
            assertEquals(width, page.evaluate("document.documentElement.scrollWidth"), path);
            assertEquals(1, page.locator("h1").count(), path);
            assertEquals(
                    0,
                    ((Number) page.evaluate("[...document.querySelectorAll('input:not([type=hidden]),select,textarea')]"
                                    + ".filter(e => e.labels.length === 0 && !e.ariaLabel).length"))
                            .intValue(),
                    "every field has a label " + path);
            assertEquals(
                    0,
                    ((Number) page.evaluate(
                                    "(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
                                            + " return ids.length - new Set(ids).size; })()"))
                            .intValue(),
                    "no id twice " + path);
        }
        nothingAmiss();
    }

    private void begin(String template) {
        page.navigate("/console/issue");
        page.locator("button[value='" + template + "']").click();
        assertThat(page.locator("#headline")).isVisible();
    }

    private void signIn() {
        page.navigate("/console/");
        page.locator("details:has(#key) summary").click();
        page.locator("#key").fill(TestGateway.key(Role.ISSUER));
        page.locator("details:has(#key) button").click();
        assertThat(page).hasURL(Pattern.compile(".*/console/$"));
    }

    private void nothingAmiss() {
        assertEquals(List.of(), complaints);
        assertEquals(Set.of("127.0.0.1:" + gateway.server.port()), hosts);
    }
}
