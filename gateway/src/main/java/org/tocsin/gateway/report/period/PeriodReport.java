package org.tocsin.gateway.report.period;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Verdict;

/**
 * What a period's issues add up to. Drills are counted apart, and in no other figure. Immutable.
 *
 * @param query of which issues it is
 * @param asOf up to when facts are in it: when it was made, or, where issues are not settled, the time of the oldest of
 *     their summaries, which follow their warnings by some seconds
 * @param total all real Alerts and Updates
 * @param cancels how many real Cancels were signed, which are in no other figure
 * @param unreadable the ids of issues whose summary cannot be read, and which are in no figure
 * @param otherAudiences how many of {@code total} were for others than all residents, and so are not measured
 * @param goals each goal that applied to a measured issue, with how many it applied to, the smallest first
 * @param levels by level, the gravest first; those alone that there are
 * @param hazards by event code, the most issues first
 * @param issuers by CAP's sender, the most issues first
 * @param months by month, each of the period's, also without an issue, at most 120
 * @param townships ranked, the best first
 * @param channels by channel, in the order of their names
 * @param issues one row each, in the order of their sign-off
 * @param drills all drills, added up as {@code total} is, but never with it; none of it is measured
 * @param drillIssues one row each drill
 */
public record PeriodReport(
        PeriodQuery query,
        Instant asOf,
        GroupFigures total,
        int cancels,
        List<String> unreadable,
        int otherAudiences,
        Map<Double, Integer> goals,
        List<Group> levels,
        List<Group> hazards,
        List<Group> issuers,
        List<Group> months,
        List<Ranked> townships,
        List<ChannelSum> channels,
        List<Issue> issues,
        GroupFigures drills,
        List<Issue> drillIssues) {
    /**
     * A group.
     *
     * @param key its code: a level, an event code, a sender, a month such as 2026-07
     * @param name for people; the key where nothing better is known
     * @param figures what it adds up to
     */
    public record Group(String key, String name, GroupFigures figures) {}

    /**
     * A township's place. Its figures are of what of it lay in the areas of measured issues, so townships with other
     * issues are not compared like with like.
     *
     * @param rank 1 for the highest weighted lower share; equal shares have equal ranks
     * @param code 12 digits
     * @param name for people
     * @param issues in how many measured issues' areas it lay
     * @param sum its figures added up over these
     * @param meanLower the unweighted mean of its lower shares over these
     * @param villages its villages in the areas, once for each issue
     * @param delivered of these, with at least one delivery
     */
    public record Ranked(
            int rank,
            String code,
            String name,
            int issues,
            Figures sum,
            double meanLower,
            long villages,
            long delivered) {
        /** The lower share weighted by residents, 0 to 1. */
        public double weightedLower() {
            return sum.lower() / sum.residents();
        }
    }

    /**
     * A channel's counts added up over real issues: persons (terminals where it has terminals), once for each issue.
     *
     * @param name its name
     * @param ofTerminals whether terminals are counted
     * @param issues how many issues went by it
     * @param planned to how many it was to go
     * @param accepted how many a carrier took
     * @param delivered of these, with a positive final report
     * @param failed refused for good or with a negative final report
     * @param noReport accepted, without a final report
     * @param failures how many failed, by reason
     */
    public record ChannelSum(
            String name,
            boolean ofTerminals,
            int issues,
            long planned,
            long accepted,
            long delivered,
            long failed,
            long noReport,
            Map<String, Long> failures) {}

    /**
     * An issue.
     *
     * @param issue its id
     * @param msgType Alert or Update
     * @param status Actual, or Exercise or Test in a list of drills
     * @param headline for people
     * @param eventCode the hazard
     * @param event its name
     * @param level its level
     * @param sender who issued it, as CAP has it
     * @param issuer the same for people: its name, or else {@code sender}
     * @param sent when the agency sent it
     * @param signed when it was signed off
     * @param measured whether its coverage is measured
     * @param figures its coverage; of no meaning where it is not measured
     * @param goal its goal, 0 to 1
     * @param verdict how it stands to it; null where it is not measured
     * @param addressed persons addressed
     * @param reached of these, reached
     * @param firstSeconds from sign-off to the first person; null where it never came
     * @param p50Seconds to half of the residents
     * @param p90Seconds to nine tenths
     * @param settled whether its figures can change no more
     */
    public record Issue(
            String issue,
            MsgType msgType,
            Status status,
            String headline,
            String eventCode,
            String event,
            Level level,
            String sender,
            String issuer,
            Instant sent,
            Instant signed,
            boolean measured,
            Figures figures,
            double goal,
            @Nullable Verdict verdict,
            int addressed,
            int reached,
            @Nullable Double firstSeconds,
            @Nullable Double p50Seconds,
            @Nullable Double p90Seconds,
            boolean settled) {}

    /** Whether nothing in it can change any more: the period is over and all its issues are settled. */
    public boolean isFinal(LocalDate today) {
        return total.open() == 0 && drills.open() == 0 && query.period().to().isBefore(today);
    }
}
