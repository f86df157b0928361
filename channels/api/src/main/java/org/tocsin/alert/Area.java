package org.tocsin.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an info holds: the union of its polygons, circles and geocodes (CAP 1.2, info.area).
 *
 * @param areaDesc in words
 * @param polygons closed rings
 * @param circles circles
 * @param geocodes codes with their scheme
 * @param altitude feet above mean sea level; null where not said
 * @param ceiling feet above mean sea level, only with an altitude; null where not said
 */
public record Area(
        String areaDesc,
        List<Polygon> polygons,
        List<Circle> circles,
        List<NamedValue> geocodes,
        @Nullable Double altitude,
        @Nullable Double ceiling) {
    /** Copies the lists; refuses a ceiling without an altitude. */
    public Area {
        polygons = List.copyOf(polygons);
        circles = List.copyOf(circles);
        geocodes = List.copyOf(geocodes);
        if (ceiling != null && altitude == null) {
            throw new IllegalArgumentException("a ceiling needs an altitude");
        }
    }
}
