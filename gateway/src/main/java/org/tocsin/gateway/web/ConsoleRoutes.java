package org.tocsin.gateway.web;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The report of each warning in the console. */
final class ConsoleRoutes {
    private final Rooms rooms;

    ConsoleRoutes(Rooms rooms) {
        this.rooms = rooms;
    }

    List<RouteSpec> routes() {
        return List.of(RouteSpec.get(
                "/console/warnings/{id}/report", Gate.SESSION, this::report, 200, 303, 403, 404, 429, 503));
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
}
