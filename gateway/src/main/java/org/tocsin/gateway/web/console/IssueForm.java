package org.tocsin.gateway.web.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Content;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.intake.CapWriter;
import org.tocsin.gateway.issue.AreaText;
import org.tocsin.gateway.issue.Composed;
import org.tocsin.gateway.issue.Drafts;
import org.tocsin.gateway.issue.FieldProblem;
import org.tocsin.gateway.issue.IssueDesk;
import org.tocsin.gateway.issue.IssueDraft;
import org.tocsin.gateway.issue.IssueFields;
import org.tocsin.gateway.issue.IssueFields.Step;
import org.tocsin.gateway.issue.IssueTemplate;
import org.tocsin.gateway.issue.Prefill;
import org.tocsin.gateway.issue.SavedArea;
import org.tocsin.gateway.issue.SavedAreaStore;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Problem;
import org.tocsin.gateway.web.PublicPage;
import org.tocsin.gateway.web.Reception;
import org.tocsin.gateway.web.Rooms;

/**
 * The three steps of a form. Whatever is posted is kept first, then done; what is wrong comes back with all that was
 * typed.
 */
final class IssueForm {
    private final Rooms rooms;
    private final IssueDesk desk;
    private final Pages pages;
    private final IssueViews views;
    private final EditForm edit;

    IssueForm(Rooms rooms, Pages pages, EditForm edit) {
        this.rooms = rooms;
        this.edit = edit;
        this.desk = rooms.issue();
        this.pages = pages;
        this.views = new IssueViews(desk);
    }

    Answer show(Call call) {
        Optional<IssueDraft> found = desk.drafts().find(call.principal(), call.parameter("draft"));
        if (found.isEmpty()) {
            return pages.message(call, 404, "issue.gone", "issue.gone.next");
        }
        IssueDraft draft = found.get();
        if (draft.warning() != null) {
            return Answer.seeOther("/console/warnings/" + draft.warning());
        }
        if (call.parameter("step").equals("page")) {
            Alert sketch = desk.compose(draft, before(draft)).sketch();
            return Answer.html(200, PublicPage.of(sketch, Content.level(sketch).orElse(Level.IV), WarningState.DRAFT));
        }
        return Step.of(call.parameter("step"))
                .map(step -> page(call, 200, draft, step, List.of(), Map.of()))
                .orElseGet(() -> pages.message(call, 404, "issue.gone", "issue.gone.next"));
    }

    Answer post(Call call) {
        Form form = Form.of(call);
        Optional<Step> asked = Step.of(call.parameter("step"));
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        if (asked.isEmpty()) {
            return pages.message(call, 404, "issue.gone", "issue.gone.next");
        }
        Principal principal = call.principal();
        String id = call.parameter("draft");
        Step step = asked.get();
        String act = form.text("act");
        if (act.equals("remove")) {
            desk.drafts().remove(principal, id);
            return Answer.seeOther(form.has("drill") ? IssueRoutes.DRILL : IssueRoutes.HOME);
        }
        Optional<IssueDraft> found = desk.drafts().find(principal, id);
        if (found.isEmpty()) {
            return gone(call, step, form);
        }
        if (found.get().warning() != null) {
            return Answer.seeOther("/console/warnings/" + found.get().warning());
        }
        IssueFields typed = found.get().fields().with(step, sent(step, form));
        List<FieldError> wrong = new ArrayList<>();
        typed = changed(call, act, form, step == Step.WHAT ? atItsLevel(typed) : typed, wrong);
        Drafts.Saving saving = desk.drafts().save(principal, id, revision(form), typed);
        if (saving instanceof Drafts.Saving.Clash clash) {
            return clash(call, clash.there(), typed, step);
        }
        if (!(saving instanceof Drafts.Saving.Saved saved)) {
            return gone(call, step, form);
        }
        IssueDraft draft = saved.draft();
        if (!wrong.isEmpty()) {
            return page(call, 422, draft, step, wrong, Map.of());
        }
        Warning there = before(draft);
        if ((act.equals("over") || act.equals("theirs")) && draft.edits() != null && there != null) {
            edit.goOn(principal, draft, there, version(form), act.equals("over"));
        }
        return switch (act) {
            case "submit" -> step == Step.CHECK ? submit(call, draft, form) : onward(call, draft, step);
            case "next", "" -> onward(call, draft, step);
            case "remove-area" -> Answer.seeOther(IssueRoutes.address(id, Step.WHERE));
            case "back" -> Answer.seeOther(IssueRoutes.address(id, before(step)));
            default -> Answer.seeOther(IssueRoutes.address(id, step) + query(act, form) + anchor(act));
        };
    }

    /** Keeps what was typed so far, and says how much room is left; for the page's script. */
    Answer keep(Call call) {
        Form form = Form.of(call);
        Optional<Step> step = Step.of(call.parameter("step"));
        if (form == null || step.isEmpty()) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        Principal principal = call.principal();
        Optional<IssueDraft> found = desk.drafts().find(principal, call.parameter("draft"));
        if (found.isEmpty() || found.get().warning() != null) {
            return Answer.json(410, Map.of("message", Pages.phrases(call).of("issue.gone")));
        }
        IssueFields typed = found.get().fields().with(step.get(), sent(step.get(), form));
        Drafts.Saving saving = desk.drafts().save(principal, found.get().id(), revision(form), typed);
        if (saving instanceof Drafts.Saving.Saved saved) {
            IssueDraft draft = saved.draft();
            IssueViews.Summary summary = views.summary(call, draft, desk.compose(draft, before(draft)));
            return Answer.json(
                    200,
                    Map.of(
                            "revision", draft.revision(),
                            "saved",
                                    draft.changed()
                                            .atZone(desk.zone())
                                            .toLocalTime()
                                            .withNano(0)
                                            .toString(),
                            "counts", summary.counts(),
                            "reach", summary.reach(),
                            "shapes", summary.drawn()));
        }
        return saving instanceof Drafts.Saving.Clash
                ? Answer.json(409, Map.of("message", Pages.phrases(call).of("issue.clash")))
                : Answer.json(410, Map.of("message", Pages.phrases(call).of("issue.gone")));
    }

    private Answer onward(Call call, IssueDraft draft, Step step) {
        List<FieldProblem> here = desk.compose(draft, before(draft)).problems().stream()
                .filter(problem ->
                        IssueFields.BY_STEP.getOrDefault(step, List.of()).contains(problem.field()))
                .toList();
        if (!here.isEmpty()) {
            return page(call, 422, draft, step, IssueViews.errors(call, here), Map.of());
        }
        return Answer.seeOther(IssueRoutes.address(draft.id(), step == Step.WHAT ? Step.WHERE : Step.CHECK));
    }

    private Answer submit(Call call, IssueDraft draft, Form form) {
        Principal principal = call.principal();
        if (draft.edits() != null) {
            return handIn(call, draft, draft.edits(), form);
        }
        Optional<Warning> already = rooms.warnings().findByIdentifier(draft.id()).stream()
                .filter(warning -> warning.author().equals(principal.id()))
                .findFirst();
        if (already.isPresent()) {
            return became(principal, draft, already.get());
        }
        if (draft.revision() != revision(form) && draft.sent() == null) {
            return page(call, 409, draft, Step.CHECK, List.of(), Map.of("stale", true));
        }
        Composed seen = desk.compose(draft, before(draft));
        if (seen.alert() == null) {
            return page(call, 422, draft, Step.CHECK, List.of(), Map.of());
        }
        Optional<IssueDraft> attempt = desk.drafts().attempt(principal, draft.id());
        if (attempt.isEmpty()) {
            return gone(call, Step.CHECK, form);
        }
        if (attempt.get().warning() != null) {
            return Answer.seeOther("/console/warnings/" + attempt.get().warning());
        }
        Alert alert = desk.compose(attempt.get(), before(draft)).alert();
        if (alert == null) {
            return page(call, 422, attempt.get(), Step.CHECK, List.of(), Map.of());
        }
        Reception.Receipt receipt = rooms.reception()
                .receive(
                        principal,
                        "application/cap+xml",
                        CapWriter.write(alert).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        false);
        Warning warning = receipt.warning();
        if (warning != null && receipt.problems().isEmpty()) {
            return became(principal, draft, warning);
        }
        desk.drafts().refused(principal, draft.id());
        IssueDraft now = desk.drafts().find(principal, draft.id()).orElse(draft);
        Phrases phrases = Pages.phrases(call);
        List<String> refusals = refusals(phrases, receipt.problems());
        int status = receipt.status() == 403 || receipt.status() == 409 ? receipt.status() : 422;
        return page(call, status, now, Step.CHECK, List.of(), Map.of("refusals", refusals));
    }

    /** Writes a warning that is there anew, in the version that was seen, and hands it in again. */
    private Answer handIn(Call call, IssueDraft draft, IssueDraft.Edits edits, Form form) {
        Principal principal = call.principal();
        if (draft.revision() != revision(form) && draft.sent() == null) {
            return page(call, 409, draft, Step.CHECK, List.of(), Map.of("stale", true));
        }
        Warning there = before(draft);
        if (there == null || desk.compose(draft, there).alert() == null) {
            return page(call, 422, draft, Step.CHECK, List.of(), Map.of());
        }
        Optional<IssueDraft> attempt = desk.drafts().attempt(principal, draft.id());
        if (attempt.isEmpty()) {
            return gone(call, Step.CHECK, form);
        }
        if (attempt.get().warning() != null) {
            return Answer.seeOther("/console/warnings/" + attempt.get().warning());
        }
        Alert alert = desk.compose(attempt.get(), there).alert();
        if (alert == null) {
            return page(call, 422, attempt.get(), Step.CHECK, List.of(), Map.of());
        }
        EditForm.Outcome outcome = edit.handIn(principal, attempt.get(), edits, alert);
        if (outcome.warning() != null) {
            return became(principal, draft, outcome.warning());
        }
        desk.drafts().refused(principal, draft.id());
        IssueDraft now = desk.drafts().find(principal, draft.id()).orElse(draft);
        Phrases phrases = Pages.phrases(call);
        return page(
                call,
                outcome.status(),
                now,
                Step.CHECK,
                List.of(),
                Map.of(
                        "refusals",
                        outcome.denied() == null
                                ? refusals(phrases, outcome.problems())
                                : List.of(Denial.words(outcome.denied(), phrases))));
    }

    private Answer became(Principal principal, IssueDraft draft, Warning warning) {
        desk.drafts().submitted(principal, draft.id(), warning.id());
        return Answer.seeOther("/console/warnings/" + warning.id());
    }

    private static List<String> refusals(Phrases phrases, List<Problem> problems) {
        return problems.stream()
                .map(problem -> refusal(phrases, problem))
                .distinct()
                .toList();
    }

    private static String refusal(Phrases phrases, Problem problem) {
        String key = "issue.refused." + problem.code();
        return phrases.has(key) ? phrases.of(key) : phrases.of("issue.refused", problem.message());
    }

    /** What a page's fields say: those with several values as one text. */
    private static Map<String, String> sent(Step step, Form form) {
        Map<String, String> sent = new LinkedHashMap<>();
        for (String name : IssueFields.BY_STEP.getOrDefault(step, List.of())) {
            sent.put(name, form.raw(name).replace("\r\n", "\n"));
        }
        if (step == Step.WHERE) {
            sent.put(IssueFields.DIVISIONS, String.join(" ", new LinkedHashSet<>(form.all("division"))));
            sent.put(IssueFields.CHANNELS, String.join(" ", new LinkedHashSet<>(form.all("channel"))));
        }
        return sent;
    }

    /** With the words of the level that is chosen, where the template is of another. */
    private IssueFields atItsLevel(IssueFields typed) {
        Optional<IssueTemplate> from = desk.templates().find(typed.text(IssueFields.TEMPLATE));
        Optional<Level> level = typed.level();
        if (from.isEmpty() || level.isEmpty() || from.get().level() == level.get()) {
            return typed;
        }
        return desk.templates().list().stream()
                .filter(one -> one.hazard().equals(from.get().hazard()) && one.level() == level.get())
                .findFirst()
                .flatMap(to -> desk.templates().find(to.id()))
                .map(to -> Prefill.switched(from.get(), to, typed, desk.channels()))
                .orElse(typed);
    }

    /** What a button changes in the fields. */
    private IssueFields changed(Call call, String act, Form form, IssueFields typed, List<FieldError> wrong) {
        Phrases phrases = Pages.phrases(call);
        String value = act.substring(act.indexOf(':') + 1);
        return switch (act.substring(0, act.length() - value.length())) {
            case "use:" ->
                desk.areas()
                        .find(call.principal(), value)
                        .map(area -> using(typed, area))
                        .orElse(typed);
            case "add:" -> typed.with(IssueFields.DIVISIONS, typed.text(IssueFields.DIVISIONS) + " " + code(value));
            case "drop:" -> {
                Set<String> left = new LinkedHashSet<>(typed.words(IssueFields.DIVISIONS));
                left.remove(value);
                yield typed.with(IssueFields.DIVISIONS, String.join(" ", left));
            }
            default ->
                switch (act) {
                    case "clear" ->
                        typed.with(IssueFields.DIVISIONS, "")
                                .with(IssueFields.SHAPES, "")
                                .with(IssueFields.AREA_NAME, "");
                    case "circle" -> {
                        String line = form.text("latitude") + "," + form.text("longitude") + " " + form.text("radius");
                        yield shape(typed, line, "latitude", phrases, wrong);
                    }
                    case "corner" -> {
                        String place = form.text("latitude") + "," + form.text("longitude");
                        List<AreaText.Problem> problems =
                                AreaText.read(place + " 1").problems();
                        if (!problems.isEmpty()) {
                            wrong.add(IssueViews.error(phrases, "latitude", problems.get(0)));
                            yield typed;
                        }
                        String shapes = typed.text(IssueFields.SHAPES);
                        boolean begins = shapes.isEmpty() || shapes.endsWith("\n");
                        yield typed.with(IssueFields.SHAPES, shapes + (begins ? "" : " ") + place);
                    }
                    case "polygon" ->
                        typed.with(
                                IssueFields.SHAPES,
                                typed.text(IssueFields.SHAPES).strip() + "\n");
                    case "save-area" -> {
                        saveArea(call, form, typed, wrong);
                        yield typed;
                    }
                    case "remove-area" -> {
                        Long version = form.number("areaVersion");
                        desk.areas().remove(call.principal(), form.text("area"), version == null ? 0 : version);
                        yield typed;
                    }
                    default -> typed;
                };
        };
    }

    private static String code(String text) {
        return text.matches("[0-9]{12}") ? text : "";
    }

    private static IssueFields shape(
            IssueFields typed, String line, String field, Phrases phrases, List<FieldError> wrong) {
        List<AreaText.Problem> problems = AreaText.read(line).problems();
        if (!problems.isEmpty()) {
            problems.forEach(problem -> wrong.add(IssueViews.error(phrases, field, problem)));
            return typed;
        }
        String before = typed.text(IssueFields.SHAPES).strip();
        return typed.with(IssueFields.SHAPES, before + (before.isEmpty() ? "" : "\n") + line);
    }

    /** The area that is there and the saved one together; its name only where nothing was there. */
    private static IssueFields using(IssueFields typed, SavedArea area) {
        Set<String> divisions = new LinkedHashSet<>(typed.words(IssueFields.DIVISIONS));
        String shapes = typed.text(IssueFields.SHAPES).strip();
        divisions.addAll(area.divisions());
        String all = area.shapes().isBlank() || shapes.contains(area.shapes().strip())
                ? shapes
                : (shapes + "\n" + area.shapes()).strip();
        return typed.with(IssueFields.DIVISIONS, String.join(" ", divisions)).with(IssueFields.SHAPES, all);
    }

    private void saveArea(Call call, Form form, IssueFields typed, List<FieldError> wrong) {
        Phrases phrases = Pages.phrases(call);
        AreaText drawn = AreaText.read(typed.text(IssueFields.SHAPES));
        if (!drawn.problems().isEmpty()) {
            drawn.problems().forEach(problem -> wrong.add(IssueViews.error(phrases, IssueFields.SHAPES, problem)));
            return;
        }
        try {
            SavedAreaStore.Keeping keeping = desk.areas()
                    .add(
                            call.principal(),
                            form.text("newArea"),
                            typed.words(IssueFields.DIVISIONS),
                            drawn.lines(),
                            form.has("onlyMe") ? Set.of() : null);
            if (keeping == SavedAreaStore.Keeping.FULL) {
                wrong.add(new FieldError("newArea", phrases.of("issue.area.full")));
            }
        } catch (IllegalArgumentException refused) {
            wrong.add(new FieldError("newArea", phrases.of("issue.area.name", SavedArea.LONGEST_NAME)));
        }
    }

    private Answer clash(Call call, IssueDraft there, IssueFields typed, Step step) {
        IssueDraft shown = new IssueDraft(
                there.id(),
                there.owner(),
                there.status(),
                there.msgType(),
                there.follows(),
                typed,
                there.revision(),
                there.created(),
                there.changed(),
                null,
                null,
                there.edits());
        return page(
                call,
                409,
                shown,
                step,
                List.of(),
                Map.of("clash", IssueViews.clash(Pages.phrases(call), there, typed)));
    }

    /** The draft was thrown away elsewhere: what was typed is shown, to be copied. */
    private Answer gone(Call call, Step step, Form form) {
        List<IssueViews.Typed> typed = new ArrayList<>();
        Phrases phrases = Pages.phrases(call);
        sent(step, form).forEach((name, value) -> {
            if (!value.isBlank()) {
                typed.add(new IssueViews.Typed(phrases.of("issue.field." + name), value, ""));
            }
        });
        return pages.page(call, 409, "issue-gone", Map.of("typed", typed));
    }

    private Answer page(
            Call call, int status, IssueDraft draft, Step step, List<FieldError> errors, Map<String, Object> more) {
        Warning before = before(draft);
        IssueDraft.Edits edits = draft.edits();
        if (edits != null && (before == null || !rooms.signOff().mayRead(call.principal(), before))) {
            return before == null
                    ? pages.message(call, 404, "watch.none", "watch.none.next")
                    : pages.message(call, 403, "watch.forbidden", "watch.forbidden.next");
        }
        Map<String, @Nullable Object> model = views.model(call, draft, step, before);
        model.put("editing", edits == null || before == null ? null : EditForm.note(edits, before));
        model.put("overtaken", edits == null || before == null ? null : edit.overtaken(call, draft, edits, before));
        model.put("open", before);
        model.put("errors", errors);
        model.putAll(more);
        return pages.page(call, status, "issue-" + step.word(), IssueViews.known(model));
    }

    private @Nullable Warning before(IssueDraft draft) {
        IssueDraft.Edits edits = draft.edits();
        String of = edits == null ? draft.follows() : edits.warning();
        return of == null ? null : rooms.warnings().find(of).orElse(null);
    }

    private static long revision(Form form) {
        Long revision = form.number("revision");
        return revision == null ? 0 : revision;
    }

    private static long version(Form form) {
        Long version = form.number("version");
        return version == null ? 0 : version;
    }

    private static Step before(Step step) {
        return step == Step.CHECK ? Step.WHERE : Step.WHAT;
    }

    private static String query(String act, Form form) {
        if (act.equals("search")
                || (act.equals("stay") && form.has("q") && !form.text("q").isEmpty())) {
            return "?q="
                    + java.net.URLEncoder.encode(shortened(form.text("q")), java.nio.charset.StandardCharsets.UTF_8);
        }
        return act.startsWith("open:") ? "?open=" + code(act.substring(5)) : "";
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40);
    }

    private static String anchor(String act) {
        if (act.equals("search")) {
            return "#q";
        }
        if (act.startsWith("open:")) {
            return "#d" + code(act.substring(5));
        }
        return act.equals("circle") || act.equals("corner") || act.equals("polygon") ? "#shapes" : "#divisions";
    }
}
