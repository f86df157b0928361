package org.tocsin.gateway.web;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The API of links and of what people write back. */
final class LinkRoutes {
    private static final int MOST = 500;
    private static final int USUAL = 100;
    private static final Pattern CURSOR = Pattern.compile("([0-9]{13}-[0-9a-f]{16})?");
    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,2}");

    private final Rooms rooms;

    LinkRoutes(Rooms rooms) {
        this.rooms = rooms;
    }

    List<RouteSpec> routes() {
        Set<Role> readers = EnumSet.of(Role.ISSUER, Role.REVIEWER, Role.SIGNER, Role.AUDITOR, Role.ADMIN);
        return List.of(
                RouteSpec.get(
                                "/api/v1/links",
                                Gate.KEY,
                                call -> Answer.json(rooms.links().links()),
                                200,
                                401,
                                403,
                                429,
                                503)
                        .onlyFor(readers),
                RouteSpec.get("/api/v1/replies", Gate.KEY, this::replies, 200, 400, 401, 403, 429, 503)
                        .onlyFor(readers));
    }

    private Answer replies(Call call) {
        String cursor = call.query().getOrDefault("cursor", "");
        if (!CURSOR.matcher(cursor).matches()) {
            return Answer.problem(400, List.of(new Problem("cursor", "parameter", "is no cursor of this list")), null);
        }
        String limit = call.query().getOrDefault("limit", Integer.toString(USUAL));
        if (!LIMIT.matcher(limit).matches() || Integer.parseInt(limit) > MOST) {
            return Answer.problem(
                    400,
                    List.of(new Problem("limit", "parameter", "must be 1 to " + MOST + ", was '" + limit + "'")),
                    null);
        }
        return Answer.json(rooms.links().replies(cursor, Integer.parseInt(limit)));
    }
}
