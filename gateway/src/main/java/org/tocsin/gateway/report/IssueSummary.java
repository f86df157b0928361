package org.tocsin.gateway.report;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.coverage.AnswerRate;
import org.tocsin.gateway.coverage.Curve;
import org.tocsin.gateway.coverage.CurvePoint;
import org.tocsin.gateway.coverage.Dissemination;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.coverage.TerminalCoverage;
import org.tocsin.gateway.coverage.Timeline;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.receipt.ChannelCounts;

/**
 * All figures of one issue of a warning: what its report shows, and what the reports of a period add up without asking
 * for evidence again. Immutable; {@link SummaryJson} writes it in at most 100 kB and reads it without loss.
 *
 * <p>Figures are sums, not rounded, each person once over all channels. What is a drill says {@link #isDrill}: never
 * add it to what is real.
 *
 * @param about which issue it is
 * @param asOf up to when receipts are in it
 * @param settled whether nothing can change it any more, since the issue is sealed
 * @param applies whether the public coverage does: an Actual issue for all residents, of whom some are on record
 * @param goal the goal that applied at sign-off; a later change of the goals moves nothing
 * @param coverage the public coverage; {@link Figures#NONE} where it does not apply
 * @param designed the designed coverage: the same figures if every message had been delivered and every terminal had
 *     played to the end, heard by all whom it serves; {@link Figures#NONE} where the public coverage does not apply
 * @param dissemination villages of the area, and those with at least one delivery
 * @param terminals the terminal coverage
 * @param fromSignOff seconds from sign-off until shares were first reached for sure
 * @param fromSent the same from the agency's {@code sent}
 * @param goalSeconds from sign-off until the goal was met; null where it was not, or nobody knows when
 * @param levels persons by evidence level
 * @param outside persons reached who live outside the area; in no indicator
 * @param addressed persons to whom it was to go on any channel, each once
 * @param reached of these, persons with a positive receipt, each once
 * @param possibleDoubles submits that may have reached somebody twice
 * @param unreached who was not reached and why
 * @param channels by channel, in the order of their names
 * @param audiences by audience, those alone of whom somebody was addressed
 * @param townships by township, in the order of their codes
 * @param villages by village, in the order of their codes; empty in a summary out of a list
 * @param villagesLeftOut how many villages' rows did not fit, those with the fewest persons to go
 * @param townshipsLeftOut how many townships' rows did not fit when no village's did, those with the fewest persons to
 *     go
 * @param hours how it stood at the end of each hour since sign-off in which something changed
 * @param curve its course since sign-off, oldest first, at most {@link Curve#MOST_POINTS}; where the public coverage
 *     does not apply, of the persons reached among those addressed
 */
public record IssueSummary(
        About about,
        Instant asOf,
        boolean settled,
        boolean applies,
        Goal goal,
        Figures coverage,
        Figures designed,
        Dissemination dissemination,
        TerminalCoverage terminals,
        Timeline.Timeliness fromSignOff,
        Timeline.Timeliness fromSent,
        @Nullable Double goalSeconds,
        CoverageSnapshot.Levels levels,
        int outside,
        int addressed,
        int reached,
        int possibleDoubles,
        Unreached unreached,
        List<Channel> channels,
        List<Audience> audiences,
        List<Township> townships,
        List<Village> villages,
        int villagesLeftOut,
        int townshipsLeftOut,
        List<Curve.Hour> hours,
        List<CurvePoint> curve) {
    /** The audience whose answers are the answer rate: responsible persons, 责任人. */
    public static final String RESPONSIBLE = "responsible";

    /** Copies the lists. */
    public IssueSummary {
        channels = List.copyOf(channels);
        audiences = List.copyOf(audiences);
        townships = List.copyOf(townships);
        villages = List.copyOf(villages);
        hours = List.copyOf(hours);
        curve = List.copyOf(curve);
    }

    /**
     * Which issue it is.
     *
     * @param issue the issue's id
     * @param warning the id of the warning's first issue
     * @param identifier CAP's identifier, at most 200 characters
     * @param msgType Alert, Update or Cancel
     * @param status Actual, Exercise or Test
     * @param eventCode the hazard's 5-character code; empty where the alert has none
     * @param event the hazard's name as the alert has it, at most 100 characters
     * @param level the gravest of its contents'
     * @param sender CAP's sender, the issuing agency, at most 200 characters
     * @param senderName the agency's name as the alert has it, at most 200 characters; empty where it has none
     * @param author the id of the principal who made it
     * @param headline for people, at most 300 characters; empty where the alert has none
     * @param area the area's description, at most 200 characters
     * @param audience whom it is for
     * @param sent when the agency sent it
     * @param signed when it was signed off
     * @param ended when it was closed, superseded, cancelled or expired; null while it holds
     * @param asksAnswer whether its own text asks whoever reads it to answer
     */
    public record About(
            String issue,
            String warning,
            String identifier,
            MsgType msgType,
            Status status,
            String eventCode,
            String event,
            Level level,
            String sender,
            String senderName,
            String author,
            String headline,
            String area,
            String audience,
            Instant sent,
            Instant signed,
            @Nullable Instant ended,
            boolean asksAnswer) {
        /** The issuing agency for people: its name, or else CAP's sender. */
        public String issuer() {
            return senderName.isEmpty() ? sender : senderName;
        }
    }

    /**
     * Persons of the area who were not reached, each once, by the best that can still be said of them: first who may
     * still be reached, then who was tried. Where the public coverage does not apply, of those addressed.
     *
     * @param noReport a carrier has a message for them, or may have it, and no final report is there
     * @param unsent to be sent still, or stopped, cancelled or expired before it was
     * @param failed refused, or finally not delivered, on every channel tried
     * @param noAddress known to the registry, and without an address on any channel of this issue
     * @param unknown residents by the division table whom the registry does not know; of a cut village, of whose
     *     persons some are without a position, an estimate
     * @param unpositioned persons of cut villages without a position, reached by nothing, who live inside the area or
     *     outside of it: beside the others and in no sum with them
     * @param unlocated residents of cut villages who by the villages' shares are among those without a position;
     *     reached or not, they are not confirmed
     * @param surplus by how many persons the registry has more in villages than residents live there: who of them was
     *     not reached has a cause, and is no resident
     */
    public record Unreached(
            int noReport,
            int unsent,
            int failed,
            int noAddress,
            long unknown,
            int unpositioned,
            long unlocated,
            long surplus) {
        /** Nobody. */
        public static final Unreached NOBODY = new Unreached(0, 0, 0, 0, 0, 0, 0, 0);

        /**
         * All residents (or persons addressed) who are not confirmed: the causes, those without position, less surplus.
         */
        public long notConfirmed() {
            return noReport + unsent + failed + noAddress + unknown + unlocated - surplus;
        }
    }

    /**
     * How far it came on one channel.
     *
     * @param name the channel's name
     * @param ofTerminals whether terminals are counted rather than persons
     * @param counts the cumulative counts
     * @param unsent planned and not handed to a carrier yet
     * @param unanswered handed over, and no word whether it was taken
     * @param awaiting accepted, and a final report may still come
     * @param dropped stopped, cancelled or expired before it was sent
     * @param failures how many failed, by {@link org.tocsin.channel.Reason#label}; their sum is {@code counts.failed}
     * @param links by link; who was moved from one to another is in both
     */
    public record Channel(
            String name,
            boolean ofTerminals,
            ChannelCounts counts,
            int unsent,
            int unanswered,
            int awaiting,
            int dropped,
            Map<String, Integer> failures,
            List<Link> links) {
        /** Copies the collections; the reasons are kept in the order of their names. */
        public Channel {
            failures = Collections.unmodifiableMap(new TreeMap<>(failures));
            links = List.copyOf(links);
        }
    }

    /**
     * How far it came by one link: one account at one provider.
     *
     * @param link the link's id
     * @param provider its provider's name
     * @param counts the cumulative counts of this link alone
     */
    public record Link(String link, String provider, ChannelCounts counts) {}

    /**
     * Members of an audience, as the registry had them when the summary was made.
     *
     * @param name the audience's name
     * @param title for people, at most 60 characters
     * @param addressed to how many it was to go on any channel, each once
     * @param reached of these, with a positive receipt of evidence level 1 or more
     * @param shown of these, level 2 or more
     * @param answered of these, level 3
     */
    public record Audience(String name, String title, int addressed, int reached, int shown, int answered) {}

    /**
     * A township's part; of what of its villages lies in the area.
     *
     * @param code 12 digits
     * @param name its name; empty where the division table has none
     * @param figures the sum over its villages; as {@link Village#figures}, not rounded
     * @param villages how many of its villages lie in the area
     * @param delivered of these, with at least one delivery
     * @param terminals the terminals there to which it was to go
     * @param finished of these, which have reported that they played or showed it to the end
     */
    public record Township(
            String code, String name, Figures figures, int villages, int delivered, int terminals, int finished) {}

    /**
     * A village's part, or that of what of it lies in the area.
     *
     * @param code 12 digits
     * @param name its name
     * @param figures to a thousandth of a person. Where the public coverage does not apply, {@code residents} are the
     *     persons addressed there and the others are all the persons reached of these
     * @param cut whether the area holds only a part of it
     * @param delivered whether at least one channel has delivered there
     * @param terminals the terminals there to which it was to go
     * @param finished of these, which have reported that they played or showed it to the end
     */
    public record Village(
            String code, String name, Figures figures, boolean cut, boolean delivered, int terminals, int finished) {}

    /** Whether it is an Exercise or Test: such figures never mix with real ones. */
    public boolean isDrill() {
        return about.status() != Status.ACTUAL;
    }

    /** Whether it was for all residents and none are on record: then no public coverage applies either. */
    public boolean isWithoutResidents() {
        return !applies && !isDrill() && about.audience().equals(org.tocsin.gateway.registry.Audience.RESIDENTS);
    }

    /** How the public coverage stands to its goal; null where it does not apply. */
    public @Nullable Verdict verdict() {
        return applies && coverage.residents() > 0 ? Verdict.of(coverage, goal.share()) : null;
    }

    /** Whether anybody was asked for an answer: its text asks, or somebody has answered it all the same. */
    public boolean isAnswerAsked() {
        return about.asksAnswer() || levels.answered() > 0;
    }

    /** How many of the responsible persons have answered; of nobody where nobody was asked, as 0 of them is no rate. */
    public AnswerRate answering() {
        return audiences.stream()
                .filter(audience -> isAnswerAsked() && audience.name().equals(RESPONSIBLE))
                .findFirst()
                .map(audience -> new AnswerRate(audience.addressed(), audience.answered()))
                .orElse(new AnswerRate(0, 0));
    }

    /** The same with other villages' rows. */
    public IssueSummary withVillages(List<Village> rows, int leftOut) {
        return with(townships, townshipsLeftOut, rows, leftOut);
    }

    /** The same with other townships' rows. */
    public IssueSummary withTownships(List<Township> rows, int leftOut) {
        return with(rows, leftOut, villages, villagesLeftOut);
    }

    private IssueSummary with(List<Township> townshipRows, int noTownships, List<Village> villageRows, int noVillages) {
        return new IssueSummary(
                about,
                asOf,
                settled,
                applies,
                goal,
                coverage,
                designed,
                dissemination,
                terminals,
                fromSignOff,
                fromSent,
                goalSeconds,
                levels,
                outside,
                addressed,
                reached,
                possibleDoubles,
                unreached,
                channels,
                audiences,
                townshipRows,
                villageRows,
                noVillages,
                noTownships,
                hours,
                curve);
    }
}
