package org.tocsin.gateway.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

/** A warning from the first key to the signature without a mouse; and the pages that are printed, on paper. */
@Tag("debian")
@ExtendWith(RedisExtension.class)
class KeyboardAndPaperIT {
    /** A4 at 96 dots an inch, less the margins that Chromium takes. */
    private static final int PAPER = 718;

    private static final int MOST_STEPS = 150;

    private FilledGateway filled;
    private TestBrowser browser;
    private BrowserContext context;
    private Page page;

    @BeforeEach
    void open(Redis redis) {
        filled = new FilledGateway(redis);
        browser = TestBrowser.launch();
        context = browser.window(filled.gateway.address(), filled.session, "zh-CN", 390, 740);
        page = context.newPage();
    }

    @AfterEach
    void close() {
        browser.close();
        filled.close();
    }

    @Test
    void aWarningIsWrittenByTabEnterAndSpaceAlone() {
        page.navigate("/console/");
        press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        assertThat(page.locator(".skip")).isInViewport();
        press("Enter");
        assertThat(page.locator("#main")).isFocused();

        page.reload();
        tabTo("nav a[href='/console/issue']");
        press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/console/issue$"));
        tabTo("button[value='rainstorm-I']");
        press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/what$"));
        tabTo("#sentence");
        page.keyboard().insertText("毛河大桥已封闭。");
        tabTo("button[value=next]");
        press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/where$"));
        tabTo("button[value=next]");
        press("Enter");
        assertThat(page.locator(".error-summary")).isFocused();
        assertThat(page).hasTitle(Pattern.compile("^错误：.*"));
        press("Tab");
        assertThat(page.locator(".error-summary a")).isFocused();
        press("Enter");
        assertThat(page.locator("#divisions")).isFocused();
        page.reload();
        tabTo("button[value^='use:']");
        press("Space");
        assertThat(page.locator("#chips li")).hasCount(2);
        tabTo("button[value=next]");
        press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/check$"));
        tabTo("button[value=submit]");
        press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/console/warnings/[0-9a-z]+$"));
        assertThat(page.locator("h1")).containsText("暴雨");
    }

    @Test
    void aWarningIsSignedByTabEnterAndSpaceAlone() {
        filled.gateway.people.pass(java.time.Duration.ofSeconds(60));
        page.navigate("/console/queue");
        tabTo("a[href='/console/warnings/" + filled.waiting + "']");
        press("Enter");
        assertThat(page.locator("h1")).containsText("请求签发");
        tabTo("#confirmed");
        press("Space");
        assertThat(page.locator("#confirmed")).isChecked();
        tabTo("#code");
        page.keyboard().type(filled.gateway.people.code(FilledGateway.EVERYBODY));
        tabTo("#approve button");
        press("Enter");
        assertThat(page.locator("#tags")).containsText("已签发");
    }

    @Test
    void theDutyViewAndTheLivePageAreReadableOnPaper() throws IOException {
        for (String path : List.of("/console/", "/console/warnings/" + filled.live)) {
            page.navigate(path);
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
            page.setViewportSize(PAPER, 1000);

            assertEquals(PAPER, page.evaluate("document.documentElement.scrollWidth"), path);
            assertEquals(
                    List.of(),
                    page.evaluate("[...document.querySelectorAll('main *')].filter(e => e.checkVisibility()"
                            + " && getComputedStyle(e).overflowX !== 'visible' && !e.closest('svg, .hidden')"
                            + " && e.scrollWidth > e.clientWidth + 1).map(e => e.className)"),
                    "what is cut off on paper of " + path);
            assertThat(page.locator("header.top")).isHidden();
            assertEquals(0, page.locator("button:visible, .button:visible").count(), path);
            assertEquals("rgb(255, 255, 255)", page.evaluate("getComputedStyle(document.body).backgroundColor"));
            try (PDDocument paper = Loader.loadPDF(page.pdf(new Page.PdfOptions().setFormat("A4")))) {
                String text = new PDFTextStripper().getText(paper);
                assertTrue(paper.getNumberOfPages() <= 4, path + " takes " + paper.getNumberOfPages() + " sheets");
                assertTrue(text.contains("%"), text);
            }
        }
    }

    private void press(String key) {
        page.keyboard().press(key);
    }

    /** Goes on by Tab; all on the way shows that it has the focus, and nothing lies over it. */
    private void tabTo(String selector) {
        for (int step = 0; step < MOST_STEPS; step++) {
            press("Tab");
            assertEquals(
                    "",
                    page.evaluate(
                            """
                            () => {
                              const at = document.activeElement;
                              if (at === document.body) return '';
                              const style = getComputedStyle(at);
                              const box = at.getBoundingClientRect();
                              const top = document.elementFromPoint(box.left + box.width / 2, Math.min(box.top + box.height / 2, innerHeight - 1));
                              const name = at.tagName + '#' + at.id + ' ' + at.textContent.trim().slice(0, 30);
                              if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return 'no outline: ' + name;
                              if (box.height < innerHeight && !(at.contains(top) || top?.contains(at))) return 'is covered: ' + name + ' by ' + top?.className;
                              return '';
                            }"""));
            if (page.locator(selector + ":focus").count() == 1) {
                return;
            }
        }
        throw new AssertionError("the keyboard does not reach " + selector);
    }
}
