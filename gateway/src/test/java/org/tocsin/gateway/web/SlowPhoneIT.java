package org.tocsin.gateway.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

/**
 * The pages of the worst minute on a slow phone: a round trip of 150 ms, 1.6 Mbit/s down and half of it up (what
 * Lighthouse calls slow 4G), a processor four times slower than this one. What a page weighs is what came over the
 * wire, headers and all. It is usable when it is drawn, its scripts have run and its main control can be pressed.
 *
 * <p>By arithmetic, with connections that stand: the page takes a round trip, what it names another, its bytes 1 ms for
 * each 200. So 1 s holds 140 kB. Where the connection must be made first, TCP and TLS 1.3 take two round trips more and
 * leave 80 kB; CDP does not slow these down, so they are added here for the first visit.
 */
@Tag("debian")
@ExtendWith(RedisExtension.class)
class SlowPhoneIT {
    private static final int ROUND_TRIP = 150;
    private static final int DOWN = 200_000;
    private static final int TIMES_SLOWER = 4;
    private static final int CONNECTING = 2 * ROUND_TRIP;
    private static final long HEAVIEST = 300_000;
    private static final int LONGEST = 1_000;
    /**
     * Held is so many times that: how fast the test's own machine is says nothing of the page. The line has the time.
     */
    private static final int MARGIN = 2;

    /** A first visit may take what the connection takes on top. */
    private static final int LONGEST_FIRST = LONGEST + CONNECTING;
    /** The machine of a test has other work: the best of so many is what the page takes. */
    private static final int TRIES = 5;

    private FilledGateway filled;
    private TestBrowser browser;

    private record Load(long bytes, int requests, int usable) {
        Load better(Load other) {
            return other.usable < usable ? other : this;
        }
    }

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
    void thePagesOfTheWorstMinuteAreLightAndQuick() {
        StringBuilder missed = new StringBuilder();
        load("/console/sign-in", ".narrow button", missed);
        load("/console/", ".waits .mine a", missed);
        load("/console/issue", "button[value='rainstorm-I']", missed);
        load("/console/issue/drafts/" + filled.draft + "/what", "button[value=next]", missed);
        load("/console/issue/drafts/" + filled.draft + "/where", "button[value=next]", missed);
        load("/console/warnings/" + filled.waiting, "#confirmed", missed);
        load("/console/warnings/" + filled.live, "#acts a", missed);
        assertTrue(missed.isEmpty(), missed.toString());
    }

    private void load(String path, String control, StringBuilder missed) {
        Load first = visit(path, control, null);
        for (int run = 1; run < TRIES && first.usable + CONNECTING > LONGEST_FIRST; run++) {
            first = first.better(visit(path, control, null));
        }
        Load again;
        try (BrowserContext context = browser.window(filled.gateway.address(), filled.session, "zh-CN", 360, 740)) {
            visit(path, control, context);
            again = visit(path, control, context);
            for (int run = 1; run < TRIES && again.usable > LONGEST; run++) {
                again = again.better(visit(path, control, context));
            }
        }
        int cold = first.usable + CONNECTING;
        System.out.printf(
                "slow phone (150 ms, 1.6 Mbit/s, CPU / 4) %-45s first %,7d bytes in %2d requests, usable %,5d ms with"
                        + " connecting; again %,7d bytes, %,5d ms%n",
                path.replaceAll("[a-z0-9]{16,}", "…"), first.bytes, first.requests, cold, again.bytes, again.usable);
        if (first.bytes >= HEAVIEST) {
            missed.append(path).append(" weighs ").append(first.bytes).append('\n');
        }
        if (again.usable > MARGIN * LONGEST || cold > MARGIN * LONGEST_FIRST) {
            missed.append(path)
                    .append(" takes ")
                    .append(cold)
                    .append(" ms, again ")
                    .append(again.usable)
                    .append('\n');
        }
    }

    private Load visit(String path, String control, @Nullable BrowserContext kept) {
        BrowserContext context =
                kept == null ? browser.window(filled.gateway.address(), filled.session, "zh-CN", 360, 740) : kept;
        Page page = context.newPage();
        try {
            CDPSession session = TestBrowser.slow(page, ROUND_TRIP, DOWN, TIMES_SLOWER);
            AtomicLong bytes = new AtomicLong();
            AtomicInteger requests = new AtomicInteger();
            session.on("Network.loadingFinished", event -> {
                long length = event.get("encodedDataLength").getAsLong();
                bytes.addAndGet(length);
                requests.addAndGet(length > 0 ? 1 : 0);
            });
            page.navigate(path);
            Locator main = page.locator(control).first();
            assertThat(main).isVisible();
            main.click(new Locator.ClickOptions().setTrial(true));
            int usable = ((Number) page.evaluate("Math.max(performance.getEntriesByType('navigation')[0]"
                            + ".domContentLoadedEventEnd,"
                            + " performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)"))
                    .intValue();
            return new Load(bytes.get(), requests.get(), usable);
        } finally {
            page.close();
            if (kept == null) {
                context.close();
            }
        }
    }
}
