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
     * What the reading of a file found.
     *
     * @param from the number of the first entry
     * @param head where the file says that it ends
     * @param entries how many entries it has
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
     * Verifies a file: that each line is as it must be, that the entries make one chain up to the head, and that they
     * are those that the seals saw.
     *
     * @param seals what the entries are held against, fresh
     * @throws Unreadable when it is no exported ledger
     */
    public static Found verify(Path file, SealCheck seals, Listener listener) throws IOException, Unreadable {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            return new Reading(seals, listener).read(in);
        }
    }

    /** One reading of one file. */
    private static final class Reading {
        private final SealCheck seals;
        private final Listener listener;
        private final List<SealCheck.Trouble> troubles = new ArrayList<>();
        private @Nullable ChainReader chain;
        private long entries;
        private long line = 1;

        Reading(SealCheck seals, Listener listener) {
            this.seals = seals;
            this.listener = listener;
        }

        Found read(InputStream in) throws IOException, Unreadable {
            byte[] first = line(in);
            JsonNode header = first == null ? null : json(first);
            if (first == null
                    || header == null
                    || !header.path("format").asText().equals(FORMAT)) {
                throw new Unreadable("the first line is not that of an exported ledger");
            }
            if (header.path("version").asLong() != 1) {
                throw new Unreadable("version " + header.path("version").asText() + ", known is 1");
            }
            canonical(header, first);
            long from = header.path("from").asLong();
            LedgerHead head = new LedgerHead(
                    header.path("head").path("sequence").asLong(),
                    header.path("head").path("hash").asText());
            if (from < 1 || head.sequence() < from - 1) {
                throw new Unreadable("the first line names no range of entries");
            }
            while (true) {
                line++;
                byte[] next = line(in);
                if (next == null) {
                    break;
                }
                JsonNode json = json(next);
                if (json == null || !json.isObject()) {
                    trouble("line " + line, "is no entry");
                    continue;
                }
                canonical(json, next);
                accept(EntryJson.read(json), from);
            }
            return end(from, head);
        }

        private void accept(LedgerEntry entry, long from) {
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

        private Found end(long from, LedgerHead head) {
            ChainReader reader = chain == null ? new ChainReader(new LedgerHead(from - 1, head.hash())) : chain;
            Verification verified = reader.end(head);
            for (Verification.Fault fault : verified.faults()) {
                trouble("entry " + fault.sequence(), fault.kind().words());
            }
            seals.end(head).forEach(found -> trouble(found.place(), found.what()));
            return new Found(from, head, entries, troubles, seals.matched(), seals.confirmedUpTo());
        }

        private void canonical(JsonNode json, byte[] bytes) {
            byte[] form;
            try {
                form = CanonicalJson.bytes(line == 1 ? json : EntryJson.of(EntryJson.read(json)));
            } catch (IllegalArgumentException unfit) {
                form = new byte[0];
            }
            if (!Arrays.equals(form, bytes)) {
                trouble("line " + line, "is not in the form in which an entry is exported");
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
                    trouble("line " + line, "has no end: the file is cut");
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
