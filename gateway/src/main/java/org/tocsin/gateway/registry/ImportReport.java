package org.tocsin.gateway.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of an import. Each accepted line is kept when the report is there (unless it was a dry run).
 *
 * @param kind divisions, boundaries, contacts, audiences, terminals, operators or ported
 * @param dryRun whether nothing was kept
 * @param lines the lines read, without header and empty ones (features for boundaries)
 * @param accepted the good lines
 * @param added of the accepted, those that brought something new
 * @param updated of the accepted, those that changed something; the rest said what was known
 * @param refused the bad lines, all of them
 * @param problems the first of the bad lines' problems, in file order; a line may have several
 * @param stopped why the rest of the file was not read; null where all of it was
 */
public record ImportReport(
        String kind,
        boolean dryRun,
        long lines,
        long accepted,
        long added,
        long updated,
        long refused,
        List<Problem> problems,
        @Nullable String stopped) {
    /** Copies the problems. */
    public ImportReport {
        problems = List.copyOf(problems);
    }

    /**
     * What is wrong with a line.
     *
     * @param line its number, 1 for the header (for boundaries the feature's number, from 1)
     * @param field the column
     * @param value what stood there, cut to 64 characters, masked where personal
     * @param reason what is wrong, in a sentence's part
     */
    public record Problem(long line, String field, String value, String reason) {}
}
