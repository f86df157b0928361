package org.tocsin.gateway.report.export;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that is made in the background, as it stands at a moment. Immutable.
 *
 * @param id its name: 32 hexadecimal digits that nobody can guess
 * @param owner the id of the principal who asked; nobody else sees it
 * @param order what was asked for, by parameter
 * @param fileName what the file is called for who fetches it
 * @param mediaType its media type
 * @param state how far it is
 * @param progress 0 to 1
 * @param created when it was asked for
 * @param ended when it was done, failed or lost; null before
 * @param bytes how long the file is; 0 before it is done
 * @param sha256 its hash, 64 hexadecimal digits; empty before it is done
 * @param problem why there is no file, for people; empty where nothing is wrong
 */
public record ExportJob(
        String id,
        String owner,
        Map<String, String> order,
        String fileName,
        String mediaType,
        State state,
        double progress,
        Instant created,
        @Nullable Instant ended,
        long bytes,
        String sha256,
        String problem) {
    /** How far it is. */
    public enum State {
        /** Waits for its turn. */
        WAITING,
        /** Is being made. */
        RUNNING,
        /** The file is there. */
        DONE,
        /** Could not be made. */
        FAILED,
        /** The gateway ended before it was made: ask again. */
        LOST;

        /** The word for it in answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether nothing more comes of it. */
        public boolean isOver() {
            return this == DONE || this == FAILED || this == LOST;
        }
    }

    /** Copies the order. */
    public ExportJob {
        order = Map.copyOf(order);
    }

    ExportJob running(double done) {
        return new ExportJob(id, owner, order, fileName, mediaType, State.RUNNING, done, created, null, 0, "", "");
    }

    ExportJob done(Instant at, long length, String hash) {
        return new ExportJob(id, owner, order, fileName, mediaType, State.DONE, 1, created, at, length, hash, "");
    }

    ExportJob without(State end, Instant at, String why) {
        return new ExportJob(id, owner, order, fileName, mediaType, end, progress, created, at, 0, "", why);
    }
}
