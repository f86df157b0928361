package org.tocsin.gateway.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.report.ReportJson;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The API of warnings: post, read, edit, act. */
final class WarningRoutes {
    /** The longest message, in bytes: 4 MiB. */
    static final long MESSAGE_LIMIT = 4L * 1024 * 1024;

    static final long ACT_LIMIT = 64L * 1024;
    static final String API = "/api/v1/warnings";
    private static final int PAGE = 50;
    private static final int MAX_PAGE = 500;

    private static final int PACKS_AT_ONCE = 2;

    /** Who may read the names of those not reached, of the warnings that they may read at all. */
    static final Set<Role> NAMES_READERS = EnumSet.of(Role.AUDITOR, Role.ISSUER, Role.SIGNER);

    private final Rooms rooms;
    private final Semaphore packs = new Semaphore(PACKS_AT_ONCE);

    WarningRoutes(Rooms rooms) {
        this.rooms = rooms;
    }

    List<RouteSpec> routes() {
        Set<Role> issuing = EnumSet.of(Role.ISSUER, Role.AGENCY);
        String one = API + "/{id}";
        return List.of(
                RouteSpec.post(
                                API,
                                Gate.KEY,
                                issuing,
                                MESSAGE_LIMIT,
                                this::post,
                                200,
                                201,
                                400,
                                401,
                                403,
                                409,
                                413,
                                415,
                                422,
                                429,
                                503,
                                507)
                        .keeping(),
                RouteSpec.get(API, Gate.KEY, this::list, 200, 400, 401, 429, 503),
                RouteSpec.get(one, Gate.KEY, this::read, 200, 401, 403, 404, 429, 503),
                RouteSpec.post(
                                one,
                                Gate.KEY,
                                issuing,
                                MESSAGE_LIMIT,
                                this::edit,
                                200,
                                400,
                                401,
                                403,
                                404,
                                409,
                                412,
                                413,
                                415,
                                422,
                                428,
                                429,
                                503,
                                507)
                        .keeping()
                        .by("PUT"),
                RouteSpec.get(one + "/cap", Gate.KEY, this::cap, 200, 401, 403, 404, 429, 503),
                RouteSpec.get(one + "/coverage", Gate.KEY, this::coverage, 200, 401, 403, 404, 429, 503),
                RouteSpec.get(one + "/deliveries", Gate.KEY, this::deliveries, 200, 400, 401, 403, 404, 410, 429, 503),
                RouteSpec.get(one + "/report", Gate.KEY, this::report, 200, 401, 403, 404, 429, 503),
                RouteSpec.get(one + "/unreached", Gate.KEY, this::unreached, 200, 400, 401, 403, 404, 410, 429, 503)
                        .onlyFor(NAMES_READERS),
                RouteSpec.get(one + "/estimate", Gate.KEY, this::estimate, 200, 401, 403, 404, 429, 503),
                RouteSpec.get(one + "/evidence", Gate.KEY, this::evidence, 200, 401, 403, 404, 429, 503)
                        .onlyFor(EnumSet.of(Role.AUDITOR, Role.ADMIN)),
                RouteSpec.get(one + "/events", Gate.STREAM, this::read, 200, 401, 403, 404, 429, 503),
                RouteSpec.post(
                        one + "/{act}",
                        Gate.KEY,
                        RouteSpec.ANYBODY,
                        ACT_LIMIT,
                        this::act,
                        200,
                        201,
                        400,
                        401,
                        403,
                        404,
                        409,
                        413,
                        415,
                        422,
                        429,
                        503));
    }

    private Answer post(Call call) {
        String draft = call.query().getOrDefault("draft", "false");
        if (!draft.equals("true") && !draft.equals("false")) {
            return Answer.problem(400, List.of(new Problem("draft", "parameter", "draft must be true or false")), null);
        }
        Reception.Receipt receipt =
                rooms.reception().receive(call.principal(), call.mediaType(), call.body(), draft.equals("true"));
        Warning warning = receipt.warning();
        if (!receipt.problems().isEmpty() || warning == null) {
            return Answer.problem(receipt.status(), receipt.problems(), warning);
        }
        return shown(receipt.status(), warning).with("Location", API + "/" + warning.id());
    }

    private Answer list(Call call) {
        List<Problem> problems = new ArrayList<>();
        Set<WarningState> states = states(call.query().get("state"), problems);
        Instant since = since(call.query().get("since"), problems);
        int limit = limit(call.query().get("limit"), problems);
        if (!problems.isEmpty()) {
            return Answer.problem(400, problems, null);
        }
        WarningStore.Page page;
        try {
            page = rooms.warnings()
                    .list(new WarningStore.Query(states, since, call.query().get("cursor"), limit));
        } catch (IllegalArgumentException wrong) {
            return Answer.problem(
                    400, List.of(new Problem("cursor", "parameter", "the cursor is none of this list's")), null);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "warnings",
                page.warnings().stream()
                        .filter(warning -> rooms.signOff().mayRead(call.principal(), warning))
                        .map(WarningJson::of)
                        .toList());
        body.put("cursor", page.cursor());
        return Answer.json(200, body);
    }

    private Answer read(Call call) {
        return forReader(call, warning -> shown(200, warning));
    }

    private Answer edit(Call call) {
        return forReader(call, warning -> edit(call, warning));
    }

    private Answer edit(Call call, Warning warning) {
        String match = call.headers().get("if-match");
        if (match == null) {
            return Answer.problem(428, "if-match", "send If-Match with the version that was edited");
        }
        Long version = version(match);
        if (version == null) {
            return Answer.problem(400, List.of(new Problem("If-Match", "if-match", "is not a version's ETag")), null);
        }
        Reception.Examination read = rooms.reception().examine(call.mediaType(), call.body());
        if (read.posting() == null) {
            return Answer.problem(read.status(), read.problems(), null);
        }
        Decision decision = rooms.signOff().edit(call.principal(), warning.id(), version, read.posting());
        return decision instanceof Decision.Denied denied && denied.why() == Decision.Why.STALE
                ? Answer.problem(412, problems(decision), denied.current())
                : of(decision);
    }

    private Answer cap(Call call) {
        return forReader(call, this::capOf);
    }

    /** The message as CAP: as it came, where it came as such, so that a signature stays whole. */
    Answer capOf(Warning warning) {
        boolean asItCame =
                warning.mediaType().toLowerCase(java.util.Locale.ROOT).startsWith("application/cap+xml");
        byte[] xml = asItCame ? warning.source() : rooms.capWriter().write(warning.alert());
        return new Answer(200, "application/cap+xml", xml, Map.of());
    }

    private Answer coverage(Call call) {
        return forReader(call, warning -> figures(rooms.reports().coverage(warning)));
    }

    /** The evidence pack. It is made and sent for so many at once, whatever the time that their lines take. */
    private Answer evidence(Call call) {
        return forReader(call, warning -> {
            if (!packs.tryAcquire()) {
                return Answer.problem(503, "unavailable", "other evidence packs are being made")
                        .with("Retry-After", "10");
            }
            boolean sending = false;
            try {
                Path file = rooms.reports().evidence(warning);
                if (file == null) {
                    return figures(null);
                }
                sending = true;
                return Answer.file(new SentFile(file, packs::release))
                        .with("Content-Disposition", "attachment; filename=\"tocsin-" + warning.id() + ".pack\"");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } finally {
                if (!sending) {
                    packs.release();
                }
            }
        });
    }

    private Answer estimate(Call call) {
        return forReader(call, warning -> figures(rooms.reports().estimate(warning)));
    }

    private Answer deliveries(Call call) {
        return forReader(call, warning -> {
            try {
                return figures(rooms.reports()
                        .deliveries(
                                warning,
                                call.query().get("channel"),
                                call.query().get("state"),
                                call.query().get("cursor")));
            } catch (IllegalArgumentException wrong) {
                return Answer.problem(400, "parameter", "there is no such channel, state or cursor");
            } catch (Reports.Removed removed) {
                return gone();
            }
        });
    }

    private Answer report(Call call) {
        return forReader(call, warning -> {
            Reported reported = rooms.reports().report(warning);
            return figures(reported == null ? null : ReportJson.write(reported));
        });
    }

    private Answer unreached(Call call) {
        return forReader(call, warning -> {
            try {
                return figures(rooms.reports()
                        .unreached(
                                warning,
                                call.principal(),
                                call.query().get("cause"),
                                call.query().get("village"),
                                call.query().get("cursor")));
            } catch (IllegalArgumentException wrong) {
                return Answer.problem(400, "parameter", String.valueOf(wrong.getMessage()));
            } catch (Reports.Removed removed) {
                return gone();
            }
        });
    }

    private static Answer gone() {
        return Answer.problem(
                410,
                "retention.removed",
                "what became of each addressee was removed when its time was over (retention.personsDays); the"
                        + " coverage and the evidence pack are still there");
    }

    private Answer act(Call call) {
        Optional<Act> act = Act.of(call.parameter("act")).filter(known -> !known.isOfTheGateway() && known != Act.EDIT);
        if (act.isEmpty()) {
            return Answer.problem(404, "act.unknown", "there is no such act");
        }
        ActRequest.Read read = ActRequest.of(call);
        if (read.details() == null) {
            return read.refusal() == null ? Answer.problem(400, "json", "unreadable") : read.refusal();
        }
        return of(rooms.signOff().act(call.principal(), call.parameter("id"), act.get(), read.details()));
    }

    /** The answer to a decision. */
    static Answer of(Decision decision) {
        if (decision instanceof Decision.Done done) {
            return done.created()
                    ? shown(201, done.warning())
                            .with("Location", API + "/" + done.warning().id())
                    : shown(200, done.warning());
        }
        if (decision instanceof Decision.Known known) {
            return shown(200, known.warning())
                    .with("Location", API + "/" + known.warning().id());
        }
        Decision.Denied denied = (Decision.Denied) decision;
        return Answer.problem(Statuses.of(denied.why()), problems(decision), denied.current());
    }

    private static List<Problem> problems(Decision decision) {
        return decision instanceof Decision.Denied denied
                ? List.of(new Problem("", denied.code(), denied.message()))
                : List.of();
    }

    /** What to answer about a warning that may be read. */
    interface Showing {
        Answer of(Warning warning);
    }

    /** Answers about the warning of the path, where it is there and may be read. */
    Answer forReader(Call call, Showing showing) {
        Optional<Warning> found = rooms.warnings().find(call.parameter("id"));
        if (found.isEmpty()) {
            return Answer.problem(404, "warning.unknown", "there is no such warning");
        }
        if (!rooms.signOff().mayRead(call.principal(), found.get())) {
            return Answer.problem(403, "scope", "the warning is not within this client's area and hazards");
        }
        return showing.of(found.get());
    }

    private static Answer shown(int status, Warning warning) {
        return Answer.json(status, WarningJson.of(warning)).with("ETag", "\"" + warning.version() + "\"");
    }

    private static Answer figures(byte @Nullable [] json) {
        return json == null
                ? Answer.problem(404, "figures.none", "there are no figures for this warning yet")
                : Answer.json(json);
    }

    private static Set<WarningState> states(@Nullable String text, List<Problem> problems) {
        Set<WarningState> states = EnumSet.noneOf(WarningState.class);
        if (text == null || text.isEmpty()) {
            return states;
        }
        for (String word : text.split(",", -1)) {
            Optional<WarningState> state = WarningState.of(word);
            if (state.isEmpty()) {
                problems.add(new Problem("state", "parameter", "there is no such state"));
            } else {
                states.add(state.get());
            }
        }
        return states;
    }

    private static @Nullable Instant since(@Nullable String text, List<Problem> problems) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime since = OffsetDateTime.parse(text);
            // Java knows years that are too far away to be counted in milliseconds.
            if (since.getYear() >= 1 && since.getYear() <= 9999) {
                return since.toInstant();
            }
        } catch (DateTimeException wrong) {
            // told below
        }
        problems.add(new Problem(
                "since", "parameter", "since must be an ISO-8601 time with offset, of the years 0001 to 9999"));
        return null;
    }

    private static int limit(@Nullable String text, List<Problem> problems) {
        if (text == null) {
            return PAGE;
        }
        if (text.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_PAGE) {
                return limit;
            }
        }
        problems.add(new Problem("limit", "parameter", "limit must be 1 to " + MAX_PAGE));
        return PAGE;
    }

    private static @Nullable Long version(String etag) {
        String bare = etag.strip().replaceFirst("^W/", "");
        return bare.matches("\"[0-9]{1,15}\"") ? Long.valueOf(bare.substring(1, bare.length() - 1)) : null;
    }
}
