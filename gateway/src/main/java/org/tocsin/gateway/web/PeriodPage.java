package org.tocsin.gateway.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.coverage.Percent;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.report.export.ReportDesk;
import org.tocsin.gateway.report.period.GroupFigures;
import org.tocsin.gateway.report.period.PeriodQuery;
import org.tocsin.gateway.report.period.PeriodQueryReader;
import org.tocsin.gateway.report.period.PeriodReport;

/** The console's page of reports: choose a period, see what it adds up to, download it. */
final class PeriodPage {
    private static final String TITLE = "统计报告 Reports";

    private final Principal principal;
    private final LocalDate today;
    private final Map<String, String> asked;

    PeriodPage(Principal principal, LocalDate today, Map<String, String> asked) {
        this.principal = principal;
        this.today = today;
        this.asked = asked;
    }

    /** The form alone. */
    String form() {
        return page("<p>选择期间，查看汇总并下载。 Choose a period to see what it adds up to, and download it.</p>");
    }

    /** What is wrong with what was asked for. */
    String refused(List<PeriodQueryReader.Wrong> wrong) {
        String items = wrong.stream()
                .map(one -> "<li><strong>" + Html.text(words(one.parameter())) + "</strong> " + Html.text(one.message())
                        + "</li>")
                .collect(Collectors.joining());
        return page("<div class=\"error\" role=\"alert\">请改正后重试 Mend this and try again<ul>" + items + "</ul></div>");
    }

    /** The report. */
    String report(PeriodReport report) {
        GroupFigures total = report.total();
        StringBuilder body = new StringBuilder();
        body.append("<h2>").append(Html.text(report.query().period().words())).append("</h2>");
        if (!report.isFinal(today)) {
            body.append("<p class=\"note\">阶段性数据：期间未结束，或有预警尚未封存（")
                    .append(total.open())
                    .append(" 期）。 Not final yet.</p>");
        }
        if (!report.unreadable().isEmpty()) {
            body.append("<p class=\"note\">")
                    .append(report.unreadable().size())
                    .append(" 期的汇总无法读取，未计入：")
                    .append(Html.text(String.join("、", report.unreadable())))
                    .append(" Summaries that cannot be read are in no figure.</p>");
        }
        body.append("<dl class=\"figures\">");
        figure(body, "真实预警 Issues", total.issues() + " 期");
        figure(body, "加权覆盖率下限 Weighted, sure", percent(total.weightedLower()));
        figure(body, "加权覆盖率估计 Weighted, estimate", percent(total.weightedEstimate()));
        figure(body, "简单平均下限 Unweighted mean, sure", percent(total.meanLower()));
        figure(body, "合计结论 Verdict", verdict(total.verdict()));
        figure(
                body,
                "达标 / 可能 / 未达标 Met / likely / missed",
                total.met() + " / " + total.likely() + " / " + total.missed());
        figure(body, "签发至首达中位 Median to first", total.measured() == 0 ? "—" : seconds(total.firstSeconds()));
        figure(body, "签发至九成中位 Median to 90 %", total.measured() == 0 ? "—" : seconds(total.p90Seconds()));
        figure(body, "演练（单列） Drills, apart", report.drills().issues() + " 期");
        body.append("</dl>").append(downloads(report.query()));
        groups(body, "按级别 By level", report.levels());
        groups(body, "按灾种 By hazard", report.hazards());
        groups(body, "按发布单位 By issuer", report.issuers());
        groups(body, "按月 By month", report.months());
        townships(body, report);
        body.append("<p class=\"quiet\">加权：人数相加后相除；简单平均：每期同权。首发和每次更新各为一期，解除不计，演练不计。"
                + " Weighted: persons are summed, then divided; unweighted: each issue counts the same. An Alert and each"
                + " Update are an issue each.</p>");
        return page(body.toString());
    }

    private String page(String rest) {
        return Html.page(
                TITLE + " · Tocsin",
                ConsolePages.header(principal) + "<main><h1>统计报告 <span lang=\"en\">Reports</span></h1>" + chooser()
                        + rest + "</main>");
    }

    private String chooser() {
        StringBuilder form = new StringBuilder("<form method=\"get\" action=\"" + ReportRoutes.PAGE + "\">");
        form.append("<p class=\"fields\">");
        boolean byDays = !given("from").isEmpty() || !given("to").isEmpty();
        String year = given("year").isEmpty() && !byDays ? Integer.toString(today.getYear()) : given("year");
        input(form, "year", "年 Year", "number", year);
        select(form, "quarter", "季度 Quarter", List.of("1", "2", "3", "4"));
        select(form, "month", "月 Month", List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"));
        input(form, "from", "或自 Or from", "date", given("from"));
        input(form, "to", "至 To", "date", given("to"));
        form.append("</p><p class=\"fields\">");
        select(form, "level", "级别 Level", List.of("I", "II", "III", "IV"));
        input(form, "hazard", "灾种代码 Event code", "text", given("hazard"));
        input(form, "issuer", "发布单位 Issuer", "text", given("issuer"));
        input(form, "channel", "渠道 Channel", "text", given("channel"));
        return form.append("</p><p><button>查看 Show</button></p></form>").toString();
    }

    private static void input(StringBuilder form, String name, String label, String type, String value) {
        form.append("<label>")
                .append(label)
                .append(" <input name=\"")
                .append(name)
                .append("\" type=\"")
                .append(type)
                .append("\" maxlength=\"200\" value=\"")
                .append(Html.text(value))
                .append("\"></label> ");
    }

    private void select(StringBuilder form, String name, String label, List<String> values) {
        form.append("<label>")
                .append(label)
                .append(" <select name=\"")
                .append(name)
                .append("\"><option value=\"\">全部 All</option>");
        for (String value : values) {
            String shown = name.equals("level") ? Level.valueOf(value).chineseColour() + " " + value : value;
            form.append("<option value=\"")
                    .append(value)
                    .append(value.equals(given(name)) ? "\" selected>" : "\">")
                    .append(shown)
                    .append("</option>");
        }
        form.append("</select></label> ");
    }

    private static String downloads(PeriodQuery query) {
        String parameters = query.parameters().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&amp;"));
        String file = ReportRoutes.API + "/period";
        StringBuilder links = new StringBuilder("<p>下载 Download: ");
        for (String format : List.of("pdf", "xlsx")) {
            links.append("<a href=\"")
                    .append(file)
                    .append('.')
                    .append(format)
                    .append('?')
                    .append(parameters);
            links.append("\">").append(format.toUpperCase(Locale.ROOT)).append("</a> · ");
        }
        links.append("<a href=\"").append(file).append('?').append(parameters).append("\">JSON</a> · CSV: ");
        return links.append(ReportDesk.periodTables().stream()
                        .map(table -> "<a href=\"" + file + ".csv?" + parameters + "&amp;table=" + table + "\">" + table
                                + "</a>")
                        .collect(Collectors.joining(" ")))
                .append("</p>")
                .toString();
    }

    private static void groups(StringBuilder body, String title, List<PeriodReport.Group> groups) {
        if (groups.isEmpty()) {
            return;
        }
        table(
                body,
                title,
                List.of(
                        "",
                        "期数 Issues",
                        "计入 Measured",
                        "达标 Met",
                        "可能 Likely",
                        "未达标 Missed",
                        "加权下限 Weighted, sure",
                        "简单平均下限 Unweighted, sure",
                        "九成中位 Median to 90 %",
                        "未封存 Open"));
        for (PeriodReport.Group group : groups) {
            GroupFigures figures = group.figures();
            body.append("<tr><th scope=\"row\">")
                    .append(Html.text(group.name()))
                    .append("</th>");
            cells(
                    body,
                    Integer.toString(figures.issues()),
                    Integer.toString(figures.measured()),
                    Integer.toString(figures.met()),
                    Integer.toString(figures.likely()),
                    Integer.toString(figures.missed()),
                    percent(figures.weightedLower()),
                    percent(figures.meanLower()),
                    figures.measured() == 0 ? "—" : seconds(figures.p90Seconds()),
                    Integer.toString(figures.open()));
        }
        body.append("</tbody></table></div>");
    }

    private static void townships(StringBuilder body, PeriodReport report) {
        if (report.townships().isEmpty()) {
            return;
        }
        table(
                body,
                "乡镇（街道）排名 Townships ranked",
                List.of("乡镇 Township", "名次 Rank", "期数 Issues", "加权下限 Weighted, sure", "简单平均下限 Unweighted, sure"));
        for (PeriodReport.Ranked row : report.townships()) {
            body.append("<tr><th scope=\"row\">").append(Html.text(row.name())).append("</th>");
            cells(
                    body,
                    Integer.toString(row.rank()),
                    Integer.toString(row.issues()),
                    percent(row.weightedLower()),
                    percent(row.meanLower()));
        }
        body.append("</tbody></table></div>");
    }

    private static void table(StringBuilder body, String title, List<String> columns) {
        body.append("<h3>")
                .append(title)
                .append("</h3><div class=\"scroll\" role=\"region\" aria-label=\"")
                .append(title)
                .append("\" tabindex=\"0\"><table><thead><tr>");
        columns.forEach(
                column -> body.append(column.isEmpty() ? "<td></td>" : "<th scope=\"col\">" + column + "</th>"));
        body.append("</tr></thead><tbody>");
    }

    private static void cells(StringBuilder body, String... cells) {
        for (String cell : cells) {
            body.append("<td data-figure>").append(cell).append("</td>");
        }
        body.append("</tr>");
    }

    private static void figure(StringBuilder body, String name, String value) {
        body.append("<div><dt>").append(name).append("</dt><dd>").append(value).append("</dd></div>");
    }

    private String given(String name) {
        return asked.getOrDefault(name, "").strip();
    }

    private static String words(String parameter) {
        return switch (parameter) {
            case "year" -> "年 Year";
            case "quarter" -> "季度 Quarter";
            case "month" -> "月 Month";
            case "from" -> "自 From";
            case "to" -> "至 To";
            case "level" -> "级别 Level";
            case "hazard" -> "灾种代码 Event code";
            case "issuer" -> "发布单位 Issuer";
            case "channel" -> "渠道 Channel";
            default -> parameter;
        };
    }

    private static String verdict(@Nullable Verdict verdict) {
        return verdict == null ? "不适用 Does not apply" : Words.verdict(verdict.word());
    }

    /** To a tenth of a per cent, rounded down. */
    private static String percent(@Nullable Double share) {
        return share == null ? "—" : Percent.words(share);
    }

    private static String seconds(@Nullable Double seconds) {
        return seconds == null ? "未达到 Never" : String.format(Locale.ROOT, "%.1f 秒 s", seconds);
    }
}
