package org.tocsin.gateway.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one person: flags, language, key, name, addresses, audiences. Village and position stand elsewhere.
 *
 * <p>Layout: flags (bits 0 to 3: which columns follow, bit 4: a tomb), language's number, then each with its length as
 * a varint: key, name, the columns; then the number of audiences and their numbers. A telephone number of digits is
 * packed two digits a byte.
 */
final class PersonRecord {
    private static final int TOMB = 0x10;
    private static final Column[] COLUMNS = Column.values();

    private PersonRecord() {}

    /** Writes a person's bytes. Not for several threads at once; use one for each writer. */
    static final class Writer {
        private byte[] bytes = new byte[1024];
        private int length;

        /** Writes a person; then {@link #bytes} holds {@link #length} bytes. */
        void write(Person person, Names languages, Names audiences) {
            length = 0;
            int flags = 0;
            for (Column column : COLUMNS) {
                flags |= person.address(column) == null ? 0 : 1 << column.place();
            }
            put(flags);
            put(languages.number(person.language()));
            text(person.key());
            text(person.name());
            for (Column column : COLUMNS) {
                String address = person.address(column);
                if (address == null) {
                    continue;
                }
                if (column == Column.PHONE) {
                    digits(address);
                } else {
                    text(address);
                }
            }
            put(person.audiences().size());
            person.audiences().stream().mapToInt(audiences::number).sorted().forEach(this::put);
        }

        /** Writes a tomb. */
        void writeTomb() {
            length = 0;
            put(TOMB);
            put(0);
            put(0);
            put(0);
            put(0);
        }

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        private void put(int value) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length++] = (byte) value;
        }

        private void text(String text) {
            byte[] encoded = text.getBytes(UTF_8);
            varint(encoded.length);
            for (byte one : encoded) {
                put(one);
            }
        }

        private void digits(String phone) {
            varint(phone.length());
            for (int place = 0; place < phone.length(); place += 2) {
                int high = phone.charAt(place) - '0';
                int low = place + 1 < phone.length() ? phone.charAt(place + 1) - '0' : 0;
                put((high << 4) | low);
            }
        }

        private void varint(int value) {
            int rest = value;
            while (rest > 0x7f) {
                put((rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            put(rest);
        }
    }

    /** Reads one record where it lies; cheap to make. */
    static final class Reader {
        private final byte[] bytes;
        private final int start;
        private int at;

        Reader(byte[] bytes, int start) {
            this.bytes = bytes;
            this.start = start;
        }

        boolean isTomb() {
            return (bytes[start] & TOMB) != 0;
        }

        boolean has(Column column) {
            return (bytes[start] & (1 << column.place())) != 0;
        }

        int language() {
            return bytes[start + 1] & 0xff;
        }

        /** Whether the record is of this key and no tomb. */
        boolean isOf(byte[] key) {
            at = start + 2;
            int length = varint();
            return !isTomb() && Arrays.equals(bytes, at, at + length, key, 0, key.length);
        }

        String key() {
            at = start + 2;
            return text();
        }

        byte[] keyBytes() {
            at = start + 2;
            int length = varint();
            return Arrays.copyOfRange(bytes, at, at + length);
        }

        String name() {
            at = start + 2;
            skip();
            return text();
        }

        @Nullable
        String address(Column wanted) {
            if (!has(wanted)) {
                return null;
            }
            at = start + 2;
            skip();
            skip();
            for (Column column : COLUMNS) {
                if (column == wanted) {
                    break;
                }
                if (has(column)) {
                    skip(column);
                }
            }
            return wanted == Column.PHONE ? digits() : text();
        }

        /** The numbers of the audiences. */
        int[] audiences() {
            toAudiences();
            int[] numbers = new int[bytes[at++] & 0xff];
            for (int place = 0; place < numbers.length; place++) {
                numbers[place] = bytes[at++] & 0xff;
            }
            return numbers;
        }

        /** How many bytes the record has. */
        int length() {
            toAudiences();
            return at + 1 + (bytes[at] & 0xff) - start;
        }

        private void toAudiences() {
            at = start + 2;
            skip();
            skip();
            for (Column column : COLUMNS) {
                if (has(column)) {
                    skip(column);
                }
            }
        }

        private void skip(Column column) {
            int length = varint();
            at += column == Column.PHONE ? (length + 1) / 2 : length;
        }

        private void skip() {
            int length = varint();
            at += length;
        }

        private String text() {
            int length = varint();
            String text = new String(bytes, at, length, UTF_8);
            at += length;
            return text;
        }

        private String digits() {
            int length = varint();
            byte[] digits = new byte[length];
            for (int place = 0; place < length; place++) {
                int two = bytes[at + place / 2] & 0xff;
                digits[place] = (byte) ('0' + (place % 2 == 0 ? two >>> 4 : two & 0xf));
            }
            return new String(digits, ISO_8859_1);
        }

        private int varint() {
            int value = 0;
            int shift = 0;
            while (true) {
                int next = bytes[at++];
                value |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
                shift += 7;
            }
        }
    }
}
