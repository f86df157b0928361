package org.tocsin.gateway.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.export.ExportJob;
import org.tocsin.gateway.report.export.Exports;
import org.tocsin.gateway.report.export.ReportDesk;
import org.tocsin.gateway.report.export.ReportDesk.Form;
import org.tocsin.gateway.report.paper.PaperFormat;
import org.tocsin.gateway.report.period.PeriodQuery;
import org.tocsin.gateway.report.period.PeriodQueryReader;
import org.tocsin.gateway.report.period.PeriodReports;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** Reports of a period and of a warning: at once where they are short, else as jobs. */
final class ReportRoutes {
    static final String API = "/api/v1/reports";

    private static final long ORDER_LIMIT = 16L * 1024;
    private static final int LONGEST_WORD = 20;

    private final Rooms rooms;
    private final ReportCounter counter;

    ReportRoutes(Rooms rooms) {
        this.rooms = rooms;
        this.counter = rooms.counter();
    }

    List<RouteSpec> routes() {
        String warning = WarningRoutes.API + "/{id}/report.";
        List<RouteSpec> routes = new ArrayList<>();
        routes.add(RouteSpec.get(
                        API + "/period", Gate.KEY, call -> period(call, Form.JSON), 200, 400, 401, 403, 422, 429, 503)
                .onlyFor(ReportCounter.READERS));
        for (PaperFormat format : PaperFormat.values()) {
            routes.add(RouteSpec.get(
                            API + "/period." + format.word(),
                            Gate.KEY,
                            call -> period(call, new Form(format, null)),
                            200,
                            400,
                            401,
                            403,
                            422,
                            429,
                            503)
                    .onlyFor(ReportCounter.READERS));
            routes.add(RouteSpec.get(
                    warning + format.word(),
                    Gate.KEY,
                    call -> warning(call, format),
                    200,
                    400,
                    401,
                    403,
                    404,
                    429,
                    503));
        }
        routes.add(RouteSpec.get(
                        API + "/period.{format}",
                        Gate.KEY,
                        call -> noFormat(call, API + "/period"),
                        401,
                        403,
                        404,
                        429,
                        503)
                .onlyFor(ReportCounter.READERS));
        routes.add(RouteSpec.get(
                warning + "{format}",
                Gate.KEY,
                call -> noFormat(call, WarningRoutes.API + "/{id}/report"),
                401,
                404,
                429,
                503));
        routes.add(RouteSpec.get(API, Gate.KEY, this::list, 200, 401, 403, 429, 503)
                .onlyFor(ReportCounter.READERS));
        routes.add(RouteSpec.post(
                        API,
                        Gate.KEY,
                        ReportCounter.READERS,
                        ORDER_LIMIT,
                        this::order,
                        202,
                        400,
                        401,
                        403,
                        413,
                        415,
                        429,
                        503,
                        507)
                .keeping());
        routes.add(RouteSpec.get(API + "/{id}", Gate.KEY, this::job, 200, 401, 403, 404, 429, 503)
                .onlyFor(ReportCounter.READERS));
        routes.add(RouteSpec.get(API + "/{id}", Gate.KEY, this::delete, 204, 401, 403, 404, 429, 503)
                .onlyFor(ReportCounter.READERS)
                .by("DELETE"));
        routes.add(RouteSpec.get(API + "/{id}/file", Gate.KEY, this::file, 200, 401, 403, 404, 409, 429, 503)
                .onlyFor(ReportCounter.READERS));
        return List.copyOf(routes);
    }

    private Answer period(Call call, Form bare) {
        Answer scope = scope(call.principal());
        if (scope != null) {
            return scope;
        }
        List<Problem> problems = new ArrayList<>();
        addRepeated(call, problems);
        PeriodQuery query = query(call.query(), Set.of("table"), "", problems);
        Form form = form(bare.paper(), call.query().get("table"), ReportDesk.periodTables(), "table", problems);
        if (query == null || !problems.isEmpty()) {
            return Answer.problem(400, problems, null);
        }
        return made(() -> {
            if (form.paper() == null) {
                return Answer.json(counter.desk().json(query));
            }
            byte[] file = counter.desk().file(call.principal().id(), query, form);
            return attached(file, form.mediaType(), ReportDesk.fileName(query, form));
        });
    }

    private Answer warning(Call call, PaperFormat format) {
        Optional<Warning> found = rooms.warnings().find(call.parameter("id"));
        if (found.isEmpty()) {
            return Answer.problem(404, "warning.unknown", "there is no such warning");
        }
        if (!rooms.signOff().mayRead(call.principal(), found.get())) {
            return Answer.problem(403, "scope", "the warning is not within this client's area and hazards");
        }
        List<Problem> problems = new ArrayList<>();
        addRepeated(call, problems);
        String table = format == PaperFormat.CSV
                ? call.query().getOrDefault("table", "villages")
                : call.query().get("table");
        Form form = form(format, table, ReportDesk.issueTables(), "table", problems);
        if (!problems.isEmpty()) {
            return Answer.problem(400, problems, null);
        }
        String id = found.get().id();
        return made(() -> {
            Reported reported = rooms.reports().report(found.get());
            return reported == null
                    ? Answer.problem(404, "figures.none", "there are no figures for this warning yet")
                    : attached(
                            counter.desk()
                                    .file(
                                            call.principal().id(),
                                            reported.summary(),
                                            rooms.surveys().figure(found.get()).orElse(null),
                                            form),
                            form.mediaType(),
                            ReportDesk.fileName(id, form));
        });
    }

    private Answer order(Call call) {
        Answer scope = scope(call.principal());
        if (scope != null) {
            return scope;
        }
        String type = call.mediaType() == null ? "" : call.mediaType().toLowerCase(Locale.ROOT);
        if (!type.split(";", 2)[0].strip().equals(Answer.JSON)) {
            return Answer.problem(415, "media-type", "an order is application/json");
        }
        JsonNode json;
        try {
            json = Json.readStrictly(call.body());
        } catch (Json.TooMuch more) {
            return Answer.problem(400, List.of(more.problem()), null);
        } catch (JsonProcessingException broken) {
            return Answer.problem(400, "json", "the body is not JSON");
        }
        if (!json.isObject()) {
            return Answer.problem(400, "json", "the body must be a JSON object");
        }
        return order(call.principal(), json);
    }

    private Answer order(Principal principal, JsonNode json) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> words = new LinkedHashMap<>();
        json.properties().forEach(entry -> {
            if (entry.getValue().isTextual() || entry.getValue().isIntegralNumber()) {
                words.put(entry.getKey(), entry.getValue().asText());
            } else {
                problems.add(new Problem("/" + entry.getKey(), "parameter", "must be a text or a whole number"));
            }
        });
        String what = words.getOrDefault("what", "");
        if (!what.equals("period")) {
            problems.add(new Problem("/what", "parameter", "must be period"));
        }
        String word = words.getOrDefault("format", "");
        PaperFormat format = PaperFormat.of(word).orElse(null);
        if (format == null && !word.equals("json")) {
            problems.add(new Problem("/format", "parameter", "must be one of pdf, xlsx, csv, json"));
        }
        Form form = form(format, words.get("table"), ReportDesk.periodTables(), "/table", problems);
        PeriodQuery query = query(words, Set.of("what", "format", "table"), "/", problems);
        if (query == null || !problems.isEmpty()) {
            return Answer.problem(400, problems, null);
        }
        try {
            ExportJob job = counter.order(principal, query, form);
            return Answer.json(202, json(job)).with("Location", API + "/" + job.id());
        } catch (Exports.TooMany tooMany) {
            return Answer.problem(429, "reports.many", String.valueOf(tooMany.getMessage()))
                    .with("Retry-After", "60");
        }
    }

    private Answer list(Call call) {
        return Answer.json(
                200,
                Map.of(
                        "reports",
                        counter.exports().list(call.principal().id()).stream()
                                .map(ReportRoutes::json)
                                .toList()));
    }

    private Answer job(Call call) {
        return counter.exports()
                .find(call.principal().id(), call.parameter("id"))
                .map(job -> Answer.json(200, json(job)))
                .orElseGet(ReportRoutes::unknown);
    }

    private Answer delete(Call call) {
        return counter.exports().delete(call.principal().id(), call.parameter("id"))
                ? new Answer(204, "text/plain; charset=utf-8", new byte[0], Map.of())
                : unknown();
    }

    private Answer file(Call call) throws IOException {
        String owner = call.principal().id();
        Optional<ExportJob> job = counter.exports().find(owner, call.parameter("id"));
        if (job.isEmpty()) {
            return unknown();
        }
        Optional<Path> file = counter.exports().file(owner, call.parameter("id"));
        if (file.isEmpty()) {
            return Answer.problem(
                    409, "report." + job.get().state().word(), "there is no file: ask for the report's state");
        }
        // What is sent is deleted when it was: a copy, so that it can be fetched again.
        Path copy = Files.createTempDirectory("tocsin-report").resolve("file");
        Files.copy(file.get(), copy);
        return new Answer(200, job.get().mediaType(), new byte[0], Map.of(), new SentFile(copy, () -> {}))
                .with(
                        "Content-Disposition",
                        "attachment; filename=\"" + job.get().fileName() + "\"");
    }

    /** Makes a report that is short enough to be waited for. */
    private Answer made(Supplier<Answer> making) {
        try {
            return counter.made(making);
        } catch (PeriodReports.TooMany tooMany) {
            return Answer.problem(
                    422,
                    "reports.long",
                    "the period has more than " + tooMany.most() + " issues: ask for it by POST " + API);
        }
    }

    private static void addRepeated(Call call, List<Problem> problems) {
        PeriodQueryReader.repeated(call.repeated())
                .forEach(wrong -> problems.add(new Problem(wrong.parameter(), "parameter", wrong.message())));
    }

    /** There is no such format; says which there are. */
    private static Answer noFormat(Call call, String path) {
        String formats = Arrays.stream(PaperFormat.values())
                .map(format -> "." + format.word())
                .collect(Collectors.joining(", "));
        String asked = call.parameter("format");
        String shown = asked.substring(0, Math.min(LONGEST_WORD, asked.length()));
        return Answer.problem(
                404,
                "report.format",
                "there is no format '" + shown + "'; the endings are " + formats + ", and JSON is at " + path);
    }

    private @Nullable PeriodQuery query(
            Map<String, String> words, Set<String> others, String place, List<Problem> problems) {
        PeriodQueryReader.Reading reading = counter.reader().read(words, others, counter.today());
        reading.wrong()
                .forEach(wrong -> problems.add(new Problem(place + wrong.parameter(), "parameter", wrong.message())));
        return reading.query();
    }

    private static Form form(
            @Nullable PaperFormat format,
            @Nullable String table,
            List<String> tables,
            String place,
            List<Problem> problems) {
        if (table != null && format != PaperFormat.CSV) {
            problems.add(new Problem(place, "parameter", "only csv holds one table; the others hold all"));
        } else if (table != null && !tables.contains(table)) {
            problems.add(
                    new Problem(place, "parameter", "there is no such table; use one of " + String.join(", ", tables)));
        }
        return new Form(format, table);
    }

    /** A report of a period is of the whole county: who may see a part of it alone is refused. */
    private static @Nullable Answer scope(Principal principal) {
        return ReportCounter.isForAll(principal)
                ? null
                : Answer.problem(
                        403, "scope", "a period's report is of all areas and hazards, this client's are fewer");
    }

    private static Answer attached(byte[] file, String mediaType, String name) {
        return new Answer(200, mediaType, file, Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""));
    }

    private static Answer unknown() {
        return Answer.problem(
                404, "report.unknown", "there is no such report of yours; reports are removed after a day");
    }

    private static Map<String, Object> json(ExportJob job) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", job.id());
        json.put("state", job.state().word());
        json.put("progress", Math.round(job.progress() * 100) / 100.0);
        json.put("order", new java.util.TreeMap<>(job.order()));
        json.put("created", job.created().toString());
        json.put("ended", job.ended() == null ? null : job.ended().toString());
        json.put("file", job.state() == ExportJob.State.DONE ? API + "/" + job.id() + "/file" : null);
        json.put("fileName", job.fileName());
        json.put("bytes", job.bytes());
        json.put("sha256", job.sha256().isEmpty() ? null : job.sha256());
        json.put("problem", job.problem().isEmpty() ? null : job.problem());
        return json;
    }
}
