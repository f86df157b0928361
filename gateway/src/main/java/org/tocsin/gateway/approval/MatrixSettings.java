package org.tocsin.gateway.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.Role;

/**
 * The matrix as settings write it:
 *
 * <pre>{@code
 * machineSignOff: none          # or I, II, III, IV (the gravest level that an API client may approve), or all
 * defaults:                     # for levels that no rule fits; those not named keep the standard
 *   I: [reviewer, signer]
 * rules:                        # the first that fits holds; what is left out fits all
 *   - levels: [III, IV]
 *     hazards: [11B00]
 *     issuers: [agency]
 *     areas: ["411426101000"]
 *     steps: [reviewer, {role: signer, who: [wang, li]}]
 * }</pre>
 */
public final class MatrixSettings {
    private static final Set<String> FIELDS = Set.of("machineSignOff", "defaults", "rules");
    private static final Set<String> RULE_FIELDS = Set.of("levels", "hazards", "issuers", "areas", "steps");

    private static final ObjectMapper YAML = new YAMLMapper().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER);

    /** {@link ApprovalMatrix#standard()} as settings write it. */
    public static final String STANDARD =
            """
            machineSignOff: none
            defaults:
              I: [reviewer, signer]
              II: [reviewer, signer]
              III: [signer]
              IV: [signer]
            rules: []""";

    private final List<String> problems = new ArrayList<>();

    private MatrixSettings() {}

    /** The settings are not what they must be. */
    public static final class Invalid extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private final ArrayList<String> problems;

        Invalid(List<String> problems) {
            super(String.join("; ", problems));
            this.problems = new ArrayList<>(problems);
        }

        /** All that is wrong, each with its place. */
        public List<String> problems() {
            return List.copyOf(problems);
        }
    }

    /**
     * Reads a matrix.
     *
     * @param settings an object as above; missing or null means {@link ApprovalMatrix#standard()}
     * @throws Invalid with all that is wrong
     */
    public static ApprovalMatrix read(@Nullable JsonNode settings) {
        if (settings == null || settings.isMissingNode() || settings.isNull()) {
            return ApprovalMatrix.standard();
        }
        MatrixSettings reading = new MatrixSettings();
        ApprovalMatrix matrix = reading.matrix(settings);
        if (matrix == null || !reading.problems.isEmpty()) {
            throw new Invalid(reading.problems);
        }
        return matrix;
    }

    /**
     * Reads a matrix that is written in YAML or JSON.
     *
     * @throws Invalid with all that is wrong
     */
    public static ApprovalMatrix readText(String text) {
        try {
            return read(YAML.readTree(text));
        } catch (JsonProcessingException malformed) {
            throw new Invalid(List.of("is not YAML: " + malformed.getOriginalMessage()));
        }
    }

    /** All that is wrong with a matrix as text; none where it can be read. */
    public static List<String> problems(String text) {
        try {
            readText(text);
            return List.of();
        } catch (Invalid invalid) {
            return invalid.problems();
        }
    }

    /** A matrix that is written in JSON or YAML, as YAML that people read. */
    public static String pretty(String text) {
        try {
            return YAML.writeValueAsString(YAML.readTree(text)).strip();
        } catch (JsonProcessingException malformed) {
            return text;
        }
    }

    private @Nullable ApprovalMatrix matrix(JsonNode settings) {
        if (!settings.isObject()) {
            problems.add("the matrix must be an object");
            return null;
        }
        known(settings, FIELDS, "");
        Map<Level, List<Step>> defaults = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            defaults.put(level, level.lane() <= 2 ? List.of(Step.REVIEW, Step.SIGN) : List.of(Step.SIGN));
        }
        for (Map.Entry<String, JsonNode> entry : settings.path("defaults").properties()) {
            level(entry.getKey(), "defaults")
                    .ifPresent(level -> defaults.put(level, steps(entry.getValue(), "defaults." + entry.getKey())));
        }
        List<ApprovalMatrix.Rule> rules = new ArrayList<>();
        int place = 0;
        for (JsonNode rule : settings.path("rules")) {
            rule(rule, "rules[" + place++ + "]").ifPresent(rules::add);
        }
        Level machine = machine(settings.path("machineSignOff").asText("none"));
        return problems.isEmpty() ? new ApprovalMatrix(rules, defaults, machine) : null;
    }

    private @Nullable Level machine(String word) {
        if (word.equals("none")) {
            return null;
        }
        return word.equals("all") ? Level.I : level(word, "machineSignOff").orElse(null);
    }

    private Optional<ApprovalMatrix.Rule> rule(JsonNode rule, String place) {
        known(rule, RULE_FIELDS, place + ".");
        Set<Level> levels = new LinkedHashSet<>();
        words(rule.path("levels"), place + ".levels")
                .forEach(word -> level(word, place + ".levels").ifPresent(levels::add));
        Set<String> hazards = words(rule.path("hazards"), place + ".hazards");
        Set<String> areas = words(rule.path("areas"), place + ".areas");
        areas.stream()
                .filter(area -> !area.matches("[0-9]{2,12}"))
                .forEach(area -> problems.add(place + ".areas: a division code has up to 12 digits"));
        Set<String> issuers = words(rule.path("issuers"), place + ".issuers");
        List<Step> steps = steps(rule.path("steps"), place + ".steps");
        return problems.isEmpty()
                ? Optional.of(new ApprovalMatrix.Rule(levels, hazards, issuers, areas, steps))
                : Optional.empty();
    }

    private List<Step> steps(JsonNode list, String place) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : list) {
            String word = step.isTextual() ? step.asText() : step.path("role").asText();
            Optional<Role> role = Role.of(word).filter(one -> one == Role.REVIEWER || one == Role.SIGNER);
            if (role.isEmpty()) {
                problems.add(place + ": a step's role is reviewer or signer");
            } else {
                steps.add(new Step(role.get(), words(step.path("who"), place + ".who")));
            }
        }
        boolean signed = !steps.isEmpty() && steps.get(steps.size() - 1).role() == Role.SIGNER;
        long turns = 0;
        for (int i = 1; i < steps.size(); i++) {
            turns += steps.get(i).role() != steps.get(i - 1).role() ? 1 : 0;
        }
        if (!signed || turns > 1) {
            problems.add(place + ": reviewers come first, and a signer ends");
        }
        return steps;
    }

    private Set<String> words(JsonNode list, String place) {
        Set<String> words = new LinkedHashSet<>();
        if (!list.isMissingNode() && !list.isArray()) {
            problems.add(place + " must be a list");
        }
        for (JsonNode word : list) {
            if (!word.isValueNode() || word.asText().isBlank()) {
                problems.add(place + " must hold words");
            } else {
                words.add(word.asText());
            }
        }
        return words;
    }

    private Optional<Level> level(String word, String place) {
        for (Level level : Level.values()) {
            if (level.name().equals(word)) {
                return Optional.of(level);
            }
        }
        problems.add(place + ": a level is I, II, III or IV");
        return Optional.empty();
    }

    private void known(JsonNode object, Set<String> fields, String place) {
        object.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                problems.add(place + name + " is no setting");
            }
        });
    }
}
