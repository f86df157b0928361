package org.tocsin.gateway.report;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.tocsin.gateway.coverage.Coverage;
import org.tocsin.gateway.coverage.Dissemination;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.coverage.Timeline;
import org.tocsin.gateway.receipt.ChannelCounts;

/**
 * What one issue had reached at one moment.
 *
 * @param subject whose coverage it is
 * @param version the evidence's version
 * @param asOf when it was computed
 * @param coverage the public coverage by villages; means nothing where the subject is not public
 * @param goal the goal that applied at sign-off
 * @param dissemination villages with at least one delivery
 * @param timeliness when shares were first reached
 * @param channels the counts by channel
 * @param levels persons by evidence level
 * @param outside persons reached who live outside the area; never in the indicator
 * @param addressed persons planned, each once
 * @param reached of these, persons with a positive receipt, each once
 * @param delivered the numbers of the villages with a delivery
 */
public record CoverageSnapshot(
        CoverageSubject subject,
        long version,
        Instant asOf,
        Coverage coverage,
        Goal goal,
        Dissemination dissemination,
        Timeline.Timeliness timeliness,
        Map<String, ChannelCounts> channels,
        Levels levels,
        int outside,
        int addressed,
        int reached,
        Set<Integer> delivered) {
    /** The same with another goal. */
    CoverageSnapshot withGoal(Goal other) {
        return new CoverageSnapshot(
                subject,
                version,
                asOf,
                coverage,
                other,
                dissemination,
                timeliness,
                channels,
                levels,
                outside,
                addressed,
                reached,
                delivered);
    }

    /**
     * Persons with evidence of at least a level, on any channel, each once.
     *
     * @param delivered 1: delivered to the device or client
     * @param shown 2: shown
     * @param answered 3: answered
     */
    public record Levels(int delivered, int shown, int answered) {}
}
