package org.tocsin.gateway.web.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.registry.ImportDesk;
import org.tocsin.gateway.registry.ImportInProgress;
import org.tocsin.gateway.registry.ImportJob;
import org.tocsin.gateway.registry.ImportLimits;
import org.tocsin.gateway.registry.ImportReport;
import org.tocsin.gateway.registry.LastImport;
import org.tocsin.gateway.registry.UndoRefused;
import org.tocsin.gateway.registry.UndoReport;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** Files into the registry: brought, checked, imported as they were checked, and undone. */
final class ImportPages implements Area {
    static final String PAGE = "/console/operate/imports";
    static final Set<Role> ADMINS = Set.of(Role.ADMIN);

    /** The kinds in the order in which they depend on each other. */
    static final List<String> KINDS = List.of("divisions", "boundaries", "audiences", "contacts", "terminals");

    private static final long FORM_LIMIT = 16L * 1024;
    private static final long FRAME = 64L * 1024;
    private static final int SHOWN_PROBLEMS = 200;

    private final ImportDesk desk;
    private final Pages pages;

    ImportPages(Rooms rooms, Pages pages) {
        this.desk = rooms.operations().imports();
        this.pages = pages;
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                RouteSpec.get(PAGE, Gate.SESSION, call -> list(call, 200, List.of()), 200, 303, 403, 429, 503)
                        .onlyFor(ADMINS),
                RouteSpec.post(
                                PAGE,
                                Gate.SESSION,
                                ADMINS,
                                ImportLimits.DEFAULT.bytes() + FRAME,
                                this::bring,
                                303,
                                403,
                                413,
                                415,
                                422,
                                429,
                                503,
                                507)
                        .spooling()
                        .keeping(),
                RouteSpec.get(PAGE + "/{id}", Gate.SESSION, this::job, 200, 303, 403, 404, 429, 503)
                        .onlyFor(ADMINS),
                RouteSpec.post(
                        PAGE + "/{id}/{act}",
                        Gate.SESSION,
                        ADMINS,
                        FORM_LIMIT,
                        this::act,
                        303,
                        403,
                        404,
                        413,
                        415,
                        422,
                        429,
                        503),
                RouteSpec.post(
                        "/console/operate/undo",
                        Gate.SESSION,
                        ADMINS,
                        FORM_LIMIT,
                        this::undo,
                        200,
                        303,
                        403,
                        413,
                        415,
                        422,
                        429,
                        503));
    }

    private Answer list(Call call, int status, List<FieldError> errors) {
        return list(call, status, errors, "", null);
    }

    private Answer list(Call call, int status, List<FieldError> errors, String kind, @Nullable UndoReport undone) {
        LastImport last = desk.undoable().orElse(null);
        Map<String, Object> model = new HashMap<>();
        model.put("kinds", KINDS);
        model.put("kind", kind.isEmpty() ? call.query().getOrDefault("kind", "divisions") : kind);
        model.put("jobs", desk.all().stream().map(ImportPages::shown).toList());
        model.put("last", last == null ? List.of() : List.of(last));
        model.put("lastUntil", last == null ? "" : last.at().plus(LastImport.KEPT));
        model.put("undone", undone == null ? List.of() : List.of(undone));
        model.put("megabytes", ImportLimits.DEFAULT.bytes() >> 20);
        model.put("errors", errors);
        return pages.page(call, status, "operate-imports", model);
    }

    private Answer bring(Call call) throws IOException {
        Phrases words = Pages.phrases(call);
        try (Upload upload = Upload.of(call)) {
            if (upload == null) {
                return Answer.problem(415, "media-type", "send the console's form");
            }
            List<FieldError> errors = new ArrayList<>();
            String kind = upload.text("kind");
            if (!KINDS.contains(kind)) {
                errors.add(new FieldError("kind", words.of("operate.import.kind-missing")));
            }
            Path file = upload.file();
            if (file == null) {
                errors.add(new FieldError("file", words.of("operate.import.file-missing")));
            }
            if (!errors.isEmpty() || file == null) {
                return list(call, 422, errors, KINDS.contains(kind) ? kind : "", null);
            }
            ImportJob job =
                    desk.check(kind, file, upload.fileName(), call.principal().id());
            return Answer.seeOther(PAGE + "/" + job.id());
        } catch (ImportDesk.Full full) {
            return list(call, 422, List.of(new FieldError("file", words.of("operate.import.full"))));
        }
    }

    private Answer job(Call call) {
        return desk.find(call.parameter("id"))
                .map(job -> jobPage(call, 200, job, List.of()))
                .orElseGet(() -> pages.message(call, 404, "operate.import.gone", "operate.import.gone.next"));
    }

    private Answer jobPage(Call call, int status, ImportJob job, List<FieldError> errors) {
        Phrases words = Pages.phrases(call);
        ImportReport report = job.report();
        Map<String, Object> model = new HashMap<>();
        model.put("job", shown(job));
        model.put("ready", job.isReady());
        model.put("moving", job.stage().isMoving());
        model.put("report", report == null ? List.of() : List.of(report));
        model.put("unchanged", report == null ? 0 : report.accepted() - report.added() - report.updated());
        model.put(
                "problems",
                report == null
                        ? List.of()
                        : report.problems().stream()
                                .limit(SHOWN_PROBLEMS)
                                .map(problem -> new Problem(
                                        problem.line(),
                                        problem.field(),
                                        problem.value(),
                                        ImportReasons.in(words, problem.reason())))
                                .toList());
        model.put(
                "moreProblems",
                report == null ? 0 : Math.max(0, report.problems().size() - SHOWN_PROBLEMS));
        String stopped = report == null ? null : report.stopped();
        model.put("stopped", stopped == null ? "" : ImportReasons.in(words, stopped));
        model.put("undoable", desk.undoable().isPresent());
        model.put("errors", errors);
        return pages.page(call, status, "operate-import", model);
    }

    /** A bad line as the page shows it. */
    public record Problem(long line, String field, String value, String reason) {}

    /** A file as pages show it. */
    public record Shown(
            String id,
            String kind,
            String file,
            long kilobytes,
            String sha256,
            Instant at,
            String stage,
            long lines,
            long total,
            long refused) {}

    private static Shown shown(ImportJob job) {
        ImportReport report = job.report();
        return new Shown(
                job.id(),
                job.kind(),
                job.file(),
                (job.bytes() + 1023) / 1024,
                job.sha256(),
                job.at(),
                job.stage().name().toLowerCase(Locale.ROOT),
                job.lines(),
                job.total(),
                report == null ? 0 : report.refused());
    }

    private Answer act(Call call) {
        Form form = Form.of(call);
        String id = call.parameter("id");
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        ImportJob job = desk.find(id).orElse(null);
        if (job == null) {
            return pages.message(call, 404, "operate.import.gone", "operate.import.gone.next");
        }
        switch (call.parameter("act")) {
            case "give-up" -> {
                desk.giveUp(id);
                return Answer.seeOther(PAGE);
            }
            case "confirm" -> {
                ImportReport report = job.report();
                if (job.isReady() && report != null && report.refused() > 0 && !form.has("partly")) {
                    return jobPage(
                            call,
                            422,
                            job,
                            List.of(new FieldError(
                                    "partly",
                                    Pages.phrases(call).of("operate.import.partly-missing", report.refused()))));
                }
                return desk.confirm(id, form.text("sha256"), call.principal().id())
                        .map(taken -> Answer.seeOther(PAGE + "/" + id))
                        .orElseGet(() -> pages.message(call, 404, "operate.import.gone", "operate.import.gone.next"));
            }
            default -> {
                return pages.message(call, 404, "operate.import.gone", "operate.import.gone.next");
            }
        }
    }

    private Answer undo(Call call) {
        Form form = Form.of(call);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        Phrases words = Pages.phrases(call);
        if (!form.has("sure")) {
            return list(call, 422, List.of(new FieldError("sure", words.of("operate.undo.sure-missing"))));
        }
        try {
            UndoReport done =
                    desk.undo(Instant.parse(form.text("at")), call.principal().id());
            return list(call, 200, List.of(), done.kind(), done);
        } catch (DateTimeParseException other) {
            return list(call, 422, List.of(new FieldError("sure", words.of("operate.undo.another"))));
        } catch (UndoRefused refused) {
            String why =
                    switch (refused.why()) {
                        case NOTHING -> words.of("operate.undo.nothing");
                        case ANOTHER -> words.of("operate.undo.another");
                        case LATE -> words.of("operate.undo.late");
                        case WARNINGS ->
                            words.of(
                                    "operate.undo.warnings",
                                    String.join(
                                            ", ",
                                            refused.warnings().stream().limit(5).toList()));
                    };
            return list(call, 422, List.of(new FieldError("undo", why)));
        } catch (ImportInProgress other) {
            return list(call, 422, List.of(new FieldError("undo", words.of("operate.import.stage.busy"))));
        }
    }
}
