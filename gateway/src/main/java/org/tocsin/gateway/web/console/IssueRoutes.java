package org.tocsin.gateway.web.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.issue.Drafts;
import org.tocsin.gateway.issue.IssueDesk;
import org.tocsin.gateway.issue.IssueDraft;
import org.tocsin.gateway.issue.IssueFields;
import org.tocsin.gateway.issue.IssueFields.Step;
import org.tocsin.gateway.issue.IssueTemplate;
import org.tocsin.gateway.issue.Outlines;
import org.tocsin.gateway.issue.Prefill;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.Divisions;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/**
 * The making of warnings: two doors, one for real ones and one for drills and tests; the way in from a warning that is
 * to be updated or cancelled; the form's steps. Which door a draft came in by stays with it, and is no field.
 */
final class IssueRoutes implements Area {
    static final String HOME = "/console/issue";
    /** The kind of an Update that begins with all channels. */
    static final String CHANNELS = "channels";

    static final String DRILL = "/console/issue/drill";
    private static final long SMALL = 16L * 1024;
    private static final long LARGE = 2L * 1024 * 1024;
    private static final int FOUND = 12;
    private static final Set<Role> ISSUERS = Set.of(Role.ISSUER);
    private static final Map<String, Status> DOORS =
            Map.of("actual", Status.ACTUAL, "exercise", Status.EXERCISE, "test", Status.TEST);

    private final Rooms rooms;
    private final IssueDesk desk;
    private final Pages pages;
    private final IssueForm form;
    private final EditForm edit;
    private volatile @Nullable Map<String, String> outlines;
    private volatile @Nullable Divisions outlined;

    IssueRoutes(Rooms rooms, Pages pages) {
        this.rooms = rooms;
        this.desk = rooms.issue();
        this.pages = pages;
        this.edit = new EditForm(rooms, pages);
        this.form = new IssueForm(rooms, pages, edit);
    }

    @Override
    public List<NavigationEntry> navigation() {
        return List.of(new NavigationEntry("issue.nav", HOME, ISSUERS));
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                get(HOME, call -> start(call, 200, false, null)),
                get(DRILL, call -> start(call, 200, true, null)),
                get("/console/issue/divisions", this::divisions),
                get("/console/issue/outlines", this::outlines),
                post("/console/issue/begin/{door}", SMALL, this::begin),
                post("/console/issue/from/{id}/{kind}", SMALL, this::follow),
                post(EditForm.PATH, SMALL, edit::begin),
                get("/console/issue/drafts/{draft}/{step}", form::show),
                post("/console/issue/drafts/{draft}/{step}", LARGE, form::post).keeping(),
                post("/console/issue/drafts/{draft}/{step}/keep", LARGE, form::keep)
                        .keeping());
    }

    private static RouteSpec get(String path, org.tocsin.gateway.web.Endpoint endpoint) {
        return RouteSpec.get(path, Gate.SESSION, endpoint, 200, 303, 304, 403, 404, 409, 429, 503)
                .onlyFor(ISSUERS);
    }

    private static RouteSpec post(String path, long limit, org.tocsin.gateway.web.Endpoint endpoint) {
        return RouteSpec.post(
                path,
                Gate.SESSION,
                ISSUERS,
                limit,
                endpoint,
                200,
                303,
                403,
                404,
                409,
                410,
                413,
                415,
                422,
                429,
                503,
                507);
    }

    /** A hazard with its templates, the gravest first. */
    public record Hazard(String name, List<Tile> tiles) {}

    /** A template to begin with. */
    public record Tile(String id, String level) {}

    /** A draft in the list. */
    public record Waiting(
            String id, String headline, String level, String kind, boolean drill, java.time.Instant changed) {}

    private Answer start(Call call, int status, boolean drill, @Nullable String trouble) {
        Principal principal = call.principal();
        Map<String, List<Tile>> byName = new LinkedHashMap<>();
        String language = Pages.language(call).tag();
        for (IssueTemplate template : desk.templatesOf(principal)) {
            byName.computeIfAbsent(template.words(language).event(), name -> new ArrayList<>())
                    .add(new Tile(template.id(), template.level().name()));
        }
        List<Hazard> hazards = new ArrayList<>();
        byName.forEach((name, tiles) -> hazards.add(new Hazard(name, tiles)));
        List<Waiting> waiting = desk.drafts().open(principal).stream()
                .filter(draft -> drill == (draft.status() != Status.ACTUAL))
                .map(IssueRoutes::waiting)
                .toList();
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("drill", drill);
        model.put("hazards", hazards);
        model.put("levels", List.of(Level.values()));
        model.put("waiting", waiting);
        model.put("trouble", trouble);
        return pages.page(call, status, "issue-start", IssueViews.known(model));
    }

    private static Waiting waiting(IssueDraft draft) {
        return new Waiting(
                draft.id(),
                draft.fields().text(IssueFields.HEADLINE),
                draft.fields().level().map(Level::name).orElse(""),
                draft.edits() == null ? draft.msgType().word() : IssueViews.EDIT,
                draft.status() != Status.ACTUAL,
                draft.changed());
    }

    private Answer begin(Call call) {
        Form posted = Form.of(call);
        Status status = DOORS.get(call.parameter("door"));
        if (posted == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        if (status == null) {
            return pages.message(call, 404, "issue.gone", "issue.gone.next");
        }
        Optional<IssueTemplate> template = desk.take(call.principal(), posted.text("template"));
        IssueFields fields = template.map(one -> Prefill.of(one, desk.first(), desk.channels()))
                .orElseGet(() -> Prefill.free(desk.first(), desk.channels()));
        return begun(call, desk.drafts().begin(call.principal(), status, MsgType.ALERT, null, fields), status);
    }

    private Answer follow(Call call) {
        String asked = call.parameter("kind");
        boolean more = asked.equals(CHANNELS);
        MsgType kind = asked.equals("cancel") ? MsgType.CANCEL : more || asked.equals("update") ? MsgType.UPDATE : null;
        Optional<Warning> found = rooms.warnings().find(call.parameter("id")).filter(warning -> rooms.signOff()
                .mayRead(call.principal(), warning));
        if (kind == null || found.isEmpty()) {
            return pages.message(call, 404, "issue.gone", "issue.gone.next");
        }
        Warning before = found.get();
        if (!before.state().isOpen() || before.alert().msgType() == MsgType.CANCEL) {
            return pages.message(call, 409, "issue.not-open", "issue.not-open.next");
        }
        // One that was begun and not finished goes on, so that a second tap makes no second draft.
        Optional<IssueDraft> there = desk.drafts().open(call.principal()).stream()
                .filter(draft -> before.id().equals(draft.follows()) && draft.msgType() == kind)
                .findFirst();
        Status status = before.alert().status();
        if (there.isPresent()) {
            IssueDraft draft = there.get();
            if (more) {
                desk.drafts().save(call.principal(), draft.id(), draft.revision(), allChannels(draft.fields()));
            }
            return Answer.seeOther(more ? channels(draft) : address(draft.id(), Step.WHAT));
        }
        IssueFields fields = desk.following(before, kind);
        Drafts.Saving saving =
                desk.drafts().begin(call.principal(), status, kind, before.id(), more ? allChannels(fields) : fields);
        return more && saving instanceof Drafts.Saving.Saved saved
                ? Answer.seeOther(channels(saved.draft()))
                : begun(call, saving, status);
    }

    private static String channels(IssueDraft draft) {
        return address(draft.id(), Step.WHERE) + "#channels";
    }

    private IssueFields allChannels(IssueFields fields) {
        return fields.with(IssueFields.CHANNELS, String.join(" ", desk.channels()));
    }

    private Answer begun(Call call, Drafts.Saving saving, Status status) {
        return saving instanceof Drafts.Saving.Saved saved
                ? Answer.seeOther(address(saved.draft().id(), Step.WHAT))
                : start(call, 409, status != Status.ACTUAL, "issue.too-many");
    }

    static String address(String draft, Step step) {
        return "/console/issue/drafts/" + draft + "/" + step.word();
    }

    /** Divisions that match what is typed, as a list of buttons for the form. */
    private Answer divisions(Call call) {
        return pages.page(
                call,
                200,
                "issue-divisions",
                Map.of("found", found(desk, call.principal(), call.query().getOrDefault("q", ""))));
    }

    /** A division that was found. */
    public record Hit(String code, String name, String above) {}

    /** What a search gives. */
    public record Hits(String query, List<Hit> hits, int total) {}

    static Hits found(IssueDesk desk, Principal principal, String query) {
        Divisions divisions = desk.registry().get().divisions();
        List<Division> mine = desk.search().now().find(query, Integer.MAX_VALUE).divisions().stream()
                .filter(division -> principal.mayActIn(List.of(division.code())))
                .toList();
        return new Hits(
                query,
                mine.stream()
                        .limit(FOUND)
                        .map(division -> new Hit(division.code(), division.name(), above(divisions, division)))
                        .toList(),
                mine.size());
    }

    private static String above(Divisions divisions, Division division) {
        String parent = division.parent();
        return parent == null ? "" : divisions.find(parent).map(Division::name).orElse("");
    }

    private Answer outlines(Call call) {
        Divisions now = desk.registry().get().divisions();
        Map<String, String> made = outlines;
        if (made == null || outlined != now) {
            String json = Outlines.of(now);
            made = Map.of(Integer.toHexString(json.hashCode()).toLowerCase(Locale.ROOT), json);
            outlines = made;
            outlined = now;
        }
        Map.Entry<String, String> entry = made.entrySet().iterator().next();
        String tag = "\"" + entry.getKey() + "\"";
        boolean known = tag.equals(call.headers().get("if-none-match"));
        return new Answer(
                known ? 304 : 200,
                "application/geo+json",
                known ? new byte[0] : entry.getValue().getBytes(UTF_8),
                Map.of("ETag", tag, "Cache-Control", "private, no-cache"));
    }
}
