package org.tocsin.gateway.registry;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * An administrative division.
 *
 * @param code 12 digits
 * @param name its name, not empty
 * @param parent the code of the division above; null where that is outside the registry
 * @param residents its permanent residents, 0 or more; the denominator of coverage is summed from the villages'
 * @param residentsSource who counted them; null where not said
 * @param residentsDate as of when; null where not said
 * @param boundary a valid polygon or multipolygon in WGS 84, x the longitude and y the latitude; null where unknown.
 *     Shared: never change it.
 */
public record Division(
        String code,
        String name,
        @Nullable String parent,
        int residents,
        @Nullable String residentsSource,
        @Nullable LocalDate residentsDate,
        @Nullable Geometry boundary) {
    /** Refuses a code that is not 12 digits, and negative residents. */
    public Division {
        if (!isCode(code)) {
            throw new IllegalArgumentException("a division's code is 12 digits, was " + code);
        }
        if (residents < 0) {
            throw new IllegalArgumentException("residents must be 0 or more, was " + residents);
        }
    }

    /** Its level, by its code. */
    public DivisionLevel level() {
        return DivisionLevel.of(code);
    }

    /** The same division with another boundary. */
    public Division withBoundary(@Nullable Geometry other) {
        return new Division(code, name, parent, residents, residentsSource, residentsDate, other);
    }

    /** Whether the text has the form of a division's code: 12 digits. */
    public static boolean isCode(String text) {
        return text.length() == 12 && text.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }
}
