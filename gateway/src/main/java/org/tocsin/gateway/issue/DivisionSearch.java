package org.tocsin.gateway.issue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.Divisions;

/**
 * Finds divisions by what people type: characters of the name, the code's first digits, full pinyin, initials, or both
 * mixed ({@code xiayi}, {@code xy}, {@code xiay}), by every reading of a character. Pure; may be used by any thread.
 */
public final class DivisionSearch {
    /** The longest query, in characters; the rest is not looked at. */
    public static final int LONGEST = 40;

    private static final int NONE = Integer.MAX_VALUE;

    private final List<Entry> entries;

    private record Entry(Division division, String name, String[][] readings) {}

    /**
     * What was found.
     *
     * @param divisions the best, in their order
     * @param total how many there are in all
     */
    public record Found(List<Division> divisions, int total) {}

    private record Hit(int rank, Division division) {}

    /** Takes the divisions as they are now. */
    public DivisionSearch(Divisions divisions) {
        this.entries = divisions.all().stream().map(DivisionSearch::entry).toList();
    }

    private static Entry entry(Division division) {
        String name = division.name().toLowerCase(Locale.ROOT);
        String[][] readings = new String[name.length()][];
        for (int at = 0; at < readings.length; at++) {
            readings[at] = Readings.of(name.charAt(at));
        }
        return new Entry(division, name, readings);
    }

    /**
     * Looks.
     *
     * @param text what was typed; blanks in it do not count
     * @param most at most so many divisions
     * @return whole names first, then beginnings of names, then what stands within them; of equal ones the larger, then
     *     in code order; nothing for an empty text
     */
    public Found find(String text, int most) {
        String query = text.replaceAll("[\\s\\u3000'’]+", "").toLowerCase(Locale.ROOT);
        if (query.length() > LONGEST) {
            query = query.substring(0, LONGEST);
        }
        if (query.isEmpty()) {
            return new Found(List.of(), 0);
        }
        List<Hit> hits = new ArrayList<>();
        for (Entry entry : entries) {
            int rank = rank(entry, query);
            if (rank < NONE) {
                hits.add(new Hit(rank, entry.division()));
            }
        }
        hits.sort(Comparator.comparingInt(Hit::rank)
                .thenComparing(hit -> hit.division().level())
                .thenComparing(hit -> hit.division().code()));
        return new Found(hits.stream().limit(most).map(Hit::division).toList(), hits.size());
    }

    private static int rank(Entry entry, String query) {
        String name = entry.name();
        if (name.equals(query)) {
            return 0;
        }
        if (name.startsWith(query)) {
            return 1;
        }
        if (entry.division().code().startsWith(query)) {
            return 2;
        }
        if (name.contains(query)) {
            return 5;
        }
        if (query.charAt(0) < 'a' || query.charAt(0) > 'z') {
            return NONE;
        }
        for (int start = 0; start < entry.readings().length; start++) {
            int end = sounds(entry.readings(), start, query, 0);
            if (end >= 0) {
                boolean whole = start == 0 && end == entry.readings().length;
                return whole ? 3 : start == 0 ? 4 : 6;
            }
        }
        return NONE;
    }

    /** Where a query ends that sounds like the name from a character on: behind which character, or -1. */
    private static int sounds(String[][] readings, int character, String query, int from) {
        if (from == query.length()) {
            return character;
        }
        if (character == readings.length) {
            return -1;
        }
        int best = -1;
        for (String reading : readings[character]) {
            int left = query.length() - from;
            if (query.startsWith(reading, from)) {
                best = Math.max(best, sounds(readings, character + 1, query, from + reading.length()));
            } else if (left < reading.length() && reading.startsWith(query.substring(from))) {
                best = Math.max(best, character + 1);
            }
            if (reading.length() > 1 && reading.charAt(0) == query.charAt(from)) {
                best = Math.max(best, sounds(readings, character + 1, query, from + 1));
            }
        }
        return best;
    }
}
