package org.tocsin.gateway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON with one form for each value: keys sorted by UTF-16 code units, no blanks, the escapes of RFC 8785, whole
 * numbers alone. What is not whole stands as text.
 */
public final class CanonicalJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CanonicalJson() {}

    /** The bytes of a value. */
    public static byte[] bytes(JsonNode value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString().getBytes(UTF_8);
    }

    /** Reads any JSON, with each key once. */
    public static JsonNode read(byte[] json) throws IOException {
        return MAPPER.readTree(json);
    }

    private static void write(JsonNode value, StringBuilder out) {
        if (value.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            value.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
            String before = "{";
            for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
                out.append(before);
                text(field.getKey(), out);
                out.append(':');
                write(field.getValue(), out);
                before = ",";
            }
            out.append(sorted.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            String before = "[";
            for (JsonNode element : value) {
                out.append(before);
                write(element, out);
                before = ",";
            }
            out.append(value.isEmpty() ? "[]" : "]");
        } else if (value.isTextual()) {
            text(value.textValue(), out);
        } else if (value.isIntegralNumber() && value.canConvertToLong()) {
            out.append(value.longValue());
        } else if (value.isBoolean() || value.isNull()) {
            out.append(value.asText());
        } else {
            throw new IllegalArgumentException("only texts, whole numbers, true, false and null, was " + value);
        }
    }

    private static void text(String text, StringBuilder out) {
        out.append('"');
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            switch (letter) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (letter < 0x20) {
                        out.append(String.format("\\u%04x", (int) letter));
                    } else {
                        out.append(letter);
                    }
                }
            }
        }
        out.append('"');
    }
}
