package org.tocsin.gateway.web;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Chromium without a window. */
final class TestBrowser implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    private TestBrowser(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static TestBrowser launch() {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
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
        return new TestBrowser(playwright, browser);
    }

    /**
     * A window of a person.
     *
     * @param cookie {@code name=value} of the session; empty for nobody
     * @param language the tag of the console's language
     */
    BrowserContext window(String address, String cookie, String language, int width, int height) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setBaseURL(address).setViewportSize(width, height));
        context.setDefaultTimeout(15_000);
        List<Cookie> cookies = new ArrayList<>();
        cookies.add(new Cookie("tocsin-language", language).setUrl(address));
        if (!cookie.isEmpty()) {
            String[] parts = cookie.split("=", 2);
            cookies.add(new Cookie(parts[0], parts[1]).setUrl(address));
        }
        context.addCookies(cookies);
        return context;
    }

    /** Makes a page as slow as a phone: CDP's own throttles, whose delay counts once a request. */
    static CDPSession slow(Page page, int roundTripMillis, int downBytesPerSecond, int timesSlower) {
        CDPSession session = page.context().newCDPSession(page);
        session.send("Network.enable");
        JsonObject network = new JsonObject();
        network.addProperty("offline", false);
        network.addProperty("latency", roundTripMillis);
        network.addProperty("downloadThroughput", downBytesPerSecond);
        network.addProperty("uploadThroughput", downBytesPerSecond / 2);
        session.send("Network.emulateNetworkConditions", network);
        JsonObject processor = new JsonObject();
        processor.addProperty("rate", timesSlower);
        session.send("Emulation.setCPUThrottlingRate", processor);
        return session;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
