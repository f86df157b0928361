package org.tocsin.gateway.web.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.MsgType;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.access.SecondFactorAnswer;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Decision.Denied;
import org.tocsin.gateway.approval.Details;
import org.tocsin.gateway.approval.Difference;
import org.tocsin.gateway.approval.Step;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;
import org.tocsin.gateway.web.Statuses;
import org.tocsin.gateway.web.WatchDesk;

/** Review and sign: what waits for whom, and the page of one warning to decide on. */
final class SignRoutes implements Area {
    static final String QUEUE = "/console/queue";
    private static final long FORM_LIMIT = 64L * 1024;

    private final Rooms rooms;
    private final Pages pages;
    private final Queue queue;
    private final WarningDoor door;

    SignRoutes(Rooms rooms, Pages pages) {
        this.rooms = rooms;
        this.pages = pages;
        this.queue = new Queue(rooms.warnings(), rooms.signOff(), rooms.clock());
        this.door = new WarningDoor(rooms, pages);
    }

    @Override
    public List<RouteSpec> routes() {
        List<RouteSpec> routes = new ArrayList<>();
        routes.add(RouteSpec.get(QUEUE, Gate.SESSION, this::queue, 200, 303, 429, 503));
        for (Act act : List.of(Act.APPROVE, Act.RETURN, Act.REJECT)) {
            routes.add(RouteSpec.post(
                    "/console/warnings/{id}/" + act.word(),
                    Gate.SESSION,
                    RouteSpec.ANYBODY,
                    FORM_LIMIT,
                    call -> decide(call, act),
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
        return routes;
    }

    @Override
    public List<NavigationEntry> navigation() {
        return List.of(new NavigationEntry("sign.nav", QUEUE, Set.of()));
    }

    private Answer queue(Call call) {
        return pages.page(call, 200, "queue", Map.of("queue", queue.of(call.principal(), Pages.phrases(call))));
    }

    /** The page of a warning that waits for a decision. */
    Answer page(Call call, Warning warning) {
        return page(call, 200, warning, Form.EMPTY, List.of(), "");
    }

    private Answer page(Call call, int status, Warning warning, Form form, List<FieldError> errors, String notice) {
        Principal principal = call.principal();
        Phrases phrases = Pages.phrases(call);
        WarningView view = WarningView.of(warning);
        Denied barred = rooms.signOff().whyNot(principal, Act.APPROVE, warning);
        WatchDesk.Target target = rooms.watch().target(warning).orElse(null);
        List<String> channels = TroubleView.channels(rooms.watch().channels(warning), phrases);
        boolean signs = isSigning(warning);
        Map<String, Object> model = new HashMap<>();
        model.put("warning", view);
        model.put("drill", view.drill());
        model.put("errors", errors);
        model.put("form", form);
        model.put("notice", notice);
        model.put("signs", signs);
        model.put("barred", barred == null ? "" : Denial.words(barred, phrases));
        model.put("age", age(warning, phrases));
        model.put("channels", channels);
        model.put("target", target);
        model.put("addressed", addressed(warning));
        model.put("townships", target == null ? List.of() : Township.of(target));
        model.put("difference", difference(warning, phrases));
        model.put("proof", proof(call, warning, barred));
        model.put("withdraw", rooms.signOff().whyNot(principal, Act.WITHDRAW, warning) == null);
        return pages.page(call, status, "decide", model);
    }

    /** Whom a Cancel goes to; null for another warning, and where nothing was planned that it could end. */
    private WatchDesk.@Nullable Addressed addressed(Warning warning) {
        if (warning.alert().msgType() != MsgType.CANCEL) {
            return null;
        }
        List<String> earlier = rooms.warnings().issues(warning.root()).stream()
                .filter(issue -> issue.signed() != null)
                .map(Warning::id)
                .toList();
        return rooms.watch().addressed(warning, earlier).orElse(null);
    }

    private String age(Warning warning, Phrases phrases) {
        return warning.submitted() == null
                ? ""
                : Ages.words(
                        phrases,
                        java.time.Duration.between(
                                warning.submitted(), rooms.clock().instant()));
    }

    /** Whether the step that is next lets the warning out. */
    static boolean isSigning(Warning warning) {
        Step next = warning.nextStep();
        return next != null && next.role() == Role.SIGNER;
    }

    /** What a second factor is asked for: nothing, a code, or to set one up first. */
    private String proof(Call call, Warning warning, @Nullable Denied barred) {
        if (barred != null || !rooms.signOff().needsProof(call.principal(), warning)) {
            return "none";
        }
        String session = call.session();
        if (session != null && rooms.sessions().freshSecondFactorAt(session).isPresent()) {
            return "fresh";
        }
        return rooms.sessions().hasSecondFactor(call.principal().id()) ? "code" : "missing";
    }

    private @Nullable DifferenceView difference(Warning warning, Phrases phrases) {
        Optional<Warning> returned = rooms.signOff().returned(warning.id());
        if (returned.isPresent()) {
            return DifferenceView.of("sign.difference.returned", Difference.between(returned.get(), warning), phrases);
        }
        String before = warning.predecessor();
        if (before == null || warning.alert().msgType() == MsgType.ALERT) {
            return null;
        }
        return rooms.warnings()
                .find(before)
                .map(earlier -> DifferenceView.of(
                        warning.alert().msgType() == MsgType.CANCEL
                                ? "sign.difference.cancelled"
                                : "sign.difference.updated",
                        Difference.between(earlier, warning),
                        phrases))
                .orElse(null);
    }

    private Answer decide(Call call, Act act) {
        Form form = Form.of(call);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        return door.open(call, warning -> decide(call, act, form, warning));
    }

    private Answer decide(Call call, Act act, Form form, Warning warning) {
        Principal principal = call.principal();
        Phrases phrases = Pages.phrases(call);
        // Read again: somebody may have acted since the page was made. A code is not used up for what cannot be done.
        Denied barred = rooms.signOff().whyNot(principal, act, warning);
        Long version = form.number("version");
        if (barred == null && (version == null || version != warning.version())) {
            barred = new Denied(Decision.Why.STALE, "version.stale", "", warning);
        }
        if (barred != null) {
            return denied(call, form, barred, act);
        }
        List<FieldError> errors = act == Act.APPROVE ? unready(call, form, warning) : unreasoned(form, act, phrases);
        if (!errors.isEmpty()) {
            return page(call, 422, warning, form, errors, "");
        }
        String reason = form.text("reason");
        Details details = new Details(version, reason.isEmpty() ? null : reason, isProven(call));
        Decision decision = rooms.signOff().act(principal, warning.id(), act, details);
        return decision instanceof Denied denied
                ? denied(call, form, denied, act)
                : Answer.seeOther("/console/warnings/" + warning.id());
    }

    private boolean isProven(Call call) {
        String session = call.session();
        return session != null && rooms.sessions().freshSecondFactorAt(session).isPresent();
    }

    private static List<FieldError> unreasoned(Form form, Act act, Phrases phrases) {
        String reason = form.text("reason");
        String field = "reason-" + act.word();
        if (reason.isEmpty()) {
            return List.of(new FieldError(field, phrases.of("sign.reason.missing." + act.word())));
        }
        return reason.length() > Details.MAX_REASON
                ? List.of(new FieldError(field, phrases.of("sign.reason.long", Details.MAX_REASON, reason.length())))
                : List.of();
    }

    /** What keeps the warning from being approved by this form: the box, the code. */
    private List<FieldError> unready(Call call, Form form, Warning warning) {
        Phrases phrases = Pages.phrases(call);
        if (!form.has("confirmed")) {
            return List.of(new FieldError("confirmed", phrases.of("sign.confirm.missing")));
        }
        return switch (proof(call, warning, null)) {
            case "missing" -> List.of(new FieldError("code", phrases.of("sign.code.not-set-up")));
            case "code" -> {
                String session = call.session();
                SecondFactorAnswer answer = form.text("code").isEmpty() || session == null
                        ? null
                        : rooms.sessions().confirmSecondFactor(session, form.text("code"));
                yield answer == SecondFactorAnswer.CONFIRMED
                        ? List.of()
                        : List.of(new FieldError("code", phrases.of("sign.code." + word(answer))));
            }
            default -> List.of();
        };
    }

    private static String word(@Nullable SecondFactorAnswer answer) {
        return answer == null
                ? "empty"
                : answer.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private Answer denied(Call call, Form form, Denied denied, Act act) {
        Warning now = denied.current();
        if (Denial.isRepeat(denied, call.principal().id(), act, form.number("version"))) {
            return Answer.seeOther("/console/warnings/" + call.parameter("id"));
        }
        Phrases phrases = Pages.phrases(call);
        int status = Statuses.of(denied.why());
        String words = Denial.words(denied, phrases);
        if (now == null || !now.state().isPending()) {
            return pages.page(call, status, "undone", Map.of("id", call.parameter("id"), "words", words));
        }
        return page(call, status, now, form, List.of(), words);
    }
}
