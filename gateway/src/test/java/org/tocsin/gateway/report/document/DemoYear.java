package org.tocsin.gateway.report.document;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.coverage.Curve;
import org.tocsin.gateway.coverage.CurvePoint;
import org.tocsin.gateway.coverage.Dissemination;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.coverage.TerminalCoverage;
import org.tocsin.gateway.coverage.Timeline;
import org.tocsin.gateway.receipt.ChannelCounts;
import org.tocsin.gateway.report.CoverageSnapshot;
import org.tocsin.gateway.report.IssueSummary;

/** A year of a made-up county, from a seed: what a report looks like, and how long it takes. */
final class DemoYear {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String[] TOWNSHIPS = {
        "城关镇", "会亭镇", "马头镇", "济阳镇", "李集镇", "车站镇", "杨集镇", "韩道口镇", "太平镇", "罗庄镇", "火店镇", "北岭镇", "郭店镇", "歧河乡", "曹集乡", "胡桥乡",
        "王集乡", "何营乡", "刘店集乡", "骆集乡", "桑堌乡", "孔庄乡", "业庙乡", "中峰乡"
    };
    private static final String[][] HAZARDS = {
        {"11B03", "暴雨"},
        {"11B09", "雷电"},
        {"11B06", "大风"},
        {"11B20", "大雾"},
        {"11B05", "寒潮"},
        {"11B10", "高温"},
        {"11A01", "洪水"}
    };
    private static final String[] SENDERS = {"夏邑县气象台", "夏邑县应急管理局", "夏邑县水利局"};

    private DemoYear() {}

    /** So many issues of a year, some drills and Cancels among them. */
    static List<IssueSummary> summaries(int year, int issues, long seed) {
        Random random = new Random(seed);
        List<IssueSummary> year0 = new ArrayList<>();
        for (int number = 0; number < issues; number++) {
            int month = 1 + Math.min(11, Math.max(0, (int) Math.round(6.2 + random.nextGaussian() * 2.4)));
            LocalDateTime at = LocalDateTime.of(
                    year, month, 1 + random.nextInt(28), random.nextInt(24), random.nextInt(60), random.nextInt(60));
            year0.add(issue("w" + number, at.atZone(ZONE).toInstant(), random));
        }
        return year0;
    }

    private static IssueSummary issue(String id, Instant signed, Random random) {
        String[] hazard = HAZARDS[Math.min(HAZARDS.length - 1, (int) (random.nextDouble() * random.nextDouble() * 9))];
        double dice = random.nextDouble();
        Level level = dice < 0.08 ? Level.I : dice < 0.3 ? Level.II : dice < 0.7 ? Level.III : Level.IV;
        double kind = random.nextDouble();
        MsgType type = kind < 0.66 ? MsgType.ALERT : kind < 0.88 ? MsgType.UPDATE : MsgType.CANCEL;
        Status status = random.nextDouble() < 0.06 ? Status.EXERCISE : Status.ACTUAL;
        boolean applies = status == Status.ACTUAL && random.nextDouble() > 0.05;
        boolean whole = random.nextDouble() < 0.5;
        double base = 0.905 + random.nextGaussian() * 0.035;
        List<IssueSummary.Township> townships = new ArrayList<>();
        Figures sum = Figures.NONE;
        int villages = 0;
        int delivered = 0;
        for (int place = 0; place < TOWNSHIPS.length; place++) {
            if (!whole && random.nextDouble() > 0.25 && !townships.isEmpty()) {
                continue;
            }
            double residents = 28_000 + 1000 * (place * 7 % 31);
            double share =
                    Math.max(0.4, Math.min(0.995, base + (place % 7 - 3) * 0.008 + random.nextGaussian() * 0.01));
            double lower = Math.floor(residents * share);
            double estimate = lower + (residents - lower) * 0.35;
            Figures figures = new Figures(residents, lower, lower, estimate, residents - (residents - estimate) * 0.3);
            int here = 25 + place % 9;
            int there = random.nextDouble() < 0.9 ? here : here - 1;
            townships.add(new IssueSummary.Township(
                    String.format("4114261%02d000", place), TOWNSHIPS[place], figures, here, there, here, there));
            sum = sum.plus(figures);
            villages += here;
            delivered += there;
        }
        double first = 0.6 + random.nextDouble() * 4;
        @Nullable Double half = 20 + random.nextDouble() * 60;
        @Nullable
        Double nine =
                sum.lower() >= 0.9 * sum.residents() ? Double.valueOf(half * (2 + random.nextDouble() * 6)) : null;
        int planned = (int) sum.residents();
        int reached = (int) (planned * 0.93);
        ChannelCounts sms = new ChannelCounts(
                planned,
                planned,
                planned,
                reached,
                0,
                (planned - reached) / 2,
                planned - reached - (planned - reached) / 2);
        ChannelCounts horn = new ChannelCounts(villages, villages, villages, delivered, 0, villages - delivered, 0);
        boolean settled = random.nextDouble() > 0.02;
        int responsible = villages * 2;
        Timeline.Timeliness fromSignOff =
                applies ? new Timeline.Timeliness(first, half, nine) : new Timeline.Timeliness(null, null, null);
        double before = 60 + random.nextDouble() * 500;
        return new IssueSummary(
                new IssueSummary.About(
                        id,
                        id,
                        "41142641600001_" + id,
                        type,
                        status,
                        hazard[0],
                        hazard[1],
                        level,
                        SENDERS[Math.min(2, (int) (random.nextDouble() * random.nextDouble() * 5))],
                        "",
                        "c1",
                        "夏邑县发布" + hazard[1] + level.chineseColour() + "预警" + (type == MsgType.UPDATE ? "（更新）" : ""),
                        whole ? "夏邑县" : "部分乡镇",
                        applies ? "residents" : "responsible",
                        signed.minus(Duration.ofMillis((long) (before * 1000))),
                        signed,
                        signed.plus(Duration.ofHours(12)),
                        true),
                signed.plus(Duration.ofHours(60)),
                settled,
                applies,
                new Goal(0.9, null, null, null),
                applies ? sum : Figures.NONE,
                applies ? sum : Figures.NONE,
                new Dissemination(villages, delivered),
                new TerminalCoverage(
                        villages, villages, delivered, sum.residents(), sum.lower() * 0.5, villages, delivered),
                fromSignOff,
                applies
                        ? new Timeline.Timeliness(first + before, half + before, nine == null ? null : nine + before)
                        : fromSignOff,
                nine,
                new CoverageSnapshot.Levels(reached, 0, 0),
                12,
                planned,
                reached,
                0,
                IssueSummary.Unreached.NOBODY,
                List.of(
                        new IssueSummary.Channel(
                                "loudspeaker",
                                true,
                                horn,
                                0,
                                0,
                                0,
                                0,
                                Map.of("device-fault", horn.failed()),
                                List.of()),
                        new IssueSummary.Channel(
                                "sms",
                                false,
                                sms,
                                0,
                                0,
                                sms.noReport(),
                                0,
                                Map.of("unreachable", sms.failed() - sms.failed() / 4, "opted-out", sms.failed() / 4),
                                List.of())),
                List.of(new IssueSummary.Audience(
                        "responsible", "责任人", responsible, responsible - 8, responsible - 20, responsible - 20)),
                townships,
                List.of(),
                0,
                0,
                List.of(),
                course(sum));
    }

    /** A course as long as one is kept. */
    private static List<CurvePoint> course(Figures end) {
        List<CurvePoint> points = new ArrayList<>();
        for (int point = 1; point <= Curve.MOST_POINTS; point++) {
            double done = (double) point / Curve.MOST_POINTS;
            points.add(CurvePoint.of(
                    point * 5000L,
                    new Figures(
                            end.residents(),
                            end.confirmed() * done,
                            end.lower() * done,
                            end.estimate() * done,
                            end.upper())));
        }
        return points;
    }
}
