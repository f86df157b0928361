package org.tocsin.gateway.web.console;

import java.util.List;
import java.util.Map;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.Grant;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Proposal;
import org.tocsin.gateway.access.Proposal.State;
import org.tocsin.gateway.access.Refusal;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;

/** Changes of rights that wait for a second person, and the approval matrix; for administrators. */
final class RightsRoutes implements Area {
    static final String RIGHTS = "/console/rights";
    private static final String MATRIX = "/console/matrix";
    private static final int MOST_DECIDED = 50;

    private final AccessDesk people;
    private final Pages pages;

    RightsRoutes(Rooms rooms, Pages pages) {
        this.people = rooms.people();
        this.pages = pages;
    }

    /**
     * A proposal as the page shows it.
     *
     * @param differences what changes of the rights
     * @param mine whether it is the reader's own
     * @param whyNot the key of why the reader may not confirm it; empty where they may
     */
    public record Shown(Proposal proposal, List<Grant.Difference> differences, boolean mine, String whyNot) {
        static Shown of(AccessDesk people, Principal reader, Proposal proposal) {
            return new Shown(
                    proposal,
                    proposal.before().differences(proposal.after()),
                    proposal.by().equals(reader.id()),
                    people.rights()
                            .whyNotConfirm(reader, proposal)
                            .map(fault -> "access.problem." + fault.code())
                            .orElse(""));
        }
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                AccessForms.form(RIGHTS + "/{id}/{act}", AccessForms.ADMINS, this::act),
                AccessForms.page(RIGHTS, AccessForms.ADMINS, call -> list(call, 200, List.of())),
                AccessForms.form(MATRIX, AccessForms.ADMINS, this::proposeMatrix),
                AccessForms.page(
                        MATRIX,
                        AccessForms.ADMINS,
                        call -> matrix(call, 200, people.rights().matrix(), List.of())));
    }

    private Answer list(Call call, int status, List<FieldError> errors) {
        List<Proposal> all = people.rights().list();
        return pages.page(
                call,
                status,
                "access-rights",
                Map.of(
                        "waiting",
                                all.stream()
                                        .filter(proposal -> proposal.state() == State.WAITING)
                                        .map(proposal -> Shown.of(people, call.principal(), proposal))
                                        .toList(),
                        "decided",
                                all.stream()
                                        .filter(proposal -> proposal.state() != State.WAITING)
                                        .limit(MOST_DECIDED)
                                        .map(proposal -> Shown.of(people, call.principal(), proposal))
                                        .toList(),
                        "errors", errors));
    }

    private Answer act(Call call, Form form) {
        String id = call.parameter("id");
        try {
            switch (call.parameter("act")) {
                case "confirm" -> people.rights().confirm(call.principal(), id);
                case "refuse" -> people.rights().refuse(call.principal(), id, form.raw("reason"));
                case "withdraw" -> people.rights().withdraw(call.principal(), id);
                default -> {
                    return pages.message(call, 404, "access.rights.unknown", "access.rights.unknown-next");
                }
            }
            return Answer.seeOther(RIGHTS);
        } catch (Refusal refusal) {
            List<FieldError> errors = AccessForms.errors(call, refusal).stream()
                    .map(error -> new FieldError(error.field() + "-" + id, error.message()))
                    .toList();
            return list(call, AccessForms.status(refusal), errors);
        }
    }

    private Answer matrix(Call call, int status, String text, List<FieldError> errors) {
        return pages.page(
                call,
                status,
                "access-matrix",
                Map.of(
                        "text",
                        text,
                        "holds",
                        people.rights().matrix(),
                        "edited",
                        people.rights().isMatrixEdited(),
                        "errors",
                        errors));
    }

    private Answer proposeMatrix(Call call, Form form) {
        try {
            people.rights().proposeMatrix(call.principal(), form.raw("matrix"));
            return Answer.seeOther(RIGHTS);
        } catch (Refusal refusal) {
            return matrix(call, AccessForms.status(refusal), form.raw("matrix"), AccessForms.errors(call, refusal));
        }
    }
}
