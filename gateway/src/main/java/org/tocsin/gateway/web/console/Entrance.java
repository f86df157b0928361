package org.tocsin.gateway.web.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The way in and out of the console, and the choice of its language. */
public final class Entrance implements Area {
    /** The cookie that holds the session's id. */
    public static final String COOKIE = "tocsin-session";

    private static final long FORM_LIMIT = 16L * 1024;
    private static final int SESSION_SECONDS = 12 * 3600;
    private static final int YEAR_SECONDS = 365 * 24 * 3600;
    private static final String HOME = "/console/";
    private static final String SIGN_IN = "/console/sign-in";

    private final Rooms rooms;
    private final Pages pages;
    private final boolean tls;

    Entrance(Rooms rooms, Pages pages, boolean tls) {
        this.rooms = rooms;
        this.pages = pages;
        this.tls = tls;
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                RouteSpec.get(SIGN_IN, Gate.OPEN, call -> pages.page(call, 200, "sign-in", Map.of()), 200),
                RouteSpec.post(
                        SIGN_IN,
                        Gate.FORM,
                        RouteSpec.ANYBODY,
                        FORM_LIMIT,
                        this::signIn,
                        303,
                        400,
                        401,
                        403,
                        413,
                        415,
                        429,
                        503),
                RouteSpec.post(
                        "/console/sign-out",
                        Gate.SESSION,
                        RouteSpec.ANYBODY,
                        FORM_LIMIT,
                        this::signOut,
                        303,
                        403,
                        413,
                        429,
                        503),
                RouteSpec.post(
                        "/console/language",
                        Gate.FORM,
                        RouteSpec.ANYBODY,
                        FORM_LIMIT,
                        this::choose,
                        303,
                        403,
                        413,
                        415,
                        429,
                        503));
    }

    /** What the navigation has of the pages that are not made of templates yet. */
    @Override
    public List<NavigationEntry> navigation() {
        return List.of(
                new NavigationEntry("base.nav.warnings", HOME, Set.of()),
                new NavigationEntry(
                        "base.nav.reports", "/console/reports", Set.of(Role.AUDITOR, Role.ADMIN, Role.SIGNER)));
    }

    private Answer signIn(Call call) {
        Form form = Form.of(call);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        Optional<String> session = rooms.sessions().open(form.text("key"));
        if (session.isEmpty()) {
            String wrong = Pages.phrases(call).of("base.sign-in.wrong-key");
            return pages.page(call, 401, "sign-in", Map.of("errors", List.of(new FieldError("key", wrong))));
        }
        return Answer.seeOther(HOME).with("Set-Cookie", sessionCookie(session.get(), SESSION_SECONDS));
    }

    private Answer signOut(Call call) {
        if (call.session() != null) {
            rooms.sessions().end(call.session());
        }
        return Answer.seeOther(SIGN_IN).with("Set-Cookie", sessionCookie("", 0));
    }

    private Answer choose(Call call) {
        Form form = Form.of(call);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        String language =
                Language.of(form.text("language")).orElse(Language.ZH_CN).tag();
        return Answer.seeOther(ownPath(form.text("back")))
                .with("Set-Cookie", cookie(Language.COOKIE, language, YEAR_SECONDS));
    }

    /**
     * A path of the console's own, or its home for everything else. A browser takes a second slash or a backslash for
     * the beginning of another site.
     */
    static String ownPath(String path) {
        return path.matches("/console/[A-Za-z0-9/._~%?=&:,+-]{0,500}") && !path.contains("//") ? path : HOME;
    }

    private String sessionCookie(String value, int maxAge) {
        return cookie(COOKIE, value, maxAge);
    }

    private String cookie(String name, String value, int maxAge) {
        return name + "=" + value + "; Path=/; Max-Age=" + maxAge + "; HttpOnly; SameSite=Strict"
                + (tls ? "; Secure" : "");
    }
}
