package org.tocsin.gateway.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;
import org.tocsin.alert.Level;
import org.tocsin.alert.Position;

/** The bytes of the registry's blocks and head: a format's number, then deflated fields. */
final class Blocks {
    /** How many people stand in a block. */
    static final int PEOPLE = 512;

    /** How many divisions, boundaries or terminals stand in a block. */
    static final int OTHERS = 256;

    private static final int FORMAT = 1;

    private Blocks() {}

    /** Writes fields. */
    interface Fields {
        void write(DataOutputStream out) throws IOException;
    }

    /** Reads fields. */
    interface Parse<T> {
        T read(DataInputStream in) throws IOException;
    }

    /**
     * What the head says.
     *
     * @param generation the registry's generation
     * @param people how many numbers are in use
     * @param divisions how many divisions there are
     * @param terminals how many terminals there are
     */
    record Head(int generation, int people, int divisions, int terminals) {
        byte[] bytes() {
            return deflate(out -> {
                out.writeInt(generation);
                out.writeInt(people);
                out.writeInt(divisions);
                out.writeInt(terminals);
            });
        }

        static Head of(byte[] bytes) {
            return inflate(bytes, in -> new Head(in.readInt(), in.readInt(), in.readInt(), in.readInt()));
        }
    }

    /** How many blocks hold so many entries. */
    static int count(int entries, int each) {
        return (entries + each - 1) / each;
    }

    static byte[] deflate(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
        bytes.write(FORMAT);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater, 1 << 14))) {
            fields.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    static <T> T inflate(byte[] bytes, Parse<T> fields) {
        if (bytes.length == 0 || bytes[0] != FORMAT) {
            throw new IllegalStateException("the registry is kept in a format that this version does not know");
        }
        try (DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(
                new InflaterInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1)), 1 << 14))) {
            return fields.read(in);
        } catch (IOException damaged) {
            throw new IllegalStateException("a block of the registry is damaged", damaged);
        }
    }

    static byte[] divisions(List<Division> divisions) {
        return deflate(out -> {
            out.writeInt(divisions.size());
            for (Division division : divisions) {
                out.writeUTF(division.code());
                out.writeUTF(division.name());
                optional(out, division.parent());
                out.writeInt(division.residents());
                optional(out, division.residentsSource());
                LocalDate date = division.residentsDate();
                optional(out, date == null ? null : date.toString());
            }
        });
    }

    static List<Division> divisions(byte[] block) {
        return inflate(block, in -> {
            int count = in.readInt();
            List<Division> divisions = new ArrayList<>(count);
            for (int place = 0; place < count; place++) {
                String code = in.readUTF();
                String name = in.readUTF();
                String parent = optional(in);
                int residents = in.readInt();
                String source = optional(in);
                String date = optional(in);
                divisions.add(new Division(
                        code, name, parent, residents, source, date == null ? null : LocalDate.parse(date), null));
            }
            return divisions;
        });
    }

    static byte[] boundaries(List<Division> divisions) {
        return deflate(out -> {
            WKBWriter writer = new WKBWriter();
            out.writeInt(divisions.size());
            for (Division division : divisions) {
                Geometry boundary = division.boundary();
                byte[] wkb = boundary == null ? new byte[0] : writer.write(boundary);
                out.writeInt(wkb.length);
                out.write(wkb);
            }
        });
    }

    static List<@Nullable Geometry> boundaries(byte[] block) {
        return inflate(block, in -> {
            WKBReader reader = new WKBReader();
            int count = in.readInt();
            List<@Nullable Geometry> boundaries = new ArrayList<>(count);
            for (int place = 0; place < count; place++) {
                byte[] wkb = in.readNBytes(in.readInt());
                try {
                    boundaries.add(wkb.length == 0 ? null : reader.read(wkb));
                } catch (ParseException damaged) {
                    throw new IOException(damaged);
                }
            }
            return boundaries;
        });
    }

    static byte[] terminals(List<Terminal> terminals) {
        return deflate(out -> {
            out.writeInt(terminals.size());
            for (Terminal terminal : terminals) {
                out.writeUTF(terminal.code());
                out.writeUTF(terminal.kind());
                out.writeInt(terminal.village());
                Position position = terminal.position();
                out.writeDouble(position == null ? Double.NaN : position.longitude());
                out.writeDouble(position == null ? Double.NaN : position.latitude());
                out.writeUTF(terminal.owner());
                out.writeInt(terminal.serves());
                int levels = 0;
                for (Level level : terminal.sharedLevels()) {
                    levels |= 1 << level.lane();
                }
                out.writeByte(levels);
                SharedHours hours = terminal.sharedHours();
                out.writeShort(hours == null ? -1 : hours.from().toSecondOfDay() / 60);
                out.writeShort(hours == null ? -1 : hours.to().toSecondOfDay() / 60);
                out.writeBoolean(terminal.probe());
            }
        });
    }

    static List<Terminal> terminals(byte[] block, int first) {
        return inflate(block, in -> {
            int count = in.readInt();
            List<Terminal> terminals = new ArrayList<>(count);
            for (int place = 0; place < count; place++) {
                String code = in.readUTF();
                String kind = in.readUTF();
                int village = in.readInt();
                double longitude = in.readDouble();
                double latitude = in.readDouble();
                Position position = Double.isNaN(longitude) ? null : new Position(latitude, longitude);
                String owner = in.readUTF();
                int serves = in.readInt();
                int bits = in.readByte();
                Set<Level> levels = EnumSet.noneOf(Level.class);
                for (Level level : Level.values()) {
                    if ((bits & 1 << level.lane()) != 0) {
                        levels.add(level);
                    }
                }
                short from = in.readShort();
                short to = in.readShort();
                SharedHours hours = from < 0 ? null : new SharedHours(time(from), time(to));
                terminals.add(new Terminal(
                        first + place, code, kind, village, position, owner, serves, levels, hours, in.readBoolean()));
            }
            return terminals;
        });
    }

    private static LocalTime time(int minutes) {
        return LocalTime.ofSecondOfDay(60L * minutes);
    }

    /** The one block of words: audiences with titles, then languages. */
    static byte[] words(List<Audience> audiences, List<String> languages) {
        return deflate(out -> {
            out.writeInt(audiences.size());
            for (Audience audience : audiences) {
                out.writeUTF(audience.name());
                out.writeUTF(audience.title());
            }
            out.writeInt(languages.size());
            for (String language : languages) {
                out.writeUTF(language);
            }
        });
    }

    /**
     * Words.
     *
     * @param audiences by number
     * @param languages by number
     */
    record Words(List<Audience> audiences, List<String> languages) {}

    static Words words(byte[] block) {
        return inflate(block, in -> {
            List<Audience> audiences = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                audiences.add(new Audience(in.readUTF(), in.readUTF()));
            }
            List<String> languages = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                languages.add(in.readUTF());
            }
            return new Words(audiences, languages);
        });
    }

    /** The rows of a block of people, as {@code table} reads them. */
    static byte[] people(PersonTable table, Iterable<PersonTable.Staged> rows) {
        return deflate(out -> {
            for (PersonTable.Staged row : rows) {
                out.writeInt(row.village());
                out.writeInt(row.longitude());
                out.writeInt(row.latitude());
                table.write(row.record(), out);
            }
        });
    }

    private static void optional(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String optional(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
