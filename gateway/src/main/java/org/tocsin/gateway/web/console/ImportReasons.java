package org.tocsin.gateway.web.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an import says of a bad line, in the page's language. */
final class ImportReasons {
    private static final Map<Pattern, String> KEYS = new LinkedHashMap<>();

    static {
        key("is missing", "missing");
        key("is missing; wanted: (.*)", "missing-wanted");
        key("is empty", "missing");
        key("longer than (\\d+) characters", "too-long");
        key("holds a control character", "control");
        key("a division's code is 12 digits", "code");
        key("no division has this code", "no-such-code");
        key("must be 0 or more", "negative");
        key("is no whole number up to 2147483647", "number");
        key("is no date like 2020-11-01", "date");
        key("is missing while the other coordinate is there", "half-position");
        key("must be -(\\d+) to (\\d+) degrees", "degrees");
        key("is no number of degrees", "no-degrees");
        key("is no telephone number", "phone");
        key("has not the form of this field", "form");
        key("more than (\\d+) languages", "languages");
        key("there are (\\d+) audiences already", "audiences");
        key("is no audience's name: a letter, then letters, digits, underscores", "audience");
        key("must be a letter, then letters, digits and underscores", "audience");
        key("asked to be erased; an administrator may take them off that list", "erased");
        key("no division of this code is known", "unknown-division");
        key("is no village; people and terminals belong to villages", "no-village");
        key("is not above (\\d+), by its digits", "not-above");
        key("its line in this file was refused; mend that one first", "parent-refused");
        key("stands in the file twice", "twice");
        key("may hold only letters, digits and \\. _ : -", "terminal-code");
        key("must be a word in small letters, as loudspeaker or screen", "terminal-kind");
        key("must be like 06:00-22:00", "hours");
        key("must be of I, II, III, IV and probe", "levels");
        key("has (\\d+) fields, the header (\\d+)", "fields");
        key("is no column of this file; wanted: (.*)", "no-column");
        key("stands there twice", "column-twice");
        key("not UTF-8", "utf-8");
        key("a quotation mark is not closed in its line", "quote");
        key("cut off by the limit of the file's size", "cut");
        key("a property code of 12 digits is wanted", "code-property");
        key("must be a Polygon or MultiPolygon", "geometry");
        key("has more than (\\d+) points", "points");
        key("its coordinates are .*", "coordinates");
        key("longitude is -180 to 180, latitude -90 to 90, longitude first; was (.*)", "range");
        key("a ring has at least 4 positions, the last equal to the first", "ring");
        key("is not valid: (.*)", "invalid");
        key("is no JSON from here on: (.*)", "json");
        key("is no GeoJSON object", "geojson");
        key("has no features: a FeatureCollection is wanted", "geojson");
        key("is no object", "geojson");
        key("there is no header", "no-header");
        key("the header is wrong", "header");
        key("the header cannot be read", "header");
        key("the file is longer than (\\d+) bytes; the rest was not read", "file-too-long");
    }

    private ImportReasons() {}

    private static void key(String reason, String phrase) {
        KEYS.put(Pattern.compile(reason), "operate.reason." + phrase);
    }

    /** The reason in these words; as it is where nobody has translated it. */
    static String in(Phrases words, String reason) {
        for (Map.Entry<Pattern, String> one : KEYS.entrySet()) {
            Matcher matcher = one.getKey().matcher(reason);
            if (matcher.matches()) {
                Object[] arguments = new Object[matcher.groupCount()];
                for (int group = 0; group < arguments.length; group++) {
                    arguments[group] = matcher.group(group + 1);
                }
                return words.of(one.getValue(), arguments);
            }
        }
        return reason;
    }

    /** The phrases' keys. */
    static Iterable<String> keys() {
        return KEYS.values();
    }
}
