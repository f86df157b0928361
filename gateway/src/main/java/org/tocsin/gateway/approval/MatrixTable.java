package org.tocsin.gateway.approval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.Role;

/**
 * An approval matrix as a table: a line for each level, then a line for each rule. What is typed is kept as it is
 * typed; {@link MatrixSettings} says what is wrong with it. Immutable.
 *
 * @param machineSignOff {@code none}, {@code all} or a level
 * @param defaults the four levels in their order, each with its word in {@code levels}
 * @param rules the first that fits holds
 */
public record MatrixTable(String machineSignOff, List<Line> defaults, List<Line> rules) {
    /** The most rules of a table; a longer matrix is edited as text. */
    public static final int MOST_RULES = 30;

    /** The most approvals of one kind in a line. */
    public static final int MOST_STEPS = 4;

    /** Copies the lists. */
    public MatrixTable {
        defaults = List.copyOf(defaults);
        rules = List.copyOf(rules);
    }

    /**
     * A line.
     *
     * @param levels the words of its levels; none means all
     * @param hazards event codes, blanks or commas between; empty means all
     * @param issuers ids of accounts and clients; empty means all
     * @param areas codes of divisions; empty means all
     * @param reviewers how many reviewers
     * @param reviewedBy ids of those who may review; empty means all reviewers
     * @param signers how many signers
     * @param signedBy ids of those who may sign; empty means all signers
     */
    public record Line(
            List<String> levels,
            String hazards,
            String issuers,
            String areas,
            int reviewers,
            String reviewedBy,
            int signers,
            String signedBy) {
        /** Copies the list; bounds the numbers. */
        public Line {
            levels = List.copyOf(levels);
            reviewers = Math.max(0, Math.min(MOST_STEPS, reviewers));
            signers = Math.max(0, Math.min(MOST_STEPS, signers));
        }
    }

    /**
     * A matrix as a table.
     *
     * @param text as settings write it
     * @return empty where it cannot be read, has too many rules, or asks different people in several steps of one kind
     */
    public static Optional<MatrixTable> of(String text) {
        ApprovalMatrix matrix;
        try {
            matrix = MatrixSettings.readText(text);
        } catch (MatrixSettings.Invalid invalid) {
            return Optional.empty();
        }
        List<Line> defaults = new ArrayList<>();
        for (Level level : Level.values()) {
            List<Step> steps = matrix.defaults(level);
            if (!isPlain(steps)) {
                return Optional.empty();
            }
            defaults.add(line(List.of(level.name()), Set.of(), Set.of(), Set.of(), steps));
        }
        List<Line> rules = new ArrayList<>();
        for (ApprovalMatrix.Rule rule : matrix.rules()) {
            if (!isPlain(rule.steps())) {
                return Optional.empty();
            }
            rules.add(line(
                    rule.levels().stream().sorted().map(Level::name).toList(),
                    rule.hazards(),
                    rule.issuers(),
                    rule.areas(),
                    rule.steps()));
        }
        Level machine = matrix.machineSignOff();
        String word = machine == null ? "none" : machine == Level.I ? "all" : machine.name();
        return rules.size() > MOST_RULES ? Optional.empty() : Optional.of(new MatrixTable(word, defaults, rules));
    }

    private static boolean isPlain(List<Step> steps) {
        return of(steps, Role.REVIEWER).stream().distinct().count() <= 1
                && of(steps, Role.SIGNER).stream().distinct().count() <= 1
                && of(steps, Role.REVIEWER).size() <= MOST_STEPS
                && of(steps, Role.SIGNER).size() <= MOST_STEPS;
    }

    private static List<Step> of(List<Step> steps, Role role) {
        return steps.stream().filter(step -> step.role() == role).toList();
    }

    private static Line line(
            List<String> levels, Set<String> hazards, Set<String> issuers, Set<String> areas, List<Step> steps) {
        List<Step> reviews = of(steps, Role.REVIEWER);
        List<Step> signatures = of(steps, Role.SIGNER);
        return new Line(
                levels,
                words(hazards),
                words(issuers),
                words(areas),
                reviews.size(),
                reviews.isEmpty() ? "" : words(reviews.get(0).who()),
                signatures.size(),
                signatures.isEmpty() ? "" : words(signatures.get(0).who()));
    }

    private static String words(Collection<String> words) {
        return String.join(" ", new TreeSet<>(words));
    }

    /** The matrix as settings write it. */
    public String text() {
        ObjectNode matrix = JsonNodeFactory.instance.objectNode();
        matrix.put("machineSignOff", machineSignOff);
        ObjectNode levels = matrix.putObject("defaults");
        defaults.forEach(line -> steps(levels.putArray(String.join("", line.levels())), line));
        ArrayNode list = matrix.putArray("rules");
        for (Line line : rules) {
            ObjectNode rule = list.addObject();
            put(rule, "levels", line.levels());
            put(rule, "hazards", split(line.hazards()));
            put(rule, "issuers", split(line.issuers()));
            put(rule, "areas", split(line.areas()));
            steps(rule.putArray("steps"), line);
        }
        return MatrixSettings.pretty(matrix.toString());
    }

    private static void put(ObjectNode rule, String name, List<String> words) {
        if (!words.isEmpty()) {
            ArrayNode list = rule.putArray(name);
            words.forEach(list::add);
        }
    }

    private static void steps(ArrayNode steps, Line line) {
        steps(steps, Role.REVIEWER, line.reviewers(), split(line.reviewedBy()));
        steps(steps, Role.SIGNER, line.signers(), split(line.signedBy()));
    }

    private static void steps(ArrayNode steps, Role role, int count, List<String> who) {
        for (int at = 0; at < count; at++) {
            if (who.isEmpty()) {
                steps.add(role.word());
            } else {
                ObjectNode step = steps.addObject();
                step.put("role", role.word());
                ArrayNode ids = step.putArray("who");
                who.forEach(ids::add);
            }
        }
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.strip().split("[\\s,，;；、]+", 200))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }
}
