package org.tocsin.gateway.web.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.template.CountyText;
import org.tocsin.gateway.template.CountyTexts;
import org.tocsin.gateway.template.TextKey;
import org.tocsin.gateway.template.TextProblem;
import org.tocsin.gateway.template.TextVersion;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;
import org.tocsin.wording.StandardWords;

/** The words of templates: what comes with the gateway, and the county's own in versions. */
final class TextPages implements Area {
    private static final String PAGE = "/console/operate/templates";
    private static final Set<Role> READERS = Set.of(Role.ADMIN, Role.AUDITOR);
    private static final long FORM_LIMIT = 64L * 1024;

    private final CountyTexts texts;
    private final Pages pages;

    TextPages(Rooms rooms, Pages pages) {
        this.texts = rooms.operations().texts();
        this.pages = pages;
    }

    @Override
    public List<RouteSpec> routes() {
        return List.of(
                RouteSpec.get(PAGE, Gate.SESSION, this::list, 200, 303, 403, 429, 503)
                        .onlyFor(READERS),
                RouteSpec.get(
                                PAGE + "/{hazard}/{level}/{language}",
                                Gate.SESSION,
                                this::one,
                                200,
                                303,
                                403,
                                404,
                                429,
                                503)
                        .onlyFor(READERS),
                RouteSpec.post(
                                PAGE + "/{hazard}/{level}/{language}",
                                Gate.SESSION,
                                ImportPages.ADMINS,
                                FORM_LIMIT,
                                this::change,
                                200,
                                303,
                                403,
                                404,
                                413,
                                415,
                                422,
                                429,
                                503,
                                507)
                        .keeping());
    }

    /** A hazard with its levels; {@code own} tells which levels have words of the county. */
    public record Hazard(String word, String name, List<LevelWords> levels) {}

    /** A level of a hazard. */
    public record LevelWords(String level, boolean own) {}

    private Answer list(Call call) {
        String language = Pages.language(call).tag();
        List<Hazard> hazards = new ArrayList<>();
        for (String hazard : StandardWords.hazards()) {
            List<LevelWords> levels = new ArrayList<>();
            for (Level level : Level.values()) {
                boolean own = TextKey.LANGUAGES.stream().anyMatch(one -> texts.own(new TextKey(hazard, level, one))
                        .isPresent());
                levels.add(new LevelWords(level.name(), own));
            }
            hazards.add(new Hazard(hazard, StandardWords.name(hazard, language), levels));
        }
        return pages.page(call, 200, "operate-templates", Map.of("hazards", hazards, "tag", language));
    }

    private Answer one(Call call) {
        Optional<TextKey> key = key(call);
        return key.isEmpty()
                ? unknown(call)
                : page(call, 200, key.get(), texts.own(key.get()).orElseGet(key.get()::builtIn), "", List.of(), null);
    }

    private static Optional<TextKey> key(Call call) {
        return TextKey.of(call.parameter("hazard"), call.parameter("level"), call.parameter("language"));
    }

    private Answer unknown(Call call) {
        return pages.message(call, 404, "operate.templates.unknown", "operate.templates.unknown.next");
    }

    private Answer page(
            Call call,
            int status,
            TextKey key,
            CountyText text,
            String why,
            List<FieldError> errors,
            @Nullable Map<String, Map<String, String>> preview) {
        List<TextVersion> versions = texts.versions(key);
        Map<String, Object> model = new HashMap<>();
        model.put("hazard", key.hazard());
        model.put(
                "hazardName",
                StandardWords.name(key.hazard(), Pages.language(call).tag()));
        model.put("level", key.level().name());
        model.put("tag", key.language());
        model.put("tags", TextKey.LANGUAGES);
        model.put("text", text);
        model.put("why", why);
        model.put("builtIn", key.builtIn());
        model.put("versions", versions);
        model.put("after", versions.isEmpty() ? 0 : versions.get(0).number());
        model.put("own", texts.own(key).isPresent());
        model.put("preview", named(preview == null ? texts.preview(key, text) : preview, Pages.phrases(call)));
        model.put("previewed", preview != null);
        model.put("admin", call.principal().is(Role.ADMIN));
        model.put("errors", errors);
        return pages.page(call, status, "operate-template", model);
    }

    /** A preview with its parts called as people call them. */
    private static Map<String, Map<String, String>> named(Map<String, Map<String, String>> preview, Phrases phrases) {
        Map<String, Map<String, String>> named = new LinkedHashMap<>();
        preview.forEach((channel, parts) -> {
            Map<String, String> own = new LinkedHashMap<>();
            Map<String, String> read = new TreeMap<>(parts);
            // The same words as the text, for mail programs.
            read.remove("html");
            read.forEach((part, carried) -> {
                String line = part.startsWith("line") ? part.substring("line".length()) : "";
                String phrase = "operate.part." + (line.isEmpty() ? part : "line");
                own.put(phrases.has(phrase) ? phrases.of(phrase, line) : part, carried);
            });
            named.put(channel, own);
        });
        return named;
    }

    private Answer change(Call call) {
        Optional<TextKey> found = key(call);
        if (found.isEmpty()) {
            return unknown(call);
        }
        Form form = Form.of(call);
        if (form == null) {
            return Answer.problem(415, "media-type", "send the console's form");
        }
        TextKey key = found.get();
        String why = form.text("why");
        CountyText text = new CountyText(form.text("description"), form.text("instruction"));
        String back = form.text("back");
        Phrases words = Pages.phrases(call);
        if (!back.isEmpty()) {
            Long wanted = form.number("back");
            text = texts.versions(key).stream()
                    .filter(version -> wanted != null && version.number() == wanted)
                    .findFirst()
                    .map(TextVersion::text)
                    .orElse(null);
        } else if (form.text("act").equals("preview")) {
            List<FieldError> errors = errors(words, texts.check(key, text));
            return page(call, errors.isEmpty() ? 200 : 422, key, text, why, errors, texts.preview(key, text));
        }
        Long after = form.number("after");
        CountyTexts.Result result = texts.keep(
                key,
                text,
                why,
                call.principal().id(),
                after == null ? -1 : Math.toIntExact(Math.min(after, 1_000_000)));
        CountyText shown = text == null ? key.builtIn() : text;
        if (result instanceof CountyTexts.Result.Refused refused) {
            return page(call, 422, key, shown, why, errors(words, refused.problems()), null);
        }
        if (result instanceof CountyTexts.Result.Overtaken) {
            return page(
                    call,
                    422,
                    key,
                    shown,
                    why,
                    List.of(new FieldError("description", words.of("operate.templates.overtaken"))),
                    null);
        }
        return Answer.seeOther(call.path());
    }

    private static List<FieldError> errors(Phrases words, List<TextProblem> problems) {
        return problems.stream()
                .map(problem -> new FieldError(
                        problem.field(),
                        words.of("operate.templates.field." + problem.field())
                                + words.of(
                                        "operate.text."
                                                + problem.rule()
                                                        .name()
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', '-'),
                                        problem.place(),
                                        problem.value(),
                                        problem.limit())))
                .toList();
    }
}
