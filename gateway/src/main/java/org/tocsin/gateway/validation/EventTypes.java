package org.tocsin.gateway.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tocsin.alert.Info;
import org.tocsin.alert.NamedValue;

/**
 * The 5-character event codes of Chinese public warning and their names.
 *
 * <p>Immutable. The table that comes with the gateway, {@code event-types.csv}, holds the codes of the 2016 draft of
 * the emergency-broadcast interface (its appendix B) and, marked {@code field}, those that were seen in running systems
 * besides.
 */
public final class EventTypes {
    private static final String TABLE = "event-types.csv";

    private final Map<String, String> names;

    /**
     * Makes a table.
     *
     * @param names Chinese names by code
     */
    public EventTypes(Map<String, String> names) {
        this.names = Map.copyOf(names);
    }

    /**
     * The table that comes with the gateway.
     *
     * @throws UncheckedIOException when the gateway's own file cannot be read
     */
    public static EventTypes standard() {
        try (InputStream in = Objects.requireNonNull(EventTypes.class.getResourceAsStream(TABLE), TABLE)) {
            Map<String, String> names = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .forEach(fields -> names.put(fields[0], fields[1]));
            return new EventTypes(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Chinese name of a code, or empty where the table lacks it. */
    public Optional<String> name(String code) {
        return Optional.ofNullable(names.get(code));
    }

    /** How many codes there are. */
    public int size() {
        return names.size();
    }

    /**
     * The known event of an info: its first eventCode that stands under an accepted valueName and is in the table.
     *
     * @param info whose event
     * @param valueNames accepted names, compared without case; empty means any
     */
    public Optional<String> eventOf(Info info, Set<String> valueNames) {
        return codes(info, valueNames).stream().filter(names::containsKey).findFirst();
    }

    static List<String> codes(Info info, Set<String> valueNames) {
        return info.eventCodes().stream()
                .filter(code ->
                        valueNames.isEmpty() || valueNames.stream().anyMatch(code.valueName()::equalsIgnoreCase))
                .map(NamedValue::value)
                .toList();
    }
}
