package org.tocsin.gateway.intake;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tocsin.alert.Alert;

/**
 * To whom and through which channels a sender wants an alert sent: CAP parameters {@value #AUDIENCE} and
 * {@value #CHANNELS} of its infos.
 *
 * @param audiences the names of audiences; one unless the infos contradict each other
 * @param channels names of channels; empty means all
 */
public record Wishes(Set<String> audiences, Set<String> channels) {
    /** Copies the sets. */
    public Wishes {
        audiences = Collections.unmodifiableSet(new LinkedHashSet<>(audiences));
        channels = Set.copyOf(channels);
    }

    /** The valueName of the parameter that names one audience. */
    public static final String AUDIENCE = "tocsin.audience";
    /** The valueName of the parameter that names channels, with commas or blanks between them. */
    public static final String CHANNELS = "tocsin.channels";

    private static final String EVERYBODY = "residents";

    /** What the alert's parameters say; {@code residents} and all channels where they say nothing. */
    public static Wishes of(Alert alert) {
        Set<String> audiences = new LinkedHashSet<>(values(alert, AUDIENCE));
        Set<String> channels = new LinkedHashSet<>();
        for (String list : values(alert, CHANNELS)) {
            List<String> named = Arrays.stream(list.split("[,\\s]+", -1))
                    .filter(channel -> !channel.isEmpty())
                    .toList();
            // A list that names nothing must not pass for none at all, which means every channel.
            channels.addAll(named.isEmpty() ? List.of(list.strip()) : named);
        }
        return new Wishes(audiences.isEmpty() ? Set.of(EVERYBODY) : audiences, channels);
    }

    private static List<String> values(Alert alert, String valueName) {
        return alert.infos().stream()
                .flatMap(info -> info.parameters().stream())
                .filter(parameter -> parameter.valueName().equals(valueName))
                .map(parameter -> parameter.value())
                .filter(value -> !value.isBlank())
                .toList();
    }
}
