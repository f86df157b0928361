package org.tocsin.gateway.web.console;

import java.util.List;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The way out of the console, and the choice of its language. */
public final class Entrance implements Area {
    /** The cookie that holds the session's id. */
    public static final String COOKIE = "tocsin-session";

    private static final long FORM_LIMIT = 16L * 1024;
    private static final String HOME = "/console/";
    private static final String SIGN_IN = "/console/sign-in";

    private final Rooms rooms;
    private final Cookies cookies;

    Entrance(Rooms rooms, Cookies cookies) {
        this.rooms = rooms;
        this.cookies = cookies;
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
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

    private Answer signOut(Call call) {
        if (call.session() != null) {
            rooms.sessions().end(call.session());
        }
        return Answer.seeOther(SIGN_IN).with("Set-Cookie", cookies.ended());
    }

    private Answer choose(Call call) {
        Form form = Form.of(call);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        String language =
                Language.of(form.text("language")).orElse(Language.ZH_CN).tag();
        return Answer.seeOther(ownPath(form.text("back")))
                .with("Set-Cookie", cookies.lasting(Language.COOKIE, language));
    }

    /**
     * A path of the console's own, or its home for everything else. A browser takes a second slash or a backslash for
     * the beginning of another site.
     */
    static String ownPath(String path) {
        return path.matches("/console/[A-Za-z0-9/._~%?=&:,+-]{0,500}") && !path.contains("//") ? path : HOME;
    }
}
