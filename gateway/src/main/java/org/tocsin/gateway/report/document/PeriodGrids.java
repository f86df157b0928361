package org.tocsin.gateway.report.document;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.report.paper.Cell;
import org.tocsin.gateway.report.paper.Grid;
import org.tocsin.gateway.report.period.GroupFigures;
import org.tocsin.gateway.report.period.PeriodReport;

/** The tables of a period's report. */
final class PeriodGrids {
    static final String CHANNELS_NOTE = "同一人在几个渠道上分别计数，各渠道不能相加；“受理”只说明运营商已接收，不是送达。";

    private static final int MOST_ISSUES_ON_PAPER = 200;
    private static final double TEN_THOUSAND = 10_000;

    private PeriodGrids() {}

    static Grid groups(String key, String title, String name, List<PeriodReport.Group> groups, GroupFigures total) {
        List<Grid.Column> columns = List.of(
                new Grid.Column(name, 2.6f),
                new Grid.Column("期数", 0.8f),
                new Grid.Column("计入", 0.8f),
                new Grid.Column("达标", 0.8f),
                new Grid.Column("可能", 0.8f),
                new Grid.Column("未达", 0.8f),
                new Grid.Column("居民\n万人次", 1.5f),
                new Grid.Column("加权\n下限", 1.35f),
                new Grid.Column("加权\n估计", 1.35f),
                new Grid.Column("简单平均\n下限", 1.45f),
                new Grid.Column("首达中位\n秒", 1.75f),
                new Grid.Column("九成中位\n秒", 1.75f),
                new Grid.Column("未封存", 1.2f));
        List<List<Cell>> rows = new ArrayList<>();
        groups.forEach(group -> rows.add(row(group.name(), group.figures())));
        if (!groups.isEmpty()) {
            rows.add(row("合计", total));
        }
        return new Grid(key, title, columns, rows, groups.isEmpty() ? 0 : 1, 60, "");
    }

    private static List<Cell> row(String name, GroupFigures group) {
        return List.of(
                Cell.of(name),
                Cell.of(group.issues()),
                Cell.of(group.measured()),
                Cell.of(group.met()),
                Cell.of(group.likely()),
                Cell.of(group.missed()),
                group.measured() == 0 ? Cell.NONE : new Cell.Decimal(group.sum().residents() / TEN_THOUSAND),
                share(group.weightedLower()),
                share(group.weightedEstimate()),
                share(group.meanLower()),
                seconds(group.measured() > 0, group.firstSeconds()),
                seconds(group.measured() > 0, group.p90Seconds()),
                Cell.of(group.open()));
    }

    static Grid townships(List<PeriodReport.Ranked> ranked) {
        List<Grid.Column> columns = List.of(
                new Grid.Column("名次", 0.9f),
                new Grid.Column("乡镇（街道）", 2.4f),
                new Grid.Column("区划代码", 2.2f),
                new Grid.Column("涉及\n期数", 1f),
                new Grid.Column("居民\n万人次", 1.4f),
                new Grid.Column("加权\n下限", 1.3f),
                new Grid.Column("加权\n估计", 1.3f),
                new Grid.Column("加权\n上限", 1.3f),
                new Grid.Column("简单平均\n下限", 1.4f),
                new Grid.Column("村次", 1.1f),
                new Grid.Column("已送达\n村次", 1.2f));
        List<List<Cell>> rows = new ArrayList<>();
        for (PeriodReport.Ranked row : ranked) {
            rows.add(List.of(
                    Cell.of(row.rank()),
                    Cell.of(row.name()),
                    Cell.of(row.code()),
                    Cell.of(row.issues()),
                    new Cell.Decimal(row.sum().residents() / TEN_THOUSAND),
                    new Cell.Share(row.weightedLower()),
                    Cell.share(row.sum().estimate(), row.sum().residents()),
                    Cell.atMost(row.sum().upper(), row.sum().residents()),
                    new Cell.Share(row.meanLower()),
                    Cell.of(row.villages()),
                    Cell.of(row.delivered())));
        }
        return new Grid("townships", "乡镇（街道）排名", columns, rows, 0, 100, "按加权下限由高到低排列，相同者并列。各乡镇涉及的预警不同，涉及期数少的名次不宜直接比较。");
    }

    static Grid channels(List<PeriodReport.ChannelSum> channels) {
        List<Grid.Column> columns = List.of(
                new Grid.Column("渠道", 1.6f),
                new Grid.Column("计数\n单位", 1f),
                new Grid.Column("期数", 0.8f),
                new Grid.Column("计划", 1.6f),
                new Grid.Column("受理", 1.6f),
                new Grid.Column("送达", 1.6f),
                new Grid.Column("失败", 1.4f),
                new Grid.Column("无回执", 1.4f),
                new Grid.Column("送达÷计划", 1.3f));
        List<List<Cell>> rows = new ArrayList<>();
        for (PeriodReport.ChannelSum row : channels) {
            rows.add(List.of(
                    Cell.of(ChineseWords.channel(row.name())),
                    Cell.of(row.ofTerminals() ? "终端" : "人"),
                    Cell.of(row.issues()),
                    Cell.of(row.planned()),
                    Cell.of(row.accepted()),
                    Cell.of(row.delivered()),
                    Cell.of(row.failed()),
                    Cell.of(row.noReport()),
                    Cell.share(row.delivered(), row.planned())));
        }
        return new Grid("channels", "各渠道送达情况", columns, rows, 0, 40, CHANNELS_NOTE);
    }

    static Grid failures(List<PeriodReport.ChannelSum> channels) {
        List<List<Cell>> rows = new ArrayList<>();
        for (PeriodReport.ChannelSum channel : channels) {
            channel.failures().entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry::getKey))
                    .forEach(reason -> rows.add(List.of(
                            Cell.of(ChineseWords.channel(channel.name())),
                            Cell.of(ChineseWords.reason(reason.getKey())),
                            Cell.of(reason.getValue()),
                            Cell.share(reason.getValue().longValue(), channel.failed()))));
        }
        return failureGrid(rows);
    }

    /** Of rows of channel, reason, how many, and their share of the channel's. */
    static Grid failureGrid(List<List<Cell>> rows) {
        return new Grid(
                "failures",
                "送达失败的原因",
                List.of(
                        new Grid.Column("渠道", 1.6f),
                        new Grid.Column("原因", 2.4f),
                        new Grid.Column("次数", 1.4f),
                        new Grid.Column("占该渠道失败", 1.4f)),
                rows,
                0,
                60,
                "");
    }

    static Grid issues(List<PeriodReport.Issue> issues, ZoneId zone) {
        List<Grid.Column> columns = List.of(
                new Grid.Column("签发时间", 2.85f),
                new Grid.Column("标题", 5.2f),
                new Grid.Column("类型", 1.05f),
                new Grid.Column("级别", 1.05f),
                Grid.Column.forWork("灾种"),
                Grid.Column.forWork("灾种代码"),
                Grid.Column.forWork("发布单位"),
                new Grid.Column("居民", 1.75f),
                Grid.Column.forWork("确证"),
                new Grid.Column("下限", 1.35f),
                new Grid.Column("估计", 1.35f),
                Grid.Column.forWork("上限"),
                Grid.Column.forWork("目标"),
                new Grid.Column("结论", 1.65f),
                Grid.Column.forWork("首达\n秒"),
                Grid.Column.forWork("五成\n秒"),
                new Grid.Column("九成\n秒", 1.3f),
                Grid.Column.forWork("发送对象\n人"),
                Grid.Column.forWork("已触达\n人"),
                Grid.Column.forWork("封存"),
                Grid.Column.forWork("编号"));
        List<List<Cell>> rows = new ArrayList<>();
        for (PeriodReport.Issue issue : issues) {
            double residents = issue.measured() ? issue.figures().residents() : 0;
            rows.add(List.of(
                    signed(issue, zone),
                    headline(issue),
                    Cell.of(ChineseWords.msgType(issue.msgType())),
                    Cell.of(issue.level().chineseColour()),
                    Cell.of(issue.event()),
                    Cell.of(issue.eventCode()),
                    Cell.of(issue.issuer()),
                    issue.measured() ? Cell.of(issue.figures().rounded().residents()) : Cell.NONE,
                    Cell.share(issue.figures().confirmed(), residents),
                    Cell.share(issue.figures().lower(), residents),
                    Cell.share(issue.figures().estimate(), residents),
                    Cell.atMost(issue.figures().upper(), residents),
                    issue.measured() ? new Cell.Share(issue.goal()) : Cell.NONE,
                    Cell.of(ChineseWords.verdict(issue.verdict())),
                    seconds(issue.measured(), issue.firstSeconds()),
                    seconds(issue.measured(), issue.p50Seconds()),
                    seconds(issue.measured(), issue.p90Seconds()),
                    Cell.of(issue.addressed()),
                    Cell.of(issue.reached()),
                    Cell.of(issue.settled() ? "是" : "否"),
                    Cell.of(issue.issue())));
        }
        long open = issues.stream().filter(issue -> !issue.settled()).count();
        return new Grid(
                "issues",
                "真实预警逐期明细",
                columns,
                rows,
                0,
                MOST_ISSUES_ON_PAPER,
                open == 0 ? "" : "其中 " + open + " 期尚未封存，数字仍可能变化。");
    }

    static Grid drills(List<PeriodReport.Issue> issues, ZoneId zone) {
        List<List<Cell>> rows = new ArrayList<>();
        for (PeriodReport.Issue issue : issues) {
            rows.add(List.of(
                    signed(issue, zone),
                    headline(issue),
                    Cell.of(ChineseWords.status(issue.status())),
                    Cell.of(ChineseWords.msgType(issue.msgType())),
                    Cell.of(issue.level().chineseColour()),
                    Cell.of(issue.issuer()),
                    Cell.of(issue.addressed()),
                    Cell.of(issue.reached()),
                    Cell.of(issue.issue())));
        }
        return new Grid(
                "drills",
                "演练与测试明细",
                List.of(
                        new Grid.Column("签发时间", 2.85f),
                        new Grid.Column("标题", 5.4f),
                        new Grid.Column("性质", 1.1f),
                        new Grid.Column("类型", 1.1f),
                        new Grid.Column("级别", 1.1f),
                        new Grid.Column("发布单位", 2.8f),
                        new Grid.Column("发送对象\n人", 1.7f),
                        new Grid.Column("已触达\n人", 1.6f),
                        Grid.Column.forWork("编号")),
                rows,
                0,
                60,
                "");
    }

    private static Cell signed(PeriodReport.Issue issue, ZoneId zone) {
        return new Cell.Moment(issue.signed().atZone(zone).toLocalDateTime().withNano(0));
    }

    private static Cell headline(PeriodReport.Issue issue) {
        return Cell.of(issue.headline().isEmpty() ? issue.issue() : issue.headline());
    }

    static Cell share(@Nullable Double share) {
        return share == null ? Cell.NONE : new Cell.Share(share);
    }

    /** Seconds until a share of the residents; nothing where there were none to reach, and so none who never were. */
    private static Cell seconds(boolean isMeasured, @Nullable Double value) {
        return !isMeasured ? Cell.NONE : value == null ? Cell.of("未达到") : new Cell.Decimal(value);
    }
}
