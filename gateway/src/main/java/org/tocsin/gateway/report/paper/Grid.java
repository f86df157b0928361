package org.tocsin.gateway.report.paper;

import java.util.List;

/**
 * A table.
 *
 * @param key its name for programs: small letters
 * @param title its name for people; a sheet's name in a workbook
 * @param columns from left to right
 * @param rows each with a cell for each column
 * @param totals how many of the last rows are totals
 * @param onPaper how many rows stand on paper at most, totals not counted; what is left out is said. 0 where it is for
 *     work alone
 * @param note what has to be known to read it; empty for nothing
 */
public record Grid(
        String key, String title, List<Column> columns, List<List<Cell>> rows, int totals, int onPaper, String note)
        implements Part {
    /**
     * A column.
     *
     * @param title what stands at its head; may have line breaks
     * @param weight how wide it is beside the others
     * @param onPaper whether it stands on paper too
     */
    public record Column(String title, float weight, boolean onPaper) {
        /** A column that stands on paper too. */
        public Column(String title, float weight) {
            this(title, weight, true);
        }

        /** A column for work, which has no room on paper. */
        public static Column forWork(String title) {
            return new Column(title, 1.6f, false);
        }

        /** Its title in one line. */
        public String heading() {
            return title.replace("\n", "");
        }
    }

    /** Copies the lists; refuses rows of another length. */
    public Grid {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        key + " has a row of " + row.size() + " cells for " + columns.size() + " columns");
            }
        }
    }

    /** The same, on no page. */
    public Grid forWork() {
        return new Grid(key, title, columns, rows, totals, 0, note);
    }

    /** The rows that are no totals. */
    public List<List<Cell>> body() {
        return rows.subList(0, rows.size() - totals);
    }
}
