package org.tocsin.gateway.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Level;

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
}
