package org.tocsin.gateway.web.console;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.LinkState;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.dispatch.LinkDesk;
import org.tocsin.gateway.dispatch.LinkHealth;
import org.tocsin.gateway.dispatch.LinkMoney;
import org.tocsin.gateway.dispatch.LinkQuality;
import org.tocsin.gateway.dispatch.LinkTest;
import org.tocsin.gateway.dispatch.LinkView;
import org.tocsin.gateway.dispatch.TestSend;
import org.tocsin.gateway.dispatch.TestSendRefused;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** Channels and their links: how each is, and a test to oneself. */
final class LinkPages implements Area {
    private static final String PAGE = "/console/operate/channels";
    private static final long FORM_LIMIT = 16L * 1024;

    private final Rooms rooms;
    private final LinkDesk links;
    private final Pages pages;

    LinkPages(Rooms rooms, Pages pages) {
        this.rooms = rooms;
        this.links = rooms.operations().links();
        this.pages = pages;
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                RouteSpec.get(PAGE, Gate.SESSION, call -> page(call, 200, List.of(), null), 200, 303, 403, 429, 503)
                        .onlyFor(Set.of(Role.ADMIN, Role.AUDITOR)),
                RouteSpec.post(
                        PAGE + "/{link}/test",
                        Gate.SESSION,
                        ImportPages.ADMINS,
                        FORM_LIMIT,
                        this::test,
                        303,
                        403,
                        413,
                        422,
                        429,
                        503));
    }

    /**
     * A link as the page shows it.
     *
     * @param speed addressees a second that its carrier has taken lately
     * @param allowed addressees a second that its carrier lets through now
     * @param trouble how many of a hundred answers spoke against it lately
     * @param delays null where no receipt has come
     * @param lastReceipt when the last one came; null where none has
     * @param money null where it costs nothing
     * @param errors by reason, the most frequent first
     * @param test ok, failed or never; empty where it has no probe number
     */
    public record Shown(
            LinkView view,
            String state,
            boolean up,
            boolean testable,
            long speed,
            long allowed,
            long trouble,
            @Nullable Waits delays,
            @Nullable Instant lastReceipt,
            @Nullable Money money,
            List<Errors> errors,
            String test) {}

    /** How long receipts take, in seconds. */
    public record Waits(String half, String most, String nearlyAll) {}

    /** What a link has spent this month, in the currency's units; the limit is empty where there is none. */
    public record Money(String spent, String limit, boolean near, boolean held) {}

    /** How often a reason was given. */
    public record Errors(String reason, long count) {}

    /** A test as the page shows it. */
    public record Test(TestSend send, String outcome, String reason, String evidence) {}

    private Answer page(Call call, int status, List<FieldError> errors, @Nullable String link) {
        boolean admin = call.principal().is(Role.ADMIN);
        Map<String, Object> model = new HashMap<>();
        model.put(
                "links", links.views().stream().map(view -> shown(view, admin)).toList());
        List<TestSend> tests = links.tests(call.principal().id());
        model.put("tests", tests.stream().map(LinkPages::shown).toList());
        model.put("open", tests.stream().limit(3).anyMatch(TestSend::isOpen));
        model.put("id", call.principal().id());
        model.put("admin", admin);
        model.put("link", link == null ? "" : link);
        model.put("errors", errors);
        return pages.page(call, status, "operate-channels", model);
    }

    private static Shown shown(LinkView view, boolean admin) {
        LinkHealth health = view.health();
        LinkQuality quality = health.quality();
        LinkTest test = health.test();
        return new Shown(
                view,
                health.state().name().toLowerCase(Locale.ROOT),
                health.state() == LinkState.UP,
                admin && view.column() != null,
                Math.round(quality.speed()),
                Math.round(quality.rate()),
                Math.round(quality.trouble() * 100),
                quality.reports() == 0
                        ? null
                        : new Waits(seconds(quality.delay50()), seconds(quality.delay90()), seconds(quality.delay99())),
                quality.lastReport(),
                spent(health.money()),
                quality.errors().entrySet().stream()
                        .map(error -> new Errors(error.getKey().label(), error.getValue()))
                        .sorted(Comparator.comparingLong(Errors::count)
                                .reversed()
                                .thenComparing(Errors::reason))
                        .toList(),
                test == null || !test.set()
                        ? ""
                        : test.at().equals(Instant.EPOCH) ? "never" : test.ok() ? "ok" : "failed");
    }

    private static @Nullable Money spent(@Nullable LinkMoney money) {
        if (money == null || (money.price() == 0 && money.limit() == 0)) {
            return null;
        }
        String limit = money.limit() == 0 ? "" : units(money.limit());
        return new Money(units(money.spent()), limit, money.near(), money.held());
    }

    private static String seconds(long millis) {
        return millis < 0 ? "" : String.format(Locale.ROOT, "%.1f", millis / 1e3);
    }

    private static String units(long thousandths) {
        return String.format(Locale.ROOT, "%.2f", thousandths / 1e3);
    }

    private static Test shown(TestSend test) {
        return new Test(
                test,
                test.outcome().name().toLowerCase(Locale.ROOT),
                test.reason() == null ? "" : test.reason().label(),
                test.evidence() == null ? "" : test.evidence().name().toLowerCase(Locale.ROOT));
    }

    private Answer test(Call call) {
        String link = call.parameter("link");
        String who = call.principal().id();
        try {
            TestSend sent = links.test(link, who, call.principal().name());
            rooms.ledger().entries().append(new Deed(sent.at(), who, "link.test", sent.link(), ""));
            return Answer.seeOther(PAGE + "#tests");
        } catch (TestSendRefused refused) {
            String why = "operate.test."
                    + refused.why().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return page(
                    call,
                    422,
                    List.of(new FieldError("test-" + link, Pages.phrases(call).of(why, who))),
                    link);
        }
    }
}
