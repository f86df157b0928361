package org.tocsin.gateway.web.console;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.registry.Audience;
import org.tocsin.gateway.registry.Directory;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.DivisionLevel;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.Terminal;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;
import org.tocsin.gateway.web.TerminalStates;

/** The registry to look at: divisions, audiences, terminals, and single persons. */
final class RegistryPages implements Area {
    private static final String HOME = "/console/operate";
    private static final String CONTACTS = HOME + "/contacts";
    private static final Set<Role> READERS = Set.of(Role.ADMIN, Role.AUDITOR);
    private static final long FORM_LIMIT = 16L * 1024;
    private static final int TERMINALS_A_PAGE = 100;
    private static final int SEARCHES_AT_ONCE = 2;
    private static final JsonMapper JSON = new JsonMapper();

    private final Rooms rooms;
    private final Pages pages;
    private final Semaphore searches = new Semaphore(SEARCHES_AT_ONCE);

    RegistryPages(Rooms rooms, Pages pages) {
        this.rooms = rooms;
        this.pages = pages;
    }

    @Override
    public List<NavigationEntry> navigation() {
        return List.of(new NavigationEntry("operate.nav", HOME, READERS));
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                read(HOME, this::home),
                read(HOME + "/divisions", this::divisions),
                read(HOME + "/audiences", this::audiences),
                read(HOME + "/terminals", this::terminals),
                RouteSpec.get(CONTACTS, Gate.SESSION, this::contacts, 200, 303, 403, 429, 503)
                        .onlyFor(ImportPages.ADMINS),
                RouteSpec.post(
                        CONTACTS,
                        Gate.SESSION,
                        ImportPages.ADMINS,
                        FORM_LIMIT,
                        this::search,
                        200,
                        303,
                        403,
                        413,
                        415,
                        422,
                        429,
                        503),
                RouteSpec.post(
                        CONTACTS + "/{number}",
                        Gate.SESSION,
                        ImportPages.ADMINS,
                        FORM_LIMIT,
                        this::show,
                        200,
                        303,
                        403,
                        404,
                        413,
                        429,
                        503));
    }

    private static RouteSpec read(String path, org.tocsin.gateway.web.Endpoint endpoint) {
        return RouteSpec.get(path, Gate.SESSION, endpoint, 200, 303, 403, 404, 429, 503)
                .onlyFor(READERS);
    }

    private RegistryView view() {
        return rooms.operations().registry().view();
    }

    private Answer home(Call call) {
        RegistryView view = view();
        int people = view.people().audience(Audience.RESIDENTS).getCardinality()
                + view.people().audience(Audience.PROBE).getCardinality();
        return pages.page(
                call,
                200,
                "operate",
                Map.of(
                        "divisions", view.divisions().all().size(),
                        "villages", view.divisions().villages(),
                        "people", people,
                        "audiences", view.audiences().size(),
                        "terminals", view.terminals().present().size(),
                        "links", rooms.operations().links().views().size(),
                        "admin", call.principal().is(Role.ADMIN)));
    }

    /** A division as the tree shows it. */
    public record Branch(
            String code,
            String name,
            long residents,
            String source,
            String date,
            boolean bounded,
            long villages,
            long people,
            boolean leaf) {}

    private Answer divisions(Call call) {
        RegistryView view = view();
        String under = call.query().getOrDefault("under", "");
        Division parent = view.divisions().find(under).orElse(null);
        if (!under.isEmpty() && parent == null) {
            return pages.message(call, 404, "operate.divisions.unknown", "operate.divisions.unknown.next");
        }
        List<Branch> rows = view.divisions().all().stream()
                .filter(division -> isRoot(view, division, parent))
                .map(division -> branch(view, division))
                .toList();
        List<Division> path = new ArrayList<>();
        for (Division at = parent; at != null; at = parentOf(view, at)) {
            path.add(0, at);
        }
        return pages.page(call, 200, "operate-divisions", Map.of("rows", rows, "path", path, "under", under));
    }

    private static boolean isRoot(RegistryView view, Division division, @Nullable Division parent) {
        Division above = parentOf(view, division);
        return parent == null ? above == null : above != null && above.code().equals(parent.code());
    }

    private static @Nullable Division parentOf(RegistryView view, Division division) {
        return Optional.ofNullable(division.parent())
                .flatMap(view.divisions()::find)
                .orElse(null);
    }

    private static Branch branch(RegistryView view, Division division) {
        String prefix =
                division.code().substring(0, DivisionLevel.of(division.code()).digits());
        long[] sums = {0, 0, 0};
        view.divisions().villagesUnder(prefix).forEach((int village) -> {
            sums[0]++;
            sums[1] += view.people().inVillage(village).getCardinality();
            sums[2] += view.divisions().village(village).residents();
        });
        boolean leaf = division.level() == DivisionLevel.VILLAGE;
        return new Branch(
                division.code(),
                division.name(),
                leaf ? division.residents() : sums[2],
                Optional.ofNullable(division.residentsSource()).orElse(""),
                Optional.ofNullable(division.residentsDate())
                        .map(Object::toString)
                        .orElse(""),
                division.boundary() != null,
                sums[0],
                sums[1],
                leaf);
    }

    /** An audience with its members. */
    public record Members(String name, String title, long members) {}

    private Answer audiences(Call call) {
        RegistryView view = view();
        List<Members> rows = view.audiences().values().stream()
                .map(audience -> new Members(
                        audience.name(),
                        audience.title(),
                        view.people().audience(audience.name()).getCardinality()))
                .toList();
        return pages.page(call, 200, "operate-audiences", Map.of("rows", rows));
    }

    /** A terminal with how it is. */
    public record Device(
            Terminal terminal, String kind, Division village, String condition, TerminalStates.State state) {}

    /** A kind of terminal, and what people call it. */
    public record Kind(String word, String name) {}

    private Answer terminals(Call call) {
        RegistryView view = view();
        String kind = call.query().getOrDefault("kind", "");
        String division = call.query().getOrDefault("division", "").strip();
        String condition = call.query().getOrDefault("condition", "");
        String code = call.query().getOrDefault("code", "").strip();
        int from = whole(call.query().get("from"));
        String prefix = Division.isCode(division)
                ? division.substring(0, DivisionLevel.of(division).digits())
                : division;
        List<Device> shown = new ArrayList<>();
        int matching = 0;
        Map<TerminalStates.Condition, Integer> counts = new EnumMap<>(TerminalStates.Condition.class);
        Set<String> kinds = new TreeSet<>();
        Phrases phrases = Pages.phrases(call);
        for (Terminal terminal : view.terminals().present()) {
            kinds.add(terminal.kind());
            Division village = view.divisions().village(terminal.village());
            if ((!kind.isEmpty() && !terminal.kind().equals(kind))
                    || !village.code().startsWith(prefix)
                    || !terminal.code().contains(code)) {
                continue;
            }
            TerminalStates.State state = rooms.operations().terminals().of(terminal.code());
            counts.merge(state.condition(), 1, Integer::sum);
            String word = state.condition().name().toLowerCase(Locale.ROOT);
            if (!condition.isEmpty() && !condition.equals(word)) {
                continue;
            }
            if (matching >= from && shown.size() < TERMINALS_A_PAGE) {
                shown.add(new Device(terminal, TroubleView.channel(terminal.kind(), phrases), village, word, state));
            }
            matching++;
        }
        Map<String, Object> model = new HashMap<>();
        model.put("rows", shown);
        model.put("matching", matching);
        model.put(
                "kinds",
                kinds.stream()
                        .map(one -> new Kind(one, TroubleView.channel(one, phrases)))
                        .toList());
        model.put("kind", kind);
        model.put("division", division);
        model.put("condition", condition);
        model.put("code", code);
        model.put("from", from);
        model.put("next", from + shown.size() < matching ? from + shown.size() : 0);
        List<Map<String, Object>> conditions = new ArrayList<>();
        for (TerminalStates.Condition one : TerminalStates.Condition.values()) {
            conditions.add(Map.of("word", one.name().toLowerCase(Locale.ROOT), "count", counts.getOrDefault(one, 0)));
        }
        model.put("conditions", conditions);
        return pages.page(call, 200, "operate-terminals", model);
    }

    private static int whole(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 0;
    }

    private Answer contacts(Call call) {
        return contacts(call, 200, Form.EMPTY, null, List.of());
    }

    private Answer contacts(
            Call call, int status, Form form, Directory.@Nullable Found found, List<FieldError> errors) {
        Map<String, Object> model = new HashMap<>();
        model.put("form", form);
        model.put("searched", found != null);
        model.put("entries", found == null ? List.of() : found.entries());
        model.put("more", found != null && found.more());
        model.put("most", Directory.MOST);
        model.put("errors", errors);
        return pages.page(call, status, "operate-contacts", model);
    }

    private Answer search(Call call) {
        Form form = Form.of(call);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        Phrases words = Pages.phrases(call);
        List<FieldError> errors = new ArrayList<>();
        String digits = form.text("digits");
        if (!digits.isEmpty() && !digits.matches("[0-9]{4,15}")) {
            errors.add(new FieldError("digits", words.of("operate.contacts.digits-wrong")));
        }
        String division = form.text("division");
        if (!division.isEmpty() && view().divisions().find(division).isEmpty()) {
            errors.add(new FieldError("division", words.of("operate.contacts.division-wrong")));
        }
        Directory.Query query = new Directory.Query(form.text("name"), form.text("key"), digits, division);
        if (errors.isEmpty() && !query.isEnough()) {
            errors.add(new FieldError("name", words.of("operate.contacts.too-little")));
        }
        if (!errors.isEmpty()) {
            return contacts(call, 422, form, null, errors);
        }
        if (!searches.tryAcquire()) {
            return Answer.problem(503, "busy", "other persons are being looked for; try again soon")
                    .with("Retry-After", "5");
        }
        try {
            return contacts(call, 200, form, Directory.find(view(), query), List.of());
        } finally {
            searches.release();
        }
    }

    private Answer show(Call call) throws IOException {
        String number = call.parameter("number");
        String key = number.matches("[0-9]{1,9}") ? Directory.key(view(), Integer.parseInt(number)) : null;
        byte[] told =
                key == null ? null : rooms.personal().show(call.principal().id(), key, null, null);
        if (told == null) {
            return pages.message(call, 404, "operate.contacts.gone", "operate.contacts.gone.next");
        }
        Map<String, Object> read = JSON.readValue(told, new TypeReference<>() {});
        return pages.page(call, 200, "operate-contact", Map.of("persons", read.getOrDefault("persons", List.of())));
    }
}
