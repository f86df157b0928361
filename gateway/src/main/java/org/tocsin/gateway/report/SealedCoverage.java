package org.tocsin.gateway.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Goal;

/**
 * What the coverage that was sealed with an issue says of its time and its goal: a summary that is made afterwards says
 * the same.
 *
 * @param asOf when it was computed
 * @param goal the share of the residents to be reached, 0 to 1
 * @param firstSeconds from sign-off until the first person was reached; null where nobody was
 * @param p50Seconds until half of the residents were; null where they were not
 * @param p90Seconds until nine tenths of them were; null where they were not
 */
record SealedCoverage(
        Instant asOf,
        double goal,
        @Nullable Double firstSeconds,
        @Nullable Double p50Seconds,
        @Nullable Double p90Seconds) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Reads what {@link CoverageReport#json} wrote. */
    static SealedCoverage read(byte[] json) {
        try {
            JsonNode coverage = MAPPER.readTree(json);
            JsonNode times = coverage.path("timeliness");
            return new SealedCoverage(
                    OffsetDateTime.parse(coverage.path("asOf").asText()).toInstant(),
                    coverage.path("goal").asDouble(),
                    seconds(times.path("firstSeconds")),
                    seconds(times.path("p50Seconds")),
                    seconds(times.path("p90Seconds")));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The times as marks, with that of the goal, which the coverage does not say. */
    TimelineMemory.Marks marks(Instant signed, @Nullable Instant goalMet) {
        return new TimelineMemory.Marks(
                at(signed, firstSeconds), at(signed, p50Seconds), at(signed, p90Seconds), goalMet);
    }

    /** The goal with the jurisdiction whose it is, where that is kept. */
    Goal goal(GoalMemory memory, String issue) {
        Goal kept = memory.keep(issue, Goal.otherwise(goal));
        return kept.share() == goal ? kept : Goal.otherwise(goal);
    }

    private static @Nullable Double seconds(JsonNode json) {
        return json.isNumber() ? json.asDouble() : null;
    }

    private static @Nullable Instant at(Instant signed, @Nullable Double seconds) {
        return seconds == null ? null : signed.plusMillis(Math.round(seconds * 1000));
    }
}
