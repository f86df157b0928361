package org.tocsin.gateway.web.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Percent;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.report.period.GroupFigures;
import org.tocsin.gateway.report.period.Period;
import org.tocsin.gateway.report.period.PeriodReport;

/**
 * A period's report as its page shows it.
 *
 * @param report the figures
 * @param period the period in words
 * @param finding what the report found, in a sentence
 * @param verdict met, likely or missed; none where nothing is measured
 * @param isFinal whether nothing in it can change any more
 * @param total the times of all issues, in words
 * @param groups the tables by level, hazard, issuer and month, those with rows alone
 * @param channels by channel
 * @param issues the latest issues first, at most {@value #MOST_ISSUES}
 * @param issuesLeftOut how many older ones have no row
 */
record PeriodView(
        PeriodReport report,
        String period,
        String finding,
        String verdict,
        boolean isFinal,
        Times total,
        List<Table> groups,
        List<Channel> channels,
        List<Issue> issues,
        int issuesLeftOut) {
    private static final int MOST_ISSUES = 200;

    /** The medians of a group, in words: a dash where nothing is measured, and so nothing was late. */
    record Times(String first, String most) {
        static Times of(GroupFigures figures, Phrases phrases) {
            return figures.measured() == 0
                    ? new Times("—", "—")
                    : new Times(
                            Durations.words(phrases, figures.firstSeconds()),
                            Durations.words(phrases, figures.p90Seconds()));
        }
    }

    /** A table of groups. */
    record Table(String key, List<Row> rows) {}

    /** A group. */
    record Row(String name, GroupFigures figures, Times times) {}

    /** A channel and its share delivered. */
    record Channel(String name, PeriodReport.ChannelSum of, @Nullable Double share) {}

    /** An issue and its share reached for sure. */
    record Issue(PeriodReport.Issue of, @Nullable Double lower, String verdict) {}

    static PeriodView of(PeriodReport report, LocalDate today, Phrases phrases) {
        GroupFigures total = report.total();
        int all = report.issues().size();
        return new PeriodView(
                report,
                words(report.query().period(), phrases),
                finding(total, phrases),
                word(total.verdict()),
                report.isFinal(today),
                Times.of(total, phrases),
                List.of(
                                table("levels", report.levels(), phrases),
                                table("hazards", report.hazards(), phrases),
                                table("issuers", report.issuers(), phrases),
                                table("months", report.months(), phrases))
                        .stream()
                        .filter(table -> !table.rows().isEmpty())
                        .toList(),
                report.channels().stream()
                        .map(channel -> new Channel(
                                TroubleView.channel(channel.name(), phrases),
                                channel,
                                channel.planned() > 0 ? (double) channel.delivered() / channel.planned() : null))
                        .toList(),
                latest(report.issues().subList(Math.max(0, all - MOST_ISSUES), all)),
                Math.max(0, all - MOST_ISSUES));
    }

    private static List<Issue> latest(List<PeriodReport.Issue> oldestFirst) {
        List<Issue> issues = new ArrayList<>();
        oldestFirst.forEach(issue -> issues.add(issue(issue)));
        Collections.reverse(issues);
        return issues;
    }

    private static Issue issue(PeriodReport.Issue issue) {
        double residents = issue.figures().residents();
        return new Issue(
                issue,
                issue.measured() && residents > 0 ? issue.figures().lower() / residents : null,
                word(issue.verdict()));
    }

    private static Table table(String key, List<PeriodReport.Group> groups, Phrases phrases) {
        return new Table(
                key,
                groups.stream()
                        .map(group ->
                                new Row(name(key, group, phrases), group.figures(), Times.of(group.figures(), phrases)))
                        .toList());
    }

    /**
     * Levels and months have words in each language; hazards and issuers have the one name that they gave themselves.
     */
    private static String name(String key, PeriodReport.Group group, Phrases phrases) {
        return switch (key) {
            case "levels" -> phrases.of("base.level." + group.key());
            case "months" -> {
                String[] parts = group.key().split("-", 2);
                yield phrases.of("report.period.month", parts[0], Integer.parseInt(parts[1]));
            }
            default -> group.name();
        };
    }

    private static String word(@Nullable Verdict verdict) {
        return verdict == null ? "none" : verdict.word();
    }

    private static String finding(GroupFigures total, Phrases phrases) {
        Double lower = total.weightedLower();
        Double goal = total.weightedGoal();
        if (total.issues() == 0) {
            return phrases.of("report.period.finding.empty");
        }
        if (lower == null || goal == null) {
            return phrases.of("report.period.finding.none", total.issues());
        }
        return phrases.of(
                "report.period.finding." + word(total.verdict()),
                Percent.words(lower).replace(' ', '\u00a0'),
                Percent.words(goal).replace(' ', '\u00a0'),
                total.measured());
    }

    private static String words(Period period, Phrases phrases) {
        int year = period.from().getYear();
        int month = period.from().getMonthValue();
        int quarter = (month + 2) / 3;
        if (period.isYear()) {
            return phrases.of("report.period.year", year);
        }
        if (period.equals(Period.quarter(year, quarter))) {
            return phrases.of("report.period.quarter", year, quarter);
        }
        return period.equals(Period.month(year, month))
                ? phrases.of("report.period.month", year, month)
                : phrases.of("report.period.days", period.from(), period.to());
    }
}
