package org.tocsin.gateway.report.paper;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a document can be written as. */
public enum PaperFormat {
    /** For people: on A4, fonts embedded. */
    PDF("application/pdf") {
        @Override
        public void write(Paper paper, @Nullable String table, OutputStream out) throws IOException {
            new PaperPdf(PdfFonts.shared()).write(paper, out);
        }
    },
    /** For work: a sheet each table, numbers as numbers. */
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") {
        @Override
        public void write(Paper paper, @Nullable String table, OutputStream out) throws IOException {
            PaperXlsx.write(paper, out);
        }
    },
    /** For work: one table. */
    CSV("text/csv; charset=utf-8") {
        @Override
        public void write(Paper paper, @Nullable String table, OutputStream out) throws IOException {
            Grid grid = (table == null ? paper.grids().stream().findFirst() : paper.grid(table))
                    .orElseThrow(() -> new IllegalArgumentException("there is no table " + table));
            PaperCsv.write(grid, out);
        }
    };

    private final String mediaType;

    PaperFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Its media type. */
    public String mediaType() {
        return mediaType;
    }

    /** The word for it, which is a file's ending too. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of a word, or empty where there is none. */
    public static Optional<PaperFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst();
    }

    /**
     * Writes a document; blocking. The stream stays open. Any thread.
     *
     * @param paper the document
     * @param table the key of the one table that is wanted, where the format holds only one; null for the first
     * @param out where it goes
     * @throws IllegalArgumentException when there is no such table
     */
    public abstract void write(Paper paper, @Nullable String table, OutputStream out) throws IOException;
}
