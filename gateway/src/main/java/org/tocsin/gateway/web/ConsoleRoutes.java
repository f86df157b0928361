package org.tocsin.gateway.web;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Details;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.web.RouteSpec.Gate;
import org.tocsin.gateway.web.console.Form;

/** The console's list of warnings, and a page for each. */
final class ConsoleRoutes {
    private static final long FORM_LIMIT = 16L * 1024;
    private static final int LIST = 100;
    private static final String HOME = "/console/";

    private final Rooms rooms;

    ConsoleRoutes(Rooms rooms) {
        this.rooms = rooms;
    }

    List<RouteSpec> routes() {
        // The router takes a path without a slash at its end for one with it too, so the longer one stands first.
        return List.of(
                RouteSpec.get(HOME, Gate.SESSION, this::list, 200, 303, 429, 503),
                RouteSpec.get("/", Gate.OPEN, call -> Answer.seeOther(HOME), 303),
                RouteSpec.get("/console", Gate.OPEN, call -> Answer.seeOther(HOME), 303),
                RouteSpec.get("/console/warnings/{id}", Gate.SESSION, this::warning, 200, 303, 403, 404, 429, 503),
                RouteSpec.get(
                        "/console/warnings/{id}/report", Gate.SESSION, this::report, 200, 303, 403, 404, 429, 503),
                RouteSpec.post(
                        "/console/warnings/{id}/{act}",
                        Gate.SESSION,
                        RouteSpec.ANYBODY,
                        FORM_LIMIT,
                        this::act,
                        303,
                        400,
                        403,
                        404,
                        409,
                        413,
                        415,
                        422,
                        429,
                        503));
    }

    private Answer list(Call call) {
        Principal principal = call.principal();
        WarningStore.Page page = rooms.warnings()
                .list(new WarningStore.Query(
                        java.util.Set.of(), null, cursor(call.query().get("cursor")), LIST));
        List<Warning> mine = page.warnings().stream()
                .filter(warning -> rooms.signOff().mayRead(principal, warning))
                .toList();
        return Answer.html(200, ConsolePages.list(principal, mine, page.cursor()));
    }

    private Answer warning(Call call) {
        return forReader(call, warning -> Answer.html(200, shown(call.principal(), warning, null)));
    }

    private Answer report(Call call) {
        return forReader(call, warning -> {
            Reported reported = rooms.reports().report(warning);
            return reported == null
                    ? Answer.html(
                            404,
                            ConsolePages.message(
                                    "还没有报告 There is no report yet",
                                    "预警签发并开始发布后才有报告。 There is one once the warning is signed and being sent."))
                    : Answer.html(
                            200,
                            new ReportPage(
                                            reported,
                                            rooms.reports().map(reported),
                                            call.principal(),
                                            rooms.surveys().figure(warning).orElse(null))
                                    .html());
        });
    }

    private Answer forReader(Call call, Function<Warning, Answer> page) {
        Optional<Warning> found = rooms.warnings().find(call.parameter("id"));
        if (found.isEmpty()) {
            return Answer.html(
                    404,
                    ConsolePages.message(
                            "没有这条预警 There is no such warning",
                            "链接可能不完整，请从列表里找。 The link may be cut short: look in the list."));
        }
        if (!rooms.signOff().mayRead(call.principal(), found.get())) {
            return Answer.html(
                    403,
                    ConsolePages.message(
                            "无权查看 You may not see this warning",
                            "它不在您负责的区域或灾种内；如需查看，请联系管理员。 It is not in your area or hazards: ask an administrator."));
        }
        return page.apply(found.get());
    }

    private String shown(Principal principal, Warning warning, @Nullable String refusal) {
        byte[] coverage = rooms.reports().coverage(warning);
        byte[] figures = coverage != null ? coverage : rooms.reports().estimate(warning);
        return new WarningPage(
                        warning,
                        rooms.signOff().possible(principal, warning),
                        Figures.of(figures),
                        coverage == null,
                        principal,
                        refusal)
                .html();
    }

    private Answer act(Call call) {
        Form form = Form.of(call);
        Optional<Act> act = Act.of(call.parameter("act")).filter(known -> !known.isOfTheGateway() && known != Act.EDIT);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        if (act.isEmpty()) {
            return Answer.html(
                    404,
                    ConsolePages.message(
                            "没有这个操作 There is no such act",
                            "请回到预警页面，用页面上的按钮。 Go back to the warning and use its buttons."));
        }
        String reason = form.text("reason");
        Details details = new Details(form.number("version"), reason.isEmpty() ? null : reason);
        Decision decision = rooms.signOff().act(call.principal(), call.parameter("id"), act.get(), details);
        if (decision instanceof Decision.Denied denied) {
            return denied(call, denied);
        }
        Warning warning =
                decision instanceof Decision.Done done ? done.warning() : ((Decision.Known) decision).warning();
        return Answer.seeOther("/console/warnings/" + warning.id());
    }

    private Answer denied(Call call, Decision.Denied denied) {
        int status = Statuses.of(denied.why());
        String message = "操作未完成 Not done: " + denied.message();
        Optional<Warning> now = Optional.ofNullable(denied.current())
                .or(() -> rooms.warnings().find(call.parameter("id")))
                .filter(warning -> rooms.signOff().mayRead(call.principal(), warning));
        return Answer.html(
                status,
                now.map(warning -> shown(call.principal(), warning, message))
                        .orElseGet(() ->
                                ConsolePages.message(message, "请从列表里重新打开预警。 Open the warning again from the list.")));
    }

    private static @Nullable String cursor(@Nullable String cursor) {
        return cursor != null && cursor.matches("[0-9]{1,15}-[a-z0-9]{1,40}") ? cursor : null;
    }
}
