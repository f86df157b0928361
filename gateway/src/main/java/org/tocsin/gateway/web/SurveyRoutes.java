package org.tocsin.gateway.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.report.survey.SurveyProblem;
import org.tocsin.gateway.report.survey.SurveyRefused;
import org.tocsin.gateway.report.survey.Surveys;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The API of the sample surveys: plan one, enter answers, read what it says, take the list of whom to ask. */
final class SurveyRoutes {
    /** The longest upload of answers, in bytes: 20,000 lines take some 2 MB. */
    static final long ANSWERS_LIMIT = 4L * 1024 * 1024;

    private static final Set<Role> SURVEYING = EnumSet.of(Role.AUDITOR, Role.ADMIN);

    /** Who may have the list of whom to ask, whole or masked: it tells who lives where, and auditors alone need it. */
    private static final Set<Role> LIST_READERS = EnumSet.of(Role.AUDITOR);

    /** A draw takes a hash of each person of the area. */
    private static final int DRAWN_AT_ONCE = 2;

    private final Rooms rooms;
    private final WarningRoutes warnings;
    private final Semaphore draws = new Semaphore(DRAWN_AT_ONCE);

    SurveyRoutes(Rooms rooms, WarningRoutes warnings) {
        this.rooms = rooms;
        this.warnings = warnings;
    }

    List<RouteSpec> routes() {
        String survey = WarningRoutes.API + "/{id}/survey";
        return List.of(
                RouteSpec.post(
                                survey,
                                Gate.KEY,
                                SURVEYING,
                                WarningRoutes.ACT_LIMIT,
                                this::plan,
                                200,
                                201,
                                400,
                                401,
                                403,
                                404,
                                409,
                                413,
                                415,
                                429,
                                503,
                                507)
                        .keeping(),
                RouteSpec.get(survey, Gate.KEY, this::read, 200, 401, 403, 404, 429, 503),
                RouteSpec.post(
                                survey + "/answers",
                                Gate.KEY,
                                SURVEYING,
                                ANSWERS_LIMIT,
                                this::answers,
                                200,
                                400,
                                401,
                                403,
                                404,
                                409,
                                413,
                                415,
                                429,
                                503,
                                507)
                        .keeping(),
                RouteSpec.get(survey + "/sample.csv", Gate.KEY, this::sample, 200, 400, 401, 403, 404, 409, 429, 503)
                        .onlyFor(LIST_READERS));
    }

    private Answer plan(Call call) {
        return warnings.forReader(
                call,
                warning -> withJson(
                        call,
                        wish -> drawing(() -> {
                            Surveys.Planned planned = rooms.surveys()
                                    .plan(warning, wish, call.principal().id());
                            return planned.created()
                                    ? new Answer(201, Answer.JSON, planned.json(), Map.of())
                                            .with("Location", WarningRoutes.API + "/" + warning.id() + "/survey")
                                    : Answer.json(planned.json());
                        })));
    }

    private Answer read(Call call) {
        return warnings.forReader(call, warning -> rooms.surveys()
                .find(warning)
                .map(Answer::json)
                .orElseGet(() -> Answer.problem(404, "survey.none", "no survey of this warning was planned")));
    }

    private Answer answers(Call call) {
        String actor = call.principal().id();
        return warnings.forReader(
                call,
                warning -> isOf(call, "text/csv")
                        ? telling(() -> Answer.json(rooms.surveys().answerByCsv(warning, call.body(), actor)))
                        : withJson(
                                call, read -> Answer.json(rooms.surveys().answer(warning, read, call.body(), actor))));
    }

    private Answer sample(Call call) {
        String full = call.query().getOrDefault("full", "false");
        if (!full.equals("true") && !full.equals("false")) {
            return Answer.problem(400, List.of(new Problem("full", "parameter", "full must be true or false")), null);
        }
        boolean whole = full.equals("true");
        return warnings.forReader(
                call,
                warning -> telling(() -> drawing(() -> new Answer(
                                200,
                                "text/csv; charset=utf-8",
                                rooms.surveys()
                                        .sample(warning, whole, call.principal().id()),
                                Map.of())
                        .with(
                                "Content-Disposition",
                                "attachment; filename=\"tocsin-sample-" + warning.id() + ".csv\""))));
    }

    /** Answers what draws a sample, for so many at once. */
    private Answer drawing(Telling telling) {
        if (!draws.tryAcquire()) {
            return Answer.problem(503, "unavailable", "other samples are being drawn")
                    .with("Retry-After", "10");
        }
        try {
            return telling.answer();
        } finally {
            draws.release();
        }
    }

    private interface Asking {
        Answer of(JsonNode json);
    }

    private interface Telling {
        Answer answer();
    }

    /** Reads the body as JSON; an empty one is an object without fields. */
    private static Answer withJson(Call call, Asking asking) {
        if (call.body().length > 0 && !isOf(call, Answer.JSON)) {
            return Answer.problem(415, "media-type", "the body is application/json; answers may also be text/csv");
        }
        try {
            JsonNode read = Json.readStrictly(call.body().length == 0 ? new byte[] {'{', '}'} : call.body());
            return telling(() -> asking.of(read));
        } catch (Json.TooMuch more) {
            return Answer.problem(400, List.of(more.problem()), null);
        } catch (JsonProcessingException broken) {
            return Answer.problem(400, "json", "the body is not JSON");
        }
    }

    private static Answer telling(Telling telling) {
        try {
            return telling.answer();
        } catch (SurveyRefused refused) {
            int status =
                    switch (refused.why()) {
                        case NONE -> 404;
                        case INVALID -> 400;
                        case CONFLICT -> 409;
                    };
            return Answer.problem(
                    status, refused.problems().stream().map(SurveyRoutes::shown).toList(), null);
        }
    }

    private static Problem shown(SurveyProblem problem) {
        return new Problem(problem.path(), problem.code(), problem.message());
    }

    private static boolean isOf(Call call, String type) {
        String said = call.mediaType() == null ? "" : call.mediaType().toLowerCase(Locale.ROOT);
        return said.split(";", 2)[0].strip().equals(type);
    }
}
