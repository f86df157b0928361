package org.tocsin.gateway.web.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;

/**
 * Makes pages of templates. Everything that a template prints is escaped for HTML, and a variable that is not there is
 * an error, not an empty place. May be used by any thread.
 *
 * <p>Each template has, beside its own model: {@code language}, {@code languages}, {@code me} (null where nobody is
 * signed in), {@code navigation}, {@code here} (the path, for the way back), {@code drill} (false) and {@code errors}
 * (none), the last two unless the model says otherwise.
 */
public final class Pages {
    private static final int LONGEST = 8 * 1024 * 1024;

    private final PebbleEngine engine;
    private List<NavigationEntry> navigation = List.of();

    /** Makes it; times are shown in the county's zone. */
    public Pages(ZoneId zone, Assets assets) {
        ClasspathLoader loader = new ClasspathLoader(Pages.class.getClassLoader());
        loader.setPrefix("console/pages");
        loader.setSuffix(".html");
        this.engine = new PebbleEngine.Builder()
                .loader(loader)
                .strictVariables(true)
                .autoEscaping(true)
                .defaultEscapingStrategy("html")
                .maxRenderedSize(LONGEST)
                .extension(new PageWords(zone, assets))
                .build();
    }

    /** A person as pages show them. */
    public record Me(String id, String name, List<String> roles) {}

    /** A link of the navigation as pages show it. */
    public record Link(String phrase, String href, boolean current) {}

    void navigate(List<NavigationEntry> entries) {
        navigation = List.copyOf(entries);
    }

    /** The language of whoever asks. */
    public static Language language(Call call) {
        String chosen = call.cookie(Language.COOKIE);
        return chosen == null ? Language.ZH_CN : Language.of(chosen).orElse(Language.ZH_CN);
    }

    /** The words of whoever asks. */
    public static Phrases phrases(Call call) {
        return Phrases.in(language(call));
    }

    /**
     * A page.
     *
     * @param status of the answer: 200, or 422 for a form that is shown again
     * @param template its name, without folder and suffix
     * @param model what the template shows
     */
    public Answer page(Call call, int status, String template, Map<String, Object> model) {
        return Answer.html(status, html(call, template, model));
    }

    /** What went wrong, and what to do next, as a page of its own; both are keys of phrases. */
    public Answer message(Call call, int status, String what, String next) {
        return page(call, status, "message", Map.of("what", what, "next", next));
    }

    private String html(Call call, String template, Map<String, Object> model) {
        Principal actor = call.actor();
        Language language = language(call);
        Map<String, @Nullable Object> context = new HashMap<>();
        context.put("language", language.tag());
        context.put("languages", List.of(Language.values()));
        context.put("me", actor == null ? null : me(actor));
        context.put("navigation", actor == null ? List.of() : navigation(actor, call.path()));
        context.put("here", here(call));
        context.put("drill", false);
        context.put("errors", List.of());
        context.putAll(model);
        StringWriter writer = new StringWriter(16 * 1024);
        try {
            engine.getTemplate(template).evaluate(writer, context, language.locale());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return writer.toString();
    }

    private static Me me(Principal actor) {
        return new Me(
                actor.id(),
                actor.name(),
                actor.roles().stream().sorted().map(role -> role.word()).toList());
    }

    private List<Link> navigation(Principal actor, String path) {
        return navigation.stream()
                .filter(entry -> entry.isFor(actor))
                .map(entry -> new Link(
                        entry.phrase(),
                        entry.href(),
                        entry.href().equals("/console/")
                                ? path.equals(entry.href())
                                : path.equals(entry.href()) || path.startsWith(entry.href() + "/")))
                .toList();
    }

    /** The path and query of a page that can be asked for again. */
    private static String here(Call call) {
        StringBuilder query = new StringBuilder();
        call.query().forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(URLEncoder.encode(name, UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, UTF_8)));
        return call.path() + query;
    }
}
