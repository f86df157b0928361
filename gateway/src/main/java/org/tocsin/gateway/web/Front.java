package org.tocsin.gateway.web;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.access.Access;
import org.tocsin.gateway.access.Passwords;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.web.RouteSpec.Gate;
import org.tocsin.gateway.web.console.Entrance;
import org.tocsin.gateway.web.console.Language;

/**
 * What stands before every endpoint, in this order: is there such a route, is the gateway ready, who asks (401), may
 * they (403), is the body too long (413) or compressed (415), do they ask too often (429), is there disk (507). Then
 * the body is read, and the endpoint is asked by the worker pool.
 */
final class Front {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    private static final int FAILURES_PER_SECOND = 20;
    private static final int FAILURE_BURST = 300;
    private static final int CALLBACK_SECONDS = 20;
    private static final int LONGEST_BACK = 500;

    /** How many providers' posts are worked on at once; more are answered with 503, and providers repeat them. */
    static final int CALLBACKS_AT_ONCE = 256;

    private final Vertx vertx;
    private final WebConfig config;
    private final Rooms rooms;
    private final Workers workers;
    private final LiveEvents events;
    private final Bodies bodies;
    private final TokenBuckets requests;
    private final AtomicInteger callbacks = new AtomicInteger();
    private final TokenBuckets failures = new TokenBuckets(FAILURES_PER_SECOND, FAILURE_BURST);

    /** A request that is refused before its endpoint. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Answer answer;

        Refused(Answer answer) {
            super("refused", null, false, false);
            this.answer = answer;
        }
    }

    /**
     * Who asks.
     *
     * @param session the session's id; null where a key was presented
     * @param keyHash the key's hash; null where none was presented
     */
    private record Caller(@Nullable Principal principal, @Nullable String session, @Nullable String keyHash) {
        static final Caller NOBODY = new Caller(null, null, null);
    }

    Front(Vertx vertx, WebConfig config, Rooms rooms, Workers workers, LiveEvents events) {
        this.vertx = vertx;
        this.config = config;
        this.rooms = rooms;
        this.workers = workers;
        this.events = events;
        this.bodies = new Bodies(vertx);
        this.requests = new TokenBuckets(
                config.limits().requestsPerSecond(), config.limits().burst());
    }

    /** The router of these routes; all else is 404 or 405. */
    Router router(List<RouteSpec> routes) {
        Router router = Router.router(vertx);
        Map<String, Map<String, RouteSpec>> byPath = new LinkedHashMap<>();
        routes.forEach(route -> byPath.computeIfAbsent(route.routerPath(), path -> new TreeMap<>())
                .put(route.method(), route));
        byPath.forEach((path, byMethod) -> router.route(path).handler(context -> handle(context, byMethod)));
        router.route().handler(context -> {
            context.request().pause();
            refuse(context, null, Answer.problem(404, "path", "there is nothing here"));
        });
        router.errorHandler(500, context -> fail(context, null, context.failure()));
        router.errorHandler(400, context -> refuse(context, null, Answer.problem(400, "request", "malformed request")));
        return router;
    }

    private void handle(RoutingContext context, Map<String, RouteSpec> byMethod) {
        context.request().pause();
        guarded(context, null, () -> {
            if (!Greetings.isPlain(context.request())) {
                refuse(
                        context,
                        null,
                        Answer.problem(400, "host", "a request names one host").with("Connection", "close"));
                return;
            }
            // Decoded here, so that a bad escape is refused before anything is done.
            context.queryParams();
            route(context, byMethod);
        });
    }

    /** Does a step of a request; whatever goes wrong in it is answered. */
    private void guarded(RoutingContext context, @Nullable RouteSpec route, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failed) {
            fail(context, route, failed);
        }
    }

    private void route(RoutingContext context, Map<String, RouteSpec> byMethod) {
        HttpServerRequest request = context.request();
        String method = request.method().name();
        RouteSpec route = byMethod.get(method.equals("HEAD") ? "GET" : method);
        if (route == null) {
            TreeSet<String> allowed = new TreeSet<>(byMethod.keySet());
            refuse(
                    context,
                    null,
                    Answer.problem(405, "method", "this path does not know the method")
                            .with("Allow", String.join(", ", allowed)));
            return;
        }
        boolean always = route.gate() == Gate.OPEN || isScraper(request, route);
        String whyNot = always ? null : rooms.readiness().whyNot();
        if (whyNot != null) {
            refuse(context, route, unavailable(whyNot, 5));
            return;
        }
        caller(context, route)
                .compose(caller -> admitted(context, route, caller))
                .onFailure(failure -> fail(context, route, failure))
                .onSuccess(caller -> guarded(context, route, () -> serve(context, route, caller)));
    }

    private Future<Caller> caller(RoutingContext context, RouteSpec route) {
        Gate gate = route.gate();
        boolean open = gate == Gate.OPEN || gate == Gate.PUBLIC || gate == Gate.CALLBACK;
        if (open || isScraper(context.request(), route)) {
            return Future.succeededFuture(Caller.NOBODY);
        }
        String address = address(context.request());
        if (gate == Gate.FORM) {
            int wait = failures.take(address, System.nanoTime());
            if (wait > 0) {
                return Future.failedFuture(new Refused(tooMany(wait)));
            }
            return Origins.isOwn(context.request(), config.publicUrl())
                    ? Future.succeededFuture(Caller.NOBODY)
                    : Future.failedFuture(new Refused(foreign()));
        }
        String authorization = context.request().getHeader("Authorization");
        Cookie cookie = gate == Gate.SCRAPE ? null : context.request().getCookie(Entrance.COOKIE);
        boolean byKey = authorization != null && gate != Gate.SESSION;
        if (!byKey && cookie == null) {
            return Future.failedFuture(new Refused(unknown(gate, back(context.request()))));
        }
        boolean changes = !context.request().method().name().equals("GET")
                && !context.request().method().name().equals("HEAD");
        if (!byKey && changes && !Origins.isOwn(context.request(), config.publicUrl())) {
            return Future.failedFuture(new Refused(foreign()));
        }
        String session = byKey || cookie == null ? null : cookie.getValue();
        return workers.run(() -> session == null
                        ? bearer(authorization).flatMap(rooms.access()::authenticate)
                        : rooms.sessions().find(session))
                .map(found -> found.filter(
                        known -> !known.isForeign() || route.roles().contains(Role.WITNESS)))
                .compose(found -> {
                    if (found.isEmpty()) {
                        // Who has a key is never held back by others at the same address who guess.
                        int wait = failures.take(address, System.nanoTime());
                        return Future.failedFuture(
                                new Refused(wait > 0 ? tooMany(wait) : unknown(gate, back(context.request()))));
                    }
                    return Future.succeededFuture(new Caller(
                            found.get(),
                            session,
                            session == null
                                    ? bearer(authorization).map(Access::hashOf).orElse(null)
                                    : null));
                });
    }

    /** Whether the scrape token was presented where it counts; no store is asked. */
    private boolean isScraper(HttpServerRequest request, RouteSpec route) {
        ScrapeToken token = config.scrapeToken();
        return route.gate() == Gate.SCRAPE
                && token != null
                && bearer(request.getHeader("Authorization")).filter(token::is).isPresent();
    }

    private Future<Caller> admitted(RoutingContext context, RouteSpec route, Caller caller) {
        Principal principal = caller.principal();
        if (principal != null
                && !route.roles().isEmpty()
                && route.roles().stream().noneMatch(principal::is)) {
            return Future.failedFuture(new Refused(Answer.problem(
                    403,
                    "role",
                    "this needs one of the roles "
                            + String.join(
                                    ", ",
                                    route.roles().stream()
                                            .map(role -> role.word())
                                            .sorted()
                                            .toList()))));
        }
        if (announced(context.request()) > route.bodyLimit() && route.bodyLimit() > 0) {
            return Future.failedFuture(new Refused(tooLong(route)));
        }
        if (route.statuses().contains(415) && isCompressed(context.request())) {
            return Future.failedFuture(new Refused(
                    Answer.problem(415, "content-encoding", "send the body uncompressed, without Content-Encoding")
                            .with("Accept-Encoding", "identity")));
        }
        if (principal != null) {
            int wait = requests.take(principal.id(), System.nanoTime());
            if (wait > 0) {
                return Future.failedFuture(new Refused(tooMany(wait)));
            }
        }
        if (route.keeps() && rooms.readiness().isDiskLow()) {
            return Future.failedFuture(
                    new Refused(Answer.problem(507, "disk", "too little disk is left to keep anything new")));
        }
        return Future.succeededFuture(caller);
    }

    private void serve(RoutingContext context, RouteSpec route, Caller caller) {
        HttpServerRequest request = context.request();
        if (route.gate() == Gate.STREAM) {
            request.resume();
            stream(context, route, caller, call(context, caller, new byte[0], null));
        } else if (route.spools()) {
            bodies.toFile(request, route.bodyLimit(), config.limits().spool())
                    .compose(file -> workers.run(() -> {
                        try {
                            return route.endpoint().answer(call(context, caller, new byte[0], file));
                        } finally {
                            Files.deleteIfExists(file);
                        }
                    }))
                    .onSuccess(answer -> send(context, route, answer))
                    .onFailure(failure -> fail(context, route, failure));
        } else if (route.gate() == Gate.CALLBACK) {
            callback(context, route, caller);
        } else if (route.bodyLimit() > 0) {
            bodies.toMemory(request, route.bodyLimit())
                    .compose(body -> ask(route, call(context, caller, body, null)))
                    .onSuccess(answer -> send(context, route, answer))
                    .onFailure(failure -> fail(context, route, failure));
        } else {
            request.resume();
            ask(route, call(context, caller, new byte[0], null))
                    .onSuccess(answer -> send(context, route, answer))
                    .onFailure(failure -> fail(context, route, failure));
        }
    }

    private Future<Answer> ask(RouteSpec route, Call call) {
        return workers.run(() -> Compression.of(route.endpoint().answer(call), call.headers()));
    }

    /**
     * Hands a provider's post to its link, which authenticates it. No rate holds providers back, as all of a county's
     * receipts may come from one address; a bound on how many are inside, bodies and all, does.
     */
    private void callback(RoutingContext context, RouteSpec route, Caller caller) {
        if (callbacks.incrementAndGet() > CALLBACKS_AT_ONCE) {
            callbacks.decrementAndGet();
            refuse(context, route, unavailable("too many callbacks are being worked on", 1));
            return;
        }
        Context own = vertx.getOrCreateContext();
        bodies.toMemory(context.request(), route.bodyLimit())
                .compose(body -> Future.fromCompletionStage(
                        GatewayRoutes.callback(rooms.callbacks(), call(context, caller, body, null))
                                .toCompletableFuture()
                                .orTimeout(CALLBACK_SECONDS, TimeUnit.SECONDS),
                        own))
                .onComplete(done -> callbacks.decrementAndGet())
                .onSuccess(answer -> send(context, route, answer))
                .onFailure(failure -> fail(context, route, failure));
    }

    /**
     * Asks whether the warning may be read, then keeps the connection for its events; without a warning for the
     * county's.
     */
    private void stream(RoutingContext context, RouteSpec route, Caller caller, Call call) {
        boolean county = !call.parameters().containsKey("id");
        workers.run(() -> {
                    Answer answer = route.endpoint().answer(call);
                    Optional<Warning> warning = answer.status() == 200 && !county
                            ? rooms.warnings().find(call.parameter("id"))
                            : Optional.empty();
                    return Map.entry(answer, warning);
                })
                .onFailure(failure -> fail(context, route, failure))
                .onSuccess(read -> {
                    Answer answer = read.getKey();
                    if (answer.status() != 200 || (!county && read.getValue().isEmpty())) {
                        send(context, route, answer);
                    } else if (!events.hasRoom()) {
                        refuse(context, route, unavailable("too many watch", 30));
                    } else if (!context.response().closed()) {
                        guarded(context, route, () -> watch(context, route, caller, call, read.getValue()));
                    }
                });
    }

    private void watch(RoutingContext context, RouteSpec route, Caller caller, Call call, Optional<Warning> warning) {
        Admission admission = new Admission(call.principal(), caller.session(), caller.keyHash());
        HttpServerResponse response = context.response();
        count(route, 200);
        headers(response, "text/event-stream");
        response.setChunked(true);
        if (warning.isPresent()) {
            events.open(response, admission, warning.get(), guest(call));
        } else {
            events.openCounty(response, admission);
        }
    }

    /** Who is at a page of the console that says what they do there; programs are at none. */
    private static Presence.@Nullable Guest guest(Call call) {
        Presence.Doing doing = Presence.Doing.of(call.query().get("as"));
        return call.session() == null || doing == null ? null : Presence.Guest.of(call.principal(), doing);
    }

    private Call call(RoutingContext context, Caller caller, byte[] body, @Nullable Path file) {
        HttpServerRequest request = context.request();
        return new Call(
                context.normalizedPath(),
                address(request),
                caller.principal(),
                caller.session(),
                context.pathParams(),
                first(context.queryParams(), false),
                repeated(context.queryParams()),
                first(request.headers(), true),
                body,
                file);
    }

    /** Where a request comes from, as far as it can be told. */
    private String address(HttpServerRequest request) {
        return config.proxies()
                .client(request.remoteAddress().hostAddress(), request.headers().getAll("X-Forwarded-For"));
    }

    private void refuse(RoutingContext context, @Nullable RouteSpec route, Answer answer) {
        send(context, route, answer);
        bodies.discard(context.request());
    }

    private void fail(RoutingContext context, @Nullable RouteSpec route, @Nullable Throwable failure) {
        if (failure instanceof Refused refused) {
            refuse(context, route, refused.answer);
        } else if (failure instanceof Bodies.TooLong && route != null) {
            refuse(context, route, tooLong(route).with("Connection", "close"));
        } else if (failure instanceof HttpException malformed && malformed.getStatusCode() == 400) {
            refuse(context, route, Answer.problem(400, "request", "malformed request"));
        } else if (failure instanceof Bodies.Gone) {
            context.request().connection().close();
        } else if (failure instanceof Workers.Overloaded) {
            refuse(context, route, unavailable("too many requests wait", 1));
        } else if (failure instanceof Passwords.Busy) {
            refuse(context, route, unavailable("too many passwords are being checked", 2));
        } else if (failure != null && isOutage(failure)) {
            LOG.warn("the store is not there: {}", failure.toString());
            refuse(context, route, unavailable("the store is not there", 5));
        } else {
            // A path may name a person; its pattern does not.
            String path = route == null ? context.normalizedPath() : route.path();
            LOG.error("a request failed: {} {}", context.request().method(), path, failure);
            refuse(context, route, Answer.problem(500, "internal", "something is wrong here; it was written down"));
        }
    }

    /** Asks whether the store is away; where even that fails, the request's own failure is what is told. */
    private boolean isOutage(Throwable failure) {
        try {
            return rooms.readiness().isOutage(failure);
        } catch (RuntimeException broken) {
            LOG.error("it cannot be told whether the store is there", broken);
            return false;
        }
    }

    private void send(RoutingContext context, @Nullable RouteSpec route, Answer reply) {
        Answer answer =
                RefusalPage.isWanted(context.request()) ? RefusalPage.of(reply, language(context.request())) : reply;
        HttpServerResponse response = context.response();
        count(route, answer.status());
        if (response.ended() || response.closed()) {
            SentFile unsent = answer.file();
            if (unsent != null) {
                unsent.close();
            }
            return;
        }
        response.setStatusCode(answer.status());
        headers(response, answer.contentType());
        answer.headers()
                .forEach((name, value) ->
                        response.putHeader(name, (Iterable<String>) List.of(value.split(Answer.NEXT_VALUE, -1))));
        SentFile file = answer.file();
        if (file != null) {
            file.sendTo(context.request());
            return;
        }
        response.end(Buffer.buffer(answer.body()));
    }

    /** The language that this browser has chosen in the console. */
    private static Language language(HttpServerRequest request) {
        Cookie chosen = request.getCookie(Language.COOKIE);
        return chosen == null ? Language.ZH_CN : Language.of(chosen.getValue()).orElse(Language.ZH_CN);
    }

    private void headers(HttpServerResponse response, String contentType) {
        response.putHeader("Content-Type", contentType)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                                + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        if (config.isTls()) {
            response.putHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private void count(@Nullable RouteSpec route, int status) {
        rooms.metrics()
                .count(
                        "tocsin_http_requests_total",
                        "HTTP requests by route and status",
                        "method",
                        route == null ? "other" : route.method(),
                        "route",
                        route == null ? "other" : route.path(),
                        "status",
                        Integer.toString(status));
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }

    private static boolean isCompressed(HttpServerRequest request) {
        return request.headers().getAll("Content-Encoding").stream()
                .flatMap(codings -> Arrays.stream(codings.split(",", -1)))
                .map(String::strip)
                .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("identity"));
    }

    private static Optional<String> bearer(@Nullable String authorization) {
        return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")
                ? Optional.of(authorization.substring(7).strip())
                : Optional.empty();
    }

    private static Map<String, String> first(MultiMap values, boolean lowerCase) {
        Map<String, String> map = new HashMap<>();
        values.forEach((name, value) -> map.putIfAbsent(lowerCase ? name.toLowerCase(Locale.ROOT) : name, value));
        return map;
    }

    private static Set<String> repeated(MultiMap values) {
        Set<String> repeated = new TreeSet<>();
        for (String name : values.names()) {
            if (values.getAll(name).size() > 1) {
                repeated.add(name);
            }
        }
        return repeated;
    }

    /** Where a page that was asked for is come back to after the sign-in; a form's address is none. */
    private static String back(HttpServerRequest request) {
        String path = request.uri();
        return request.method().name().equals("GET") && !path.equals("/console/") && path.length() <= LONGEST_BACK
                ? path
                : "";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Answer unknown(Gate gate, String back) {
        return gate == Gate.SESSION
                ? Answer.seeOther(back.isEmpty() ? "/console/sign-in" : "/console/sign-in?back=" + encoded(back))
                : Answer.problem(401, "key", "send Authorization: Bearer with a known key")
                        .with("WWW-Authenticate", "Bearer realm=\"tocsin\"");
    }

    private static Answer foreign() {
        return Answer.problem(403, "origin", "only the console's own pages may do this with a session");
    }

    private static Answer tooLong(RouteSpec route) {
        return Answer.problem(413, "too-large", "the body may have " + route.bodyLimit() + " bytes");
    }

    private static Answer tooMany(int seconds) {
        return Answer.problem(429, "rate", "too many requests").with("Retry-After", Integer.toString(seconds));
    }

    private static Answer unavailable(String why, int seconds) {
        return Answer.problem(503, "unavailable", why).with("Retry-After", Integer.toString(seconds));
    }
}
