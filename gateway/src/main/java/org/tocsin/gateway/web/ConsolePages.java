package org.tocsin.gateway.web;

import java.util.stream.Collectors;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;

/** The console's pages but the warning's own. */
final class ConsolePages {
    private ConsolePages() {}

    /** What went wrong, and what to do next. */
    static String message(String message, String next) {
        return Html.page(
                "错误：" + message + " · Tocsin",
                "<main><h1>" + Html.text(message) + "</h1><p>" + Html.text(next)
                        + "</p><p><a href=\"/console/\">返回列表 Back to the list</a></p></main>");
    }

    /** The banner of each page of who is signed in. */
    static String header(Principal principal) {
        String roles = principal.roles().stream().sorted().map(Words::role).collect(Collectors.joining("、"));
        return "<header><nav aria-label=\"主导航 Main\"><a href=\"/console/\">预警 Warnings</a>"
                + (principal.isAny(Role.AUDITOR, Role.ADMIN, Role.SIGNER)
                        ? " <a href=\"" + ReportRoutes.PAGE + "\">统计报告 Reports</a>"
                        : "")
                + "</nav><p>"
                + Html.text(principal.name()) + " · " + Html.text(roles)
                + "</p><form method=\"post\" action=\"/console/sign-out\"><button class=\"plain\">退出 Sign out</button>"
                + "</form></header>";
    }
}
