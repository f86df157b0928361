package org.tocsin.gateway.targeting;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How areas are read.
 *
 * @param geocodeNames the valueNames of geocodes that hold division codes; compared by their letters and digits alone,
 *     without case
 * @param zone the county's time zone, in which terminals' shared hours are meant
 */
public record TargetingSettings(Set<String> geocodeNames, ZoneId zone) {
    /** The names met in the field (CMA's CAP feed writes {@code CPEAS Geographic Code}), and Chinese time. */
    public static final TargetingSettings DEFAULT = new TargetingSettings(
            Set.of(
                    "CPEAS Geographic Code",
                    "GB/T 2260",
                    "GB/T 2260-2007",
                    "GB/T 10114",
                    "GB/T 10114-2003",
                    "12379",
                    "geocode",
                    "areaCode",
                    "divisionCode"),
            ZoneId.of("Asia/Shanghai"));

    /** Brings the names to the form in which they are compared. */
    public TargetingSettings {
        geocodeNames = geocodeNames.stream().map(TargetingSettings::plain).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether geocodes of this name hold division codes. */
    public boolean accepts(String geocodeName) {
        return geocodeNames.contains(plain(geocodeName));
    }

    private static String plain(String name) {
        return name.codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .toLowerCase(Locale.ROOT);
    }
}
