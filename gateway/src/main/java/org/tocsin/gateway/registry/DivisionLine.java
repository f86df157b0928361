package org.tocsin.gateway.registry;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of a divisions file that is right by itself.
 *
 * @param line its number
 * @param division what it says
 */
record DivisionLine(long line, Division division) {
    /** Reads a line, or null after a problem. */
    static @Nullable DivisionLine read(Row row) {
        String code = row.code("code");
        String name = row.required("name", 128);
        String parent = row.optional("parent", 64);
        int residents = row.count("residents");
        String source = row.optional("residentsSource", 256);
        LocalDate date = row.date("residentsDate");
        if (row.isBad()) {
            return null;
        }
        DivisionLevel level = DivisionLevel.of(code);
        if (level == DivisionLevel.PROVINCE && code.startsWith("00")) {
            row.problem("code", code, "no division has this code");
            return null;
        }
        if (parent == null && level.digits() > DivisionLevel.COUNTY.digits()) {
            row.problem("parent", "", "is missing");
            return null;
        }
        if (parent != null && !fits(code, parent)) {
            row.problem("parent", parent, "is not above " + code + ", by its digits");
            return null;
        }
        return new DivisionLine(row.line(), new Division(code, name, parent, residents, source, date, null));
    }

    /**
     * Those whose parents are known, above first; counts all and reports the rest.
     *
     * @param refusedByThemselves the codes of lines that were refused for what they say
     */
    static Collection<Division> accepted(
            Collection<DivisionLine> lines, Set<String> refusedByThemselves, Divisions known, Tally tally) {
        Map<String, Division> accepted = new HashMap<>();
        List<DivisionLine> above = lines.stream()
                .sorted(Comparator.comparing((DivisionLine line) -> line.division.level())
                        .thenComparingLong(DivisionLine::line))
                .toList();
        Set<String> refused = new HashSet<>(refusedByThemselves);
        for (DivisionLine line : above) {
            Division division = line.division;
            String parent = division.parent();
            boolean outside = division.level().digits() <= DivisionLevel.COUNTY.digits();
            if (parent != null
                    && !outside
                    && !accepted.containsKey(parent)
                    && known.find(parent).isEmpty()) {
                refused.add(division.code());
                tally.problem(
                        line.line,
                        "parent",
                        parent,
                        refused.contains(parent)
                                ? "its line in this file was refused; mend that one first"
                                : "no division of this code is known");
                tally.refuse();
                continue;
            }
            Division before = known.find(division.code()).orElse(null);
            Division after = before == null ? division : division.withBoundary(before.boundary());
            accepted.put(division.code(), after);
            tally.accept(
                    before == null
                            ? RegistryWriter.Effect.ADDED
                            : before.equals(after) ? RegistryWriter.Effect.UNCHANGED : RegistryWriter.Effect.UPDATED);
        }
        return accepted.values();
    }

    private static boolean fits(String code, String parent) {
        return Division.isCode(parent)
                && DivisionLevel.of(parent).digits() < DivisionLevel.of(code).digits()
                && code.startsWith(parent.substring(0, DivisionLevel.of(parent).digits()));
    }
}
