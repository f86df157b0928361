package org.tocsin.gateway.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.LinkState;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.dispatch.LinkDesk;
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

    /** A link as the page shows it. */
    public record Shown(LinkView view, String state, boolean up, boolean testable) {}

    /** A test as the page shows it. */
    public record Test(TestSend send, String outcome, String reason, String evidence) {}

    private Answer page(Call call, int status, List<FieldError> errors, @Nullable String link) {
        boolean admin = call.principal().is(Role.ADMIN);
        Map<String, Object> model = new HashMap<>();
        model.put(
                "links",
                links.views().stream()
                        .map(view -> new Shown(
                                view,
                                view.health().state().name().toLowerCase(Locale.ROOT),
                                view.health().state() == LinkState.UP,
                                admin && view.column() != null))
                        .toList());
        List<TestSend> tests = links.tests(call.principal().id());
        model.put("tests", tests.stream().map(LinkPages::shown).toList());
        model.put("open", tests.stream().limit(3).anyMatch(TestSend::isOpen));
        model.put("id", call.principal().id());
        model.put("admin", admin);
        model.put("link", link == null ? "" : link);
        model.put("errors", errors);
        return pages.page(call, status, "operate-channels", model);
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
