package org.tocsin.gateway.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.ApiClient;
import org.tocsin.gateway.access.Refusal;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;

/** API clients and their keys, for administrators. */
final class ClientRoutes implements Area {
    private static final String CLIENTS = "/console/clients";

    private final AccessDesk people;
    private final Pages pages;

    ClientRoutes(Rooms rooms, Pages pages) {
        this.people = rooms.people();
        this.pages = pages;
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                AccessForms.form(CLIENTS, AccessForms.ADMINS, this::propose),
                AccessForms.form(CLIENTS + "/{id}/{act}", AccessForms.ADMINS, this::act),
                AccessForms.page(CLIENTS + "/{id}", AccessForms.ADMINS, call -> one(call, 200, null, List.of())),
                AccessForms.page(
                        CLIENTS,
                        AccessForms.ADMINS,
                        call -> list(call, 200, AccessForms.typed(Form.EMPTY), List.of())));
    }

    private Answer list(Call call, int status, Map<String, Object> form, List<FieldError> errors) {
        return pages.page(
                call,
                status,
                "access-clients",
                Map.of(
                        "clients",
                        people.clients().list(),
                        "form",
                        form,
                        "roles",
                        AccessForms.CLIENTS,
                        "waiting",
                        people.rights().waiting(),
                        "errors",
                        errors));
    }

    private Answer propose(Call call, Form form) {
        try {
            people.rights()
                    .proposeNewClient(
                            call.principal(), form.text("id"), form.text("displayName"), AccessForms.grant(form));
            return Answer.seeOther(RightsRoutes.RIGHTS);
        } catch (Refusal refusal) {
            return list(call, AccessForms.status(refusal), AccessForms.typed(form), AccessForms.errors(call, refusal));
        }
    }

    private Answer one(Call call, int status, @Nullable Map<String, Object> typed, List<FieldError> errors) {
        Optional<ApiClient> found = people.clients().find(call.parameter("id"));
        if (found.isEmpty()) {
            return pages.message(call, 404, "access.clients.unknown", "access.clients.unknown-next");
        }
        ApiClient client = found.get();
        Map<String, Object> model = new HashMap<>();
        model.put("client", client);
        model.put("form", typed == null ? AccessForms.shown(client.grant(), client.id(), client.name()) : typed);
        model.put("roles", AccessForms.CLIENTS);
        model.put("errors", errors);
        return pages.page(call, status, "access-client", model);
    }

    private Answer act(Call call, Form form) {
        String id = call.parameter("id");
        try {
            switch (call.parameter("act")) {
                case "lock" -> people.clients().lock(call.principal(), id);
                case "unlock" -> people.clients().unlock(call.principal(), id);
                case "key" -> {
                    String key = people.clients().rotate(call.principal(), id);
                    return pages.page(
                            call,
                            200,
                            "access-key",
                            Map.of("client", people.clients().find(id).orElseThrow(), "key", key));
                }
                case "new-key" -> {
                    people.rights().proposeKey(call.principal(), id);
                    return Answer.seeOther(RightsRoutes.RIGHTS);
                }
                case "rights" -> {
                    people.rights().proposeClient(call.principal(), id, AccessForms.grant(form));
                    return Answer.seeOther(RightsRoutes.RIGHTS);
                }
                default -> {
                    return pages.message(call, 404, "access.clients.unknown", "access.clients.unknown-next");
                }
            }
            return Answer.seeOther(CLIENTS + "/" + id);
        } catch (Refusal refusal) {
            boolean rights = call.parameter("act").equals("rights");
            return one(
                    call,
                    AccessForms.status(refusal),
                    rights ? AccessForms.typed(form) : null,
                    AccessForms.errors(call, refusal));
        }
    }
}
