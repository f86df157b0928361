package org.tocsin.gateway.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which operator serves a telephone number: by the segment that it belongs to, unless the number was ported. Immutable;
 * may be used by any thread.
 *
 * <p>Numbers and segments are digits with the country's code, without plus, as {@link PhoneNumber} makes them.
 */
public final class Operators {
    /** What a number is said to have that no segment knows. */
    public static final String UNKNOWN = "";

    /** The most ported numbers that a table takes. */
    public static final int MOST_PORTED = 5_000_000;

    static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    static final Pattern SEGMENT = Pattern.compile("[1-9][0-9]{2,11}");
    private static final String DEFAULT_TABLE = "/operators-cn.csv";
    private static final int VERSION = 1;
    private static final int LONGEST = 12;
    /** Six digits: 86 and the first four of a Chinese mobile number. */
    private static final int DIGITS = 6;

    private static final int TABLE = 1_000_000;

    private final SortedMap<String, String> segments;
    private final String[] bySegment;
    private final Map<Long, String> wide;
    private final List<String> names;
    private final long[] ported;
    private final byte[] to;

    private Operators(SortedMap<String, String> segments, List<String> names, long[] ported, byte[] to) {
        this.segments = segments;
        this.names = names;
        this.ported = ported;
        this.to = to;
        // Segments of the usual length lie in an array, so that a county is looked up in a moment.
        this.bySegment = new String[TABLE];
        this.wide = new HashMap<>();
        segments.forEach((segment, operator) -> {
            if (segment.length() <= DIGITS) {
                int first = Integer.parseInt(segment);
                int width = 1;
                for (int more = segment.length(); more < DIGITS; more++) {
                    first *= 10;
                    width *= 10;
                }
                // Shorter ones come first in the map's order, longer ones lie over them.
                Arrays.fill(bySegment, first, first + width, operator);
            } else {
                wide.put(key(segment, segment.length()), operator);
            }
        });
    }

    /** China's segments as this gateway knows them; see the table's own words on its source. */
    public static Operators standard() {
        try (InputStream in = Objects.requireNonNull(Operators.class.getResourceAsStream(DEFAULT_TABLE))) {
            SortedMap<String, String> segments = new TreeMap<>();
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#") && !line.startsWith("prefix,") && !line.isBlank()) {
                    String[] cells = line.split(",", -1);
                    segments.put(cells[0].strip(), cells[1].strip());
                }
            }
            return new Operators(segments, List.of(), new long[0], new byte[0]);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The same ported numbers with other segments. */
    public Operators withSegments(Map<String, String> others) {
        return new Operators(new TreeMap<>(others), names, ported, to);
    }

    /**
     * The same segments with other ported numbers.
     *
     * @param numbers the operator by number
     */
    public Operators withPorted(Map<Long, String> numbers) {
        List<String> words = new ArrayList<>(new java.util.TreeSet<>(numbers.values()));
        long[] sorted =
                numbers.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        byte[] places = new byte[sorted.length];
        for (int at = 0; at < sorted.length; at++) {
            places[at] = (byte) words.indexOf(numbers.get(sorted[at]));
        }
        return new Operators(segments, List.copyOf(words), sorted, places);
    }

    /** The operator of a number; {@link #UNKNOWN} where nothing says it. */
    public String of(String number) {
        if (ported.length > 0) {
            int at = Arrays.binarySearch(ported, key(number, number.length()));
            if (at >= 0) {
                return names.get(to[at] & 0xff);
            }
        }
        for (int length = Math.min(LONGEST, number.length()); !wide.isEmpty() && length > DIGITS; length--) {
            String found = wide.get(key(number, length));
            if (found != null) {
                return found;
            }
        }
        if (number.length() < DIGITS) {
            return UNKNOWN;
        }
        int segment = (int) key(number, DIGITS);
        String found = segment < 0 ? null : bySegment[segment];
        return found == null ? UNKNOWN : found;
    }

    /** The segments, each with its operator. */
    public SortedMap<String, String> segments() {
        return new TreeMap<>(segments);
    }

    /** How many ported numbers are known. */
    public int portedCount() {
        return ported.length;
    }

    /** The first digits as a number; -1 where they are not all digits. */
    private static long key(String number, int length) {
        long key = 0;
        for (int at = 0; at < length; at++) {
            int digit = number.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            key = 10 * key + digit;
        }
        return key;
    }

    /** As bytes for the store. */
    public byte[] encode() {
        StringBuilder words = new StringBuilder();
        segments.forEach((segment, operator) ->
                words.append(segment).append(',').append(operator).append('\n'));
        byte[] table = words.toString().getBytes(StandardCharsets.UTF_8);
        byte[] operators = String.join(",", names).getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(1 + 4 + table.length + 4 + operators.length + 4 + ported.length * (Long.BYTES + 1));
        bytes.put((byte) VERSION).putInt(table.length).put(table);
        bytes.putInt(operators.length).put(operators).putInt(ported.length);
        for (int at = 0; at < ported.length; at++) {
            bytes.putLong(ported[at]).put(to[at]);
        }
        return bytes.array();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalStateException when it is of another version
     */
    public static Operators decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        if (bytes.get() != VERSION) {
            throw new IllegalStateException("a table of operators of another version");
        }
        SortedMap<String, String> segments = new TreeMap<>();
        for (String line : text(bytes).split("\n", -1)) {
            int comma = line.indexOf(',');
            if (comma > 0) {
                segments.put(line.substring(0, comma), line.substring(comma + 1));
            }
        }
        String words = text(bytes);
        long[] ported = new long[bytes.getInt()];
        byte[] to = new byte[ported.length];
        for (int at = 0; at < ported.length; at++) {
            ported[at] = bytes.getLong();
            to[at] = bytes.get();
        }
        return new Operators(segments, words.isEmpty() ? List.of() : List.of(words.split(",", -1)), ported, to);
    }

    private static String text(ByteBuffer bytes) {
        byte[] text = new byte[bytes.getInt()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
