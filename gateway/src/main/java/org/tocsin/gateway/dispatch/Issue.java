package org.tocsin.gateway.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Level;
import org.tocsin.gateway.approval.Warning;

/**
 * One signed issue of a warning, as dispatch needs it.
 *
 * @param id the issue's id
 * @param warning the id of the warning's first issue; the same as {@code id} for an Alert
 * @param predecessors the ids of all earlier issues of the warning, oldest first
 * @param alert what it says
 * @param level its level
 * @param audience whom it is for: {@code residents}, or an audience of the registry
 * @param channels which channels to use; empty means all that have a link
 * @param expires after which it must not be sent any more
 */
public record Issue(
        String id,
        String warning,
        List<String> predecessors,
        Alert alert,
        Level level,
        String audience,
        Set<String> channels,
        Instant expires) {
    /** Copies the collections. */
    public Issue {
        predecessors = List.copyOf(predecessors);
        channels = Set.copyOf(channels);
    }

    /** For how long a warning that names no end may be sent after it was signed. */
    public static final Duration WITHOUT_END = Duration.ofHours(24);

    /**
     * The issue that a signed warning is.
     *
     * @param warning the warning
     * @param predecessors the ids of all earlier issues, oldest first
     * @param otherwise which channels to use where the warning names none
     */
    public static Issue of(Warning warning, List<String> predecessors, Set<String> otherwise) {
        Instant end = warning.expires();
        Instant signed = warning.signed();
        Instant from = signed == null ? warning.created() : signed;
        return new Issue(
                warning.id(),
                warning.root(),
                predecessors,
                warning.alert(),
                warning.level(),
                warning.audience(),
                warning.channels().isEmpty() ? otherwise : warning.channels(),
                end == null ? from.plus(WITHOUT_END) : end);
    }
}
