package org.tocsin.gateway.report.period;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;

/** Reads which report is wanted from words, and says all that is wrong with them at once. Immutable; any thread. */
public final class PeriodQueryReader {
    /** The longest period, in days: ten years and some leap days. */
    public static final long MOST_DAYS = 3660;

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2199;
    private static final int ISSUER_LIMIT = 200;
    private static final Set<String> KNOWN =
            Set.of("from", "to", "year", "quarter", "month", "hazard", "level", "issuer", "channel");

    private final Function<String, Optional<String>> hazards;
    private final Set<String> channels;

    /**
     * Knows what can be asked for.
     *
     * @param hazards the name of an event code; empty where there is no such event
     * @param channels the channels that there are
     */
    public PeriodQueryReader(Function<String, Optional<String>> hazards, Set<String> channels) {
        this.hazards = hazards;
        this.channels = Set.copyOf(channels);
    }

    /**
     * One thing that is wrong.
     *
     * @param parameter whose
     * @param rule a word for which rule is broken, so that it can be said in any language
     * @param values what the rule speaks of: its limits, then what was given; as the message has them
     * @param message what, and what to write instead
     */
    public record Wrong(String parameter, String rule, List<String> values, String message) {
        /** Copies the values. */
        public Wrong {
            values = List.copyOf(values);
        }
    }

    /**
     * What was read.
     *
     * @param query null where anything is wrong
     * @param wrong all that is
     */
    public record Reading(@Nullable PeriodQuery query, List<Wrong> wrong) {}

    /** The channels that can be asked for, by name. */
    public List<String> channels() {
        return List.copyOf(new TreeSet<>(channels));
    }

    /** Names that stand there more than once: of two values none is the one that was meant. */
    public static List<Wrong> repeated(Set<String> names) {
        return new TreeSet<>(names)
                .stream()
                        .map(name -> new Wrong(name, "repeated", List.of(), "is given more than once: give it once"))
                        .toList();
    }

    /**
     * Reads {@code from} and {@code to}, or {@code year} with {@code quarter} or {@code month}, and the filters.
     *
     * @param words by parameter; an empty one counts as not given
     * @param others parameters that are somebody else's to read
     * @param today the day in the county's zone: no period may begin after it
     */
    public Reading read(Map<String, String> words, Set<String> others, LocalDate today) {
        List<Wrong> wrong = new ArrayList<>();
        for (String name : new TreeSet<>(words.keySet())) {
            if (!KNOWN.contains(name) && !others.contains(name)) {
                String known = String.join(", ", new TreeSet<>(KNOWN));
                add(wrong, name, "unknown", "there is no such parameter; use " + known, known);
            }
        }
        Period period = period(words, wrong);
        if (period != null && period.from().isAfter(today)) {
            add(
                    wrong,
                    given(words, "from") == null ? "year" : "from",
                    "future",
                    "the period begins on " + period.from() + ", after today, " + today,
                    period.from(),
                    today);
        }
        if (period != null && period.days() > MOST_DAYS) {
            String days = "a period has at most " + MOST_DAYS + " days, this one has " + period.days();
            add(wrong, "to", "long", days, MOST_DAYS, period.days());
        }
        String hazard = given(words, "hazard");
        if (hazard != null
                && (!hazard.matches("[0-9A-Z]{5}") || hazards.apply(hazard).isEmpty())) {
            add(wrong, "hazard", "hazard", "there is no such event code; write five characters such as 11B03");
        }
        Set<Level> levels = levels(given(words, "level"), wrong);
        String issuer = given(words, "issuer");
        if (issuer != null && issuer.length() > ISSUER_LIMIT) {
            add(wrong, "issuer", "issuer", "a sender has at most " + ISSUER_LIMIT + " characters", ISSUER_LIMIT);
        }
        String channel = given(words, "channel");
        if (channel != null && !channels.contains(channel)) {
            String known = String.join(", ", channels());
            add(wrong, "channel", "channel", "there is no such channel; use one of " + known, known);
        }
        return wrong.isEmpty() && period != null
                ? new Reading(new PeriodQuery(period, hazard, levels, issuer, channel), List.of())
                : new Reading(null, List.copyOf(wrong));
    }

    private static @Nullable Period period(Map<String, String> words, List<Wrong> wrong) {
        boolean byDays = given(words, "from") != null || given(words, "to") != null;
        boolean byYear =
                given(words, "year") != null || given(words, "quarter") != null || given(words, "month") != null;
        if (byDays && byYear) {
            add(wrong, "year", "both", "give either from and to, or year with quarter or month, not both");
            return null;
        }
        if (!byDays && !byYear) {
            add(
                    wrong,
                    "year",
                    "none",
                    "say which period: year=2026, with quarter=1 to 4 or month=1 to 12, "
                            + "or from=2026-01-01 and to=2026-03-31");
            return null;
        }
        return byDays ? byDays(words, wrong) : byYear(words, wrong);
    }

    private static @Nullable Period byDays(Map<String, String> words, List<Wrong> wrong) {
        LocalDate from = day("from", given(words, "from"), wrong);
        LocalDate to = day("to", given(words, "to"), wrong);
        if (from == null || to == null) {
            return null;
        }
        if (to.isBefore(from)) {
            add(wrong, "to", "order", "the last day, " + to + ", is before the first, " + from, to, from);
            return null;
        }
        return new Period(from, to);
    }

    private static @Nullable LocalDate day(String name, @Nullable String word, List<Wrong> wrong) {
        if (word == null) {
            add(wrong, name, "other", "is needed with the other of from and to: a day such as 2026-03-31");
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(word);
            if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) {
                return day;
            }
        } catch (DateTimeException none) {
            // told below
        }
        String rule = "must be a day of " + FIRST_YEAR + " to " + LAST_YEAR + ", such as 2026-03-31";
        add(wrong, name, "day", rule, FIRST_YEAR, LAST_YEAR);
        return null;
    }

    private static @Nullable Period byYear(Map<String, String> words, List<Wrong> wrong) {
        Integer year = number("year", given(words, "year"), FIRST_YEAR, LAST_YEAR, wrong);
        if (given(words, "year") == null) {
            add(wrong, "year", "year", "is needed with quarter or month");
        }
        Integer quarter = number("quarter", given(words, "quarter"), 1, 4, wrong);
        Integer month = number("month", given(words, "month"), 1, 12, wrong);
        if (given(words, "quarter") != null && given(words, "month") != null) {
            add(wrong, "month", "parts", "give quarter or month, not both");
            return null;
        }
        boolean unread = (given(words, "quarter") != null && quarter == null)
                || (given(words, "month") != null && month == null);
        if (year == null || unread) {
            return null;
        }
        if (quarter != null) {
            return Period.quarter(year, quarter);
        }
        return month == null ? Period.year(year) : Period.month(year, month);
    }

    private static @Nullable Integer number(
            String name, @Nullable String word, int least, int most, List<Wrong> wrong) {
        if (word == null) {
            return null;
        }
        if (word.matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(word);
            if (number >= least && number <= most) {
                return number;
            }
        }
        add(wrong, name, "number", "must be " + least + " to " + most, least, most);
        return null;
    }

    private static Set<Level> levels(@Nullable String words, List<Wrong> wrong) {
        Set<Level> levels = EnumSet.noneOf(Level.class);
        if (words == null) {
            return levels;
        }
        for (String word : words.split(",", 5)) {
            try {
                levels.add(Level.valueOf(word));
            } catch (IllegalArgumentException none) {
                add(wrong, "level", "level", "must be one or more of I, II, III, IV, with commas");
                return levels;
            }
        }
        return levels;
    }

    private static void add(List<Wrong> wrong, String name, String rule, String message, Object... values) {
        wrong.add(
                new Wrong(name, rule, Arrays.stream(values).map(String::valueOf).toList(), message));
    }

    private static @Nullable String given(Map<String, String> words, String name) {
        String word = words.get(name);
        return word == null || word.isBlank() ? null : word.strip();
    }
}
