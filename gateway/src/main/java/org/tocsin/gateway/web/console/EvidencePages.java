package org.tocsin.gateway.web.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Status;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.report.survey.SurveyProblem;
import org.tocsin.gateway.report.survey.SurveyRefused;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Reports;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** What auditors look into of single warnings: evidence packs, sample surveys, who was not reached. */
final class EvidencePages implements Area {
    private static final String PACKS = "/console/audit/packs";
    private static final String ONE = "/console/audit/warnings/{id}";
    private static final long FORM_LIMIT = 4L * 1024 * 1024;
    private static final int A_PAGE = 50;
    /** Who may read names of those not reached, as in the API. */
    private static final Set<Role> NAMES_READERS = Set.of(Role.AUDITOR, Role.ISSUER, Role.SIGNER);

    private static final Pattern LINE = Pattern.compile("line ([0-9]+)(?:, ([A-Za-z]+))?");

    private static final JsonMapper JSON = new JsonMapper();

    private final Rooms rooms;
    private final Pages pages;

    EvidencePages(Rooms rooms, Pages pages) {
        this.rooms = rooms;
        this.pages = pages;
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                RouteSpec.get(PACKS, Gate.SESSION, this::packs, 200, 303, 403, 429, 503)
                        .onlyFor(LedgerPages.AUDITORS),
                RouteSpec.get(ONE + "/survey", Gate.SESSION, this::survey, 200, 303, 403, 404, 429, 503)
                        .onlyFor(LedgerPages.AUDITORS),
                RouteSpec.post(
                                ONE + "/survey",
                                Gate.SESSION,
                                LedgerPages.AUDITORS,
                                FORM_LIMIT,
                                this::change,
                                303,
                                403,
                                404,
                                413,
                                415,
                                422,
                                429,
                                503,
                                507)
                        .keeping(),
                RouteSpec.get(ONE + "/unreached", Gate.SESSION, this::unreached, 200, 303, 403, 404, 410, 429, 503)
                        .onlyFor(NAMES_READERS));
    }

    /** A warning of the list. */
    public record Packed(
            String id, String headline, String level, String state, @Nullable Instant signed, boolean drill) {}

    private Answer packs(Call call) {
        String cursor = call.query().getOrDefault("cursor", "");
        WarningStore.Page page = rooms.warnings()
                .list(new WarningStore.Query(
                        Set.of(WarningState.values()),
                        null,
                        cursor.matches("[0-9]{1,15}-[a-z0-9]{1,40}") ? cursor : null,
                        A_PAGE));
        List<Packed> rows = page.warnings().stream()
                .filter(warning -> warning.signed() != null && rooms.signOff().mayRead(call.principal(), warning))
                .map(EvidencePages::packed)
                .toList();
        String next = page.cursor();
        return pages.page(
                call,
                200,
                "audit-packs",
                Map.of(
                        "rows",
                        rows,
                        "next",
                        next == null ? "" : next,
                        "signer",
                        rooms.ledger().desk().ownSigner(),
                        "auditor",
                        call.principal().is(Role.AUDITOR)));
    }

    private static Packed packed(Warning warning) {
        String headline = warning.alert().infos().isEmpty()
                ? null
                : warning.alert().infos().get(0).headline();
        return new Packed(
                warning.id(),
                headline == null ? warning.alert().identifier() : headline,
                warning.level().name(),
                warning.state().word(),
                warning.signed(),
                warning.alert().status() != Status.ACTUAL);
    }

    private Optional<Warning> readable(Call call) {
        return rooms.warnings().find(call.parameter("id")).filter(warning -> rooms.signOff()
                .mayRead(call.principal(), warning));
    }

    private Answer gone(Call call) {
        return pages.message(call, 404, "audit.warning.gone", "audit.warning.gone.next");
    }

    private Answer survey(Call call) throws IOException {
        Optional<Warning> warning = readable(call);
        return warning.isEmpty() ? gone(call) : survey(call, 200, warning.get(), Form.EMPTY, List.of());
    }

    private Answer survey(Call call, int status, Warning warning, Form form, List<FieldError> errors)
            throws IOException {
        Optional<byte[]> found = rooms.surveys().find(warning);
        Map<String, Object> model = new HashMap<>();
        model.put("warning", packed(warning));
        model.put("surveys", found.isEmpty() ? List.of() : List.of(read(found.get())));
        model.put("form", form);
        model.put("auditor", call.principal().is(Role.AUDITOR));
        model.put("drill", warning.alert().status() != Status.ACTUAL);
        model.put("errors", errors);
        return pages.page(call, status, "audit-survey", model);
    }

    private static Map<String, Object> read(byte[] json) throws IOException {
        return JSON.readValue(json, new TypeReference<>() {});
    }

    private Answer change(Call call) throws IOException {
        Optional<Warning> found = readable(call);
        if (found.isEmpty()) {
            return gone(call);
        }
        Form form = Form.of(call);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        Warning warning = found.get();
        boolean planning = form.text("act").equals("plan");
        try {
            if (planning) {
                ObjectNode wish = JSON.createObjectNode()
                        .put("frame", form.text("frame"))
                        .put("marginOfError", percent(form.text("margin")));
                rooms.surveys().plan(warning, wish, call.principal().id());
            } else {
                rooms.surveys()
                        .answerByCsv(
                                warning,
                                form.raw("answers").getBytes(UTF_8),
                                call.principal().id());
            }
            return Answer.seeOther(call.path());
        } catch (SurveyRefused refused) {
            String field = planning ? "margin" : "answers";
            Phrases words = Pages.phrases(call);
            return survey(
                    call,
                    422,
                    warning,
                    form,
                    refused.problems().stream()
                            .limit(50)
                            .map(problem -> new FieldError(field, said(words, problem)))
                            .toList());
        }
    }

    /** The place and the rule in the page's language; a rule without words there stays as programs get it. */
    static String said(Phrases words, SurveyProblem problem) {
        if (problem.path().equals("/marginOfError")) {
            // The form asks for percentage points.
            return words.of("audit.survey.rule.margin");
        }
        String key = "audit.survey.rule." + problem.code();
        String rule = words.has(key) ? words.of(key, problem.values().toArray()) : problem.message();
        Matcher line = LINE.matcher(problem.path());
        if (line.matches()) {
            String column = line.group(2);
            return column == null
                    ? words.of("audit.survey.line", line.group(1), rule)
                    : words.of("audit.survey.cell", line.group(1), column, rule);
        }
        return problem.path().isEmpty() ? rule : words.of("audit.survey.problem", problem.path(), rule);
    }

    private static double percent(String text) {
        return text.matches("[0-9]{1,2}(\\.[0-9])?") ? Double.parseDouble(text) / 100 : -1;
    }

    private Answer unreached(Call call) throws IOException {
        Optional<Warning> warning = readable(call);
        if (warning.isEmpty()) {
            return gone(call);
        }
        try {
            byte[] told = rooms.reports()
                    .unreached(
                            warning.get(),
                            call.principal(),
                            null,
                            null,
                            call.query().get("cursor"));
            if (told == null) {
                return pages.message(call, 404, "audit.unreached.none", "audit.warning.gone.next");
            }
            Map<String, Object> model = new HashMap<>(read(told));
            model.putIfAbsent("cursor", null);
            model.put("next", model.get("cursor") == null ? "" : model.get("cursor"));
            model.put("warning", packed(warning.get()));
            model.put("drill", warning.get().alert().status() != Status.ACTUAL);
            return pages.page(call, 200, "audit-unreached", model);
        } catch (Reports.Removed removed) {
            return pages.message(call, 410, "audit.unreached.removed", "audit.unreached.removed.next");
        } catch (IllegalArgumentException wrong) {
            return gone(call);
        }
    }
}
