package org.tocsin.gateway.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The table of operators that this county uses: its own imported one, else the {@link Operators#standard} one. An
 * import replaces a table as a whole. Any thread.
 */
public final class OperatorBook {
    /** The header of the segments' file. */
    public static final List<String> SEGMENTS = List.of("prefix", "operator");

    /** The header of the ported numbers' file. */
    public static final List<String> PORTED = List.of("number", "operator");

    private static final int MOST_SEGMENTS = 100_000;
    private static final int MOST_OPERATORS = 100;

    private final OperatorStore store;
    private final ImportLimits limits;
    private @Nullable Operators known;
    private String version = "";

    /** Reads and keeps there. */
    public OperatorBook(OperatorStore store, ImportLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** The table as it is kept now. Asks the store whether it has changed; blocks. */
    public synchronized Operators current() {
        String now = store.version();
        Operators table = known;
        if (table == null || !now.equals(version)) {
            table = store.find().map(Operators::decode).orElseGet(Operators::standard);
            known = table;
            version = now;
        }
        return table;
    }

    /** Imports segments in place of those that were known. */
    public synchronized ImportReport segments(InputStream csv, boolean dryRun) throws IOException {
        Tally tally = new Tally("operators", dryRun, limits.problems());
        Map<String, String> before = current().segments();
        Map<String, String> given = new TreeMap<>();
        Set<String> operators = new HashSet<>();
        new CsvFile(SEGMENTS, limits, tally, lines -> {}).read(csv, row -> {
            String prefix = row.required("prefix", 16);
            String operator = operator(row);
            if (!prefix.isEmpty() && !Operators.SEGMENT.matcher(prefix).matches()) {
                row.problem("prefix", prefix, "must be 3 to 12 digits with the country's code, such as 86139");
            } else if (given.containsKey(prefix)) {
                row.problem("prefix", prefix, "stands in the file twice");
            } else if (given.size() >= MOST_SEGMENTS) {
                row.problem("prefix", prefix, "more than " + MOST_SEGMENTS + " segments");
            }
            take(row, tally, prefix, operator, operators, given, before);
        });
        if (!dryRun && !tally.isStopped() && !given.isEmpty()) {
            keep(current().withSegments(given));
        }
        return tally.report();
    }

    /** Imports ported numbers in place of those that were known. */
    public synchronized ImportReport ported(InputStream csv, boolean dryRun) throws IOException {
        Tally tally = new Tally("ported", dryRun, limits.problems());
        Map<Long, String> given = new HashMap<>();
        Set<String> operators = new HashSet<>();
        new CsvFile(PORTED, limits, tally, lines -> {}).read(csv, row -> {
            String text = row.required("number", 32);
            String operator = operator(row);
            String number = text.isEmpty() ? null : PhoneNumber.normal(text);
            if (number == null && !text.isEmpty()) {
                row.problem("number", text, "is no telephone number");
            } else if (given.size() >= Operators.MOST_PORTED) {
                row.problem("number", text, "more than " + Operators.MOST_PORTED + " ported numbers");
            }
            Long key = number == null ? Long.valueOf(0) : Long.valueOf(number);
            take(row, tally, key, operator, operators, given, Map.of());
        });
        // A good header without numbers takes the former ones away; a wrong one changes nothing.
        if (!dryRun && !tally.isStopped()) {
            keep(current().withPorted(given));
        }
        return tally.report();
    }

    private static <K> void take(
            Row row,
            Tally tally,
            K key,
            String operator,
            Set<String> operators,
            Map<K, String> given,
            Map<K, String> before) {
        if (!row.isBad() && operators.add(operator) && operators.size() > MOST_OPERATORS) {
            row.problem("operator", operator, "more than " + MOST_OPERATORS + " operators");
        }
        if (row.isBad()) {
            tally.refuse();
            return;
        }
        given.put(key, operator);
        String known = before.get(key);
        tally.accept(
                known == null
                        ? RegistryWriter.Effect.ADDED
                        : known.equals(operator) ? RegistryWriter.Effect.UNCHANGED : RegistryWriter.Effect.UPDATED);
    }

    private static String operator(Row row) {
        String operator = row.required("operator", 32);
        if (!operator.isEmpty() && !Operators.WORD.matcher(operator).matches()) {
            row.problem("operator", operator, "must be a word of small letters, digits and dashes, such as mobile");
        }
        return operator;
    }

    private void keep(Operators table) {
        store.keep(table.encode());
        known = null;
    }
}
