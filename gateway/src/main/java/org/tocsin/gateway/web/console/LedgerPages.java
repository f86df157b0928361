package org.tocsin.gateway.web.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.LedgerSearch;
import org.tocsin.gateway.ledger.LiveCheck;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The ledger to read: who did what when, and whether a stretch of it holds. */
final class LedgerPages implements Area {
    static final Set<Role> AUDITORS = Set.of(Role.AUDITOR, Role.ADMIN);

    private static final String HOME = "/console/audit";
    private static final String PAGE = HOME + "/ledger";
    private static final long FORM_LIMIT = 16L * 1024;
    private static final long MOST_CHECKED = 100_000;
    private static final int ENTRIES = 50;
    private static final int AT_ONCE = 2;

    private final Rooms rooms;
    private final Pages pages;
    private final Semaphore longOnes = new Semaphore(AT_ONCE);

    LedgerPages(Rooms rooms, Pages pages) {
        this.rooms = rooms;
        this.pages = pages;
    }

    @Override
    public List<NavigationEntry> navigation() {
        return List.of(new NavigationEntry("audit.nav", HOME, AUDITORS));
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                RouteSpec.get(
                                HOME,
                                Gate.SESSION,
                                call -> pages.page(call, 200, "audit", Map.of()),
                                200,
                                303,
                                403,
                                429,
                                503)
                        .onlyFor(AUDITORS),
                RouteSpec.get(PAGE, Gate.SESSION, this::ledger, 200, 303, 403, 422, 429, 503)
                        .onlyFor(AUDITORS),
                RouteSpec.post(
                        PAGE,
                        Gate.SESSION,
                        AUDITORS,
                        FORM_LIMIT,
                        this::verify,
                        200,
                        303,
                        403,
                        413,
                        415,
                        422,
                        429,
                        503));
    }

    private Answer ledger(Call call) {
        Phrases words = Pages.phrases(call);
        List<FieldError> errors = new ArrayList<>();
        Instant from = time(call, "from", errors, words);
        Instant to = time(call, "to", errors, words);
        String before = call.query().getOrDefault("before", "");
        if (!before.isEmpty() && !before.matches("[0-9]{1,15}")) {
            errors.add(new FieldError("before", words.of("audit.ledger.before-wrong")));
        }
        if (!errors.isEmpty()) {
            return page(call, 422, null, null, errors);
        }
        if (!longOnes.tryAcquire()) {
            return busy();
        }
        try {
            LedgerSearch.Page found = LedgerSearch.find(
                    rooms.ledger().entries(),
                    new LedgerSearch.Query(asked(call, "actor"), asked(call, "act"), asked(call, "subject"), from, to),
                    before.isEmpty() ? 0 : Long.parseLong(before),
                    ENTRIES);
            return page(call, 200, found, null, List.of());
        } finally {
            longOnes.release();
        }
    }

    private static Answer busy() {
        return Answer.problem(503, "busy", "the ledger is being read for others; try again soon")
                .with("Retry-After", "10");
    }

    private static String asked(Call call, String name) {
        return call.query().getOrDefault(name, "").strip();
    }

    private @Nullable Instant time(Call call, String name, List<FieldError> errors, Phrases words) {
        String text = asked(call, name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return LocalDateTime.parse(text).atZone(rooms.zone()).toInstant();
        } catch (DateTimeParseException wrong) {
            errors.add(new FieldError(name, words.of("audit.ledger.time-wrong", text)));
            return null;
        }
    }

    private Answer verify(Call call) {
        Form form = Form.of(call);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        Phrases words = Pages.phrases(call);
        Long first = form.number("first");
        Long last = form.number("last");
        long end = rooms.ledger().entries().head().sequence();
        List<FieldError> errors = new ArrayList<>();
        if (first == null || first < 1 || first > Math.max(1, end)) {
            errors.add(new FieldError("first", words.of("audit.verify.first-wrong", end)));
        }
        if (last == null || (first != null && (last < first || last - first >= MOST_CHECKED))) {
            errors.add(new FieldError("last", words.of("audit.verify.last-wrong", MOST_CHECKED)));
        }
        if (!errors.isEmpty() || first == null || last == null) {
            return page(call, 422, null, null, errors);
        }
        if (!longOnes.tryAcquire()) {
            return busy();
        }
        try {
            LiveCheck.Found found =
                    LiveCheck.of(rooms.ledger().entries(), rooms.ledger().seals(), first, last - first + 1);
            return page(call, 200, null, new Checked(first, found), List.of());
        } finally {
            longOnes.release();
        }
    }

    /** What a stretch's check found. */
    public record Checked(long from, LiveCheck.Found found) {
        /** Whether nothing is wrong. */
        public boolean holds() {
            return found.troubles().isEmpty();
        }
    }

    private Answer page(
            Call call,
            int status,
            LedgerSearch.@Nullable Page found,
            @Nullable Checked checked,
            List<FieldError> errors) {
        long end = rooms.ledger().entries().head().sequence();
        Map<String, Object> model = new HashMap<>();
        StringBuilder query = new StringBuilder();
        for (String name : List.of("actor", "act", "subject", "from", "to")) {
            String value = asked(call, name);
            model.put(name, value);
            if (!value.isEmpty()) {
                query.append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                        .append('&');
            }
        }
        model.put("filters", query.toString());
        model.put("end", end);
        model.put("searched", found != null);
        model.put("entries", found == null ? List.of() : found.entries());
        model.put("read", found == null ? 0 : found.read());
        model.put("next", found == null ? 0 : found.next());
        model.put("checked", checked == null ? List.of() : List.of(checked));
        List<LedgerEntry> shown = found == null ? List.of() : found.entries();
        model.put(
                "first",
                shown.isEmpty()
                        ? Math.max(1, end - 999)
                        : shown.get(shown.size() - 1).sequence());
        model.put("last", shown.isEmpty() ? end : shown.get(0).sequence());
        model.put("errors", errors);
        return pages.page(call, status, "audit-ledger", model);
    }
}
