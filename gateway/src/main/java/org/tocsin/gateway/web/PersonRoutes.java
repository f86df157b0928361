package org.tocsin.gateway.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.web.RouteSpec.Gate;

/**
 * The API of personal data: how long it is kept, and one person's shown and erased. Each thing can be asked with the
 * key in the body, as addresses are written into logs on their way.
 */
final class PersonRoutes {
    private static final String API = "/api/v1/registry/persons";
    private static final long LIMIT = 4096;
    private static final int LONGEST = 128;
    private static final int AT_ONCE = 2;

    private final Rooms rooms;
    private final Semaphore searches = new Semaphore(AT_ONCE);

    PersonRoutes(Rooms rooms) {
        this.rooms = rooms;
    }

    List<RouteSpec> routes() {
        Set<Role> admins = EnumSet.of(Role.ADMIN);
        return List.of(
                RouteSpec.get(
                                "/api/v1/retention",
                                Gate.KEY,
                                call -> Answer.json(rooms.personal().retention()),
                                200,
                                401,
                                403,
                                429,
                                503)
                        .onlyFor(EnumSet.of(Role.ADMIN, Role.AUDITOR)),
                RouteSpec.post(
                        API + "/search",
                        Gate.KEY,
                        admins,
                        LIMIT,
                        this::search,
                        200,
                        400,
                        401,
                        403,
                        404,
                        413,
                        415,
                        429,
                        503),
                RouteSpec.post(
                        API + "/erase",
                        Gate.KEY,
                        admins,
                        LIMIT,
                        this::eraseNamed,
                        200,
                        400,
                        401,
                        403,
                        409,
                        413,
                        415,
                        429,
                        503),
                RouteSpec.post(
                        API + "/restore",
                        Gate.KEY,
                        admins,
                        LIMIT,
                        this::restore,
                        200,
                        400,
                        401,
                        403,
                        404,
                        413,
                        415,
                        429,
                        503),
                RouteSpec.get(API + "/{personKey}", Gate.KEY, this::show, 200, 400, 401, 403, 404, 429, 503)
                        .onlyFor(admins),
                RouteSpec.get(
                                API + "/{personKey}",
                                Gate.KEY,
                                call -> erase(call, call.parameter("personKey")),
                                200,
                                400,
                                401,
                                403,
                                409,
                                429,
                                503)
                        .onlyFor(admins)
                        .by("DELETE"));
    }

    /** What a body asks for. */
    private record Asked(@Nullable String personKey, @Nullable String phone, @Nullable Answer refusal) {
        static Asked refused(Answer refusal) {
            return new Asked(null, null, refusal);
        }
    }

    private Answer search(Call call) {
        Asked asked = asked(call, Set.of("personKey", "phone"));
        return asked.refusal() != null ? asked.refusal() : show(call, asked.personKey(), asked.phone());
    }

    private Answer show(Call call) {
        return show(call, call.parameter("personKey"), null);
    }

    private Answer show(Call call, @Nullable String personKey, @Nullable String phone) {
        if (!searches.tryAcquire()) {
            return Answer.problem(503, "busy", "other persons are being looked for; try again soon")
                    .with("Retry-After", "5");
        }
        try {
            byte[] found = rooms.personal()
                    .show(call.principal().id(), personKey, phone, call.query().get("cursor"));
            return found == null
                    ? Answer.problem(404, "person.unknown", "the registry holds nobody of this key or number")
                    : Answer.json(found);
        } catch (IllegalArgumentException wrong) {
            return Answer.problem(400, List.of(new Problem("", "parameter", String.valueOf(wrong.getMessage()))), null);
        } finally {
            searches.release();
        }
    }

    private Answer eraseNamed(Call call) {
        Asked asked = asked(call, Set.of("personKey"));
        String key = asked.personKey();
        return asked.refusal() != null || key == null ? refusal(asked) : erase(call, key);
    }

    private Answer erase(Call call, String personKey) {
        if (personKey.isBlank() || personKey.length() > LONGEST) {
            return Answer.problem(400, "personKey", "a person's key has 1 to " + LONGEST + " characters");
        }
        try {
            return Answer.json(rooms.personal().erase(call.principal().id(), personKey));
        } catch (PersonalData.InUse inUse) {
            return Answer.problem(
                    409,
                    "person.in-use",
                    "warnings that are not sealed yet are addressed to this person, and their evidence must stay whole"
                            + " until then: " + String.join(", ", inUse.warnings())
                            + "; try again when they are sealed (evidence.sealAfterMinutes after their end)");
        } catch (RegistryImport.Busy busy) {
            return Answer.problem(409, "import.busy", String.valueOf(busy.getMessage()));
        } catch (PersonalData.Stale stale) {
            return Answer.problem(
                    409,
                    "registry.stale",
                    "another gateway over the same store has changed the registry since this one read it, and nothing"
                            + " was erased: restart this gateway, then ask again");
        }
    }

    private Answer restore(Call call) {
        Asked asked = asked(call, Set.of("personKey"));
        String key = asked.personKey();
        if (asked.refusal() != null || key == null) {
            return refusal(asked);
        }
        return rooms.personal().restore(call.principal().id(), key)
                ? Answer.json(200, java.util.Map.of("restored", true))
                : Answer.problem(404, "person.unknown", "nobody of this key is on the list of the erased");
    }

    private static Answer refusal(Asked asked) {
        Answer refusal = asked.refusal();
        return refusal == null ? Answer.problem(400, "personKey", "send {\"personKey\": \"…\"}") : refusal;
    }

    /** Reads the body: an object with exactly one of these fields. */
    private static Asked asked(Call call, Set<String> fields) {
        String type = call.mediaType();
        if (type == null || !type.toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
            return Asked.refused(Answer.problem(415, "media-type", "send application/json"));
        }
        JsonNode body;
        try {
            body = Json.readStrictly(call.body());
        } catch (JsonProcessingException broken) {
            return Asked.refused(Answer.problem(400, "json", "the body is no JSON"));
        } catch (Json.TooMuch tooMuch) {
            return Asked.refused(Answer.problem(400, List.of(tooMuch.problem()), null));
        }
        List<Problem> problems = new ArrayList<>();
        if (!body.isObject() || body.size() != 1) {
            problems.add(new Problem(
                    "", "fields", "send an object with one of " + String.join(", ", new java.util.TreeSet<>(fields))));
        }
        body.properties().forEach(field -> {
            if (!fields.contains(field.getKey())) {
                problems.add(new Problem(
                        "",
                        "fields",
                        "there is no such field here; known: " + String.join(", ", new java.util.TreeSet<>(fields))));
            } else if (!field.getValue().isTextual()
                    || field.getValue().textValue().isEmpty()
                    || field.getValue().textValue().length() > LONGEST) {
                problems.add(
                        new Problem("/" + field.getKey(), "text", "must be a text of 1 to " + LONGEST + " characters"));
            }
        });
        if (!problems.isEmpty()) {
            return Asked.refused(Answer.problem(400, problems, null));
        }
        return new Asked(body.path("personKey").textValue(), body.path("phone").textValue(), null);
    }
}
