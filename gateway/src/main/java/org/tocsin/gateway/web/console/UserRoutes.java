package org.tocsin.gateway.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.Account;
import org.tocsin.gateway.access.Accounts;
import org.tocsin.gateway.access.Grant;
import org.tocsin.gateway.access.OneTime;
import org.tocsin.gateway.access.Proposal;
import org.tocsin.gateway.access.Refusal;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;

/** People's accounts, for administrators. */
final class UserRoutes implements Area {
    private static final String USERS = "/console/users";

    private final AccessDesk people;
    private final Pages pages;

    UserRoutes(Rooms rooms, Pages pages) {
        this.people = rooms.people();
        this.pages = pages;
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                AccessForms.form(USERS, AccessForms.ADMINS, this::add),
                AccessForms.form(USERS + "/{name}/{act}", AccessForms.ADMINS, this::act),
                AccessForms.page(USERS + "/{name}", AccessForms.ADMINS, call -> one(call, 200, null, List.of())),
                AccessForms.page(
                        USERS, AccessForms.ADMINS, call -> list(call, 200, AccessForms.typed(Form.EMPTY), List.of())));
    }

    @Override
    public List<NavigationEntry> navigation() {
        return List.of(new NavigationEntry("access.nav.users", USERS, AccessForms.ADMINS));
    }

    private Answer list(Call call, int status, Map<String, Object> form, List<FieldError> errors) {
        return pages.page(
                call,
                status,
                "access-users",
                Map.of(
                        "accounts",
                        people.accounts().list(),
                        "form",
                        form,
                        "roles",
                        AccessForms.PEOPLES,
                        "waiting",
                        people.rights().waiting(),
                        "errors",
                        errors));
    }

    private Answer add(Call call, Form form) {
        try {
            Accounts.Added added = people.accounts()
                    .add(call.principal(), form.text("name"), form.text("displayName"), AccessForms.grant(form));
            OneTime whole = added.oneTime();
            // Else the proposer finds the first half beside the proposal.
            return whole == null
                    ? Answer.seeOther(RightsRoutes.RIGHTS)
                    : told(call, added.account(), whole, added.waiting() != null);
        } catch (Refusal refusal) {
            return list(call, AccessForms.status(refusal), AccessForms.typed(form), AccessForms.errors(call, refusal));
        }
    }

    /** The one-time password is shown by the answer itself, as it is told this once and kept nowhere. */
    private Answer told(Call call, Account account, OneTime oneTime, boolean waits) {
        return pages.page(
                call,
                200,
                "access-one-time",
                Map.of("account", account, "oneTime", oneTime, "waits", waits, "half", false));
    }

    private Answer one(Call call, int status, @Nullable Map<String, Object> typed, List<FieldError> errors) {
        Optional<Account> found = people.accounts().find(call.parameter("name"));
        if (found.isEmpty()) {
            return pages.message(call, 404, "access.users.unknown", "access.users.unknown-next");
        }
        Account account = found.get();
        Optional<Proposal> waits = waiting(account.name());
        Map<String, Object> model = new HashMap<>();
        model.put("account", account);
        model.put(
                "form",
                typed == null ? AccessForms.shown(account.grant(), account.name(), account.displayName()) : typed);
        model.put("roles", AccessForms.PEOPLES);
        model.put("sessions", people.sessions().of(account.name(), null).size());
        model.put("waits", waits.isPresent());
        model.put("byTwo", people.rights().isOpenedByTwo(call.principal(), account));
        model.put("errors", errors);
        return pages.page(call, status, "access-user", model);
    }

    private Optional<Proposal> waiting(String name) {
        return people.rights().list().stream()
                .filter(proposal -> proposal.state() == Proposal.State.WAITING
                        && proposal.subject().equals(name)
                        && proposal.kind() != Proposal.Kind.MATRIX)
                .findFirst();
    }

    private Answer act(Call call, Form form) {
        String name = call.parameter("name");
        try {
            switch (call.parameter("act")) {
                case "lock" -> people.accounts().lock(call.principal(), name);
                case "unlock" -> people.accounts().unlock(call.principal(), name);
                case "reset" -> {
                    OneTime oneTime = people.accounts().reset(call.principal(), name);
                    return told(call, people.accounts().find(name).orElseThrow(), oneTime, false);
                }
                case "password" -> {
                    people.rights().proposePassword(call.principal(), name);
                    return Answer.seeOther(RightsRoutes.RIGHTS);
                }
                case "rights" -> {
                    Grant grant = AccessForms.grant(form);
                    people.rights().proposeAccount(call.principal(), name, grant);
                    return Answer.seeOther(RightsRoutes.RIGHTS);
                }
                case "second-factor" -> {
                    people.rights().proposeWithoutSecondFactor(call.principal(), name);
                    return Answer.seeOther(RightsRoutes.RIGHTS);
                }
                default -> {
                    return pages.message(call, 404, "access.users.unknown", "access.users.unknown-next");
                }
            }
            return Answer.seeOther(USERS + "/" + name);
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
