package org.tocsin.gateway.approval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Info;
import org.tocsin.alert.NamedValue;

/** What an alert is about in this gateway's codes: by it rights and the matrix are judged. */
public interface AlertFacts {
    /** The 5-character event codes of all its contents; empty where one of them has none. */
    Set<String> events(Alert alert);

    /**
     * The codes of divisions that together hold its whole area; empty where codes cannot say, such as a polygon whose
     * villages nobody looked up. Then only an unrestricted principal may act.
     */
    Set<String> divisions(Alert alert);

    /** What lies in an area that codes alone do not describe. */
    @FunctionalInterface
    interface Villages {
        /** The codes of all villages that the area touches; empty where it cannot tell. */
        Set<String> in(Area area);
    }

    /**
     * Reads the codes out of the alert.
     *
     * @param eventNames the valueNames of event codes; empty means any value of the right form
     * @param divisionNames the valueNames of geocodes; empty means any value of the right form
     * @param villages looks polygons and circles up
     */
    static AlertFacts byCodes(Collection<String> eventNames, Collection<String> divisionNames, Villages villages) {
        return new ByCodes(Set.copyOf(eventNames), Set.copyOf(divisionNames), villages);
    }

    /** The facts that the codes of an alert tell. */
    final class ByCodes implements AlertFacts {
        private static final Pattern EVENT = Pattern.compile("[0-9][0-9][0-9A-Z][0-9]{2}");
        private static final Pattern ANY = Pattern.compile(".+");
        private static final Pattern DIVISION = Pattern.compile("[0-9]{6}|[0-9]{9}|[0-9]{12}");

        private final Set<String> eventNames;
        private final Set<String> divisionNames;
        private final Villages villages;

        private ByCodes(Set<String> eventNames, Set<String> divisionNames, Villages villages) {
            this.eventNames = eventNames;
            this.divisionNames = divisionNames;
            this.villages = villages;
        }

        @Override
        public Set<String> events(Alert alert) {
            Set<String> events = new TreeSet<>();
            for (Info info : alert.infos()) {
                List<String> own = values(info.eventCodes(), eventNames, EVENT);
                if (own.isEmpty()) {
                    return Set.of();
                }
                events.addAll(own);
            }
            return events;
        }

        @Override
        public Set<String> divisions(Alert alert) {
            Set<String> divisions = new TreeSet<>();
            for (Info info : alert.infos()) {
                for (Area area : info.areas()) {
                    List<String> codes = values(area.geocodes(), divisionNames, ANY);
                    if (!codes.stream().allMatch(code -> DIVISION.matcher(code).matches())) {
                        return Set.of();
                    }
                    Set<String> own = new TreeSet<>(codes);
                    boolean drawn =
                            !area.polygons().isEmpty() || !area.circles().isEmpty();
                    if (drawn) {
                        Set<String> touched = villages.in(area);
                        if (touched.isEmpty()) {
                            return Set.of();
                        }
                        own.addAll(touched);
                    }
                    if (own.isEmpty()) {
                        return Set.of();
                    }
                    divisions.addAll(own);
                }
            }
            return divisions;
        }

        private static List<String> values(List<NamedValue> coded, Set<String> names, Pattern form) {
            List<String> values = new ArrayList<>();
            for (NamedValue one : coded) {
                if (names.isEmpty() || names.contains(one.valueName())) {
                    Arrays.stream(one.value().split(",", -1))
                            .map(String::strip)
                            .filter(value -> form.matcher(value).matches())
                            .forEach(values::add);
                }
            }
            return values;
        }
    }
}
