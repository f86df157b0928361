package org.tocsin.gateway.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads goals from an operator's settings: a list of objects of {@code division, share, from, to}. */
public final class GoalSettings {
    /** The most goals: more than any county has townships, twice over. */
    static final int MOST = 1000;

    private static final Set<String> FIELDS = Set.of("division", "share", "from", "to");

    private final List<String> problems = new ArrayList<>();
    private final List<Goal> goals = new ArrayList<>();

    private GoalSettings() {}

    /** The goals are wrong. */
    public static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final List<String> problems;

        Invalid(List<String> problems) {
            super(String.join("; ", problems));
            this.problems = List.copyOf(problems);
        }

        /** All problems, each with its place in the list, what is wrong and the value. */
        public List<String> problems() {
            return problems;
        }
    }

    /**
     * Reads.
     *
     * @param list the list; missing, null or empty text where none is set
     * @param otherwise the share that holds wherever no goal does
     * @throws Invalid with all that is wrong
     */
    public static Goals read(JsonNode list, double otherwise) {
        if (list.isMissingNode()
                || list.isNull()
                || (list.isTextual() && list.asText().isBlank())) {
            return Goals.everywhere(otherwise);
        }
        GoalSettings reading = new GoalSettings();
        if (!list.isArray()) {
            throw new Invalid(List.of("must be a list of {division, share, from, to}"));
        }
        if (list.size() > MOST) {
            throw new Invalid(List.of("holds at most " + MOST + " goals, has " + list.size()));
        }
        for (int place = 0; place < list.size(); place++) {
            reading.goal("[" + place + "]", list.get(place));
        }
        reading.overlaps();
        if (!reading.problems.isEmpty()) {
            throw new Invalid(reading.problems);
        }
        return new Goals(reading.goals, otherwise);
    }

    private void goal(String place, JsonNode json) {
        int before = problems.size();
        if (!json.isObject()) {
            problems.add(place + ": must be an object of division, share, from, to, was " + json);
            return;
        }
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                problems.add(place + "." + field.getKey() + ": is no field of a goal; there are division, share, from,"
                        + " to");
            }
        }
        String division = json.path("division").asText("");
        if (!division.matches("[0-9]{12}")) {
            problems.add(place + ".division: must be a division's code of 12 digits, was '" + division + "'");
        }
        double share = share(place, json.path("share"));
        LocalDate from = day(place + ".from", json.path("from"));
        LocalDate to = day(place + ".to", json.path("to"));
        if (from != null && to != null && to.isBefore(from)) {
            problems.add(place + ".to: must not be before from (" + from + "), was " + to);
        }
        if (problems.size() == before) {
            goals.add(new Goal(share, division, from, to));
        }
    }

    private double share(String place, JsonNode json) {
        double share;
        try {
            share = Double.parseDouble(json.asText(""));
        } catch (NumberFormatException none) {
            share = Double.NaN;
        }
        if (!(share >= 0 && share <= 1)) {
            problems.add(place + ".share: must be 0 to 1, such as 0.95 for 95 %, was '" + json.asText("") + "'");
        }
        return share;
    }

    private @Nullable LocalDate day(String place, JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return null;
        }
        try {
            return LocalDate.parse(json.asText());
        } catch (DateTimeParseException none) {
            problems.add(place + ": must be a day as 2026-01-31, was '" + json.asText() + "'");
            return null;
        }
    }

    /** Two goals of one division on one day would leave open which holds. */
    private void overlaps() {
        for (int one = 0; one < goals.size(); one++) {
            for (int other = one + 1; other < goals.size(); other++) {
                Goal first = goals.get(one);
                Goal second = goals.get(other);
                if (java.util.Objects.equals(first.division(), second.division()) && overlap(first, second)) {
                    problems.add("two goals of division " + first.division() + " hold on the same day: " + span(first)
                            + " and " + span(second) + "; end one before the other begins");
                }
            }
        }
    }

    private static boolean overlap(Goal one, Goal other) {
        return begins(one).compareTo(ends(other)) <= 0 && begins(other).compareTo(ends(one)) <= 0;
    }

    private static LocalDate begins(Goal goal) {
        return goal.from() == null ? LocalDate.MIN : goal.from();
    }

    private static LocalDate ends(Goal goal) {
        return goal.to() == null ? LocalDate.MAX : goal.to();
    }

    private static String span(Goal goal) {
        return (goal.from() == null ? "…" : goal.from()) + " to " + (goal.to() == null ? "…" : goal.to());
    }
}
