package org.tocsin.gateway.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The import that wrote last to the registry, while it can be undone. Whatever is written after it (another import, an
 * erasure) ends that, so that an undo always leads back to what was there before this one.
 *
 * @param kind divisions, boundaries, contacts, audiences or terminals
 * @param at when it began
 * @param actor the id of who imported
 * @param file the file's name as it was given; empty where none was
 * @param added how many persons, divisions or terminals it brought: an undo takes them out again
 * @param changed how many entries' earlier content is kept: an undo puts it back
 */
public record LastImport(String kind, Instant at, String actor, String file, int added, int changed) {
    /** Cuts the time to milliseconds, as it is kept. */
    public LastImport {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** How long an import can be undone. */
    public static final Duration KEPT = Duration.ofDays(7);

    /** Whether it is still time to undo it. */
    public boolean isOpen(Instant now) {
        return now.isBefore(at.plus(KEPT));
    }
}
