package org.tocsin.gateway.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.dispatch.LinkDesk;
import org.tocsin.gateway.dispatch.LinkHealth;
import org.tocsin.gateway.dispatch.LinkMoney;
import org.tocsin.gateway.dispatch.LinkQuality;
import org.tocsin.gateway.dispatch.LinkTest;
import org.tocsin.gateway.dispatch.LinkView;
import org.tocsin.gateway.dispatch.TerminalReports;
import org.tocsin.gateway.dispatch.TestSend;

/** One SMS link that is up and one of loudspeakers that is not; each test is accepted. */
final class FakeLinkDesk implements LinkDesk {
    private static final LinkQuality QUALITY = new LinkQuality(
            412,
            300,
            true,
            256,
            0.04,
            10,
            10,
            Map.of(Reason.THROTTLED, 7L, Reason.UNREACHABLE, 9L),
            9,
            900,
            2_000,
            5_000,
            Instant.parse("2026-07-20T00:00:00Z"));
    private static final LinkMoney MONEY = new LinkMoney(50, 84_500, 100_000, true, false);
    private static final LinkTest TEST =
            new LinkTest(true, Instant.parse("2026-07-20T00:00:00Z"), false, -1, "no report within 60 s");

    private final List<TestSend> sent = new CopyOnWriteArrayList<>();

    @Override
    public List<LinkView> views() {
        return List.of(
                new LinkView(health("sms-a", "sms", LinkState.UP), 1, 256, 2000, "phone"),
                new LinkView(health("speakers", "loudspeaker", LinkState.CONNECTING), 1, 256, 0, null));
    }

    private static LinkHealth health(String link, String channel, LinkState state) {
        return new LinkHealth(
                link, channel, "provider", state, true, false, 3, 2, 10, 9, 0, 1, QUALITY, MONEY, TEST, "any", null);
    }

    @Override
    public TerminalReports reports() {
        return new TerminalReports();
    }

    @Override
    public TestSend test(String link, String who, String name) {
        TestSend test = new TestSend(
                "test-1", who, link, "sms", Instant.EPOCH, TestSend.Said.ACCEPTED, null, "", null, "", null);
        sent.add(0, test);
        return test;
    }

    @Override
    public List<TestSend> tests(String who) {
        return sent.stream().filter(test -> test.who().equals(who)).toList();
    }
}
