package org.tocsin.gateway.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.export.ReportDesk;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The report of each warning: the finding first, then how it was found. Whole without a script; it prints. */
final class ReportPages implements Area {
    private final Rooms rooms;
    private final Pages pages;
    private final WarningDoor door;

    ReportPages(Rooms rooms, Pages pages) {
        this.rooms = rooms;
        this.pages = pages;
        this.door = new WarningDoor(rooms, pages);
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(RouteSpec.get(
                "/console/warnings/{id}/report", Gate.SESSION, this::report, 200, 303, 403, 404, 429, 503));
    }

    private Answer report(Call call) {
        return door.open(call, warning -> {
            Reported reported = rooms.reports().report(warning);
            if (reported == null) {
                return pages.message(call, 404, "report.none", "report.none.next");
            }
            Map<String, Object> model = new HashMap<>();
            model.put(
                    "view",
                    ReportView.of(
                            reported,
                            rooms.reports().map(reported),
                            rooms.surveys().figure(warning).orElse(null),
                            Pages.phrases(call)));
            model.put("drill", reported.summary().isDrill());
            model.put("tables", ReportDesk.issueTables());
            model.put("mayPack", call.principal().isAny(Role.AUDITOR, Role.ADMIN));
            model.put("mayNames", call.principal().isAny(Role.AUDITOR, Role.ISSUER, Role.SIGNER));
            return pages.page(call, 200, "report", model);
        });
    }
}
