package org.tocsin.gateway.web.console;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tocsin.gateway.access.Grant;
import org.tocsin.gateway.access.Refusal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** What the forms of accounts and rights have in common. */
final class AccessForms {
    static final long LIMIT = 16L * 1024;
    static final Set<Role> ADMINS = Set.of(Role.ADMIN);

    /** The roles that people have, as a form shows them. */
    static final List<String> PEOPLES = List.of("issuer", "reviewer", "signer", "auditor", "admin");

    /** The roles that clients have. */
    static final List<String> CLIENTS =
            List.of("agency", "issuer", "reviewer", "signer", "auditor", "admin", "witness");

    private AccessForms() {}

    /** A page of an area. */
    static RouteSpec page(String path, Set<Role> roles, org.tocsin.gateway.web.Endpoint endpoint) {
        return RouteSpec.get(path, Gate.SESSION, endpoint, 200, 303, 403, 404, 429, 503)
                .onlyFor(roles);
    }

    /** A form of an area. */
    static RouteSpec form(String path, Set<Role> roles, FormAnswer answer) {
        return RouteSpec.post(
                path,
                Gate.SESSION,
                roles,
                LIMIT,
                call -> {
                    Form form = Form.of(call);
                    return form == null
                            ? Answer.problem(415, "media-type", "send the console's form")
                            : answer.answer(call, form);
                },
                200,
                303,
                403,
                404,
                409,
                413,
                415,
                422,
                429,
                503);
    }

    /** What answers a form. */
    interface FormAnswer {
        Answer answer(Call call, Form form);
    }

    /** What a refusal says, in the language of whoever asks. */
    static List<FieldError> errors(Call call, Refusal refusal) {
        Phrases phrases = Pages.phrases(call);
        return refusal.faults().stream()
                .map(fault -> new FieldError(
                        fault.field().isEmpty() ? "main" : fault.field(),
                        phrases.of("access.problem." + fault.code(), fault.message())))
                .toList();
    }

    static int status(Refusal refusal) {
        return switch (refusal.kind()) {
            case INVALID -> 422;
            case CONFLICT -> 409;
            case FORBIDDEN -> 403;
            case UNKNOWN -> 404;
            case BUSY -> 429;
        };
    }

    /** The rights that a form asks for. */
    static Grant grant(Form form) {
        Set<Role> roles = form.all("roles").stream()
                .map(Role::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return new Grant(roles, words(form.raw("divisions")), words(form.raw("hazards")), words(form.raw("senders")));
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split("[\\s,，;；、]+", 1000))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A form's fields of rights as they were typed. */
    static Map<String, Object> typed(Form form) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("roles", form.all("roles"));
        for (String name : List.of("divisions", "hazards", "senders", "name", "id", "displayName")) {
            fields.put(name, form.raw(name));
        }
        return fields;
    }

    /** A form's fields that show the rights that there are. */
    static Map<String, Object> shown(Grant grant, String name, String displayName) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("roles", grant.roles().stream().map(Role::word).sorted().toList());
        fields.put("divisions", String.join("\n", new TreeSet<>(grant.divisions())));
        fields.put("hazards", String.join("\n", new TreeSet<>(grant.hazards())));
        fields.put("senders", String.join("\n", new TreeSet<>(grant.senders())));
        fields.put("name", name);
        fields.put("id", name);
        fields.put("displayName", displayName);
        return fields;
    }
}
