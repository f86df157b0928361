package org.tocsin.gateway.web.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.report.export.ExportJob;
import org.tocsin.gateway.report.export.Exports;
import org.tocsin.gateway.report.export.ReportDesk;
import org.tocsin.gateway.report.paper.PaperFormat;
import org.tocsin.gateway.report.period.PeriodQuery;
import org.tocsin.gateway.report.period.PeriodQueryReader;
import org.tocsin.gateway.report.period.PeriodReports;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.ReportCounter;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** Reports of a period: choose one, see what it adds up to, download it; long ones are made in the background. */
final class PeriodPages implements Area {
    private static final String PAGE = "/console/reports";
    private static final long FORM_LIMIT = 16L * 1024;
    private static final int LONGEST = 200;
    private static final List<String> FIELDS =
            List.of("year", "quarter", "month", "from", "to", "level", "hazard", "issuer", "channel");

    private final Pages pages;
    private final ReportCounter counter;

    PeriodPages(Rooms rooms, Pages pages) {
        this.pages = pages;
        this.counter = rooms.counter();
    }

    @Override
    public List<NavigationEntry> navigation() {
        return List.of(new NavigationEntry("base.nav.reports", PAGE, ReportCounter.READERS));
    }

    @Override
    public List<RouteSpec> routes() {
        Set<Role> readers = ReportCounter.READERS;
        return List.of(
                RouteSpec.get(PAGE, Gate.SESSION, this::page, 200, 303, 403, 422, 429, 503)
                        .onlyFor(readers),
                RouteSpec.post(
                                PAGE,
                                Gate.SESSION,
                                readers,
                                FORM_LIMIT,
                                this::order,
                                303,
                                403,
                                413,
                                415,
                                422,
                                429,
                                503,
                                507)
                        .keeping(),
                RouteSpec.post(
                        PAGE + "/{id}/remove",
                        Gate.SESSION,
                        readers,
                        FORM_LIMIT,
                        this::remove,
                        303,
                        403,
                        413,
                        415,
                        429,
                        503));
    }

    /** A link to a period that is often asked for. */
    record Quick(String words, String href) {}

    /** An option of a list. */
    record Choice(String name, String words) {}

    /** A report in the background. */
    record Job(ExportJob of, int percent, String what) {}

    private Answer page(Call call) {
        if (!ReportCounter.isForAll(call.principal())) {
            return pages.message(call, 403, "report.period.part", "report.period.part.next");
        }
        if (call.query().values().stream().allMatch(String::isBlank)
                && call.repeated().isEmpty()) {
            return page(call, 200, call.query(), null, null, List.of());
        }
        PeriodQueryReader.Reading reading = counter.reader().read(call.query(), Set.of(), counter.today());
        PeriodQuery query = reading.query();
        List<FieldError> errors = errors(call, call.repeated(), reading);
        if (query == null || !errors.isEmpty()) {
            return page(call, 422, call.query(), null, null, errors);
        }
        return counter.made(() -> {
            try {
                PeriodView view = PeriodView.of(counter.desk().period(query), counter.today(), Pages.phrases(call));
                return page(call, 200, call.query(), view, query, List.of());
            } catch (PeriodReports.TooMany tooMany) {
                String words = Pages.phrases(call).of("report.period.many", tooMany.most());
                return page(call, 422, call.query(), null, query, List.of(new FieldError("order", words)));
            }
        });
    }

    private static List<FieldError> errors(Call call, Set<String> repeated, PeriodQueryReader.Reading reading) {
        Phrases words = Pages.phrases(call);
        List<PeriodQueryReader.Wrong> wrong = new ArrayList<>(PeriodQueryReader.repeated(repeated));
        reading.wrong().stream()
                .filter(one -> !repeated.contains(one.parameter()))
                .forEach(wrong::add);
        return wrong.stream()
                .map(one ->
                        new FieldError(FIELDS.contains(one.parameter()) ? one.parameter() : "year", said(words, one)))
                .toList();
    }

    private static String said(Phrases words, PeriodQueryReader.Wrong wrong) {
        String key = "report.field." + wrong.parameter();
        String parameter = wrong.parameter();
        String name = words.has(key) ? words.of(key) : parameter.substring(0, Math.min(LONGEST, parameter.length()));
        return words.of(
                "report.wrong",
                name,
                words.of("report.wrong." + wrong.rule(), wrong.values().toArray()));
    }

    private Answer page(
            Call call,
            int status,
            Map<String, String> typed,
            @Nullable PeriodView view,
            @Nullable PeriodQuery query,
            List<FieldError> errors) {
        Phrases words = Pages.phrases(call);
        Map<String, String> given = new HashMap<>();
        FIELDS.forEach(name -> given.put(name, typed.getOrDefault(name, "").strip()));
        Map<String, String> parameters = query == null ? Map.of() : query.parameters();
        List<Job> jobs = counter.exports().list(call.principal().id()).stream()
                .map(job -> new Job(job, (int) Math.round(job.progress() * 100), what(words, job)))
                .toList();
        Map<String, Object> model = new HashMap<>();
        model.put("typed", given);
        model.put("quick", quick(words));
        model.put("quarters", options(List.of("1", "2", "3", "4"), given.get("quarter")));
        model.put(
                "months",
                options(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"), given.get("month")));
        model.put("levels", options(List.of("I", "II", "III", "IV"), given.get("level")));
        model.put("levelNames", Set.of("I", "II", "III", "IV"));
        model.put(
                "channels",
                options(counter.reader().channels(), given.get("channel")).stream()
                        .map(name -> new Choice(name, TroubleView.channel(name, words)))
                        .toList());
        model.put("fromType", dayType(given.get("from")));
        model.put("toType", dayType(given.get("to")));
        model.put("view", view);
        model.put("parameters", parameters);
        model.put("query", encoded(parameters));
        model.put("tables", ReportDesk.periodTables());
        model.put("formats", List.of("pdf", "xlsx", "csv", "json"));
        model.put("jobs", jobs);
        model.put("moving", jobs.stream().anyMatch(job -> !job.of().state().isOver()));
        model.put("errors", errors);
        return pages.page(call, status, "reports", model);
    }

    /** A browser would show nothing of a wrong day in a field for days. */
    private static String dayType(@Nullable String typed) {
        return typed == null || typed.isEmpty() || isDay(typed) ? "date" : "text";
    }

    private static boolean isDay(String typed) {
        try {
            LocalDate.parse(typed);
            return typed.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
        } catch (DateTimeException none) {
            return false;
        }
    }

    /** The options of a list, with what was typed among them, so that it is shown again. */
    private static List<String> options(List<String> known, @Nullable String typed) {
        List<String> options = new ArrayList<>(known);
        if (typed != null && !typed.isEmpty() && !known.contains(typed)) {
            options.add(typed);
        }
        return options;
    }

    private List<Quick> quick(Phrases words) {
        LocalDate today = counter.today();
        YearMonth last = YearMonth.from(today).minusMonths(1);
        int quarter = (today.getMonthValue() + 2) / 3;
        return List.of(
                quick(words, "year", "year=" + today.getYear()),
                quick(words, "last-year", "year=" + (today.getYear() - 1)),
                quick(words, "quarter", "year=" + today.getYear() + "&quarter=" + quarter),
                quick(words, "month", "year=" + today.getYear() + "&month=" + today.getMonthValue()),
                quick(words, "last-month", "year=" + last.getYear() + "&month=" + last.getMonthValue()));
    }

    private static Quick quick(Phrases words, String which, String query) {
        return new Quick(words.of("report.quick." + which), PAGE + "?" + query);
    }

    private static String encoded(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, UTF_8)));
        return query.toString();
    }

    private static String what(Phrases words, ExportJob job) {
        Map<String, String> order = job.order();
        String table = order.get("table");
        return words.of(
                        "report.job.what",
                        order.getOrDefault("from", ""),
                        order.getOrDefault("to", ""),
                        words.of("report.format." + order.getOrDefault("format", "json")))
                + (table == null ? "" : " " + words.of("report.table." + table));
    }

    private Answer order(Call call) {
        Form form = Form.of(call);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        if (!ReportCounter.isForAll(call.principal())) {
            return pages.message(call, 403, "report.period.part", "report.period.part.next");
        }
        Map<String, String> typed = new LinkedHashMap<>();
        Set<String> repeated = new TreeSet<>();
        for (String name : FIELDS) {
            typed.put(name, form.text(name));
            if (form.all(name).size() > 1) {
                repeated.add(name);
            }
        }
        PeriodQueryReader.Reading reading = counter.reader().read(typed, Set.of(), counter.today());
        PeriodQuery query = reading.query();
        List<FieldError> errors = new ArrayList<>(errors(call, repeated, reading));
        String format = form.text("format");
        PaperFormat paper = PaperFormat.of(format).orElse(null);
        if (paper == null && !format.equals("json")) {
            errors.add(new FieldError("order", Pages.phrases(call).of("report.wrong.format")));
        }
        if (query == null || !errors.isEmpty()) {
            return page(call, 422, typed, null, query, errors);
        }
        try {
            counter.order(call.principal(), query, new ReportDesk.Form(paper, null));
            return Answer.seeOther(PAGE + "#jobs");
        } catch (Exports.TooMany tooMany) {
            String words = Pages.phrases(call).of("report.job.many");
            return page(call, 422, typed, null, query, List.of(new FieldError("jobs", words)));
        }
    }

    private Answer remove(Call call) {
        if (Form.of(call) == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        // A second click finds it removed already: what was wanted is so.
        counter.exports().delete(call.principal().id(), call.parameter("id"));
        return Answer.seeOther(PAGE + "#jobs");
    }
}
