package org.tocsin.gateway.registry;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Position;

/** A line of a CSV file: reads its fields, and notes what is wrong with them. */
final class Row {
    private final long line;
    private final CSVRecord cells;
    private final Map<String, Integer> columns;
    private final Tally tally;
    private boolean bad;

    Row(long line, CSVRecord cells, Map<String, Integer> columns, Tally tally) {
        this.line = line;
        this.cells = cells;
        this.columns = columns;
        this.tally = tally;
    }

    long line() {
        return line;
    }

    /** Whether a problem was noted. */
    boolean isBad() {
        return bad;
    }

    /** Notes a problem. */
    void problem(String field, String value, String reason) {
        bad = true;
        tally.problem(line, field, value, reason);
    }

    /** What a field says, right or wrong, without a word about it. */
    String said(String field) {
        Integer place = columns.get(field);
        return place == null ? "" : cells.get(place).strip();
    }

    /** A field without the spaces around it; empty where there is none. */
    String text(String field, int longest) {
        Integer place = columns.get(field);
        String value = place == null ? "" : cells.get(place).strip();
        if (value.length() > longest) {
            problem(field, value, "longer than " + longest + " characters");
            return "";
        }
        for (int at = 0; at < value.length(); at++) {
            if (Character.isISOControl(value.charAt(at))) {
                problem(field, value.replaceAll("\\p{Cntrl}", "?"), "holds a control character");
                return "";
            }
        }
        return value;
    }

    /** A field that must not be empty. */
    String required(String field, int longest) {
        String value = text(field, longest);
        if (value.isEmpty() && !bad) {
            problem(field, value, "is missing");
        }
        return value;
    }

    /** A field, or null where it is empty. */
    @Nullable
    String optional(String field, int longest) {
        String value = text(field, longest);
        return value.isEmpty() ? null : value;
    }

    /** A field of 12 digits. */
    String code(String field) {
        String value = required(field, 64);
        if (!value.isEmpty() && !Division.isCode(value)) {
            problem(field, value, "a division's code is 12 digits");
        }
        return value;
    }

    /** A whole number of 0 or more; 0 after a problem. */
    int count(String field) {
        String value = required(field, 64);
        try {
            int number = Integer.parseInt(value);
            if (number >= 0) {
                return number;
            }
            problem(field, value, "must be 0 or more");
        } catch (NumberFormatException other) {
            if (!value.isEmpty()) {
                problem(field, value, "is no whole number up to 2147483647");
            }
        }
        return 0;
    }

    /** A date, or null where it is empty. */
    @Nullable
    LocalDate date(String field) {
        String value = text(field, 32);
        if (value.isEmpty()) {
            return null;
        }
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException other) {
            problem(field, value, "is no date like 2020-11-01");
            return null;
        }
    }

    /** The position, or null where both of its fields are empty. */
    @Nullable
    Position position() {
        String longitude = text("longitude", 32);
        String latitude = text("latitude", 32);
        if (longitude.isEmpty() && latitude.isEmpty()) {
            return null;
        }
        double x = degrees("longitude", longitude, 180);
        double y = degrees("latitude", latitude, 90);
        return Double.isNaN(x) || Double.isNaN(y) ? null : new Position(y, x);
    }

    /** The words of a field that lists some with commas, semicolons, bars or spaces between. */
    Set<String> words(String field) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : split(text(field, 1024))) {
            words.add(word);
        }
        return words;
    }

    private static List<String> split(String list) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= list.length(); at++) {
            if (at == list.length() || ",;| ，；、".indexOf(list.charAt(at)) >= 0) {
                if (at > start) {
                    words.add(list.substring(start, at));
                }
                start = at + 1;
            }
        }
        return words;
    }

    private double degrees(String field, String value, int most) {
        if (value.isEmpty()) {
            problem(field, value, "is missing while the other coordinate is there");
            return Double.NaN;
        }
        try {
            double number = Double.parseDouble(value);
            if (number >= -most && number <= most) {
                return number;
            }
            problem(field, value, "must be -" + most + " to " + most + " degrees");
        } catch (NumberFormatException other) {
            problem(field, value, "is no number of degrees");
        }
        return Double.NaN;
    }
}
