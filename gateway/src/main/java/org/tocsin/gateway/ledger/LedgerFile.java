package org.tocsin.gateway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exported ledger: lines of canonical JSON (RFC 8785, whole numbers alone), UTF-8, each ended by a line feed. The
 * first is {@code {"format":"tocsin ledger","from":…,"head":{"hash":…,"sequence":…},"version":1}}, where {@code head}
 * is the last entry of the file; each other one is an entry, in their order.
 */
public final class LedgerFile {
    /** The most entries of one file. */
    public static final long MOST_ENTRIES = 1_000_000;

    /** An entry's fields have at most 1,024 characters each, of at most 6 bytes as JSON. */
    private static final int LONGEST_LINE = 1 << 16;

    private static final int BUFFER = 1 << 16;
    private static final int MOST_TROUBLES = 100;
    private static final String FORMAT = "tocsin ledger";

    private LedgerFile() {}

    /** It is no exported ledger. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String what) {
            super(what);
        }
    }

    /** Who else hears of the entries as they stream by, such as who holds a pack against them. */
    @FunctionalInterface
    public interface Listener {
        /** Takes the next entry, as it stands in the file. */
        void entry(LedgerEntry entry);
    }

    /**
     * What the reading of a ledger found.
     *
     * @param from the number of the first entry
     * @param head where the last file says that it ends
     * @param entries how many entries there are
     * @param troubles what does not fit, in the order of the reading
     * @param matched how many of the seals speak of entries as they are
     * @param confirmedUpTo the number of the last entry that a seal confirms; 0 where none does
     */
    public record Found(
            long from,
            LedgerHead head,
            long entries,
            List<SealCheck.Trouble> troubles,
            int matched,
            long confirmedUpTo) {
        /** Whether a seal confirms at least one of the entries, rather than only what was before them. */
        public boolean isConfirmed() {
            return confirmedUpTo >= from;
        }

        /** Copies the list. */
        public Found {
            troubles = List.copyOf(troubles);
        }
    }

    /**
     * Writes entries as a file's bytes.
     *
     * @param from the first one's number, 1 or more
     * @param head the last one, at most {@link #MOST_ENTRIES} further
     */
    public static void write(Ledger ledger, long from, LedgerHead head, OutputStream to) throws IOException {
        BufferedOutputStream out = new BufferedOutputStream(to, BUFFER);
        ObjectNode first = JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("version", 1)
                .put("from", from);
        first.putObject("head").put("sequence", head.sequence()).put("hash", head.hash());
        line(first, out);
        try {
            ledger.read(from, head.sequence(), entry -> {
                try {
                    line(EntryJson.of(entry), out);
                } catch (IOException full) {
                    throw new UncheckedIOException(full);
                }
            });
        } catch (UncheckedIOException full) {
            throw full.getCause();
        }
        out.flush();
    }

    private static void line(JsonNode json, OutputStream out) throws IOException {
        out.write(CanonicalJson.bytes(json));
        out.write('\n');
    }

    /**
     * Verifies a ledger: that each line is as it must be, that the entries make one chain up to the head, and that they
     * are those that the seals saw.
     *
     * @param parts its files, each with the entries behind those of the one before; at least one
     * @param seals what the entries are held against, fresh
     * @throws Unreadable when one is no exported ledger, or none that goes on where the one before ends
     */
    public static Found verify(List<Path> parts, SealCheck seals, Listener listener) throws IOException, Unreadable {
        Reading reading = new Reading(seals, listener, parts.size() > 1);
        for (Path part : parts) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(part), BUFFER)) {
                reading.read(part, in);
            }
        }
        return reading.end();
    }

    /** One reading of a ledger. */
    private static final class Reading {
        private final SealCheck seals;
        private final Listener listener;
        private final boolean hasParts;
        private final List<SealCheck.Trouble> troubles = new ArrayList<>();
        private @Nullable ChainReader chain;
        private @Nullable LedgerHead head;
        private Verification verified = new Verification(0, List.of());
        private String part = "";
        private long from;
        private long entries;
        private long line;

        Reading(SealCheck seals, Listener listener, boolean hasParts) {
            this.seals = seals;
            this.listener = listener;
            this.hasParts = hasParts;
        }

        void read(Path file, InputStream in) throws IOException, Unreadable {
            part = hasParts ? file + " " : "";
            line = 1;
            byte[] first = line(in);
            JsonNode header = first == null ? null : json(first);
            if (first == null
                    || header == null
                    || !header.path("format").asText().equals(FORMAT)) {
                throw new Unreadable(file + ": the first line is not that of an exported ledger");
            }
            if (header.path("version").asLong() != 1) {
                throw new Unreadable(
                        file + ": version " + header.path("version").asText() + ", known is 1");
            }
            canonical(header, first);
            long start = header.path("from").asLong();
            LedgerHead end = new LedgerHead(
                    header.path("head").path("sequence").asLong(),
                    header.path("head").path("hash").asText());
            if (start < 1 || end.sequence() < start - 1) {
                throw new Unreadable(file + ": the first line names no range of entries");
            }
            LedgerHead before = head;
            if (before == null) {
                from = start;
            } else if (start != before.sequence() + 1) {
                throw new Unreadable(file + ": begins with entry " + start + ", and the part before it ends with "
                        + before.sequence() + "; give the parts in their order, none left out");
            }
            head = end;
            while (true) {
                line++;
                byte[] next = line(in);
                if (next == null) {
                    break;
                }
                JsonNode json = json(next);
                if (json == null || !json.isObject()) {
                    trouble(part + "line " + line, "is no entry");
                    continue;
                }
                canonical(json, next);
                accept(EntryJson.read(json));
            }
            ChainReader reader = chain;
            if (reader == null) {
                // Without an entry nothing is said but where it ends; seals may know that.
                reader = new ChainReader(new LedgerHead(from - 1, end.hash()));
                if (end.sequence() == from - 1) {
                    seals.start(end);
                }
            }
            verified = reader.end(end);
        }

        private void accept(LedgerEntry entry) {
            entries++;
            ChainReader reader = chain;
            if (reader == null) {
                // Of a part, the entry before its first is taken at that one's word; seals may know it.
                LedgerHead before = from == 1 ? LedgerHead.EMPTY : new LedgerHead(from - 1, entry.previousHash());
                reader = new ChainReader(before);
                chain = reader;
                seals.start(before);
            }
            reader.accept(entry);
            seals.accept(entry);
            listener.entry(entry);
        }

        Found end() {
            LedgerHead last = java.util.Objects.requireNonNull(head, "at least one part");
            for (Verification.Fault fault : verified.faults()) {
                trouble("entry " + fault.sequence(), fault.kind().words());
            }
            seals.end(last).forEach(found -> trouble(found.place(), found.what()));
            return new Found(from, last, entries, troubles, seals.matched(), seals.confirmedUpTo());
        }

        private void canonical(JsonNode json, byte[] bytes) {
            byte[] form;
            try {
                form = CanonicalJson.bytes(line == 1 ? json : EntryJson.of(EntryJson.read(json)));
            } catch (IllegalArgumentException unfit) {
                form = new byte[0];
            }
            if (!Arrays.equals(form, bytes)) {
                trouble(part + "line " + line, "is not in the form in which an entry is exported");
            }
        }

        private void trouble(String place, String what) {
            if (troubles.size() < MOST_TROUBLES) {
                troubles.add(new SealCheck.Trouble(place, what));
            }
        }

        /** The next line without its end; null after the last. A line without an end is none of this format. */
        private byte @Nullable [] line(InputStream in) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    if (bytes.size() == 0) {
                        return null;
                    }
                    trouble(part + "line " + line, "has no end: the file is cut");
                    break;
                }
                if (bytes.size() < LONGEST_LINE) {
                    bytes.write(next);
                }
            }
            return bytes.toByteArray();
        }

        private static @Nullable JsonNode json(byte[] line) {
            try {
                JsonNode read = CanonicalJson.read(line);
                return read.isMissingNode() ? null : read;
            } catch (IOException broken) {
                return null;
            }
        }
    }
}
