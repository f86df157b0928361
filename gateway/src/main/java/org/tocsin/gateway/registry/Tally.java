package org.tocsin.gateway.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what an import does, and collects its problems up to a limit. One thread. */
final class Tally {
    private static final int LONGEST_VALUE = 64;
    private static final Set<String> PERSONAL =
            Set.of("personKey", "name", "phone", "openid", "appToken", "email", "longitude", "latitude");

    private final String kind;
    private final boolean dryRun;
    private final int most;
    private final List<ImportReport.Problem> problems = new ArrayList<>();
    private long lines;
    private long accepted;
    private long added;
    private long updated;
    private long refused;
    private @Nullable String stopped;

    Tally(String kind, boolean dryRun, int most) {
        this.kind = kind;
        this.dryRun = dryRun;
        this.most = most;
    }

    /** Notes a problem of a line's field; values of contacts are masked where they are personal. */
    void problem(long line, String field, String value, String reason) {
        if (problems.size() < most) {
            boolean mask = (kind.equals("contacts") && PERSONAL.contains(field))
                    || (kind.equals("ported") && field.equals("number"));
            problems.add(new ImportReport.Problem(line, field, mask ? masked(value) : cut(value), reason));
        }
    }

    /** Counts a line that was left out before it could be read. */
    void refuseUnread(long line, String value, String reason) {
        if (line == 1) {
            stop("the header cannot be read");
        } else {
            lines++;
            refused++;
        }
        problem(line, "line", value, reason);
    }

    void line() {
        lines++;
    }

    void refuse() {
        refused++;
    }

    void accept(RegistryWriter.Effect effect) {
        accepted++;
        switch (effect) {
            case ADDED -> added++;
            case UPDATED -> updated++;
            case UNCHANGED -> {}
        }
    }

    void stop(String reason) {
        if (stopped == null) {
            stopped = reason;
        }
    }

    boolean isStopped() {
        return stopped != null;
    }

    long lines() {
        return lines;
    }

    ImportReport report() {
        problems.sort(Comparator.comparingLong(ImportReport.Problem::line));
        return new ImportReport(kind, dryRun, lines, accepted, added, updated, refused, problems, stopped);
    }

    private static String cut(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…";
    }

    /** Leaves two characters at each end of long values, nothing of short ones. */
    private static String masked(String value) {
        if (value.length() < 7) {
            return "*".repeat(value.length());
        }
        int stars = Math.min(value.length() - 4, LONGEST_VALUE - 4);
        return value.substring(0, 2) + "*".repeat(stars) + value.substring(value.length() - 2);
    }
}
