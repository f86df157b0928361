package org.tocsin.gateway.web;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Status;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Warning;

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

    static String list(Principal principal, List<Warning> warnings, @Nullable String cursor) {
        StringBuilder body =
                new StringBuilder(header(principal)).append("<main><h1>预警 <span lang=\"en\">Warnings</span></h1>");
        if (warnings.isEmpty()) {
            body.append("<p>还没有预警。收到的预警会列在这里。 There are no warnings yet: those that come in are listed here.</p>");
        } else {
            body.append("<div class=\"scroll stack\" role=\"region\" aria-label=\"预警 Warnings\" tabindex=\"0\"><table>")
                    .append("<caption class=\"hidden\">预警列表 List of warnings</caption><thead><tr>")
                    .append("<th scope=\"col\">级别 Level</th><th scope=\"col\">标题 Headline</th>")
                    .append("<th scope=\"col\">状态 State</th><th scope=\"col\">发布 Sent</th></tr></thead><tbody>");
            warnings.forEach(warning -> row(body, warning));
            body.append("</tbody></table></div>");
        }
        if (cursor != null) {
            body.append("<p><a href=\"/console/?cursor=")
                    .append(Html.text(cursor))
                    .append("\">更早 Earlier</a></p>");
        }
        return Html.page("预警 Warnings · Tocsin", body.append("</main>").toString());
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

    private static void row(StringBuilder body, Warning warning) {
        String headline = WarningJson.headline(warning.alert());
        String drill = warning.alert().status() == Status.ACTUAL
                ? ""
                : "<strong class=\"drill\">演练 " + warning.alert().status().word() + "</strong> ";
        body.append("<tr><td>")
                .append(Words.level(warning.level()))
                .append("</td><th scope=\"row\">")
                .append(drill)
                .append("<a href=\"/console/warnings/")
                .append(warning.id())
                .append("\">")
                .append(Html.text(headline == null ? warning.alert().identifier() : headline))
                .append("</a></th><td class=\"state\">")
                .append(Words.state(warning.state()))
                .append("</td><td>")
                .append(Words.time(warning.alert().sent()))
                .append("</td></tr>");
    }
}
