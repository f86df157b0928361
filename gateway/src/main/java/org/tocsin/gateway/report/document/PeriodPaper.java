package org.tocsin.gateway.report.document;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.report.paper.Cell;
import org.tocsin.gateway.report.paper.Chart;
import org.tocsin.gateway.report.paper.Grid;
import org.tocsin.gateway.report.paper.Paper;
import org.tocsin.gateway.report.paper.Part;
import org.tocsin.gateway.report.period.GroupFigures;
import org.tocsin.gateway.report.period.PeriodReport;

/** Says a period's report as a document for the county government. Immutable; any thread. */
public final class PeriodPaper {
    /** The keys of its tables, whatever the period. */
    public static final List<String> TABLES = List.of(
            "indicators",
            "months",
            "levels",
            "hazards",
            "issuers",
            "townships",
            "channels",
            "failures",
            "drills",
            "issues");

    private static final int MOST_BARS = 30;
    private static final int MOST_HAZARD_BARS = 10;
    private static final String[] NUMERALS = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};

    private final ZoneId zone;
    private final String authority;

    /**
     * Writes for somebody.
     *
     * @param zone the zone of times
     * @param authority whose report it is, such as 夏邑县
     */
    public PeriodPaper(ZoneId zone, String authority) {
        this.zone = zone;
        this.authority = authority;
    }

    /** The document. */
    public Paper paper(PeriodReport report) {
        boolean isFinal = report.isFinal(report.asOf().atZone(zone).toLocalDate());
        List<Part> parts = new ArrayList<>();
        Sections sections = new Sections(parts);
        parts.add(keyFigures(report));
        sections.heading("总体情况");
        parts.add(new Part.Prose(overview(report)));
        parts.add(indicators(report));
        if (report.months().size() > 1) {
            sections.heading("各月情况");
            parts.add(months(report));
        }
        Grid months = PeriodGrids.groups("months", "按月统计", "月份", report.months(), report.total());
        parts.add(report.months().size() > 1 ? months : months.forWork());
        groups(report, sections, parts);
        if (!report.townships().isEmpty()) {
            sections.heading("乡镇（街道）情况");
            parts.add(townshipBars(report));
        }
        parts.add(PeriodGrids.townships(report.townships()));
        if (!report.channels().isEmpty()) {
            sections.heading("发布渠道");
        }
        parts.add(PeriodGrids.channels(report.channels()));
        parts.add(PeriodGrids.failures(report.channels()));
        sections.heading("演练（单列，不计入以上任何数字）");
        parts.add(new Part.Prose(List.of(drills(report))));
        parts.add(PeriodGrids.drills(report.drillIssues(), zone));
        sections.heading("统计方法与说明");
        parts.add(PeriodMethod.method(report, zone));
        parts.add(PeriodMethod.limits(report));
        sections.heading("编制与签章");
        parts.add(new Part.Signature(List.of("编制单位", "编制人", "审核人", "签发人", "日期"), "（编制单位盖章处）"));
        if (!report.issues().isEmpty()) {
            parts.add(new Part.Heading("附表　逐期明细"));
        }
        parts.add(PeriodGrids.issues(report.issues(), zone));
        return new Paper(
                new Paper.Masthead(
                        authority,
                        report.query().period().words(),
                        "突发事件预警信息公众覆盖情况" + report.query().period().kind(),
                        finding(report),
                        "数据截至 " + ChineseWords.time(report.asOf(), zone),
                        isFinal ? "" : "阶段性数据"),
                parts);
    }

    /** Numbers the headings. */
    private static final class Sections {
        private final List<Part> parts;
        private int next;

        Sections(List<Part> parts) {
            this.parts = parts;
        }

        void heading(String text) {
            parts.add(new Part.Heading(NUMERALS[next++] + "、" + text));
        }
    }

    /** What the report has found, in a sentence. */
    static String finding(PeriodReport report) {
        GroupFigures total = report.total();
        if (total.issues() == 0) {
            return "本期没有签发符合条件的真实预警，没有覆盖数据。";
        }
        String begin = "本期签发真实预警 " + total.issues() + " 期";
        Verdict verdict = total.verdict();
        if (verdict == null) {
            return begin + "，均不适用公众覆盖率。";
        }
        String goal = " " + ChineseWords.percent(total.weightedGoal()) + " 的目标";
        String estimate = "（估计值 " + ChineseWords.percent(total.weightedEstimate()) + "）";
        String stand =
                switch (verdict) {
                    case MET -> "确证达到" + goal;
                    case LIKELY -> "尚未确证达到" + goal + "，可能达标" + estimate;
                    case MISSED -> "未达到" + goal + estimate;
                };
        return begin + "，按居民加权的公众覆盖率下限为 " + ChineseWords.percent(total.weightedLower()) + "，" + stand + "；计入的 "
                + total.measured() + " 期中，达标 " + total.met() + " 期、可能达标 " + total.likely() + " 期、未达标 " + total.missed()
                + " 期。";
    }

    private static Part keyFigures(PeriodReport report) {
        GroupFigures total = report.total();
        return new Part.KeyFigures(List.of(
                new Part.KeyFigure("真实预警", total.issues() + " 期", "首发 " + total.alerts() + "，更新 " + total.updates()),
                new Part.KeyFigure(
                        "公众覆盖率（加权下限）",
                        ChineseWords.percent(total.weightedLower()),
                        "目标 " + ChineseWords.percent(total.weightedGoal()) + "，"
                                + ChineseWords.verdict(total.verdict())),
                new Part.KeyFigure(
                        "逐期达标率",
                        ChineseWords.percent(part(total.met(), total.measured())),
                        total.measured() + " 期中 " + total.met() + " 期达标"),
                new Part.KeyFigure("覆盖率简单平均（下限）", ChineseWords.percent(total.meanLower()), "每期同权，不按居民加权"),
                new Part.KeyFigure("签发至首达（中位）", ChineseWords.median(total, total.firstSeconds()), "自签发到第一人确证收到"),
                new Part.KeyFigure("签发至九成（中位）", ChineseWords.median(total, total.p90Seconds()), "自签发到九成居民确证收到"),
                new Part.KeyFigure(
                        "发布覆盖面", ChineseWords.percent(part(total.delivered(), total.villages())), "至少一个渠道送达的村次占比"),
                new Part.KeyFigure(
                        "责任人叫应率",
                        ChineseWords.answerRate(total.answerShare()),
                        ChineseWords.answers(total.responsible(), total.answered(), "人次"))));
    }

    private static List<String> overview(PeriodReport report) {
        GroupFigures total = report.total();
        List<String> text = new ArrayList<>();
        text.add("本期共签发真实预警 " + total.issues() + " 期：首发 " + total.alerts() + " 期，更新 " + total.updates()
                + " 期；另签发解除 " + report.cancels() + " 期，不计入覆盖数字。其中 " + total.measured()
                + " 期面向全体居民，计入公众覆盖率；" + report.otherAudiences() + " 期面向特定受众，不适用公众覆盖率。");
        if (total.measured() > 0) {
            text.add("计入各期的居民合计 " + ChineseWords.count(total.sum().rounded().residents())
                    + " 人次（同一居民每期计一次）。按居民加权：确证 " + ChineseWords.percent(total.weightedConfirmed())
                    + "，下限 " + ChineseWords.percent(total.weightedLower()) + "，估计 "
                    + ChineseWords.percent(total.weightedEstimate()) + "，上限 "
                    + ChineseWords.atMost(total.weightedUpper()) + "。简单平均（每期同权）：下限 "
                    + ChineseWords.percent(total.meanLower()) + "，估计 "
                    + ChineseWords.percent(total.meanEstimate()) + "。适用目标：" + goals(report.goals()) + "。");
        }
        if (total.open() > 0) {
            text.add("其中 " + total.open() + " 期尚未封存，回执仍可能到达，本报告为阶段性数据；“数据截至”取其中最早一期汇总的时间。");
        }
        if (!report.unreadable().isEmpty()) {
            text.add("另有 " + report.unreadable().size() + " 期的汇总无法读取，未计入任何数字：" + String.join("、", report.unreadable())
                    + "。");
        }
        if (report.query().isFiltered()) {
            text.add("本报告只含筛选后的预警：" + PeriodMethod.filters(report.query()) + "。");
        }
        return text;
    }

    private static Part indicators(PeriodReport report) {
        GroupFigures total = report.total();
        List<List<Cell>> rows = new ArrayList<>();
        row(rows, "公众覆盖率·加权确证", total.weightedConfirmed(), "本人有送达回执的居民 ÷ 居民，各期相加后相除");
        row(rows, "公众覆盖率·加权下限", total.weightedLower(), "不依赖任何假设的最低值；达标与否以此判定");
        row(rows, "公众覆盖率·加权估计", total.weightedEstimate(), "假定各渠道相互独立");
        Double upper = total.weightedUpper();
        rows.add(List.of(
                Cell.of("公众覆盖率·加权上限"), upper == null ? Cell.NONE : new Cell.Share(upper, true), Cell.of("最多可能收到的居民")));
        row(rows, "公众覆盖率·简单平均下限", total.meanLower(), "各期下限占比的算术平均，每期同权");
        row(rows, "逐期达标率", part(total.met(), total.measured()), "下限达到该期目标的期数 ÷ 计入期数");
        row(rows, "发布覆盖面", part(total.delivered(), total.villages()), "至少一个渠道送达的村 ÷ 目标区域的村");
        Double answered = total.answerShare();
        rows.add(List.of(
                Cell.of("责任人叫应率"),
                answered == null ? Cell.of("未叫应") : new Cell.Share(answered),
                Cell.of("应答的责任人 ÷ 被呼叫的责任人；没有要求应答时记“未叫应”")));
        return new Grid(
                "indicators",
                "主要指标",
                List.of(new Grid.Column("指标", 2.2f), new Grid.Column("数值", 1), new Grid.Column("口径", 4)),
                rows,
                0,
                rows.size(),
                "百分数一律舍去尾数，不进位；上限相反，一律进位。");
    }

    private static void row(List<List<Cell>> rows, String name, @Nullable Double share, String how) {
        rows.add(List.of(Cell.of(name), PeriodGrids.share(share), Cell.of(how)));
    }

    private static Part months(PeriodReport report) {
        boolean oneYear = report.query().period().from().getYear()
                == report.query().period().to().getYear();
        List<Chart.Stack> stacks = new ArrayList<>();
        for (PeriodReport.Group month : report.months()) {
            String label = oneYear ? month.name().substring(month.name().indexOf('年') + 1) : month.key();
            GroupFigures figures = month.figures();
            stacks.add(new Chart.Stack(
                    label, List.of((long) figures.met(), (long) figures.likely(), (long) figures.missed())));
        }
        return new Chart.Stacks("各月计入公众覆盖率的预警（期）", List.of("达标", "可能达标", "未达标"), stacks);
    }

    private static void groups(PeriodReport report, Sections sections, List<Part> parts) {
        if (report.total().issues() > 0) {
            sections.heading("按级别和灾种");
        }
        bars("各级别加权覆盖率", report.levels(), report, MOST_BARS, parts);
        parts.add(PeriodGrids.groups("levels", "按级别统计", "级别", report.levels(), report.total()));
        bars("各灾种加权覆盖率（期数最多的 " + MOST_HAZARD_BARS + " 种以内）", report.hazards(), report, MOST_HAZARD_BARS, parts);
        parts.add(PeriodGrids.groups("hazards", "按灾种统计", "灾种", report.hazards(), report.total()));
        if (report.total().issues() > 0) {
            sections.heading("按发布单位");
        }
        parts.add(PeriodGrids.groups("issuers", "按发布单位统计", "发布单位", report.issuers(), report.total()));
    }

    private static void bars(
            String title, List<PeriodReport.Group> groups, PeriodReport report, int most, List<Part> parts) {
        List<Chart.Range> bars = new ArrayList<>();
        for (PeriodReport.Group group : groups) {
            Double lower = group.figures().weightedLower();
            Double estimate = group.figures().weightedEstimate();
            Double upper = group.figures().weightedUpper();
            if (lower != null && estimate != null && upper != null && bars.size() < most) {
                bars.add(new Chart.Range(group.name(), lower, estimate, upper));
            }
        }
        if (!bars.isEmpty()) {
            parts.add(new Chart.Ranges(title, bars, oneGoal(report)));
        }
    }

    private static Part townshipBars(PeriodReport report) {
        List<Chart.Range> bars = new ArrayList<>();
        int shown = Math.min(MOST_BARS, report.townships().size());
        for (PeriodReport.Ranked row : report.townships().subList(0, shown)) {
            double residents = row.sum().residents();
            bars.add(new Chart.Range(
                    row.rank() + "　" + row.name(),
                    row.weightedLower(),
                    row.sum().estimate() / residents,
                    row.sum().upper() / residents));
        }
        return new Chart.Ranges(
                "各乡镇（街道）加权覆盖率" + (shown < report.townships().size() ? "（前 " + shown + " 名）" : ""),
                bars,
                oneGoal(report));
    }

    /** The goal, where it was the same for all: a line for several would mean nothing. */
    private static @Nullable Double oneGoal(PeriodReport report) {
        return report.goals().size() == 1 ? report.goals().keySet().iterator().next() : null;
    }

    private static String goals(Map<Double, Integer> goals) {
        return goals.entrySet().stream()
                .map(goal -> ChineseWords.percent(goal.getKey()) + "（" + goal.getValue() + " 期）")
                .collect(Collectors.joining("、"));
    }

    private static String drills(PeriodReport report) {
        int issues = report.drills().issues();
        return issues == 0
                ? "本期没有演练或测试。"
                : "本期演练与测试共 " + issues + " 期（首发 " + report.drills().alerts() + "，更新 "
                        + report.drills().updates() + "）。演练不面向公众，没有公众覆盖率。";
    }

    private static @Nullable Double part(long part, long whole) {
        return whole > 0 ? (double) part / whole : null;
    }
}
