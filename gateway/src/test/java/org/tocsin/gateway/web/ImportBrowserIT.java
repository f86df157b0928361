package org.tocsin.gateway.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

/** An import in Debian's Chromium, on a phone's width: errors, a mended file, the import, its undo. */
@Tag("debian")
@ExtendWith(RedisExtension.class)
class ImportBrowserIT {
    private static final String HEADER = "code,name,parent,residents,residentsSource,residentsDate\n";
    private static final String GOOD = "411426000000,夏邑县,,30,普查,2020-11-01\n";
    private static final int NARROW = 360;

    @Test
    void aFileIsCheckedMendedImportedAndUndone(Redis redis) {
        List<String> complaints = new CopyOnWriteArrayList<>();
        try (TestGateway gateway = new TestGateway(redis);
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")));
                BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                        .setBaseURL(gateway.address())
                        .setViewportSize(NARROW, 740))) {
            String session = gateway.rooms()
                    .sessions()
                    .open(TestGateway.key(Role.ADMIN), "")
                    .orElseThrow();
            context.addCookies(List.of(new Cookie("tocsin-session", session).setUrl(gateway.address())));
            Page page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);

            page.navigate("/console/operate/imports");
            bring(page, HEADER + GOOD + "41142610000,城关镇,411426000000,many,,\n");
            assertThat(page.locator("#stage")).hasText("已检查，待确认");
            assertThat(page.locator("#problems tbody tr")).hasCount(2);
            assertThat(page.locator("#problems")).containsText("41142610000");
            assertThat(page.locator("#problems")).containsText("应为整数");
            fits(page);
            assertEquals(0, gateway.registry.divisions().all().size());

            page.locator("text=导入另一个文件").click();
            bring(page, HEADER + GOOD + "411426100000,城关镇,411426000000,30,,\n");
            assertThat(page.locator("#added")).hasText("2");
            assertThat(page.locator("#problems")).hasCount(0);
            page.locator("button:has-text('导入这个文件')").click();
            assertThat(page.locator("#stage")).hasText("已导入");
            assertEquals(2, gateway.registry.divisions().all().size());
            page.navigate("/console/operate/divisions");
            assertThat(page.locator("tbody")).containsText("夏邑县");
            fits(page);

            page.navigate("/console/operate/imports");
            page.locator("button:has-text('撤销导入')").click();
            assertThat(page.locator(".error-summary")).containsText("请先勾选确认");
            assertThat(page.locator(".error-summary")).isFocused();
            page.locator("#sure").focus();
            page.keyboard().press("Space");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page.locator(".done")).containsText("删除 2 项，恢复 0 项");
            fits(page);
            assertEquals(0, gateway.registry.divisions().all().size());
            complaints.removeIf(complaint -> complaint.contains("422"));
            assertEquals(List.of(), complaints);
        }
    }

    private static void bring(Page page, String file) {
        page.locator("#kind").selectOption("divisions");
        page.locator("#file").setInputFiles(new FilePayload("divisions.csv", "text/csv", file.getBytes(UTF_8)));
        page.locator("button:has-text('上传并检查')").click();
    }

    private static void fits(Page page) {
        int width = (Integer) page.evaluate("document.documentElement.scrollWidth");
        assertTrue(width <= NARROW, "the page is " + width + " wide");
    }
}
