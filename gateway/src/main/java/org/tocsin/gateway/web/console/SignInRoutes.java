package org.tocsin.gateway.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.gateway.access.Refusal;
import org.tocsin.gateway.access.SignIn;
import org.tocsin.gateway.access.SignInStep;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The way into the console: account and password, the second factor's code, a first password; or an API key. */
final class SignInRoutes implements Area {
    static final String SIGN_IN = "/console/sign-in";
    private static final String CODE = "/console/sign-in/code";
    private static final String PASSWORD = "/console/sign-in/password";

    private final Rooms rooms;
    private final Pages pages;
    private final Cookies cookies;

    SignInRoutes(Rooms rooms, Pages pages, Cookies cookies) {
        this.rooms = rooms;
        this.pages = pages;
        this.cookies = cookies;
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                RouteSpec.get(
                        CODE,
                        Gate.OPEN,
                        call -> shown(call, "sign-in-code", call.query().get("back")),
                        200),
                form(CODE, this::code),
                RouteSpec.get(
                        PASSWORD,
                        Gate.OPEN,
                        call -> shown(call, "sign-in-password", call.query().get("back")),
                        200),
                form(PASSWORD, this::password),
                RouteSpec.get(
                        SIGN_IN,
                        Gate.OPEN,
                        call -> shown(call, "sign-in", call.query().get("back")),
                        200),
                form(SIGN_IN, this::signIn));
    }

    private static RouteSpec form(String path, AccessForms.FormAnswer answer) {
        return RouteSpec.post(
                path,
                Gate.FORM,
                RouteSpec.ANYBODY,
                AccessForms.LIMIT,
                call -> {
                    Form form = Form.of(call);
                    return form == null
                            ? Answer.problem(415, "media-type", "send the console's form")
                            : answer.answer(call, form);
                },
                303,
                400,
                401,
                403,
                413,
                415,
                422,
                429,
                503);
    }

    private Answer shown(Call call, String page, @org.jspecify.annotations.Nullable String back) {
        return pages.page(call, 200, page, model(back == null ? "" : back, "", List.of()));
    }

    private Map<String, Object> model(String back, String name, List<FieldError> errors) {
        Map<String, Object> model = new HashMap<>();
        model.put("back", back.isEmpty() ? "" : Entrance.ownPath(back));
        model.put("name", name);
        model.put("errors", errors);
        model.put("provider", rooms.oidc() != null);
        return model;
    }

    private Answer signIn(Call call, Form form) {
        if (form.has("key")) {
            Optional<String> session = rooms.sessions().open(form.text("key"), Browsers.words(call));
            return session.map(id ->
                            Answer.seeOther(Entrance.ownPath(form.text("back"))).withCookie(cookies.session(id)))
                    .orElseGet(() -> again(call, form, 401, "sign-in", "key", "base.sign-in.wrong-key"));
        }
        SignIn.From from = Browsers.from(call);
        SignInStep step = rooms.people().signIn().byPassword(form.raw("name"), form.raw("password"), from);
        return next(call, form, step, "sign-in", "password");
    }

    private Answer code(Call call, Form form) {
        SignInStep step = rooms.people().signIn().byCode(pending(call), form.raw("code"), Browsers.from(call));
        return next(call, form, step, "sign-in-code", "code");
    }

    private Answer password(Call call, Form form) {
        try {
            SignInStep step = rooms.people()
                    .signIn()
                    .byNewPassword(pending(call), form.raw("password"), form.raw("repeated"), Browsers.from(call));
            return next(call, form, step, "sign-in-password", "password");
        } catch (Refusal refusal) {
            return pages.page(
                    call, 422, "sign-in-password", model(form.text("back"), "", AccessForms.errors(call, refusal)));
        }
    }

    private static String pending(Call call) {
        String id = call.cookie(Cookies.STEP);
        return id == null ? "" : id;
    }

    private Answer next(Call call, Form form, SignInStep step, String page, String field) {
        String back = form.text("back").isEmpty() ? "" : "?back=" + encoded(Entrance.ownPath(form.text("back")));
        return switch (step.next()) {
            case OPEN ->
                Answer.seeOther(Entrance.ownPath(form.text("back")))
                        .withCookie(cookies.session(step.session()))
                        .withCookie(cookies.stepEnded())
                        .withCookie(cookies.device(step.device()));
            case CODE -> Answer.seeOther(CODE + back).withCookie(cookies.step(step.session()));
            case NEW_PASSWORD -> Answer.seeOther(PASSWORD + back).withCookie(cookies.step(step.session()));
            case WRONG -> again(call, form, 401, page, field, "access.sign-in.wrong-" + field);
            case USED -> again(call, form, 401, page, field, "access.sign-in.used");
            case LOCKED -> again(call, form, 403, page, field, "access.sign-in.locked");
            case LAPSED -> again(call, form, 403, page, field, "access.sign-in.lapsed");
            case WAIT ->
                pages.page(
                                call,
                                429,
                                page,
                                model(
                                        form.text("back"),
                                        form.raw("name"),
                                        List.of(new FieldError(
                                                field,
                                                Pages.phrases(call)
                                                        .of(
                                                                "access.sign-in.wait",
                                                                step.delay().toSeconds() + 1)))))
                        .with("Retry-After", Long.toString(step.delay().toSeconds() + 1));
            case GONE, NOBODY -> again(call, form, 401, "sign-in", "name", "access.sign-in.gone");
        };
    }

    private Answer again(Call call, Form form, int status, String page, String field, String phrase) {
        List<FieldError> errors =
                List.of(new FieldError(field, Pages.phrases(call).of(phrase)));
        return pages.page(call, status, page, model(form.text("back"), form.raw("name"), errors));
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
