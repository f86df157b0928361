package org.tocsin.gateway.registry;

import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.registry.PersonTable.Staged;

/**
 * What an import writes down so that it can be undone: in each commit the entries as they were before it, kept with the
 * commit or not at all. Beyond {@link #MOST_BYTES} nothing is written down any more, and what was is let go of.
 *
 * <p>Block 0 is the head; each other block is one kind's entries, in the order of the commits.
 */
final class UndoLog {
    /** The most bytes that all blocks of one import take together. */
    static final long MOST_BYTES = 64L << 20;

    private static final int ROWS = 4096;

    /** What stands at the beginning of the log. */
    record Head(LastImport of, int people, int divisions, int terminals, int blocks, long bytes) {
        byte[] encoded() {
            return Blocks.deflate(out -> {
                out.writeUTF(of.kind());
                out.writeLong(of.at().toEpochMilli());
                out.writeUTF(of.actor());
                out.writeUTF(of.file());
                out.writeInt(of.added());
                out.writeInt(of.changed());
                out.writeInt(people);
                out.writeInt(divisions);
                out.writeInt(terminals);
                out.writeInt(blocks);
                out.writeLong(bytes);
            });
        }

        static Head of(byte[] block) {
            return Blocks.inflate(
                    block,
                    in -> new Head(
                            new LastImport(
                                    in.readUTF(),
                                    Instant.ofEpochMilli(in.readLong()),
                                    in.readUTF(),
                                    in.readUTF(),
                                    in.readInt(),
                                    in.readInt()),
                            in.readInt(),
                            in.readInt(),
                            in.readInt(),
                            in.readInt(),
                            in.readLong()));
        }
    }

    /** The kinds of entries. */
    private enum Entries {
        PEOPLE(0),
        DIVISIONS(1),
        TERMINALS(2),
        AUDIENCES(3);

        /** How it is kept; never changes. */
        private final int code;

        Entries(int code) {
            this.code = code;
        }

        static Entries of(int code) throws IOException {
            for (Entries entries : values()) {
                if (entries.code == code) {
                    return entries;
                }
            }
            throw new IOException("no entries of kind " + code);
        }
    }

    /** Hears of the entries that stood there before, the latest commit's first. */
    interface Reader {
        void person(int number, Staged row);

        void divisions(List<Division> earlier);

        void terminals(List<Terminal> earlier);

        void audiences(List<Audience> earlier);
    }

    private final RegistryView before;
    private final List<byte[]> fresh = new ArrayList<>();
    private LastImport of;
    private int blocks = 1;
    private long bytes;
    private boolean full;

    UndoLog(LastImport of, RegistryView before) {
        this.of = of;
        this.before = before;
    }

    /** Notes the rows of people as they were. */
    void people(PersonTable table, Map<Integer, Staged> changed) {
        // Who came with this import is taken out as a whole.
        int known = before.people().size();
        List<Integer> numbers =
                changed.keySet().stream().filter(number -> number < known).toList();
        for (int from = 0; from < numbers.size(); from += ROWS) {
            List<Integer> some = numbers.subList(from, Math.min(numbers.size(), from + ROWS));
            note(Entries.PEOPLE, some.size(), out -> {
                for (int number : some) {
                    Staged row = table.row(number);
                    out.writeInt(number);
                    out.writeInt(row.village());
                    out.writeInt(row.longitude());
                    out.writeInt(row.latitude());
                    table.write(row.record(), out);
                }
            });
        }
    }

    /** Notes the divisions that will be others. */
    void divisions(Divisions after) {
        List<Division> earlier = new ArrayList<>();
        for (Division division : before.divisions().numbered()) {
            if (!division.equals(after.find(division.code()).orElse(null))) {
                earlier.add(division);
            }
        }
        if (!earlier.isEmpty()) {
            note(Entries.DIVISIONS, earlier.size(), out -> {
                block(out, Blocks.divisions(earlier));
                block(out, Blocks.boundaries(earlier));
            });
        }
    }

    /** Notes the terminals that will be others. */
    void terminals(Terminals after) {
        List<Terminal> earlier = new ArrayList<>();
        for (Terminal terminal : before.terminals().all()) {
            if (!terminal.equals(after.get(terminal.number()))) {
                earlier.add(terminal);
            }
        }
        if (!earlier.isEmpty()) {
            note(Entries.TERMINALS, earlier.size(), out -> block(out, Blocks.terminals(earlier)));
        }
    }

    /** Notes the audiences that will have another title. */
    void audiences(Collection<Audience> after) {
        List<Audience> earlier = new ArrayList<>();
        for (Audience audience : after) {
            Audience known = before.audiences().get(audience.name());
            if (known != null && !known.equals(audience)) {
                earlier.add(known);
            }
        }
        if (!earlier.isEmpty()) {
            note(Entries.AUDIENCES, earlier.size(), out -> block(out, Blocks.words(earlier, List.of())));
        }
    }

    /**
     * What goes with a commit: the head and the new blocks, or the removal of all where it became too much.
     *
     * @param view as it will be
     * @return the head that stands then; null where nothing can be undone
     */
    @Nullable
    Head commit(RegistryView view, List<RegistryStore.Block> to) {
        if (full) {
            fresh.clear();
            remove(blocks, to);
            return null;
        }
        for (byte[] block : fresh) {
            to.add(new RegistryStore.Block(RegistryStore.Kind.UNDO, blocks++, block));
        }
        fresh.clear();
        int added = view.people().size()
                - before.people().size()
                + view.divisions().all().size()
                - before.divisions().all().size()
                + view.terminals().size()
                - before.terminals().size();
        of = new LastImport(of.kind(), of.at(), of.actor(), of.file(), added, of.changed());
        Head head = new Head(
                of,
                before.people().size(),
                before.divisions().all().size(),
                before.terminals().size(),
                blocks,
                bytes);
        to.add(new RegistryStore.Block(RegistryStore.Kind.UNDO, 0, head.encoded()));
        return head;
    }

    /** Adds the removal of a log's blocks to a commit. */
    static void remove(int blocks, List<RegistryStore.Block> to) {
        for (int number = 0; number < blocks; number++) {
            to.add(new RegistryStore.Block(RegistryStore.Kind.UNDO, number, new byte[0]));
        }
    }

    /** Reads one block for the reader. */
    static void read(byte[] block, PersonTable table, Reader reader) {
        Blocks.inflate(block, in -> {
            Entries entries = Entries.of(in.readByte());
            int count = in.readInt();
            switch (entries) {
                case PEOPLE -> {
                    for (int left = count; left > 0; left--) {
                        int number = in.readInt();
                        reader.person(number, table.read(in));
                    }
                }
                case DIVISIONS -> {
                    List<Division> plain = Blocks.divisions(in.readNBytes(in.readInt()));
                    List<org.locationtech.jts.geom.@Nullable Geometry> boundaries =
                            Blocks.boundaries(in.readNBytes(in.readInt()));
                    List<Division> earlier = new ArrayList<>();
                    for (int at = 0; at < plain.size(); at++) {
                        earlier.add(plain.get(at).withBoundary(boundaries.get(at)));
                    }
                    reader.divisions(earlier);
                }
                case TERMINALS -> reader.terminals(Blocks.terminals(in.readNBytes(in.readInt()), 0));
                case AUDIENCES ->
                    reader.audiences(Blocks.words(in.readNBytes(in.readInt())).audiences());
            }
            return count;
        });
    }

    private void note(Entries entries, int count, Blocks.Fields fields) {
        if (full) {
            return;
        }
        byte[] block = Blocks.deflate(out -> {
            out.writeByte(entries.code);
            out.writeInt(count);
            fields.write(out);
        });
        bytes += block.length;
        full = bytes > MOST_BYTES;
        of = new LastImport(of.kind(), of.at(), of.actor(), of.file(), of.added(), of.changed() + count);
        fresh.add(block);
    }

    private static void block(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
