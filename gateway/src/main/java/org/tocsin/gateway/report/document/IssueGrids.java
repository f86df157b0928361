package org.tocsin.gateway.report.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Curve;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.receipt.ChannelCounts;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.paper.Cell;
import org.tocsin.gateway.report.paper.Grid;
import org.tocsin.gateway.report.survey.SurveyFigure;

/** The tables of one issue's report. */
final class IssueGrids {
    private static final int MOST_VILLAGES_ON_PAPER = 120;

    private IssueGrids() {}

    static Grid townships(IssueSummary summary) {
        List<List<Cell>> rows = new ArrayList<>();
        for (IssueSummary.Township row : summary.townships()) {
            List<Cell> cells = new ArrayList<>(
                    List.of(Cell.of(row.name().isEmpty() ? row.code() : row.name()), Cell.of(row.code())));
            figures(cells, row.figures());
            cells.add(Cell.of(row.villages()));
            cells.add(Cell.of(row.delivered()));
            cells.add(Cell.of(row.terminals()));
            cells.add(Cell.of(row.finished()));
            rows.add(cells);
        }
        List<Grid.Column> columns =
                new ArrayList<>(List.of(new Grid.Column("乡镇（街道）", 2.2f), new Grid.Column("区划代码", 2.3f)));
        columns(columns, summary);
        columns.add(new Grid.Column("村", 0.9f));
        columns.add(new Grid.Column("已送\n达村", 1f));
        columns.add(new Grid.Column("终端", 1f));
        columns.add(new Grid.Column("播完\n终端", 1f));
        return new Grid("townships", "按乡镇（街道）", columns, rows, 0, 200, "");
    }

    static Grid villages(IssueSummary summary) {
        List<List<Cell>> rows = new ArrayList<>();
        summary.villages().stream()
                .sorted(Comparator.comparingDouble(IssueGrids::lower).thenComparing(IssueSummary.Village::code))
                .forEach(row -> {
                    List<Cell> cells = new ArrayList<>(List.of(Cell.of(row.name()), Cell.of(row.code())));
                    figures(cells, row.figures());
                    cells.add(Cell.of(row.delivered() ? "是" : "否"));
                    cells.add(Cell.of(row.cut() ? "部分" : "全部"));
                    cells.add(Cell.of(row.terminals()));
                    cells.add(Cell.of(row.finished()));
                    rows.add(cells);
                });
        List<Grid.Column> columns =
                new ArrayList<>(List.of(new Grid.Column("村（社区）", 2.4f), new Grid.Column("区划代码", 2.3f)));
        columns(columns, summary);
        columns.add(new Grid.Column("送达", 0.9f));
        columns.add(new Grid.Column("范围", 1f));
        columns.add(Grid.Column.forWork("终端"));
        columns.add(Grid.Column.forWork("播完终端"));
        String note =
                "覆盖率最低的排在前面。" + (summary.villagesLeftOut() > 0 ? "另有 " + summary.villagesLeftOut() + " 个村未保存明细。" : "");
        return new Grid("villages", "按村（社区）", columns, rows, 0, MOST_VILLAGES_ON_PAPER, note);
    }

    private static double lower(IssueSummary.Village village) {
        double residents = village.figures().residents();
        return residents > 0 ? village.figures().lower() / residents : 2;
    }

    private static void columns(List<Grid.Column> columns, IssueSummary summary) {
        columns.add(new Grid.Column(summary.applies() ? "居民" : "发送对象", 1.5f));
        columns.add(new Grid.Column("确证", 1.5f));
        columns.add(new Grid.Column("下限", 1.3f));
        columns.add(new Grid.Column("估计", 1.3f));
        columns.add(new Grid.Column("上限", 1.3f));
    }

    private static void figures(List<Cell> cells, Figures figures) {
        cells.add(Cell.of(figures.rounded().residents()));
        cells.add(Cell.of(figures.rounded().confirmed()));
        cells.add(Cell.share(figures.lower(), figures.residents()));
        cells.add(Cell.share(figures.estimate(), figures.residents()));
        cells.add(Cell.atMost(figures.upper(), figures.residents()));
    }

    static Grid channels(IssueSummary summary) {
        List<List<Cell>> rows = new ArrayList<>();
        for (IssueSummary.Channel channel : summary.channels()) {
            rows.add(
                    counts(ChineseWords.channel(channel.name()), channel.ofTerminals() ? "终端" : "人", channel.counts()));
        }
        return new Grid("channels", "按渠道", countColumns("渠道", "单位"), rows, 0, 40, PeriodGrids.CHANNELS_NOTE);
    }

    static Grid links(IssueSummary summary) {
        List<List<Cell>> rows = new ArrayList<>();
        for (IssueSummary.Channel channel : summary.channels()) {
            for (IssueSummary.Link link : channel.links()) {
                rows.add(counts(
                        ChineseWords.channel(channel.name()), link.provider() + " / " + link.link(), link.counts()));
            }
        }
        return new Grid("providers", "按运营商和链路", countColumns("渠道", "运营商 / 链路"), rows, 0, 60, "转到另一条链路的人在两条链路上都计数。");
    }

    private static List<Cell> counts(String channel, String second, ChannelCounts counts) {
        return List.of(
                Cell.of(channel),
                Cell.of(second),
                Cell.of(counts.planned()),
                Cell.of(counts.submitted()),
                Cell.of(counts.accepted()),
                Cell.of(counts.delivered()),
                Cell.of(counts.acknowledged()),
                Cell.of(counts.failed()),
                Cell.of(counts.noReport()),
                Cell.share(counts.delivered(), counts.planned()));
    }

    private static List<Grid.Column> countColumns(String first, String second) {
        return List.of(
                new Grid.Column(first, 1.5f),
                new Grid.Column(second, second.length() > 4 ? 2.2f : 0.9f),
                new Grid.Column("计划", 1.5f),
                new Grid.Column("提交", 1.5f),
                new Grid.Column("受理", 1.5f),
                new Grid.Column("送达", 1.5f),
                new Grid.Column("确认", 1.3f),
                new Grid.Column("失败", 1.3f),
                new Grid.Column("无回执", 1.3f),
                new Grid.Column("送达÷\n计划", 1.3f));
    }

    static Grid failures(IssueSummary summary) {
        List<List<Cell>> rows = new ArrayList<>();
        for (IssueSummary.Channel channel : summary.channels()) {
            channel.failures()
                    .forEach((reason, count) -> rows.add(List.of(
                            Cell.of(ChineseWords.channel(channel.name())),
                            Cell.of(ChineseWords.reason(reason)),
                            Cell.of(count),
                            Cell.share(count, channel.counts().failed()))));
        }
        return PeriodGrids.failureGrid(rows);
    }

    static Grid unreached(IssueSummary summary) {
        IssueSummary.Unreached of = summary.unreached();
        double whole = summary.applies() ? summary.coverage().residents() : summary.addressed();
        List<List<Cell>> rows = new ArrayList<>(List.of(
                reason("尚无回执", of.noReport(), whole, "运营商已受理或可能已受理，没有最终回执"),
                reason("未发送", of.unsent(), whole, "待发送，或发送前已停止、解除、过期"),
                reason("发送失败", of.failed(), whole, "所用渠道均被拒绝或最终未送达"),
                reason("没有地址", of.noAddress(), whole, "已登记，但在本期各渠道上没有地址"),
                reason("未登记", of.unknown(), whole, "区划表中的居民，登记中没有")));
        if (of.unlocated() > 0) {
            rows.add(reason("住址位置不明", of.unlocated(), whole, "按村在区域内的比例估算住在区域内、登记中没有位置的居民；无论是否送达，均不计入确证"));
        }
        if (of.surplus() > 0) {
            rows.add(reason("登记多于居民（扣除）", -of.surplus(), whole, "登记人数超过区划表居民数的部分"));
        }
        rows.add(reason("合计", of.notConfirmed(), whole, "居民（或发送对象）中未确证的人数"));
        return new Grid(
                "unreached",
                "未触达的人数和原因（每人计一次）",
                List.of(
                        new Grid.Column("原因", 2),
                        new Grid.Column("人数", 1.2f),
                        new Grid.Column("占比", 1),
                        new Grid.Column("说明", 4)),
                rows,
                1,
                10,
                of.unpositioned() > 0
                        ? "另有 " + of.unpositioned() + " 名登记中没有位置的人未触达，他们住在部分在区域内的村，可能住在区域外，不与以上各项相加。"
                        : "");
    }

    private static List<Cell> reason(String name, long count, double whole, String meaning) {
        return List.of(
                Cell.of(name), Cell.of(count), Cell.share(Math.min((double) count, whole), whole), Cell.of(meaning));
    }

    /** The survey beside what was measured; without rows where there is no survey, or nothing to hold it against. */
    static Grid survey(IssueSummary summary, @Nullable SurveyFigure survey) {
        List<List<Cell>> rows = new ArrayList<>();
        double residents = summary.coverage().residents();
        if (survey != null && summary.applies() && residents > 0) {
            double lower = summary.coverage().lower() / residents;
            double upper = summary.coverage().upper() / residents;
            rows.add(List.of(
                    Cell.of("实测（回执）"),
                    Cell.share(summary.coverage().estimate(), residents),
                    new Cell.Share(lower),
                    new Cell.Share(upper, true),
                    Cell.of("估计值及下限、上限；居民 "
                            + ChineseWords.count(summary.coverage().rounded().residents()) + " 人")));
            rows.add(List.of(
                    Cell.of("抽样调查"),
                    PeriodGrids.share(survey.share()),
                    new Cell.Share(survey.low()),
                    new Cell.Share(survey.high(), true),
                    Cell.of("及时知晓的比例及 95 % 置信区间；受访 " + ChineseWords.count(survey.interviewed()) + " 人。"
                            + (survey.share() == null
                                    ? "未调查的乡镇过多，尚无总体比例"
                                    : survey.agreesWith(lower, upper) ? "两个区间相交，结果一致" : "两个区间不相交，结果不一致，应查明原因"))));
        }
        return new Grid(
                "survey",
                "实测与抽样调查对照",
                List.of(
                        new Grid.Column("方法", 1.4f),
                        new Grid.Column("占比", 1),
                        new Grid.Column("不低于", 1),
                        new Grid.Column("不高于", 1),
                        new Grid.Column("说明", 4)),
                rows,
                0,
                2,
                "");
    }

    static Grid audiences(IssueSummary summary) {
        List<List<Cell>> rows = new ArrayList<>();
        for (IssueSummary.Audience row : summary.audiences()) {
            rows.add(List.of(
                    Cell.of(row.title().isEmpty() ? row.name() : row.title()),
                    Cell.of(row.addressed()),
                    Cell.of(row.reached()),
                    Cell.of(row.shown()),
                    Cell.of(row.answered()),
                    Cell.share(row.reached(), row.addressed()),
                    summary.isAnswerAsked() ? Cell.share(row.answered(), row.addressed()) : Cell.of("未叫应")));
        }
        return new Grid(
                "audiences",
                "按受众",
                List.of(
                        new Grid.Column("受众", 2),
                        new Grid.Column("发送对象", 1.2f),
                        new Grid.Column("已触达", 1.2f),
                        new Grid.Column("已展示", 1.2f),
                        new Grid.Column("已应答", 1.2f),
                        new Grid.Column("触达率", 1.2f),
                        new Grid.Column("应答率", 1.2f)),
                rows,
                0,
                40,
                "同一人可属于几个受众，各受众不能相加。");
    }

    static Grid hours(IssueSummary summary) {
        double whole = summary.applies() ? summary.coverage().residents() : summary.addressed();
        List<List<Cell>> rows = new ArrayList<>();
        for (Curve.Hour hour : summary.hours()) {
            rows.add(List.of(
                    Cell.of(hour.hour() + 1),
                    Cell.of((long) Math.floor(hour.end().confirmed())),
                    Cell.share(hour.end().lower(), whole),
                    Cell.share(hour.end().estimate(), whole),
                    Cell.atMost(hour.end().upper(), whole)));
        }
        return new Grid(
                "hours",
                "按小时（签发后）",
                List.of(
                        new Grid.Column("第几小时末", 1.4f),
                        new Grid.Column("确证人数", 1.4f),
                        new Grid.Column("下限", 1),
                        new Grid.Column("估计", 1),
                        new Grid.Column("上限", 1)),
                rows,
                0,
                72,
                "没有变化的小时不列。");
    }
}
