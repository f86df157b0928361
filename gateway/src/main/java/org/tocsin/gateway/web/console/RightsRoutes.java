package org.tocsin.gateway.web.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.Grant;
import org.tocsin.gateway.access.OneTime;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Proposal;
import org.tocsin.gateway.access.Proposal.State;
import org.tocsin.gateway.access.Refusal;
import org.tocsin.gateway.access.RightsDesk;
import org.tocsin.gateway.approval.MatrixTable;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;

/** Changes of rights that wait for a second person, and the approval matrix; for administrators. */
final class RightsRoutes implements Area {
    static final String RIGHTS = "/console/rights";
    private static final String MATRIX = "/console/matrix";
    private static final String TABLE = MATRIX + "/table";
    private static final int MOST_DECIDED = 50;
    private static final List<String> LEVELS = List.of("I", "II", "III", "IV");

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
     * @param matrix what changes of the matrix, word by word; empty for other kinds
     * @param mine whether it is the reader's own
     * @param whyNot the key of why the reader may not confirm it; empty where they may
     * @param half the first half of the one-time password that it makes, where it is the reader's own; empty else
     */
    public record Shown(
            Proposal proposal,
            List<Grant.Difference> differences,
            List<DifferenceView.Piece> matrix,
            boolean mine,
            String whyNot,
            String half) {
        static Shown of(AccessDesk people, Principal reader, Proposal proposal) {
            return new Shown(
                    proposal,
                    proposal.before().differences(proposal.after()),
                    proposal.kind() == Proposal.Kind.MATRIX
                            ? DifferenceView.pieces(proposal.matrixBefore(), proposal.matrixAfter())
                            : List.of(),
                    proposal.by().equals(reader.id()),
                    people.rights()
                            .whyNotConfirm(reader, proposal)
                            .map(fault -> "access.problem." + fault.code())
                            .orElse(""),
                    people.rights().firstHalf(reader, proposal).orElse(""));
        }
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                AccessForms.form(RIGHTS + "/{id}/{act}", AccessForms.ADMINS, this::act),
                AccessForms.page(RIGHTS, AccessForms.ADMINS, call -> list(call, 200, List.of())),
                AccessForms.form(TABLE, AccessForms.ADMINS, this::proposeTable),
                AccessForms.form(MATRIX, AccessForms.ADMINS, this::proposeMatrix),
                AccessForms.page(
                        MATRIX,
                        AccessForms.ADMINS,
                        call -> matrix(call, 200, people.rights().matrix(), null, List.of())));
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
                case "confirm" -> {
                    RightsDesk.Confirmed confirmed = people.rights().confirm(call.principal(), id);
                    OneTime half = confirmed.secondHalf();
                    return half == null
                            ? Answer.seeOther(RIGHTS)
                            : told(call, confirmed.proposal().subject(), half);
                }
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

    /** The half is shown by the answer itself, as it is told this once and kept nowhere. */
    private Answer told(Call call, String name, OneTime half) {
        return pages.page(
                call,
                200,
                "access-one-time",
                Map.of(
                        "account",
                        people.accounts().find(name).orElseThrow(),
                        "oneTime",
                        half,
                        "waits",
                        false,
                        "half",
                        true));
    }

    /** The page; with a table as it was typed, else with the one that holds. */
    private Answer matrix(Call call, int status, String text, @Nullable MatrixTable typed, List<FieldError> errors) {
        String holds = people.rights().matrix();
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("text", text);
        model.put("holds", holds);
        model.put("table", typed == null ? MatrixTable.of(holds).orElse(null) : typed);
        model.put("inTable", typed != null);
        model.put("edited", people.rights().isMatrixEdited());
        model.put("levels", LEVELS);
        model.put("machines", List.of("none", "IV", "III", "II", "all"));
        model.put("empty", new MatrixTable.Line(List.of(), "", "", "", 0, "", 1, ""));
        model.put("most", MatrixTable.MOST_RULES);
        model.put("errors", errors);
        return pages.page(call, status, "access-matrix", IssueViews.known(model));
    }

    private Answer proposeTable(Call call, Form form) {
        MatrixTable table = table(form);
        try {
            people.rights().proposeMatrix(call.principal(), table.text());
            return Answer.seeOther(RIGHTS);
        } catch (Refusal refusal) {
            return matrix(
                    call,
                    AccessForms.status(refusal),
                    people.rights().matrix(),
                    table,
                    AccessForms.errors(call, refusal));
        }
    }

    /** What was typed; a line that is ticked away, and the last one where nothing was typed into it, is left out. */
    private static MatrixTable table(Form form) {
        List<MatrixTable.Line> defaults = new ArrayList<>();
        for (String level : LEVELS) {
            defaults.add(line(form, "d" + level, List.of(level)));
        }
        List<MatrixTable.Line> rules = new ArrayList<>();
        for (int at = 0; at <= MatrixTable.MOST_RULES && form.has("r" + at + "-signers"); at++) {
            String row = "r" + at;
            MatrixTable.Line line = line(form, row, form.all(row + "-levels"));
            boolean untouched = form.has(row + "-new")
                    && (line.levels().size()
                                    + line.hazards().length()
                                    + line.issuers().length()
                                    + line.areas().length()
                            == 0);
            if (!form.has(row + "-remove") && !untouched) {
                rules.add(line);
            }
        }
        return new MatrixTable(form.text("machineSignOff"), defaults, rules);
    }

    private static MatrixTable.Line line(Form form, String row, List<String> levels) {
        return new MatrixTable.Line(
                levels,
                form.text(row + "-hazards"),
                form.text(row + "-issuers"),
                form.text(row + "-areas"),
                number(form, row + "-reviewers"),
                form.text(row + "-reviewedBy"),
                number(form, row + "-signers"),
                form.text(row + "-signedBy"));
    }

    private static int number(Form form, String name) {
        String text = form.text(name);
        return text.matches("[0-9]") ? Integer.parseInt(text) : 0;
    }

    private Answer proposeMatrix(Call call, Form form) {
        try {
            people.rights().proposeMatrix(call.principal(), form.raw("matrix"));
            return Answer.seeOther(RIGHTS);
        } catch (Refusal refusal) {
            return matrix(
                    call, AccessForms.status(refusal), form.raw("matrix"), null, AccessForms.errors(call, refusal));
        }
    }
}
