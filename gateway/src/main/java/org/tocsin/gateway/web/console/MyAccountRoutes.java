package org.tocsin.gateway.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.Account;
import org.tocsin.gateway.access.Refusal;
import org.tocsin.gateway.access.SecondFactorAnswer;
import org.tocsin.gateway.access.SecondFactorDesk;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;

/** One's own account: password, second factor, sessions. */
final class MyAccountRoutes implements Area {
    private static final String ME = "/console/me";

    private final AccessDesk people;
    private final Pages pages;

    MyAccountRoutes(Rooms rooms, Pages pages) {
        this.people = rooms.people();
        this.pages = pages;
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                AccessForms.form(ME + "/password", RouteSpec.ANYBODY, this::password),
                AccessForms.form(ME + "/confirm", RouteSpec.ANYBODY, this::confirm),
                AccessForms.form(ME + "/second-factor", RouteSpec.ANYBODY, this::secondFactor),
                AccessForms.form(ME + "/recovery", RouteSpec.ANYBODY, this::recovery),
                AccessForms.form(ME + "/sessions", RouteSpec.ANYBODY, this::endSession),
                AccessForms.page(ME + "/second-factor", RouteSpec.ANYBODY, call -> setUp(call, 200, List.of())),
                AccessForms.page(ME, RouteSpec.ANYBODY, call -> shown(call, 200, List.of(), Set.of())));
    }

    @Override
    public List<NavigationEntry> navigation() {
        return List.of(new NavigationEntry("access.nav.me", ME, Set.of()));
    }

    private Answer shown(Call call, int status, List<FieldError> errors, Set<String> codes) {
        String id = call.principal().id();
        Optional<Account> account = people.accounts().find(id);
        Map<String, Object> model = new HashMap<>();
        model.put("errors", errors);
        model.put("person", account.isPresent());
        model.put("ownPassword", account.filter(found -> !found.isInvited()).isPresent());
        model.put("secondFactor", account.filter(Account::hasSecondFactor).isPresent());
        model.put(
                "recoveryLeft",
                account.map(found -> found.credentials().recovery().size()).orElse(0));
        model.put("fresh", isFresh(call));
        model.put("codes", codes);
        model.put("sessions", people.sessions().of(id, call.session()));
        model.put("done", call.query().getOrDefault("done", "").matches("password|sessions|confirm"));
        return pages.page(call, status, "access-me", model);
    }

    private boolean isFresh(Call call) {
        String session = call.session();
        return session != null && people.sessions().freshSecondFactorAt(session).isPresent();
    }

    private Answer password(Call call, Form form) {
        try {
            people.signIn()
                    .changePassword(
                            call.principal().id(),
                            session(call),
                            form.raw("old"),
                            form.raw("password"),
                            form.raw("repeated"),
                            Browsers.from(call));
            return Answer.seeOther(ME + "?done=password");
        } catch (Refusal refusal) {
            return shown(call, AccessForms.status(refusal), AccessForms.errors(call, refusal), Set.of());
        }
    }

    /** Gives the code of now, which setting another one up, or new recovery codes, ask for. */
    private Answer confirm(Call call, Form form) {
        SecondFactorAnswer answer = people.sessions().confirmSecondFactor(session(call), form.raw("code"));
        return answer == SecondFactorAnswer.CONFIRMED
                ? Answer.seeOther(ME + "?done=confirm")
                : shown(call, 422, List.of(wrong(call, answer, "code")), Set.of());
    }

    private Answer setUp(Call call, int status, List<FieldError> errors) {
        String id = call.principal().id();
        Optional<Account> account = people.accounts().find(id);
        if (account.isEmpty() || (account.get().hasSecondFactor() && !isFresh(call))) {
            return Answer.seeOther(ME);
        }
        SecondFactorDesk.Offer offer = people.secondFactors().offer(id);
        return pages.page(
                call,
                status,
                "access-second-factor",
                Map.of(
                        "errors",
                        errors,
                        "qr",
                        QrCode.of(offer.address()),
                        "secret",
                        offer.secret(),
                        "asksPassword",
                        !account.get().isInvited() && !account.get().hasSecondFactor()));
    }

    private Answer secondFactor(Call call, Form form) {
        String id = call.principal().id();
        Optional<Account> account = people.accounts().find(id);
        if (account.isEmpty() || (account.get().hasSecondFactor() && !isFresh(call))) {
            return Answer.seeOther(ME);
        }
        try {
            // Who only found an open session must not make it theirs.
            if (!account.get().hasSecondFactor()
                    && !people.signIn().isOwnPassword(id, form.raw("password"), Browsers.from(call))) {
                return setUp(
                        call,
                        422,
                        List.of(new FieldError("password", Pages.phrases(call).of("access.problem.password.old", ""))));
            }
            Set<String> codes = people.secondFactors().confirm(id, form.raw("code"));
            return shown(call, 200, List.of(), codes);
        } catch (Refusal refusal) {
            return setUp(call, AccessForms.status(refusal), AccessForms.errors(call, refusal));
        }
    }

    private Answer recovery(Call call, Form form) {
        if (!isFresh(call)) {
            return shown(call, 422, List.of(wrong(call, SecondFactorAnswer.WRONG, "code")), Set.of());
        }
        try {
            return shown(
                    call,
                    200,
                    List.of(),
                    people.secondFactors().renewRecovery(call.principal().id()));
        } catch (Refusal refusal) {
            return shown(call, AccessForms.status(refusal), AccessForms.errors(call, refusal), Set.of());
        }
    }

    private Answer endSession(Call call, Form form) {
        String id = call.principal().id();
        if (form.text("handle").equals("others")) {
            people.sessions().endAll(id, call.session());
        } else {
            people.sessions().end(id, form.text("handle"));
        }
        return Answer.seeOther(ME + "?done=sessions");
    }

    private static FieldError wrong(Call call, SecondFactorAnswer answer, String field) {
        String code =
                switch (answer) {
                    case USED -> "code.used";
                    case HELD -> "code.held";
                    case NOT_SET_UP, NO_SESSION -> "code.none";
                    default -> "code.wrong";
                };
        return new FieldError(field, Pages.phrases(call).of("access.problem." + code, ""));
    }

    private static String session(Call call) {
        String session = call.session();
        return session == null ? "" : session;
    }
}
