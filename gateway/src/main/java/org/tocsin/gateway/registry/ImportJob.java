package org.tocsin.gateway.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way into the registry, as it stands now.
 *
 * @param id names it; nobody can guess it
 * @param kind divisions, boundaries, contacts, audiences or terminals
 * @param file the name that it was given with
 * @param bytes how long it is
 * @param sha256 its hash in lower-case hexadecimal; empty until it was read
 * @param actor the id of who brought it
 * @param at when it was brought
 * @param stage where it is
 * @param lines how many lines are read at this stage
 * @param total how many lines there are, as far as the check told; 0 before
 * @param report what the check, then the import found; null before
 */
public record ImportJob(
        String id,
        String kind,
        String file,
        long bytes,
        String sha256,
        String actor,
        Instant at,
        Stage stage,
        long lines,
        long total,
        @Nullable ImportReport report) {
    /** Where it is. */
    public enum Stage {
        /** It waits for the one before it, or is tried. */
        CHECKING,
        /** It was tried and waits for a word. */
        CHECKED,
        /** It is being imported. */
        IMPORTING,
        /** It is imported. */
        DONE,
        /** The registry was changed since the check: it must be checked again. */
        STALE,
        /** Another import held the registry: try again. */
        BUSY,
        /** It could not be read or kept; what was kept until then can be undone. */
        FAILED;

        /** Whether work on it goes on. */
        public boolean isMoving() {
            return this == CHECKING || this == IMPORTING;
        }
    }

    /** Whether it may be imported: it was checked and at least one line is good. */
    public boolean isReady() {
        return stage == Stage.CHECKED && report != null && report.accepted() > 0 && report.stopped() == null;
    }

    ImportJob at(Stage next, long linesRead) {
        return new ImportJob(id, kind, file, bytes, sha256, actor, at, next, linesRead, total, report);
    }

    ImportJob hashed(String hash) {
        return new ImportJob(id, kind, file, bytes, hash, actor, at, stage, lines, total, report);
    }

    ImportJob reported(Stage next, ImportReport found) {
        return new ImportJob(id, kind, file, bytes, sha256, actor, at, next, found.lines(), found.lines(), found);
    }
}
