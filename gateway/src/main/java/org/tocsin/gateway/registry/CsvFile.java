package org.tocsin.gateway.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a CSV file line by line: UTF-8, a header of known names in any order, a record a line (RFC 4180 otherwise). */
final class CsvFile {
    private static final int PROGRESS_EVERY = 10_000;
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(true)
            .setTrailingData(true)
            .setLenientEof(true)
            .get();

    private final List<String> names;
    private final ImportLimits limits;
    private final Tally tally;
    private final LongConsumer progress;

    CsvFile(List<String> names, ImportLimits limits, Tally tally, LongConsumer progress) {
        this.names = names;
        this.limits = limits;
        this.tally = tally;
        this.progress = progress;
    }

    /** Gives each line that has as many fields as the header; counts the others as refused. */
    void read(InputStream in, Consumer<Row> each) throws IOException {
        LineFilter lines = new LineFilter(in, limits, tally::refuseUnread);
        try (CSVParser parser = FORMAT.parse(lines)) {
            Map<String, Integer> columns = null;
            for (CSVRecord cells : parser) {
                if (columns == null) {
                    columns = header(cells);
                    if (tally.isStopped()) {
                        return;
                    }
                    continue;
                }
                tally.line();
                if (tally.lines() % PROGRESS_EVERY == 0) {
                    progress.accept(tally.lines());
                }
                if (cells.size() != columns.size()) {
                    tally.problem(
                            parser.getCurrentLineNumber(),
                            "line",
                            "",
                            "has " + cells.size() + " fields, the header " + columns.size());
                    tally.refuse();
                    continue;
                }
                each.accept(new Row(parser.getCurrentLineNumber(), cells, columns, tally));
            }
            if (columns == null) {
                tally.problem(1, "header", "", "is missing; wanted: " + String.join(",", names));
                tally.stop("there is no header");
            }
            if (lines.isCut()) {
                tally.stop("the file is longer than " + limits.bytes() + " bytes; the rest was not read");
            }
        }
        progress.accept(tally.lines());
    }

    private Map<String, Integer> header(CSVRecord cells) {
        Map<String, Integer> columns = new HashMap<>();
        for (int place = 0; place < cells.size(); place++) {
            String name = cells.get(place).strip();
            if (!names.contains(name)) {
                tally.problem(1, "header", name, "is no column of this file; wanted: " + String.join(",", names));
                tally.stop("the header is wrong");
            } else if (columns.put(name, place) != null) {
                tally.problem(1, "header", name, "stands there twice");
                tally.stop("the header is wrong");
            }
        }
        for (String name : names) {
            if (!columns.containsKey(name)) {
                tally.problem(1, "header", name, "is missing");
                tally.stop("the header is wrong");
            }
        }
        return columns;
    }
}
