package org.tocsin.gateway.report.period;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.Codes;
import org.tocsin.gateway.report.IssueSummary;

/**
 * Of which issues a report is.
 *
 * @param period signed in it
 * @param hazard the event code, with all below it; null for all
 * @param levels of these levels; all where there is none
 * @param issuer CAP's sender; null for all
 * @param channel planned on this channel; null for all
 */
public record PeriodQuery(
        Period period, @Nullable String hazard, Set<Level> levels, @Nullable String issuer, @Nullable String channel) {
    /** Copies the levels. */
    public PeriodQuery {
        levels = Set.copyOf(levels);
    }

    /** All issues of a period. */
    public static PeriodQuery of(Period period) {
        return new PeriodQuery(period, null, Set.of(), null, null);
    }

    /** Whether an issue, which was signed in the period, is wanted. */
    public boolean wants(IssueSummary summary) {
        return (hazard == null || Codes.eventHolds(hazard, summary.about().eventCode()))
                && (levels.isEmpty() || levels.contains(summary.about().level()))
                && (issuer == null || issuer.equals(summary.about().sender()))
                && (channel == null
                        || summary.channels().stream()
                                .anyMatch(one -> one.name().equals(channel)));
    }

    /** Whether anything but the period is asked for. */
    public boolean isFiltered() {
        return hazard != null || !levels.isEmpty() || issuer != null || channel != null;
    }

    /** As {@link PeriodQueryReader} reads it: the period by its days, then the filters. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("from", period.from().toString());
        parameters.put("to", period.to().toString());
        if (hazard != null) {
            parameters.put("hazard", hazard);
        }
        if (!levels.isEmpty()) {
            parameters.put("level", levels.stream().sorted().map(Level::name).collect(Collectors.joining(",")));
        }
        if (issuer != null) {
            parameters.put("issuer", issuer);
        }
        if (channel != null) {
            parameters.put("channel", channel);
        }
        return parameters;
    }
}
