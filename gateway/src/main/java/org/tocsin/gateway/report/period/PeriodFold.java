package org.tocsin.gateway.report.period;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.receipt.ChannelCounts;
import org.tocsin.gateway.report.IssueSummary;

/**
 * Adds summaries up to a {@link PeriodReport}. It has no clock and reads nothing; the order in which summaries come
 * changes nothing. Not for several threads at once.
 */
public final class PeriodFold {
    private static final double SAME = 1e-9;

    private final PeriodQuery query;
    private final ZoneId zone;
    private final Function<String, Optional<String>> hazardNames;
    private final GroupTally total = new GroupTally();
    private final GroupTally drills = new GroupTally();
    private final Map<Level, GroupTally> levels = new TreeMap<>();
    private final Map<String, GroupTally> hazards = new TreeMap<>();
    private final Map<String, String> eventNames = new TreeMap<>();
    private final Map<String, GroupTally> issuers = new TreeMap<>();
    private final Map<String, String> issuerNames = new TreeMap<>();
    private final Map<YearMonth, GroupTally> months = new TreeMap<>();
    private final Map<String, TownshipTally> townships = new TreeMap<>();
    private final Map<String, ChannelTally> channels = new TreeMap<>();
    private final Map<Double, Integer> goals = new TreeMap<>();
    private final List<PeriodReport.Issue> issues = new ArrayList<>();
    private final List<PeriodReport.Issue> drillIssues = new ArrayList<>();
    private int cancels;
    private int otherAudiences;
    /** The time of the oldest summary that still moves. */
    private @Nullable Instant asOf;

    private static final class TownshipTally {
        private String name = "";
        private int issues;
        private Figures sum = Figures.NONE;
        private double lowerShares;
        private long villages;
        private long delivered;
    }

    private static final class ChannelTally {
        private boolean ofTerminals;
        private int issues;
        private long planned;
        private long accepted;
        private long delivered;
        private long failed;
        private long noReport;
        private final Map<String, Long> failures = new TreeMap<>();
    }

    /**
     * Starts with nothing.
     *
     * @param query of which issues
     * @param zone the county's zone, in which months are
     * @param hazardNames the name of an event code, where there is one
     */
    public PeriodFold(PeriodQuery query, ZoneId zone, Function<String, Optional<String>> hazardNames) {
        this.query = query;
        this.zone = zone;
        this.hazardNames = hazardNames;
        YearMonth last = YearMonth.from(query.period().to());
        for (YearMonth month = YearMonth.from(query.period().from());
                !month.isAfter(last) && months.size() < 120;
                month = month.plusMonths(1)) {
            months.put(month, new GroupTally());
        }
    }

    /** Takes the summary of an issue that was signed in the period; what the query does not want changes nothing. */
    public void add(IssueSummary summary) {
        if (!query.wants(summary)) {
            return;
        }
        IssueSummary.About about = summary.about();
        if (!summary.settled() && (asOf == null || summary.asOf().isBefore(asOf))) {
            asOf = summary.asOf();
        }
        if (summary.isDrill()) {
            if (about.msgType() != MsgType.CANCEL) {
                drills.add(summary);
                drillIssues.add(row(summary));
            }
            return;
        }
        if (about.msgType() == MsgType.CANCEL) {
            cancels++;
            return;
        }
        if (!summary.applies()) {
            otherAudiences++;
        }
        total.add(summary);
        issues.add(row(summary));
        levels.computeIfAbsent(about.level(), none -> new GroupTally()).add(summary);
        hazards.computeIfAbsent(about.eventCode(), none -> new GroupTally()).add(summary);
        // Which of several names does not hang on the order in which they come.
        eventNames.merge(about.eventCode(), about.event(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
        issuers.computeIfAbsent(about.sender(), none -> new GroupTally()).add(summary);
        if (!about.senderName().isEmpty()) {
            issuerNames.merge(
                    about.sender(), about.senderName(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
        }
        months.computeIfAbsent(YearMonth.from(about.signed().atZone(zone)), none -> new GroupTally())
                .add(summary);
        summary.channels().forEach(this::add);
        if (GroupTally.isMeasured(summary)) {
            goals.merge(summary.goal().share(), 1, Integer::sum);
            summary.townships().forEach(this::add);
        }
    }

    /** How many issues, drills too, have been taken. */
    public int size() {
        return issues.size() + drillIssues.size() + cancels;
    }

    /** What they add up to. */
    public PeriodReport report(Instant now, List<String> unreadable) {
        return new PeriodReport(
                query,
                asOf == null || now.isBefore(asOf) ? now : asOf,
                total.figures(),
                cancels,
                List.copyOf(unreadable),
                otherAudiences,
                Collections.unmodifiableMap(new TreeMap<>(goals)),
                groups(levels, Level::name, level -> level.chineseColour() + "（" + level.name() + "级）"),
                byMost(groups(hazards, code -> code, this::hazardName)),
                byMost(groups(issuers, sender -> sender, sender -> issuerNames.getOrDefault(sender, sender))),
                groups(months, YearMonth::toString, month -> month.getYear() + "年" + month.getMonthValue() + "月"),
                ranked(),
                channelSums(),
                sorted(issues),
                drills.figures(),
                sorted(drillIssues));
    }

    private void add(IssueSummary.Township township) {
        if (township.figures().residents() <= 0) {
            return;
        }
        TownshipTally tally = townships.computeIfAbsent(township.code(), none -> new TownshipTally());
        if (tally.name.isEmpty()
                || (!township.name().isEmpty() && township.name().compareTo(tally.name) < 0)) {
            tally.name = township.name();
        }
        tally.issues++;
        tally.sum = tally.sum.plus(township.figures());
        tally.lowerShares += township.figures().lower() / township.figures().residents();
        tally.villages += township.villages();
        tally.delivered += township.delivered();
    }

    private void add(IssueSummary.Channel channel) {
        if (query.channel() != null && !query.channel().equals(channel.name())) {
            return;
        }
        ChannelTally tally = channels.computeIfAbsent(channel.name(), none -> new ChannelTally());
        ChannelCounts counts = channel.counts();
        tally.ofTerminals = channel.ofTerminals();
        tally.issues++;
        tally.planned += counts.planned();
        tally.accepted += counts.accepted();
        tally.delivered += counts.delivered();
        tally.failed += counts.failed();
        tally.noReport += counts.noReport();
        channel.failures().forEach((reason, count) -> tally.failures.merge(reason, (long) count, Long::sum));
    }

    private List<PeriodReport.ChannelSum> channelSums() {
        List<PeriodReport.ChannelSum> sums = new ArrayList<>();
        channels.forEach((name, tally) -> sums.add(new PeriodReport.ChannelSum(
                name,
                tally.ofTerminals,
                tally.issues,
                tally.planned,
                tally.accepted,
                tally.delivered,
                tally.failed,
                tally.noReport,
                Collections.unmodifiableMap(new TreeMap<>(tally.failures)))));
        return List.copyOf(sums);
    }

    private List<PeriodReport.Ranked> ranked() {
        List<PeriodReport.Ranked> rows = new ArrayList<>();
        townships.forEach((code, tally) -> rows.add(new PeriodReport.Ranked(
                0,
                code,
                tally.name.isEmpty() ? code : tally.name,
                tally.issues,
                tally.sum,
                tally.lowerShares / tally.issues,
                tally.villages,
                tally.delivered)));
        rows.sort(Comparator.comparingDouble(PeriodReport.Ranked::weightedLower)
                .reversed()
                .thenComparing(PeriodReport.Ranked::code));
        List<PeriodReport.Ranked> ranked = new ArrayList<>();
        for (int place = 0; place < rows.size(); place++) {
            PeriodReport.Ranked row = rows.get(place);
            PeriodReport.Ranked before = place == 0 ? null : ranked.get(place - 1);
            boolean same = before != null && Math.abs(before.weightedLower() - row.weightedLower()) < SAME;
            ranked.add(new PeriodReport.Ranked(
                    same && before != null ? before.rank() : place + 1,
                    row.code(),
                    row.name(),
                    row.issues(),
                    row.sum(),
                    row.meanLower(),
                    row.villages(),
                    row.delivered()));
        }
        return List.copyOf(ranked);
    }

    private String hazardName(String code) {
        String own = eventNames.getOrDefault(code, "");
        return hazardNames.apply(code).orElse(own.isEmpty() ? code : own);
    }

    private PeriodReport.Issue row(IssueSummary summary) {
        IssueSummary.About about = summary.about();
        boolean measured = GroupTally.isMeasured(summary);
        return new PeriodReport.Issue(
                about.issue(),
                about.msgType(),
                about.status(),
                about.headline(),
                about.eventCode(),
                hazardNames.apply(about.eventCode()).orElse(about.event()),
                about.level(),
                about.sender(),
                about.issuer(),
                about.sent(),
                about.signed(),
                measured,
                summary.coverage(),
                summary.goal().share(),
                measured ? summary.verdict() : null,
                summary.addressed(),
                summary.reached(),
                summary.fromSignOff().firstSeconds(),
                summary.fromSignOff().p50Seconds(),
                summary.fromSignOff().p90Seconds(),
                summary.settled());
    }

    private static <K> List<PeriodReport.Group> groups(
            Map<K, GroupTally> tallies, Function<K, String> key, Function<K, String> name) {
        List<PeriodReport.Group> groups = new ArrayList<>();
        tallies.forEach(
                (one, tally) -> groups.add(new PeriodReport.Group(key.apply(one), name.apply(one), tally.figures())));
        return List.copyOf(groups);
    }

    private static List<PeriodReport.Group> byMost(List<PeriodReport.Group> groups) {
        return groups.stream()
                .sorted(Comparator.comparingInt(
                                (PeriodReport.Group group) -> group.figures().issues())
                        .reversed()
                        .thenComparing(PeriodReport.Group::key))
                .toList();
    }

    private static List<PeriodReport.Issue> sorted(List<PeriodReport.Issue> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(PeriodReport.Issue::signed).thenComparing(PeriodReport.Issue::issue))
                .toList();
    }
}
