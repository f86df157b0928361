package org.tocsin.gateway.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Account;
import org.tocsin.gateway.access.Accounts;
import org.tocsin.gateway.access.Grant;
import org.tocsin.gateway.access.OneTime;
import org.tocsin.gateway.access.Proposal;
import org.tocsin.gateway.access.Refusal;
import org.tocsin.gateway.access.RightsDesk;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The API of people's accounts, for administrators: list, make, lock, unlock, give a one-time password. */
final class AccountRoutes {
    private static final String API = "/api/v1/accounts";
    private static final long LIMIT = 16L * 1024;
    private static final Set<Role> ADMINS = Set.of(Role.ADMIN);

    private final Accounts accounts;
    private final RightsDesk rights;

    AccountRoutes(Rooms rooms) {
        this.accounts = rooms.people().accounts();
        this.rights = rooms.people().rights();
    }

    List<RouteSpec> routes() {
        return List.of(
                RouteSpec.get(API, Gate.KEY, call -> list(), 200, 401, 403, 429, 503)
                        .onlyFor(ADMINS),
                RouteSpec.post(
                                API, Gate.KEY, ADMINS, LIMIT, this::add, 201, 400, 401, 403, 409, 413, 415, 422, 429,
                                503, 507)
                        .keeping(),
                RouteSpec.post(
                        API + "/{name}/{act}",
                        Gate.KEY,
                        ADMINS,
                        LIMIT,
                        this::act,
                        200,
                        401,
                        403,
                        404,
                        409,
                        413,
                        429,
                        503));
    }

    private Answer list() {
        return Answer.json(
                200,
                Map.of(
                        "accounts",
                        accounts.list().stream().map(AccountRoutes::json).toList()));
    }

    private Answer add(Call call) {
        String type = call.mediaType();
        if (type == null || !type.startsWith(Answer.JSON)) {
            return Answer.problem(415, "media-type", "the body is application/json");
        }
        try {
            JsonNode json = Json.readStrictly(call.body());
            if (!json.isObject()) {
                return Answer.problem(400, "json", "the body must be a JSON object");
            }
            Set<String> roles = texts(json.path("roles"));
            Optional<String> unknown =
                    roles.stream().filter(word -> Role.of(word).isEmpty()).findFirst();
            if (unknown.isPresent()) {
                return Answer.problem(
                        422, List.of(new Problem("roles", "roles.unknown", "there is no such role")), null);
            }
            Grant grant = new Grant(
                    roles.stream().map(Role::of).flatMap(Optional::stream).collect(Collectors.toSet()),
                    texts(json.path("divisions")),
                    texts(json.path("hazards")),
                    Set.of());
            String name = json.path("name").asText();
            Accounts.Added added = accounts.add(
                    call.principal(), name, json.path("displayName").asText(name), grant);
            OneTime whole = added.oneTime();
            Map<String, Object> body =
                    whole == null ? new LinkedHashMap<>(json(added.account())) : told(added.account(), whole);
            Proposal waiting = added.waiting();
            body.put("waitsForSecondPerson", waiting == null ? null : waiting.id());
            Optional.ofNullable(waiting)
                    .flatMap(proposal -> rights.firstHalf(call.principal(), proposal))
                    .ifPresent(half -> body.put("oneTimeFirstHalf", half));
            return Answer.json(201, body);
        } catch (Json.TooMuch more) {
            return Answer.problem(400, List.of(more.problem()), null);
        } catch (JsonProcessingException broken) {
            return Answer.problem(400, "json", "the body is not JSON");
        } catch (Refusal refusal) {
            return refused(refusal);
        }
    }

    private Answer act(Call call) {
        String name = call.parameter("name");
        try {
            switch (call.parameter("act")) {
                case "lock" -> accounts.lock(call.principal(), name);
                case "unlock" -> accounts.unlock(call.principal(), name);
                case "reset" -> {
                    OneTime oneTime = accounts.reset(call.principal(), name);
                    return Answer.json(200, told(there(name), oneTime));
                }
                default -> {
                    return Answer.problem(404, "act", "an account's acts are lock, unlock and reset");
                }
            }
            return Answer.json(200, json(there(name)));
        } catch (Refusal refusal) {
            return refused(refusal);
        }
    }

    private Account there(String name) {
        return accounts.find(name).orElseThrow();
    }

    private static Answer refused(Refusal refusal) {
        int status =
                switch (refusal.kind()) {
                    case INVALID -> 422;
                    case CONFLICT -> 409;
                    case FORBIDDEN -> 403;
                    case UNKNOWN -> 404;
                    case BUSY -> 429;
                };
        return Answer.problem(
                status,
                refusal.faults().stream()
                        .map(fault -> new Problem(fault.field(), fault.code(), fault.message()))
                        .toList(),
                null);
    }

    private static Map<String, Object> told(Account account, OneTime oneTime) {
        Map<String, Object> body = new LinkedHashMap<>(json(account));
        body.put("oneTimePassword", oneTime.password());
        body.put("oneTimeUntil", oneTime.until().toString());
        return body;
    }

    private static Map<String, Object> json(Account account) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", account.name());
        body.put("displayName", account.displayName());
        body.put(
                "roles",
                account.grant().roles().stream().map(Role::word).sorted().toList());
        body.put("divisions", new TreeSet<>(account.grant().divisions()));
        body.put("hazards", new TreeSet<>(account.grant().hazards()));
        body.put("locked", account.locked());
        body.put("invited", account.isInvited());
        body.put("secondFactor", account.hasSecondFactor());
        body.put("created", account.created().toString());
        Instant signedIn = account.signedIn();
        body.put("signedIn", signedIn == null ? null : signedIn.toString());
        return body;
    }

    private static Set<String> texts(@Nullable JsonNode list) {
        Set<String> texts = new TreeSet<>();
        if (list != null) {
            list.forEach(one -> texts.add(one.asText()));
        }
        return texts;
    }
}
