package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Details;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The console: sign-in, the list of warnings, a page for each. */
final class ConsoleRoutes {
    /** The cookie that holds the session's id. */
    static final String COOKIE = "tocsin-session";

    private static final long FORM_LIMIT = 16L * 1024;
    private static final int LIST = 100;
    private static final String HOME = "/console/";
    private static final String SIGN_IN = "/console/sign-in";

    private final Rooms rooms;
    private final boolean tls;

    ConsoleRoutes(Rooms rooms, boolean tls) {
        this.rooms = rooms;
        this.tls = tls;
    }

    List<RouteSpec> routes() {
        // The router takes a path without a slash at its end for one with it too, so the longer one stands first.
        return List.of(
                RouteSpec.get(HOME, Gate.SESSION, this::list, 200, 303, 429, 503),
                RouteSpec.get("/", Gate.OPEN, call -> Answer.seeOther(HOME), 303),
                RouteSpec.get("/console", Gate.OPEN, call -> Answer.seeOther(HOME), 303),
                RouteSpec.get("/console/console.css", Gate.OPEN, call -> file("console.css", "text/css"), 200),
                RouteSpec.get("/console/report.css", Gate.OPEN, call -> file("report.css", "text/css"), 200),
                RouteSpec.get("/console/console.js", Gate.OPEN, call -> file("console.js", "text/javascript"), 200),
                RouteSpec.get("/console/icon.svg", Gate.OPEN, call -> file("icon.svg", "image/svg+xml"), 200),
                RouteSpec.get(SIGN_IN, Gate.OPEN, call -> Answer.html(200, ConsolePages.signIn(null)), 200),
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
                RouteSpec.get("/console/warnings/{id}", Gate.SESSION, this::warning, 200, 303, 403, 404, 429, 503),
                RouteSpec.get(
                        "/console/warnings/{id}/report", Gate.SESSION, this::report, 200, 303, 403, 404, 429, 503),
                RouteSpec.post(
                        "/console/warnings/{id}/{act}",
                        Gate.SESSION,
                        RouteSpec.ANYBODY,
                        FORM_LIMIT,
                        this::act,
                        303,
                        400,
                        403,
                        404,
                        409,
                        413,
                        415,
                        422,
                        429,
                        503));
    }

    private static Answer file(String name, String type) {
        return new Answer(
                200,
                type + "; charset=utf-8",
                GatewayRoutes.resource("/console/" + name),
                Map.of("Cache-Control", "no-cache"));
    }

    private Answer signIn(Call call) {
        Map<String, String> form = form(call);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        Optional<String> session =
                rooms.sessions().open(form.getOrDefault("key", "").strip(), "");
        if (session.isEmpty()) {
            return Answer.html(401, ConsolePages.signIn("密钥不对，请检查后重试。 The key is not right."));
        }
        return Answer.seeOther(HOME).with("Set-Cookie", cookie(session.get(), 12 * 3600));
    }

    private Answer signOut(Call call) {
        if (call.session() != null) {
            rooms.sessions().end(call.session());
        }
        return Answer.seeOther(SIGN_IN).with("Set-Cookie", cookie("", 0));
    }

    private Answer list(Call call) {
        Principal principal = call.principal();
        WarningStore.Page page = rooms.warnings()
                .list(new WarningStore.Query(
                        java.util.Set.of(), null, cursor(call.query().get("cursor")), LIST));
        List<Warning> mine = page.warnings().stream()
                .filter(warning -> rooms.signOff().mayRead(principal, warning))
                .toList();
        return Answer.html(200, ConsolePages.list(principal, mine, page.cursor()));
    }

    private Answer warning(Call call) {
        return forReader(call, warning -> Answer.html(200, shown(call.principal(), warning, null)));
    }

    private Answer report(Call call) {
        return forReader(call, warning -> {
            Reported reported = rooms.reports().report(warning);
            return reported == null
                    ? Answer.html(
                            404,
                            ConsolePages.message(
                                    "还没有报告 There is no report yet",
                                    "预警签发并开始发布后才有报告。 There is one once the warning is signed and being sent."))
                    : Answer.html(
                            200, new ReportPage(reported, rooms.reports().map(reported), call.principal()).html());
        });
    }

    private Answer forReader(Call call, Function<Warning, Answer> page) {
        Optional<Warning> found = rooms.warnings().find(call.parameter("id"));
        if (found.isEmpty()) {
            return Answer.html(
                    404,
                    ConsolePages.message(
                            "没有这条预警 There is no such warning",
                            "链接可能不完整，请从列表里找。 The link may be cut short: look in the list."));
        }
        if (!rooms.signOff().mayRead(call.principal(), found.get())) {
            return Answer.html(
                    403,
                    ConsolePages.message(
                            "无权查看 You may not see this warning",
                            "它不在您负责的区域或灾种内；如需查看，请联系管理员。 It is not in your area or hazards: ask an administrator."));
        }
        return page.apply(found.get());
    }

    private String shown(Principal principal, Warning warning, @Nullable String refusal) {
        byte[] coverage = rooms.reports().coverage(warning);
        byte[] figures = coverage != null ? coverage : rooms.reports().estimate(warning);
        return new WarningPage(
                        warning,
                        rooms.signOff().possible(principal, warning),
                        Figures.of(figures),
                        coverage == null,
                        principal,
                        refusal)
                .html();
    }

    private Answer act(Call call) {
        Map<String, String> form = form(call);
        Optional<Act> act = Act.of(call.parameter("act")).filter(known -> !known.isOfTheGateway() && known != Act.EDIT);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        if (act.isEmpty()) {
            return Answer.html(
                    404,
                    ConsolePages.message(
                            "没有这个操作 There is no such act",
                            "请回到预警页面，用页面上的按钮。 Go back to the warning and use its buttons."));
        }
        String version = form.getOrDefault("version", "");
        String reason = form.getOrDefault("reason", "").strip();
        Details details = new Details(
                version.matches("[0-9]{1,15}") ? Long.valueOf(version) : null, reason.isEmpty() ? null : reason);
        Decision decision = rooms.signOff().act(call.principal(), call.parameter("id"), act.get(), details);
        if (decision instanceof Decision.Denied denied) {
            return denied(call, denied);
        }
        Warning warning =
                decision instanceof Decision.Done done ? done.warning() : ((Decision.Known) decision).warning();
        return Answer.seeOther("/console/warnings/" + warning.id());
    }

    private Answer denied(Call call, Decision.Denied denied) {
        int status = Statuses.of(denied.why());
        String message = "操作未完成 Not done: " + denied.message();
        Optional<Warning> now = Optional.ofNullable(denied.current())
                .or(() -> rooms.warnings().find(call.parameter("id")))
                .filter(warning -> rooms.signOff().mayRead(call.principal(), warning));
        return Answer.html(
                status,
                now.map(warning -> shown(call.principal(), warning, message))
                        .orElseGet(() ->
                                ConsolePages.message(message, "请从列表里重新打开预警。 Open the warning again from the list.")));
    }

    private String cookie(String value, int maxAge) {
        return COOKIE + "=" + value + "; Path=/; Max-Age=" + maxAge + "; HttpOnly; SameSite=Strict"
                + (tls ? "; Secure" : "");
    }

    private static @Nullable String cursor(@Nullable String cursor) {
        return cursor != null && cursor.matches("[0-9]{1,15}-[a-z0-9]{1,40}") ? cursor : null;
    }

    /** The fields of a posted form; null where the body is none. */
    private static @Nullable Map<String, String> form(Call call) {
        String type = call.mediaType();
        if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
            return null;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> pairs = new ArrayList<>(List.of(new String(call.body(), UTF_8).split("&", 50)));
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
