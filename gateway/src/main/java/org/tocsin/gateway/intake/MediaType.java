package org.tocsin.gateway.intake;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A media type as far as the intake needs it.
 *
 * @param name type and subtype in lower case
 * @param charset the parameter charset; null where there is none
 */
record MediaType(String name, @Nullable String charset) {
    private static final Set<String> XML = Set.of("application/cap+xml", "application/xml", "text/xml");

    static MediaType parse(String header) {
        String[] parts = header.split(";", -1);
        String charset = null;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            int equals = parameter.indexOf('=');
            if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase("charset")) {
                charset = unquote(parameter.substring(equals + 1).strip());
            }
        }
        return new MediaType(parts[0].strip().toLowerCase(Locale.ROOT), charset);
    }

    private static @Nullable String unquote(String value) {
        String bare = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
        return bare.isEmpty() ? null : bare;
    }

    boolean isXml() {
        return XML.contains(name);
    }

    boolean isJson() {
        return name.equals("application/json");
    }
}
