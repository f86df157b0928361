package org.tocsin.gateway.web.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.issue.AreaText;
import org.tocsin.gateway.issue.Composed;
import org.tocsin.gateway.issue.Composer;
import org.tocsin.gateway.issue.FieldProblem;
import org.tocsin.gateway.issue.IssueDesk;
import org.tocsin.gateway.issue.IssueDraft;
import org.tocsin.gateway.issue.IssueFields;
import org.tocsin.gateway.issue.IssueFields.Step;
import org.tocsin.gateway.issue.IssueTemplate;
import org.tocsin.gateway.issue.Preview;
import org.tocsin.gateway.issue.Reach;
import org.tocsin.gateway.issue.SavedArea;
import org.tocsin.gateway.issue.SavedAreas;
import org.tocsin.gateway.registry.Audience;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.DivisionLevel;
import org.tocsin.gateway.registry.Divisions;
import org.tocsin.gateway.targeting.TargetRefused;
import org.tocsin.gateway.web.Call;
import org.tocsin.wording.Segments;

/** What the form's pages show of a draft. */
final class IssueViews {
    private static final List<String> COUNTED =
            List.of(IssueFields.HEADLINE, IssueFields.DESCRIPTION, IssueFields.SENTENCE, IssueFields.INSTRUCTION);

    /** The kind of a form that edits a warning, for pages. */
    static final String EDIT = "Edit";

    private final IssueDesk desk;

    IssueViews(IssueDesk desk) {
        this.desk = desk;
    }

    /** The form in few words, for the line that stays in sight. */
    public record Summary(
            String level,
            String headline,
            String area,
            @Nullable Object until,
            String channels,
            String reach,
            Map<String, String> counts,
            Drawn drawn) {}

    /**
     * What is drawn, for the map: positions with the latitude first; whether it is all that is written, so that the map
     * may write it anew; and what is wrong in words.
     */
    public record Drawn(List<List<double[]>> polygons, List<double[]> circles, boolean whole, List<String> problems) {}

    /** A division chosen. */
    public record Chip(String code, String name, boolean known) {}

    /** A division with a box. */
    public record Node(
            String code, String name, boolean on, boolean opens, boolean open, int below, List<Node> nodes) {}

    /** A saved area. */
    public record Ready(String id, String name, long version, int divisions, boolean mine) {}

    /** A channel with a box, and whether the issue before went by it. */
    public record Way(String value, boolean on, boolean used) {}

    /** A choice with a box or in a list. */
    public record Choice(String value, String label, boolean on) {}

    /** A value of a field here, and there. */
    public record Typed(String label, String mine, String theirs) {}

    /** Another has changed the draft. */
    public record Clash(Object changed, List<Typed> fields) {}

    /** Something that is missing, with where it is mended. */
    public record Missing(String href, String message) {}

    /** A preview with what pages show of it. */
    public record Shown(
            String channel,
            String language,
            Map<String, String> parts,
            List<String> segments,
            List<String> lines,
            int units) {}

    /** The whole model of a step's page. */
    Map<String, @Nullable Object> model(Call call, IssueDraft draft, Step step, @Nullable Warning before) {
        Composed composed = desk.compose(draft, before);
        Phrases phrases = Pages.phrases(call);
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("draft", draft);
        model.put("id", draft.id());
        model.put("f", fields(draft.fields()));
        model.put("step", step.word());
        model.put("drill", draft.status() != Status.ACTUAL);
        model.put("kind", draft.msgType().word());
        model.put("title", draft.edits() == null ? draft.msgType().word() : EDIT);
        model.put("clash", null);
        model.put("stale", false);
        model.put("refusals", List.of());
        model.put("summary", summary(call, draft, composed));
        model.put(
                "notices",
                composed.notices().stream()
                        .map(notice -> words(phrases, notice))
                        .toList());
        switch (step) {
            case WHAT -> what(model, draft);
            case WHERE -> where(call, model, draft, before);
            case CHECK -> check(call, model, draft, composed);
        }
        return model;
    }

    private void what(Map<String, @Nullable Object> model, IssueDraft draft) {
        IssueFields fields = draft.fields();
        Optional<IssueTemplate> template = desk.templates().find(fields.text(IssueFields.TEMPLATE));
        List<String> levels = template.map(one -> desk.templates().list().stream()
                        .filter(other -> other.hazard().equals(one.hazard()))
                        .map(other -> other.level().name())
                        .toList())
                .orElseGet(() ->
                        java.util.Arrays.stream(Level.values()).map(Level::name).toList());
        model.put("levels", levels);
        model.put("free", template.isEmpty());
        model.put(
                "eventName",
                desk.composer().eventName(fields.text(IssueFields.EVENT_CODE)).orElse(""));
        model.put("hours", hours(fields.text(IssueFields.HOURS)));
        model.put(
                "urgencies",
                with(
                        List.of("Immediate", "Expected", "Future"),
                        Urgency.of(fields.text(IssueFields.URGENCY)).map(Urgency::word)));
        model.put(
                "certainties",
                with(
                        List.of("Observed", "Likely", "Possible", "Unlikely"),
                        Certainty.of(fields.text(IssueFields.CERTAINTY)).map(Certainty::word)));
        model.put("mostHours", Composer.LONGEST.toHours());
    }

    /** The choices, and what is chosen where it is not among them: else the page would choose another. */
    private static List<String> with(List<String> choices, Optional<String> chosen) {
        List<String> all = new ArrayList<>(choices);
        chosen.filter(one -> !choices.contains(one)).ifPresent(all::add);
        return all;
    }

    private static List<String> hours(String chosen) {
        TreeSet<Integer> hours = new TreeSet<>(List.of(1, 2, 3, 6, 12, 24, 48, 72));
        if (chosen.matches("[1-9][0-9]{0,2}")) {
            hours.add(Integer.valueOf(chosen));
        }
        return hours.stream().map(String::valueOf).toList();
    }

    private void where(Call call, Map<String, @Nullable Object> model, IssueDraft draft, @Nullable Warning before) {
        Principal principal = call.principal();
        IssueFields fields = draft.fields();
        Divisions divisions = desk.registry().get().divisions();
        List<String> chosen = fields.words(IssueFields.DIVISIONS);
        Set<String> shown = new TreeSet<>();
        model.put(
                "tree",
                tree(principal, divisions, Set.copyOf(chosen), call.query().getOrDefault("open", ""), shown));
        model.put("chips", chips(divisions, chosen));
        model.put(
                "hidden", chosen.stream().filter(code -> !shown.contains(code)).toList());
        model.put("areas", ready(principal));
        String query = call.query().getOrDefault("q", "");
        model.put("query", query);
        model.put("found", IssueRoutes.found(desk, principal, query));
        model.put("audiences", audiences(fields.text(IssueFields.AUDIENCE)));
        Set<String> wanted = Set.copyOf(fields.words(IssueFields.CHANNELS));
        boolean follows = before != null && draft.edits() == null;
        model.put("follows", follows);
        model.put(
                "channels",
                desk.channels().stream()
                        .map(channel -> new Way(channel, wanted.contains(channel), follows && isUsed(before, channel)))
                        .toList());
        model.put("longestName", SavedArea.LONGEST_NAME);
    }

    private static boolean isUsed(@Nullable Warning before, String channel) {
        return before != null
                && (before.channels().isEmpty() || before.channels().contains(channel));
    }

    private static List<Chip> chips(Divisions divisions, List<String> codes) {
        return codes.stream()
                .map(code -> divisions
                        .find(code)
                        .map(division -> new Chip(code, division.name(), true))
                        .orElseGet(() -> new Chip(code, code, false)))
                .toList();
    }

    private List<Ready> ready(Principal principal) {
        return desk.areas().of(principal).stream()
                .map(area -> new Ready(
                        area.id(),
                        area.name(),
                        area.version(),
                        area.divisions().size(),
                        SavedAreas.mayChange(principal, area)))
                .toList();
    }

    private List<Choice> audiences(String chosen) {
        List<Choice> choices = new ArrayList<>();
        for (Audience audience : desk.registry().get().audiences().values()) {
            if (!audience.name().equals(Audience.PROBE)) {
                choices.add(new Choice(
                        audience.name(), audience.title(), audience.name().equals(chosen)));
            }
        }
        if (!chosen.isEmpty() && choices.stream().noneMatch(Choice::on)) {
            choices.add(new Choice(chosen, chosen, true));
        }
        return choices;
    }

    /** The divisions that one may act in: all down to townships, and the villages of the one that is open. */
    private static List<Node> tree(
            Principal principal, Divisions divisions, Set<String> chosen, String open, Set<String> shown) {
        Map<String, List<Division>> villages = new LinkedHashMap<>();
        List<Division> upper = new ArrayList<>();
        for (Division division : divisions.all()) {
            if (!principal.mayActIn(List.of(division.code()))) {
                continue;
            }
            if (division.level() == DivisionLevel.VILLAGE) {
                villages.computeIfAbsent(division.code().substring(0, 9) + "000", code -> new ArrayList<>())
                        .add(division);
            } else {
                upper.add(division);
            }
        }
        List<Node> nodes = new ArrayList<>();
        for (Division division : upper) {
            List<Division> below = villages.getOrDefault(division.code(), List.of());
            villages.remove(division.code());
            nodes.add(node(division, below, open, chosen, shown));
        }
        // Villages of one who may act in villages alone.
        villages.values()
                .forEach(rest -> rest.forEach(village -> nodes.add(node(village, List.of(), "", chosen, shown))));
        return nodes;
    }

    private static Node node(
            Division division, List<Division> below, String open, Set<String> chosen, Set<String> shown) {
        boolean isOpen = !below.isEmpty() && open.equals(division.code());
        shown.add(division.code());
        return new Node(
                division.code(),
                division.name(),
                chosen.contains(division.code()),
                !below.isEmpty(),
                isOpen,
                below.size(),
                isOpen
                        ? below.stream()
                                .map(village -> node(village, List.of(), "", chosen, shown))
                                .toList()
                        : List.of());
    }

    private void check(Call call, Map<String, @Nullable Object> model, IssueDraft draft, Composed composed) {
        Phrases phrases = Pages.phrases(call);
        Alert sketch = composed.sketch();
        List<Missing> missing = new ArrayList<>();
        for (FieldProblem problem : composed.problems()) {
            Step at = IssueFields.BY_STEP.getOrDefault(Step.WHAT, List.of()).contains(problem.field())
                    ? Step.WHAT
                    : Step.WHERE;
            missing.add(
                    new Missing(IssueRoutes.address(draft.id(), at) + "#" + problem.field(), words(phrases, problem)));
        }
        List<String> wanted = channels(draft.fields());
        Reach reach = null;
        if (hasArea(sketch)) {
            try {
                reach = desk.reach().of(sketch, draft.fields().text(IssueFields.AUDIENCE), wanted);
            } catch (TargetRefused refused) {
                refused.problems()
                        .forEach(problem -> missing.add(new Missing(
                                IssueRoutes.address(draft.id(), Step.WHERE) + "#divisions",
                                phrases.of("issue.target." + problem.code(), problem.message()))));
            }
        }
        model.put("missing", missing);
        model.put("reach", reach);
        model.put("info", sketch.infos().get(0));
        model.put("infos", sketch.infos());
        model.put(
                "approvals",
                desk.steps(sketch, draft.owner()).stream()
                        .map(one -> one.role().word())
                        .toList());
        model.put("previews", previews(sketch, wanted));
    }

    private List<Shown> previews(Alert sketch, List<String> wanted) {
        return Preview.of(sketch, wanted, desk.wording()).stream()
                .map(preview -> new Shown(
                        preview.channel(),
                        preview.language(),
                        withAll(preview.message().parts()),
                        preview.segments(),
                        preview.lines(),
                        Segments.of(preview.part("text")).units()))
                .toList();
    }

    private static Map<String, String> withAll(Map<String, String> parts) {
        Map<String, String> all = new LinkedHashMap<>(parts);
        for (String name : List.of(
                "text",
                "script",
                "first",
                "keyword1",
                "keyword2",
                "keyword3",
                "keyword4",
                "remark",
                "title",
                "body",
                "subject")) {
            all.putIfAbsent(name, "");
        }
        return all;
    }

    /** The form in few words. */
    Summary summary(Call call, IssueDraft draft, Composed composed) {
        Phrases phrases = Pages.phrases(call);
        Info info = composed.sketch().infos().get(0);
        IssueFields fields = draft.fields();
        List<String> wanted = channels(fields);
        return new Summary(
                fields.level().map(Level::name).orElse(""),
                fields.text(IssueFields.HEADLINE),
                String.join("、", info.areas().stream().map(Area::areaDesc).toList()),
                info.expires(),
                String.join(
                        phrases.of("issue.comma"),
                        wanted.stream()
                                .map(channel -> channel(phrases, channel))
                                .toList()),
                reach(phrases, composed.sketch(), fields.text(IssueFields.AUDIENCE), wanted),
                counts(phrases, composed.sketch(), fields),
                drawn(phrases, fields));
    }

    private static String channel(Phrases phrases, String channel) {
        String key = "base.channel." + channel;
        return phrases.has(key) ? phrases.of(key) : channel;
    }

    private List<String> channels(IssueFields fields) {
        Set<String> wanted = Set.copyOf(fields.words(IssueFields.CHANNELS));
        return desk.channels().stream().filter(wanted::contains).toList();
    }

    private static boolean hasArea(Alert sketch) {
        return sketch.infos().get(0).areas().stream()
                .anyMatch(area -> !area.geocodes().isEmpty()
                        || !area.polygons().isEmpty()
                        || !area.circles().isEmpty());
    }

    private String reach(Phrases phrases, Alert sketch, String audience, List<String> wanted) {
        if (!hasArea(sketch)) {
            return phrases.of("issue.reach.none");
        }
        try {
            Reach reach = desk.reach().of(sketch, audience, wanted);
            return phrases.of(
                    "issue.reach.line", grouped(reach.residents()), reach.villages(), grouped(reach.persons()));
        } catch (TargetRefused refused) {
            return phrases.of(
                    "issue.target." + refused.problems().get(0).code(),
                    refused.problems().get(0).message());
        }
    }

    private static String grouped(long number) {
        return String.format(Locale.US, "%,d", number);
    }

    private Map<String, String> counts(Phrases phrases, Alert sketch, IssueFields fields) {
        Map<String, String> counts = new LinkedHashMap<>();
        for (String field : COUNTED) {
            int most = field.equals(IssueFields.HEADLINE)
                    ? Composer.HEADLINE
                    : field.equals(IssueFields.SENTENCE) ? Composer.SENTENCE : Composer.TEXT;
            int left = most - fields.text(field).strip().length();
            counts.put(field, left >= 0 ? phrases.of("issue.left", left) : phrases.of("issue.over", -left));
        }
        Preview sms = Preview.of(sketch, List.of("sms"), desk.wording()).get(0);
        Segments segments = Segments.of(sms.part("text"));
        boolean whole = sms.part("text")
                        .contains(fields.text(IssueFields.INSTRUCTION).strip())
                && sms.part("text").contains(fields.text(IssueFields.SENTENCE).strip());
        counts.put("sms", phrases.of(whole ? "issue.sms" : "issue.sms.cut", segments.units(), segments.count()));
        return counts;
    }

    private static Drawn drawn(Phrases phrases, IssueFields fields) {
        AreaText text = AreaText.read(fields.text(IssueFields.SHAPES));
        return new Drawn(
                text.polygons().stream()
                        .map(polygon -> polygon.positions().stream()
                                .map(position -> new double[] {position.latitude(), position.longitude()})
                                .toList())
                        .toList(),
                text.circles().stream()
                        .map(circle -> new double[] {
                            circle.centre().latitude(), circle.centre().longitude(), circle.radiusKilometres()
                        })
                        .toList(),
                text.problems().stream()
                        .allMatch(problem ->
                                problem.rule() == AreaText.Rule.CROSSING || problem.rule() == AreaText.Rule.FLAT),
                text.problems().stream()
                        .map(problem ->
                                error(phrases, IssueFields.SHAPES, problem).message())
                        .toList());
    }

    static Clash clash(Phrases phrases, IssueDraft there, IssueFields mine) {
        return new Clash(there.changed(), typed(phrases, mine, there.fields()));
    }

    /** The fields that differ, with what stands here and there. */
    static List<Typed> typed(Phrases phrases, IssueFields mine, IssueFields theirs) {
        return mine.differing(theirs).stream()
                .map(name -> new Typed(phrases.of("issue.field." + name), mine.text(name), theirs.text(name)))
                .toList();
    }

    static List<FieldError> errors(Call call, Collection<FieldProblem> problems) {
        Phrases phrases = Pages.phrases(call);
        return problems.stream()
                .map(problem -> new FieldError(problem.field(), words(phrases, problem)))
                .toList();
    }

    static FieldError error(Phrases phrases, String field, AreaText.Problem problem) {
        String key = "issue.problem.shape." + problem.rule().word() + (problem.position() == 0 ? ".whole" : "");
        return new FieldError(
                field,
                phrases.of(key, phrases.of("issue.field.shapes"), problem.line(), problem.position(), problem.value()));
    }

    private static String words(Phrases phrases, FieldProblem problem) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(phrases.of("issue.field." + problem.field()));
        arguments.addAll(problem.arguments());
        return phrases.of("issue.problem." + problem.code(), arguments.toArray());
    }

    private static Map<String, String> fields(IssueFields fields) {
        Map<String, String> all = new LinkedHashMap<>();
        IssueFields.BY_STEP.values().forEach(names -> names.forEach(name -> all.put(name, fields.text(name))));
        return all;
    }

    /** The model as pages take it; null values are for templates that ask whether there is one. */
    @SuppressWarnings("NullAway")
    static Map<String, Object> known(Map<String, @Nullable Object> model) {
        Map<String, Object> known = new LinkedHashMap<>();
        model.forEach(known::put);
        return known;
    }
}
