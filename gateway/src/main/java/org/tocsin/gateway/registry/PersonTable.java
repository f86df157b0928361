package org.tocsin.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.tocsin.alert.Position;

/**
 * The people's columns: village, position, address of the record. One thread writes; any thread reads the numbers that
 * a view has shown it. About 100 bytes a person.
 */
final class PersonTable {
    /** A coordinate that is not known. */
    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final int CHUNK_BITS = 14;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final double SCALE = 1e7;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    private final Names languages;
    private final Names audiences;
    private final BytePool pool = new BytePool();
    private final KeyIndex keys = new KeyIndex((number, key) -> record(number).isOf(key));
    private final PositionBoxes boxes = new PositionBoxes();
    private volatile int[][] columns = new int[0][];
    private int size;

    PersonTable(Names languages, Names audiences) {
        this.languages = languages;
        this.audiences = audiences;
    }

    /** How many numbers are taken; the writer's own, ahead of what views show. */
    int size() {
        return size;
    }

    /** Appends a person. */
    int add(byte[] key, Staged row) {
        int number = addTomb(row);
        keys.add(key, number);
        return number;
    }

    /** Appends a row that no key leads to. */
    int addTomb(Staged row) {
        int number = size;
        if (number >>> CHUNK_BITS == columns.length) {
            int[][] more = Arrays.copyOf(columns, columns.length + 1);
            more[more.length - 1] = new int[4 * CHUNK];
            columns = more;
        }
        size = number + 1;
        set(number, row);
        return number;
    }

    /** Replaces what is kept under a number. */
    void set(int number, Staged row) {
        if (row.isPositioned()) {
            boxes.include(number, row.longitude, row.latitude);
        }
        int[] chunk = columns[number >>> CHUNK_BITS];
        int place = 4 * (number & (CHUNK - 1));
        INTS.setRelease(chunk, place, row.village);
        INTS.setRelease(chunk, place + 1, row.longitude);
        INTS.setRelease(chunk, place + 2, row.latitude);
        INTS.setRelease(chunk, place + 3, row.record);
    }

    /** Forgets the numbers from this one up, which no view has shown. */
    void truncate(int first) {
        if (size > first) {
            keys.forgetFrom(first);
            size = first;
        }
    }

    /** Puts a record's bytes into the pool. */
    int keep(PersonRecord.Writer writer) {
        return pool.append(writer.bytes(), writer.length());
    }

    int find(String key) {
        return keys.find(key.getBytes(UTF_8));
    }

    int find(byte[] key) {
        return keys.find(key);
    }

    /** What is kept under a number, as a row. */
    Staged row(int number) {
        return new Staged(village(number), longitude(number), latitude(number), get(number, 3));
    }

    int village(int number) {
        return get(number, 0);
    }

    int longitude(int number) {
        return get(number, 1);
    }

    int latitude(int number) {
        return get(number, 2);
    }

    /** A box that holds all positions of the block that begins with the number; null where none is known. */
    @Nullable
    Envelope around(int first) {
        return boxes.around(first);
    }

    PersonRecord.Reader record(int number) {
        return read(get(number, 3));
    }

    PersonRecord.Reader read(int address) {
        return new PersonRecord.Reader(pool.chunk(address), BytePool.place(address));
    }

    /** Whether two records hold the same bytes. */
    boolean sameRecord(int address, PersonRecord.Writer writer) {
        byte[] chunk = pool.chunk(address);
        int start = BytePool.place(address);
        int length = new PersonRecord.Reader(chunk, start).length();
        return Arrays.equals(chunk, start, start + length, writer.bytes(), 0, writer.length());
    }

    /** The person of a row. */
    Person person(Staged row) {
        PersonRecord.Reader record = read(row.record);
        Set<String> names = new HashSet<>();
        for (int audience : record.audiences()) {
            names.add(audiences.word(audience));
        }
        return new Person(
                record.key(),
                record.name(),
                row.village,
                record.address(Column.PHONE),
                record.address(Column.OPENID),
                record.address(Column.APP_TOKEN),
                record.address(Column.EMAIL),
                languages.word(record.language()),
                row.position(),
                names);
    }

    /** Writes a record with its length before it. */
    void write(int address, DataOutputStream out) throws IOException {
        byte[] chunk = pool.chunk(address);
        int start = BytePool.place(address);
        int length = new PersonRecord.Reader(chunk, start).length();
        out.writeShort(length);
        out.write(chunk, start, length);
    }

    /** Reads a block of people and appends them. */
    void append(byte[] block, int count) {
        byte[] record = new byte[BytePool.LONGEST];
        Blocks.inflate(block, in -> {
            for (int left = count; left > 0; left--) {
                Staged row = read(in, record);
                PersonRecord.Reader reader = read(row.record);
                if (reader.isTomb()) {
                    addTomb(row);
                } else {
                    add(reader.keyBytes(), row);
                }
            }
            return count;
        });
    }

    /** Reads a row as a block of people has it, and puts its record into the pool. */
    Staged read(DataInputStream in) throws IOException {
        return read(in, new byte[BytePool.LONGEST]);
    }

    private Staged read(DataInputStream in, byte[] record) throws IOException {
        int village = in.readInt();
        int longitude = in.readInt();
        int latitude = in.readInt();
        int length = in.readUnsignedShort();
        in.readFully(record, 0, length);
        return new Staged(village, longitude, latitude, pool.append(record, length));
    }

    Names languages() {
        return languages;
    }

    Names audiences() {
        return audiences;
    }

    BytePool pool() {
        return pool;
    }

    static double degrees(int coordinate) {
        return coordinate == UNKNOWN ? Double.NaN : coordinate / SCALE;
    }

    static int coordinate(double degrees) {
        return (int) Math.round(degrees * SCALE);
    }

    private int get(int number, int column) {
        return (int) INTS.getAcquire(columns[number >>> CHUNK_BITS], 4 * (number & (CHUNK - 1)) + column);
    }

    /**
     * A person's row.
     *
     * @param village the home village
     * @param longitude in 1e-7 degrees, or {@link #UNKNOWN}
     * @param latitude in 1e-7 degrees, or {@link #UNKNOWN}
     * @param record the record's address in the pool
     */
    record Staged(int village, int longitude, int latitude, int record) {
        static Staged of(int village, @Nullable Position position, int record) {
            return new Staged(
                    village,
                    position == null ? UNKNOWN : coordinate(position.longitude()),
                    position == null ? UNKNOWN : coordinate(position.latitude()),
                    record);
        }

        boolean isPositioned() {
            return longitude != UNKNOWN;
        }

        @Nullable
        Position position() {
            return isPositioned() ? new Position(degrees(latitude), degrees(longitude)) : null;
        }
    }
}
