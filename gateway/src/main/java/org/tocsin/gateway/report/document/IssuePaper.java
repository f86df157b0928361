package org.tocsin.gateway.report.document;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.CurvePoint;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.paper.Cell;
import org.tocsin.gateway.report.paper.Chart;
import org.tocsin.gateway.report.paper.Grid;
import org.tocsin.gateway.report.paper.Paper;
import org.tocsin.gateway.report.paper.Part;
import org.tocsin.gateway.report.survey.SurveyFigure;

/** Says one issue's figures as a document, live or final. Immutable; any thread. */
public final class IssuePaper {
    /** The keys of its tables, whatever the issue. */
    public static final List<String> TABLES = List.of(
            "warning",
            "hours",
            "survey",
            "channels",
            "providers",
            "failures",
            "unreached",
            "audiences",
            "townships",
            "villages");

    private static final int LONGEST_TITLE = 60;

    private final ZoneId zone;
    private final String authority;
    private final Function<String, Optional<String>> hazards;

    /**
     * Writes for somebody.
     *
     * @param zone the zone of times
     * @param authority whose report it is, such as 夏邑县
     * @param hazards the name of an event code, where there is one, as the reports of a period have it
     */
    public IssuePaper(ZoneId zone, String authority, Function<String, Optional<String>> hazards) {
        this.zone = zone;
        this.authority = authority;
        this.hazards = hazards;
    }

    /**
     * The document.
     *
     * @param survey what a sample survey says; null where there is none
     */
    public Paper paper(IssueSummary summary, @Nullable SurveyFigure survey) {
        List<Part> parts = new ArrayList<>();
        parts.add(keyFigures(summary));
        parts.add(new Part.Heading("一、预警"));
        parts.add(about(summary));
        parts.add(new Part.Heading("二、覆盖过程"));
        if (!summary.curve().isEmpty()) {
            parts.add(course(summary));
        }
        parts.add(IssueGrids.hours(summary));
        parts.add(IssueGrids.survey(summary, survey));
        parts.add(new Part.Heading("三、渠道"));
        parts.add(IssueGrids.channels(summary));
        parts.add(IssueGrids.links(summary));
        parts.add(IssueGrids.failures(summary));
        parts.add(new Part.Heading("四、未触达和受众"));
        parts.add(IssueGrids.unreached(summary));
        parts.add(IssueGrids.audiences(summary));
        if (!summary.townships().isEmpty() || !summary.villages().isEmpty()) {
            parts.add(new Part.Heading("五、地区"));
        }
        parts.add(IssueGrids.townships(summary));
        parts.add(IssueGrids.villages(summary));
        parts.add(new Part.Heading("统计方法与签章"));
        parts.add(method(summary));
        parts.add(new Part.Signature(List.of("编制单位", "编制人", "审核人", "日期"), "（编制单位盖章处）"));
        String mark = summary.isDrill()
                ? ChineseWords.status(summary.about().status()) + "　不计入统计"
                : summary.settled() ? "" : "阶段性数据";
        String headline = summary.about().headline();
        return new Paper(
                new Paper.Masthead(
                        authority,
                        "突发事件预警信息公众覆盖情况报告　" + ChineseWords.time(summary.about().signed(), zone) + " 签发",
                        headline.isEmpty() ? summary.about().identifier() : title(headline),
                        finding(summary),
                        "数据截至 " + ChineseWords.time(summary.asOf(), zone),
                        mark),
                parts);
    }

    /** A headline as a title; the whole one stands among the facts, so that a long one does not fill the first page. */
    private static String title(String headline) {
        return headline.codePointCount(0, headline.length()) <= LONGEST_TITLE
                ? headline
                : headline.substring(0, headline.offsetByCodePoints(0, LONGEST_TITLE)) + "…";
    }

    private static String finding(IssueSummary summary) {
        Verdict verdict = summary.verdict();
        String state = summary.settled() ? "本期已封存，" : "截至目前，";
        if (verdict == null || summary.coverage().residents() <= 0) {
            return state + "发送对象 " + ChineseWords.count(summary.addressed()) + " 人，已触达 "
                    + ChineseWords.count(summary.reached()) + " 人"
                    + (summary.isDrill() ? "；演练不计公众覆盖率。" : "；面向特定受众，不适用公众覆盖率。");
        }
        double residents = summary.coverage().residents();
        return state + "目标区域居民 "
                + ChineseWords.count(summary.coverage().rounded().residents()) + " 人，公众覆盖率下限 "
                + ChineseWords.percent(summary.coverage().lower() / residents) + "、估计 "
                + ChineseWords.percent(summary.coverage().estimate() / residents) + "，目标 "
                + ChineseWords.percent(summary.goal().share()) + "，结论：" + verdict(summary) + "。";
    }

    /** What is missed so far and can still change is not missed yet. */
    private static String verdict(IssueSummary summary) {
        return summary.verdict() == Verdict.MISSED && !summary.settled()
                ? "尚未达标"
                : ChineseWords.verdict(summary.verdict());
    }

    private static Part keyFigures(IssueSummary summary) {
        double residents = summary.coverage().residents();
        boolean measured = summary.applies() && residents > 0;
        List<Part.KeyFigure> figures = new ArrayList<>();
        if (measured) {
            figures.add(new Part.KeyFigure(
                    "公众覆盖率（下限）",
                    ChineseWords.percent(summary.coverage().lower() / residents),
                    "目标 " + ChineseWords.percent(summary.goal().share()) + "，" + verdict(summary)));
            figures.add(new Part.KeyFigure(
                    "本人有回执（确证）",
                    ChineseWords.count(summary.coverage().rounded().confirmed()),
                    "居民 " + ChineseWords.count(summary.coverage().rounded().residents()) + " 人"));
        } else {
            figures.add(new Part.KeyFigure(
                    "已触达",
                    ChineseWords.count(summary.reached()),
                    "发送对象 " + ChineseWords.count(summary.addressed()) + " 人"));
            figures.add(new Part.KeyFigure("公众覆盖率", "不适用", "不面向全体居民，或为演练"));
        }
        figures.add(new Part.KeyFigure(
                "发布覆盖面",
                ChineseWords.percent(share(
                        summary.dissemination().delivered(),
                        summary.dissemination().villages())),
                summary.dissemination().villages() + " 村中 "
                        + summary.dissemination().delivered() + " 村有送达"));
        figures.add(new Part.KeyFigure(
                "责任人叫应率",
                ChineseWords.answerRate(summary.answering().share()),
                ChineseWords.answers(
                        summary.answering().addressed(), summary.answering().answered(), "人")));
        figures.add(new Part.KeyFigure(
                "签发至首达", ChineseWords.duration(summary.fromSignOff().firstSeconds()), "第一人确证收到"));
        figures.add(new Part.KeyFigure(
                "签发至五成",
                ChineseWords.duration(summary.fromSignOff().p50Seconds()),
                (measured ? "半数居民确证收到" : "半数发送对象确证收到")));
        figures.add(new Part.KeyFigure(
                "签发至九成",
                ChineseWords.duration(summary.fromSignOff().p90Seconds()),
                (measured ? "九成居民确证收到" : "九成发送对象确证收到")));
        figures.add(new Part.KeyFigure(
                "报送至首达", ChineseWords.duration(summary.fromSent().firstSeconds()), "自部门发出起"));
        return new Part.KeyFigures(figures);
    }

    private Part about(IssueSummary summary) {
        IssueSummary.About about = summary.about();
        List<List<Cell>> rows = new ArrayList<>();
        fact(rows, "标题", about.headline());
        fact(rows, "编号", about.identifier());
        fact(rows, "性质与类型", ChineseWords.status(about.status()) + "，" + ChineseWords.msgType(about.msgType()));
        fact(
                rows,
                "灾种与级别",
                hazards.apply(about.eventCode()).orElse(about.event()) + "（" + about.eventCode() + "），"
                        + ChineseWords.level(about.level()));
        fact(rows, "发布单位", about.issuer() + (about.senderName().isEmpty() ? "" : "（" + about.sender() + "）"));
        fact(rows, "区域", about.area());
        fact(rows, "受众", ChineseWords.audience(summary));
        fact(rows, "部门发出", ChineseWords.time(about.sent(), zone));
        fact(rows, "签发", ChineseWords.time(about.signed(), zone));
        fact(rows, "结束", about.ended() == null ? "仍在生效" : ChineseWords.time(about.ended(), zone));
        return new Grid(
                "warning",
                "预警要素",
                List.of(new Grid.Column("项目", 1.2f), new Grid.Column("内容", 4)),
                rows,
                0,
                rows.size(),
                "");
    }

    private static void fact(List<List<Cell>> rows, String name, String value) {
        rows.add(List.of(Cell.of(name), Cell.of(value)));
    }

    private static Part course(IssueSummary summary) {
        double whole = summary.applies() ? summary.coverage().residents() : summary.addressed();
        double last = summary.curve().get(summary.curve().size() - 1).millis() / 1000.0;
        double unit = last > 7200 ? 3600 : last > 120 ? 60 : 1;
        String word = unit == 3600 ? "签发后小时" : unit == 60 ? "签发后分钟" : "签发后秒";
        return new Chart.Lines(
                summary.applies() ? "公众覆盖率随时间的变化" : "触达率随时间的变化",
                word,
                List.of(
                        new Chart.Line("下限", points(summary, CurvePoint::lower, whole, unit)),
                        new Chart.Line("估计", points(summary, CurvePoint::estimate, whole, unit)),
                        new Chart.Line("上限", points(summary, CurvePoint::upper, whole, unit))),
                summary.applies() ? summary.goal().share() : null);
    }

    private static List<Chart.Point> points(
            IssueSummary summary, ToDoubleFunction<CurvePoint> figure, double whole, double unit) {
        return summary.curve().stream()
                .map(point -> new Chart.Point(
                        point.millis() / 1000.0 / unit, whole > 0 ? figure.applyAsDouble(point) / whole : 0))
                .toList();
    }

    private static Part method(IssueSummary summary) {
        List<String> lines = new ArrayList<>(List.of(
                "居民为目标区域的常住人口，发布时固定。每人每期只计一次，不论几个渠道。",
                "确证：本人有送达回执。下限：不依赖任何假设的最低值，达标与否以此判定。估计：假定各渠道相互独立。上限：最多可能收到的人数。",
                "下限达到目标为“达标”，仅估计值达到为“可能达标”，其余为“未达标”。百分数一律舍去尾数，上限相反，一律进位。",
                "送达回执说明信息到达终端，不说明本人已看懂或已行动。运营商“已受理”不算送达，平台自报的百分比不作依据。",
                "区域外触达 " + summary.outside() + " 人，可能重复提交 " + summary.possibleDoubles() + " 次，均不计入指标。",
                "逐人证据见该期证据包，可脱离本系统独立复算；本报告本身不是证据。"));
        if (!summary.settled()) {
            lines.add("本期尚未封存：回执仍可能到达，数字仍可能变化。");
        }
        return new Part.Box("统计方法与说明", lines);
    }

    private static @Nullable Double share(double part, double whole) {
        return whole > 0 ? part / whole : null;
    }
}
