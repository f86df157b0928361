package org.tocsin.gateway.web.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.web.Call;

/**
 * The fields of a posted form, as they were typed, so that a page can show them again. Fields that are missing are
 * empty. Immutable.
 */
public final class Form {
    /** An empty form. */
    public static final Form EMPTY = new Form(Map.of());

    private static final int MOST_FIELDS = 2_000;

    private final Map<String, List<String>> fields;

    private Form(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** The form in a request's body; null where the body is no form of the console's. */
    public static @Nullable Form of(Call call) {
        String type = call.mediaType();
        if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
            return null;
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String pair : new String(call.body(), UTF_8).split("&", MOST_FIELDS)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>())
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
        return new Form(fields);
    }

    /** The first value of a field as it was typed; empty where there is none. */
    public String raw(String name) {
        List<String> values = fields.get(name);
        return values == null ? "" : values.get(0);
    }

    /** The first value of a field without space around it; empty where there is none. */
    public String text(String name) {
        return raw(name).strip();
    }

    /** All values of a field, in their order. */
    public List<String> all(String name) {
        return List.copyOf(fields.getOrDefault(name, List.of()));
    }

    /** Whether the field was sent at all, as a ticked box is. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** A whole number of at most 15 digits; null where there is none. */
    public @Nullable Long number(String name) {
        String text = text(name);
        return text.matches("[0-9]{1,15}") ? Long.valueOf(text) : null;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
