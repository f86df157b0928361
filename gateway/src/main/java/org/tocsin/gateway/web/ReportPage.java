package org.tocsin.gateway.web;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.coverage.Count;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.coverage.Percent;
import org.tocsin.gateway.coverage.Timeline;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.survey.SurveyFigure;

/** A warning's report for the console: the finding first, then how it was found. Whole without a script; it prints. */
final class ReportPage {
    private final Reported reported;
    private final IssueSummary summary;
    private final AreaMap map;
    private final Principal principal;
    private final @Nullable SurveyFigure survey;
    private final Count count;
    private final StringBuilder out = new StringBuilder();

    ReportPage(Reported reported, AreaMap map, Principal principal, @Nullable SurveyFigure survey) {
        this.survey = survey;
        this.reported = reported;
        this.summary = reported.summary();
        this.map = map;
        this.principal = principal;
        this.count = summary.coverage().rounded();
    }

    String html() {
        String share = share(summary.coverage().lower());
        String goal = percent(summary.goal().share());
        ReportWords.Finding said = ReportWords.finding(summary, share, goal);
        String finding = said.chinese();
        out.append(ConsolePages.header(principal)).append("<main id=\"report\">");
        if (summary.isDrill()) {
            out.append("<p class=\"drill\" role=\"note\">演练或测试，不计入任何指标。 ")
                    .append(summary.about().status().word())
                    .append(": in no indicator.</p>");
        }
        out.append("<p><a href=\"/console/warnings/")
                .append(summary.about().issue())
                .append("\">← 返回预警 Back to the warning</a></p><h1>")
                .append(Html.text(finding))
                .append("</h1><p class=\"subtitle\" lang=\"en\">")
                .append(Html.text(said.english()))
                .append("</p>");
        about();
        if (summary.applies()) {
            figure(share);
        } else {
            audience();
        }
        indicators();
        course();
        section("map", "各村地图 <span lang=\"en\">Villages on the map</span>");
        out.append(new ReportMap(map, summary.villages(), goal()).html()).append("</section>");
        tables();
        method();
        out.append("</main>");
        return Html.page(
                finding + " · " + headline() + " · Tocsin",
                "<link rel=\"stylesheet\" href=\"/console/files/report.css\">",
                out.toString());
    }

    /** The goal's share; null where no goal applies. */
    private @Nullable Double goal() {
        return summary.applies() ? summary.goal().share() : null;
    }

    private String headline() {
        return summary.about().headline().isEmpty()
                ? summary.about().identifier()
                : summary.about().headline();
    }

    private void about() {
        IssueSummary.About about = summary.about();
        out.append("<p>")
                .append(Words.level(about.level()))
                .append(" <strong>")
                .append(Html.text(headline()))
                .append("</strong> · ")
                .append(Html.text(about.area()))
                .append(" · ")
                .append(about.msgType().word())
                .append("</p><p class=\"quiet\">发出 Sent ")
                .append(time(about.sent()))
                .append(" · 签发 Signed ")
                .append(time(about.signed()))
                .append(" · 截至 As of ")
                .append(time(summary.asOf()))
                .append(
                        summary.settled()
                                ? "（已封存，不再变化 sealed, final）"
                                : "（未封存，回执仍会改变数字 live: receipts still change it）")
                .append("</p>");
    }

    private void figure(String share) {
        out.append("<div class=\"big\"><p class=\"number\">")
                .append(share)
                .append("</p><p>公众覆盖率下限：可证实触达 ")
                .append(count(count.lower()))
                .append(" / 常住人口 ")
                .append(count(count.residents()))
                .append(
                        "<br><span lang=\"en\">Public coverage, lower bound: surely reached / residents</span></p><dl>");
        bound("已确认 Confirmed", share(summary.coverage().confirmed()), count.confirmed());
        bound("下限 Lower", share(summary.coverage().lower()), count.lower());
        bound("估计 Estimate", share(summary.coverage().estimate()), count.estimate());
        bound("上限 Upper", atMost(summary.coverage().upper(), summary.coverage().residents()), count.upper());
        out.append("<div><dt>目标 Goal</dt><dd>")
                .append(percent(summary.goal().share()))
                .append("</dd></div></dl></div>");
    }

    private void bound(String words, String share, long persons) {
        out.append("<div><dt>")
                .append(words)
                .append("</dt><dd>")
                .append(share)
                .append(" <small>")
                .append(count(persons))
                .append("</small></dd></div>");
    }

    private void audience() {
        out.append("<div class=\"big\"><p class=\"number\">")
                .append(share(summary.reached(), summary.addressed()))
                .append("</p><p>应达人员中触达 Reached of those addressed: ")
                .append(count(summary.reached()))
                .append(" / ")
                .append(count(summary.addressed()))
                .append("</p></div>");
    }

    private void indicators() {
        section("indicators", "指标 <span lang=\"en\">Indicators</span>");
        out.append("<dl class=\"figures\">");
        indicator(
                "发布覆盖面（村） Dissemination",
                percentOrNone(summary.dissemination().share()),
                summary.dissemination().delivered() + " / "
                        + summary.dissemination().villages());
        if (summary.applies()) {
            Figures designed = summary.designed();
            indicator(
                    "设计覆盖率 Designed coverage",
                    share(designed.lower()) + " – " + atMost(designed.upper(), designed.residents()),
                    "若全部正常 if all worked");
        }
        indicator(
                "终端覆盖（村） Terminals",
                percentOrNone(summary.terminals().share()),
                summary.terminals().working() + " / " + summary.terminals().villages());
        indicator(
                "责任人应答率 Answer rate of responsible persons",
                percentOrNone(summary.answering().share()),
                summary.answering().answered() + " / " + summary.answering().addressed());
        out.append("</dl>");
        survey();
        times();
        out.append("</section>");
    }

    /** The two methods beside each other, where there is a survey. */
    private void survey() {
        if (survey == null || !summary.applies()) {
            return;
        }
        out.append("<p id=\"survey\">抽样调查：及时知晓 ")
                .append(percentOrNone(survey.share()))
                .append("，95 % 置信区间 ")
                .append(percent(survey.low()))
                .append(" – ")
                .append(atMost(survey.high(), 1))
                .append("，受访 ")
                .append(count(survey.interviewed()))
                .append(" 人；实测 ")
                .append(share(summary.coverage().lower()))
                .append(" – ")
                .append(atMost(summary.coverage().upper(), summary.coverage().residents()))
                .append(
                        " <span lang=\"en\">The sample survey with its interval of 95 %, beside what was measured.</span></p>");
    }

    private void times() {
        out.append("<table class=\"numbers\"><caption>及时性 Timeliness</caption><thead><tr><td></td>")
                .append("<th scope=\"col\">首次触达 First</th><th scope=\"col\">50 %</th><th scope=\"col\">90 %</th></tr>")
                .append("</thead><tbody>");
        times("自签发 From sign-off", summary.fromSignOff());
        times("自发出 From the agency's sent", summary.fromSent());
        out.append("</tbody></table>");
    }

    private void times(String words, Timeline.Timeliness times) {
        out.append("<tr><th scope=\"row\">")
                .append(words)
                .append("</th><td>")
                .append(ReportWords.seconds(times.firstSeconds()))
                .append("</td><td>")
                .append(ReportWords.seconds(times.p50Seconds()))
                .append("</td><td>")
                .append(ReportWords.seconds(times.p90Seconds()))
                .append("</td></tr>");
    }

    private void indicator(String words, String value, String parts) {
        out.append("<div><dt>")
                .append(words)
                .append("</dt><dd>")
                .append(value)
                .append(" <small>")
                .append(parts)
                .append("</small></dd></div>");
    }

    private void course() {
        section("course", "覆盖率随时间 <span lang=\"en\">Over time</span>");
        double of = summary.applies() ? summary.coverage().residents() : summary.addressed();
        if (of > 0 && !summary.curve().isEmpty()) {
            out.append(
                            "<figure><div class=\"scroll course\" role=\"region\" aria-label=\"覆盖率随时间 Over time\" tabindex=\"0\">")
                    .append(new ReportCourse(summary.curve(), of, goal(), reported.forecast()).svg())
                    .append("</div><figcaption class=\"quiet\">")
                    .append(
                            summary.applies()
                                    ? "实线：下限；虚线：估计；色带：下限至上限；横线：目标。"
                                            + " Solid: lower; dashed: estimate; band: lower to upper; line across: goal."
                                    : "触达 ÷ 应达。 Reached of those addressed.")
                    .append("</figcaption></figure>");
        }
        if (summary.applies()) {
            out.append("<p id=\"forecast\">")
                    .append(Html.text(ReportWords.forecast(reported.forecast())))
                    .append("</p>");
        }
        new ReportTables(out, summary.applies()).hours(summary.hours(), of);
        out.append("</section>");
    }

    private void tables() {
        ReportTables tables = new ReportTables(out, summary.applies());
        section("channels", "渠道 <span lang=\"en\">Channels</span>");
        tables.channels(summary.channels());
        tables.failures(summary.channels());
        out.append("</section>");
        section("unreached", "未触达的人 <span lang=\"en\">Who was not reached</span>");
        tables.unreached(summary.unreached());
        if (principal.isAny(WarningRoutes.NAMES_READERS.toArray(new Role[0]))) {
            out.append("<p><a href=\"/api/v1/warnings/")
                    .append(summary.about().issue())
                    .append(
                            "/unreached\">名单（JSON，每次查看记入台账） The list by name (each look is kept in the ledger)</a></p>");
        }
        out.append("</section>");
        section("audiences", "受众 <span lang=\"en\">Audiences</span>");
        tables.audiences(summary.audiences());
        out.append("</section>");
        section("townships", "乡镇（街道） <span lang=\"en\">Townships</span>");
        tables.townships(summary.townships(), summary.townshipsLeftOut());
        out.append("</section>");
        section("villages", "村（社区） <span lang=\"en\">Villages</span>");
        tables.villages(summary.villages(), summary.villagesLeftOut());
        out.append("</section>");
    }

    private void method() {
        out.append("<section class=\"method\" aria-labelledby=\"method-title\"><h2 id=\"method-title\">方法"
                + " <span lang=\"en\">Method</span></h2><dl>");
        if (summary.applies()) {
            residents();
        } else {
            out.append("<dt>分子 Numerator</dt><dd>触达：本人有送达回执的应达人员，每人只计一次。")
                    .append(" Reached: those addressed with a delivery receipt of their own, each once.</dd>")
                    .append("<dt>分母 Denominator</dt><dd>应达：本次计划发送的人员，每人只计一次。")
                    .append(" Addressed: those to whom it was to go, each once. No goal applies.</dd>");
        }
        out.append("<dt>截止 Cut-off</dt><dd>").append(time(summary.asOf())).append("</dd></dl></section>");
    }

    private void residents() {
        Goal goal = summary.goal();
        out.append("<dt>分子 Numerator</dt><dd>下限：本人有送达回执的人，每人只计一次；")
                .append("终端只在有调查依据时计入。 Lower bound: persons with a delivery receipt of their own, each once; ")
                .append("terminals only as far as a survey on record says who takes them in.</dd>")
                .append("<dt>分母 Denominator</dt><dd>目标区域常住人口，制定发布计划时区划表所载。 Permanent residents of the target area,")
                .append(" as the division table had them when the issue was planned.</dd>")
                .append("<dt>估计与上限 Estimate, upper</dt><dd>估计假定各渠道相互独立；上限为至多可能触达者。")
                .append(" The estimate assumes that channels reach people independently; upper is whom they can have")
                .append(" reached at most.</dd>")
                .append("<dt>不计 Excluded</dt><dd>运营方“已受理”、平台自报覆盖率、目标区域外触达 ")
                .append(count(summary.outside()))
                .append(" 人、演练与测试。 A carrier's “accepted”, a platform's own percentage, ")
                .append(count(summary.outside()))
                .append(" persons reached who live outside, exercises and tests.</dd>")
                .append("<dt>目标 Goal</dt><dd>")
                .append(percent(goal.share()))
                .append(goal.division() == null ? "，默认 default" : "，行政区划 division " + Html.text(goal.division()))
                .append("；以签发日为准。 As of the day of sign-off.</dd>");
    }

    private void section(String id, String title) {
        out.append("<section aria-labelledby=\"")
                .append(id)
                .append("-title\"><h2 id=\"")
                .append(id)
                .append("-title\">")
                .append(title)
                .append("</h2>");
    }

    private String time(Instant at) {
        return Words.time(at.atZone(reported.zone()).toOffsetDateTime());
    }

    private static String percentOrNone(@Nullable Double share) {
        return share == null ? "—" : percent(share);
    }

    /** A share of the residents, of sums that are not rounded. */
    private String share(double persons) {
        double residents = summary.coverage().residents();
        return residents > 0 ? percent(persons / residents) : "—";
    }

    private static String atMost(double persons, double residents) {
        return residents > 0 ? Percent.words(persons / residents, true).replace(' ', '\u00a0') : "—";
    }

    private static String share(long part, long whole) {
        return whole == 0 ? "—" : percent((double) part / whole);
    }

    /** A share with one decimal, never rounded up: 89.96 % is not 90 %. */
    static String percent(double share) {
        return Percent.words(share).replace(' ', '\u00a0');
    }

    /** A count with its thousands apart. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
