package org.tocsin.gateway.registry;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The hours of a day in which a terminal's owner shares it, in the county's zone.
 *
 * @param from the first minute
 * @param to the minute after the last; at or before {@code from} means the next day, so equal ends mean all day
 */
public record SharedHours(LocalTime from, LocalTime to) {
    /** Whether the time of day lies in these hours. */
    public boolean include(LocalTime time) {
        if (from.isBefore(to)) {
            return !time.isBefore(from) && time.isBefore(to);
        }
        return !time.isBefore(from) || time.isBefore(to);
    }

    /** Reads {@code HH:mm-HH:mm}, where 24:00 may stand for the day's end; empty where the text is something else. */
    public static Optional<SharedHours> parse(String text) {
        if (text.length() != 11 || text.charAt(5) != '-') {
            return Optional.empty();
        }
        String end = text.substring(6);
        try {
            return Optional.of(new SharedHours(
                    LocalTime.parse(text.substring(0, 5)), LocalTime.parse(end.equals("24:00") ? "00:00" : end)));
        } catch (DateTimeParseException other) {
            return Optional.empty();
        }
    }

    /** As {@code HH:mm-HH:mm}. */
    @Override
    public String toString() {
        return from + "-" + to;
    }
}
