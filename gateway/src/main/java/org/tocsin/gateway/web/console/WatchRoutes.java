package org.tocsin.gateway.web.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.MsgType;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Decision.Denied;
import org.tocsin.gateway.approval.Details;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;
import org.tocsin.gateway.web.Statuses;

/** The list of warnings, the live page of each, and the acts on it that take two steps. */
final class WatchRoutes implements Area {
    static final String LIST = "/console/warnings";
    private static final long FORM_LIMIT = 64L * 1024;
    private static final int PAGE = 50;

    /** What is asked back before it is done, in the order of the buttons. */
    private static final List<Act> IN_TWO_STEPS =
            List.of(Act.SUBMIT, Act.WITHDRAW, Act.STOP, Act.RESUME, Act.CANCEL, Act.CLOSE);

    private static final Set<Act> GRAVE = Set.of(Act.STOP, Act.CANCEL, Act.CLOSE);

    private final Rooms rooms;
    private final Pages pages;
    private final SignRoutes sign;
    private final Board board;
    private final WarningDoor door;
    private FormLinks forms = FormLinks.NONE;

    WatchRoutes(Rooms rooms, Pages pages, SignRoutes sign, Board board) {
        this.rooms = rooms;
        this.pages = pages;
        this.sign = sign;
        this.board = board;
        this.door = new WarningDoor(rooms, pages);
    }

    /** Says where warnings are written, once all routes are known. */
    void forms(FormLinks links) {
        forms = links;
    }

    @Override
    public List<RouteSpec> routes() {
        List<RouteSpec> routes = new ArrayList<>();
        routes.add(RouteSpec.get(LIST, Gate.SESSION, this::list, 200, 303, 429, 503));
        routes.add(RouteSpec.get("/console/warnings/{id}/now", Gate.SESSION, this::now, 200, 303, 403, 404, 429, 503));
        for (Act act : IN_TWO_STEPS) {
            String path = "/console/warnings/{id}/" + act.word();
            routes.add(RouteSpec.get(path, Gate.SESSION, call -> ask(call, act), 200, 303, 403, 404, 409, 429, 503));
            routes.add(RouteSpec.post(
                    path,
                    Gate.SESSION,
                    RouteSpec.ANYBODY,
                    FORM_LIMIT,
                    call -> act(call, act),
                    303,
                    403,
                    404,
                    409,
                    413,
                    415,
                    422,
                    429,
                    503));
        }
        routes.add(RouteSpec.get("/console/warnings/{id}", Gate.SESSION, this::warning, 200, 303, 403, 404, 429, 503));
        return routes;
    }

    @Override
    public List<NavigationEntry> navigation() {
        return List.of(new NavigationEntry("base.nav.warnings", LIST, Set.of()));
    }

    /** A line of the list. */
    record Row(
            String id,
            String headline,
            String level,
            String state,
            String msgType,
            boolean drill,
            java.time.OffsetDateTime sent) {}

    private Answer list(Call call) {
        WarningStore.Page page = rooms.warnings()
                .list(new WarningStore.Query(Set.of(), null, cursor(call.query().get("cursor")), PAGE));
        List<Row> rows = page.warnings().stream()
                .filter(warning -> rooms.signOff().mayRead(call.principal(), warning))
                .map(WarningView::of)
                .map(view -> new Row(
                        view.id(),
                        view.headline(),
                        view.level(),
                        view.state(),
                        view.msgType(),
                        view.drill(),
                        view.sent()))
                .toList();
        Map<String, Object> model = new HashMap<>();
        model.put("rows", rows);
        model.put("cursor", page.cursor());
        return pages.page(call, 200, "warnings", model);
    }

    private Answer warning(Call call) {
        return door.open(
                call,
                warning -> warning.state().isPending()
                        ? sign.page(call, warning)
                        : pages.page(call, 200, "warning", model(call, warning)));
    }

    /** What of the page is made of more than the live events tell: it is fetched again and put in its place. */
    private Answer now(Call call) {
        return door.open(call, warning -> pages.page(call, 200, "warning-now", live(call, warning)));
    }

    private Map<String, Object> model(Call call, Warning warning) {
        Phrases phrases = Pages.phrases(call);
        Set<Act> possible = rooms.signOff().possible(call.principal(), warning);
        Map<String, Object> model = live(call, warning);
        Instant signed = warning.signed();
        model.put(
                "age",
                signed == null
                        ? ""
                        : Ages.words(
                                phrases, Duration.between(signed, rooms.clock().instant())));
        model.put(
                "acts",
                IN_TWO_STEPS.stream()
                        .filter(possible::contains)
                        .map(act -> new Button(act.word(), GRAVE.contains(act)))
                        .toList());
        boolean updates = mayUpdate(possible, warning) && call.principal().is(Role.ISSUER);
        model.put("update", updates ? forms.update(warning.id()) : null);
        model.put("further", updates && hasFurther(warning) ? forms.channels(warning.id()) : null);
        boolean edits = possible.contains(Act.EDIT) && call.principal().is(Role.ISSUER);
        List<String> bars = edits ? EditForm.bars(warning, phrases) : List.of();
        model.put("edit", edits && bars.isEmpty() ? forms.edit(warning.id()) : null);
        model.put("bars", bars);
        model.put("channels", TroubleView.channels(rooms.watch().channels(warning), phrases));
        model.put("successor", successor(warning));
        return model;
    }

    /** A button that leads to its act's page. */
    record Button(String act, boolean grave) {}

    /** Whether there are channels that it does not go by. */
    private boolean hasFurther(Warning warning) {
        return !warning.channels().isEmpty()
                && !warning.channels().containsAll(rooms.issue().channels());
    }

    /** Who may ask for its end may go on with it: both are issues that are signed like any other. */
    private static boolean mayUpdate(Set<Act> possible, Warning warning) {
        return possible.contains(Act.CANCEL)
                && warning.state().isOpen()
                && warning.alert().msgType() != MsgType.CANCEL;
    }

    private @Nullable WarningView successor(Warning warning) {
        if (warning.state() != WarningState.SUPERSEDED && warning.state() != WarningState.CANCELLED) {
            return null;
        }
        return rooms.warnings().issues(warning.root()).stream()
                .filter(issue -> warning.id().equals(issue.predecessor()) && issue.signed() != null)
                .findFirst()
                .map(WarningView::of)
                .orElse(null);
    }

    private Map<String, Object> live(Call call, Warning warning) {
        Phrases phrases = Pages.phrases(call);
        WarningView view = WarningView.of(warning);
        Reported reported = board.report(warning);
        Map<String, Object> model = new HashMap<>();
        model.put("warning", view);
        model.put("drill", view.drill());
        model.put(
                "live",
                reported == null ? null : LiveView.of(reported, rooms.reports().map(reported), phrases));
        model.put("troubles", board.troubleViews(warning, phrases));
        model.put("open", warning.state().isOpen());
        return model;
    }

    private Answer ask(Call call, Act act) {
        return door.open(call, warning -> {
            Denied barred = rooms.signOff().whyNot(call.principal(), act, warning);
            return barred == null ? ask(call, 200, act, warning, Form.EMPTY, List.of()) : undone(call, barred);
        });
    }

    private Answer ask(Call call, int status, Act act, Warning warning, Form form, List<FieldError> errors) {
        WarningView view = WarningView.of(warning);
        return pages.page(
                call,
                status,
                "act",
                Map.of(
                        "warning",
                        view,
                        "drill",
                        view.drill(),
                        "act",
                        act.word(),
                        "grave",
                        GRAVE.contains(act),
                        "form",
                        form,
                        "errors",
                        errors));
    }

    private Answer act(Call call, Act act) {
        Form form = Form.of(call);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        return door.open(call, warning -> act(call, act, form, warning));
    }

    private Answer act(Call call, Act act, Form form, Warning warning) {
        String reason = form.text("reason");
        if (reason.length() > Details.MAX_REASON) {
            String words = Pages.phrases(call).of("sign.reason.long", Details.MAX_REASON, reason.length());
            return ask(call, 422, act, warning, form, List.of(new FieldError("reason", words)));
        }
        // While it is being sent its version moves by itself; what a person hands in is what they saw.
        boolean exact = act == Act.SUBMIT || act == Act.WITHDRAW;
        Details details = new Details(exact ? form.number("version") : null, reason.isEmpty() ? null : reason);
        Decision decision = rooms.signOff().act(call.principal(), warning.id(), act, details);
        if (decision instanceof Denied denied) {
            return Denial.isRepeat(denied, call.principal().id(), act, form.number("version"))
                    ? Answer.seeOther("/console/warnings/" + warning.id())
                    : undone(call, denied);
        }
        Warning after = decision instanceof Decision.Done done ? done.warning() : ((Decision.Known) decision).warning();
        return Answer.seeOther("/console/warnings/" + after.id());
    }

    private Answer undone(Call call, Denied denied) {
        return pages.page(
                call,
                Statuses.of(denied.why()),
                "undone",
                Map.of("id", call.parameter("id"), "words", Denial.words(denied, Pages.phrases(call))));
    }

    private static @Nullable String cursor(@Nullable String cursor) {
        return cursor != null && cursor.matches("[0-9]{1,15}-[a-z0-9]{1,40}") ? cursor : null;
    }
}
