package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

/**
 * Every page of the console and the public one in Debian's Chromium, in both languages, on a phone and on a wide
 * screen, light and dark. Which pages there are is asked of the routes: one that is new and not walked to fails this.
 */
@Tag("debian")
@ExtendWith(RedisExtension.class)
class CleanPagesIT {
    private static final int NARROW = 360;
    private static final int WIDE = 1920;
    private static final int HEIGHT = 800;
    private static final List<String> CONTRAST = List.of("color-contrast");
    /** A county has hundreds of villages; what holds for a few lines and shapes holds for all. */
    private static final List<String> MORE_OF_THE_SAME =
            List.of("tbody tr:nth-child(n+9)", "li:nth-child(n+31)", "svg path:nth-child(n+9)");

    private final List<String> findings = new ArrayList<>();
    private FilledGateway filled;
    private TestBrowser browser;
    private String look = "";
    private List<String> names = List.of();

    @BeforeEach
    void open(Redis redis) {
        filled = new FilledGateway(redis);
        browser = TestBrowser.launch();
    }

    @AfterEach
    void close() {
        browser.close();
        filled.close();
    }

    @Test
    void everyPageIsCleanInBothLanguagesWidthsAndShades() throws IOException {
        String look = script("look.js");
        names = filled.names();
        Map<String, Boolean> pages = filled.pages();
        try (BrowserContext chinese = window("zh-CN", NARROW);
                BrowserContext english = window("en-US", WIDE)) {
            Page small = watched(chinese);
            Page large = watched(english);
            pages.forEach((path, drill) -> {
                visit(small, path, "zh-CN", drill, look);
                axe(small, path + " zh-CN light", List.of());
                small.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                axe(small, path + " zh-CN dark", CONTRAST);
                small.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                fits(small, path + " zh-CN", WIDE, look);
                small.setViewportSize(NARROW, HEIGHT);
                large.setViewportSize(WIDE, HEIGHT);
                visit(large, path, "en-US", drill, look);
                fits(large, path + " en-US", NARROW, look);
            });
        }
        assertEquals("", String.join("\n", new LinkedHashSet<>(findings)));
        assertEquals(Set.of(), unvisited(pages.keySet()), "pages that nobody has looked at");
    }

    private BrowserContext window(String language, int width) {
        return browser.window(filled.gateway.address(), filled.session, language, width, HEIGHT);
    }

    private Page watched(BrowserContext context) {
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                findings.add(look + ": the console says " + message.text());
            }
        });
        page.onPageError(error -> findings.add(look + ": " + error));
        return page;
    }

    private void visit(Page page, String path, String language, boolean drill, String script) {
        look = path + " " + language;
        String[] session = filled.whoLooksAt(path).split("=", 2);
        page.context().addCookies(List.of(new Cookie(session[0], session[1]).setUrl(filled.gateway.address())));
        Response response = page.navigate(path);
        if (!page.url().equals(filled.gateway.address() + path)) {
            findings.add(look + ": leads on to " + page.url());
        }
        if (response.status() != 200) {
            findings.add(look + ": " + response.status());
        }
        boolean isPublic = path.startsWith("/w/") || path.endsWith("/page");
        if (!isPublic && !language.equals(page.evaluate("document.documentElement.lang"))) {
            findings.add(look + ": is in " + page.evaluate("document.documentElement.lang"));
        }
        if (!isPublic && page.locator("h1").count() != 1) {
            findings.add(look + ": has " + page.locator("h1").count() + " h1");
        }
        boolean marked = page.locator("body.drill-page .drill-banner").count() == 1
                && page.title().startsWith(language.equals("zh-CN") ? "【演练】" : "[EXERCISE]");
        boolean told = isPublic && page.locator(".drill").count() == 1;
        if (drill != (marked || told)) {
            findings.add(
                    look + ": " + (drill ? "does not look like a drill" : "looks like a drill") + " " + page.title());
        }
        look(page, script);
    }

    private void fits(Page page, String path, int width, String script) {
        look = path + " at " + width;
        page.setViewportSize(width, HEIGHT);
        look(page, script);
    }

    @SuppressWarnings("unchecked")
    private void look(Page page, String script) {
        for (String finding : (List<String>) page.evaluate(script, names)) {
            findings.add(look + ": " + finding);
        }
    }

    private void axe(Page page, String where, List<String> rules) {
        AxeBuilder axe = new AxeBuilder(page).setLegacyMode(true).options(onlyWhatIsWrong());
        MORE_OF_THE_SAME.forEach(axe::exclude);
        if (!rules.isEmpty()) {
            axe.withRules(rules);
        }
        for (Rule broken : axe.analyze().getViolations()) {
            findings.add(where + ": " + broken.getId() + " at "
                    + broken.getNodes().stream()
                            .limit(5)
                            .map(node -> node.getTarget() + " " + node.getHtml())
                            .toList());
        }
    }

    private static AxeRunOptions onlyWhatIsWrong() {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return options;
    }

    private Set<String> unvisited(Set<String> paths) {
        Set<String> left = new TreeSet<>();
        for (RouteSpec route : filled.gateway.routes()) {
            boolean page = route.method().equals("GET")
                    && (route.path().startsWith("/console") || route.path().startsWith("/w/"))
                    && !route.path().endsWith(".csv")
                    && !FilledGateway.NO_PAGES.contains(route.path());
            String pattern = route.path().replaceAll("\\{[a-zA-Z]+}", "[^/]+");
            if (page
                    && paths.stream()
                            .map(path -> URI.create(path).getPath())
                            .noneMatch(path -> path.matches(pattern))) {
                left.add(route.path());
            }
        }
        assertTrue(paths.size() > left.size());
        return left;
    }

    private static String script(String name) throws IOException {
        try (InputStream file = CleanPagesIT.class.getResourceAsStream("/console-tests/" + name)) {
            if (file == null) {
                throw new IOException(name + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
