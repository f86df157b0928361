package org.tocsin.gateway.report.pack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.tocsin.gateway.ledger.CanonicalJson;

/**
 * An open pack whose parts are known: manifest and segments fill the file to the signature. A length that the file
 * claims is compared with the file's own before anything is allocated. Not for several threads at once.
 */
final class PackFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final long length;
    private final JsonNode manifest;
    private final boolean isCanonical;
    private final Map<PackFormat.Segment, long[]> places = new EnumMap<>(PackFormat.Segment.class);

    private PackFile(FileChannel channel) throws IOException, Unreadable {
        this.channel = channel;
        this.length = channel.size();
        if (length < PackFormat.HEAD + PackFormat.SIGNATURE) {
            throw new Unreadable("head", "a file of " + length + " bytes is too short for an evidence pack");
        }
        if (length > PackFormat.LONGEST_FILE) {
            throw new Unreadable("head", length + " bytes are more than " + PackFormat.LONGEST_FILE);
        }
        ByteBuffer head = ByteBuffer.wrap(read(0, PackFormat.HEAD));
        byte[] magic = new byte[PackFormat.MAGIC.length];
        head.get(magic);
        if (!Arrays.equals(magic, PackFormat.MAGIC)) {
            throw new Unreadable("magic", "this is no evidence pack");
        }
        int version = head.getShort() & 0xffff;
        if (version != PackFormat.VERSION) {
            throw new Unreadable("version", "is " + version + ", known is " + PackFormat.VERSION);
        }
        long size = head.getInt() & 0xffffffffL;
        if (size > PackFormat.LONGEST_MANIFEST || size > length - PackFormat.HEAD - PackFormat.SIGNATURE) {
            throw new Unreadable("manifest length", size + " bytes are more than there can be");
        }
        byte[] json = read(PackFormat.HEAD, (int) size);
        this.manifest = parse(json);
        this.isCanonical = isCanonical(manifest, json);
        locate(PackFormat.HEAD + size);
    }

    /**
     * Opens a pack.
     *
     * @throws Unreadable when its parts cannot be told
     * @throws IOException when the file cannot be read
     */
    static PackFile open(Path file) throws IOException, Unreadable {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new PackFile(channel);
        } catch (IOException | Unreadable | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    JsonNode manifest() {
        return manifest;
    }

    /** Whether the manifest is written in the one form that there is. */
    boolean isCanonical() {
        return isCanonical;
    }

    long length() {
        return length;
    }

    /** What the manifest says of a segment. */
    JsonNode described(PackFormat.Segment segment) {
        return manifest.path("segments").path(segment.place());
    }

    long lengthOf(PackFormat.Segment segment) {
        return place(segment)[1];
    }

    /** The bytes of a segment that is small. */
    byte[] bytes(PackFormat.Segment segment) throws IOException {
        return read(place(segment)[0], (int) Math.min(place(segment)[1], segment.limit));
    }

    /** SHA-256 of the whole file, in lower-case hexadecimal. */
    String sha256() throws IOException {
        return hash(stream(0, length));
    }

    /** SHA-256 of a segment, in lower-case hexadecimal. */
    String hash(PackFormat.Segment segment) throws IOException {
        return hash(stream(segment));
    }

    private static String hash(InputStream bytes) throws IOException {
        MessageDigest digest = PackFormat.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = bytes) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A segment's bytes one after the other; ends with it. */
    DataInputStream stream(PackFormat.Segment segment) {
        return stream(place(segment)[0], place(segment)[1]);
    }

    /** All that is signed. */
    InputStream signed() {
        return stream(0, length - PackFormat.SIGNATURE);
    }

    byte[] signature() throws IOException {
        return read(length - PackFormat.SIGNATURE, PackFormat.SIGNATURE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private long[] place(PackFormat.Segment segment) {
        long[] place = places.get(segment);
        if (place == null) {
            throw new IllegalStateException("segment " + segment + " is not there");
        }
        return place;
    }

    private static JsonNode parse(byte[] json) throws Unreadable {
        try {
            JsonNode read = CanonicalJson.read(json);
            if (!read.isObject()) {
                throw new Unreadable("manifest", "is no JSON object");
            }
            return read;
        } catch (IOException malformed) {
            throw new Unreadable("manifest", "is not JSON");
        }
    }

    private static boolean isCanonical(JsonNode manifest, byte[] json) {
        try {
            return Arrays.equals(CanonicalJson.bytes(manifest), json);
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    private void locate(long from) throws IOException, Unreadable {
        JsonNode list = manifest.path("segments");
        PackFormat.Segment[] segments = PackFormat.Segment.values();
        if (list.size() != segments.length) {
            throw new Unreadable("manifest", "names " + list.size() + " segments, not " + segments.length);
        }
        long at = from;
        long end = length - PackFormat.SIGNATURE;
        for (PackFormat.Segment segment : segments) {
            JsonNode described = list.path(segment.place());
            long size = described.path("length").asLong(-1);
            if (!described.path("name").asText().equals(segment.word)) {
                throw new Unreadable("manifest", "segment " + (segment.place() + 1) + " is not '" + segment.word + "'");
            }
            if (size < 0 || size > segment.limit || size > end - at) {
                throw new Unreadable(
                        "segment " + segment.word,
                        size + " bytes do not fit into the file of " + length + " bytes" + firstChanged());
            }
            places.put(segment, new long[] {at, size});
            at += size;
        }
        if (at != end) {
            throw new Unreadable(
                    "end", (end - at) + " bytes stand between the last segment and the signature" + firstChanged());
        }
    }

    /** Where a cut or a growth most likely lies: the first of the segments found so far that has another hash. */
    private String firstChanged() throws IOException {
        for (PackFormat.Segment segment : places.keySet()) {
            if (!hash(segment).equals(described(segment).path("sha256").asText())) {
                return "; the first that is not as the manifest says is segment " + segment.word;
            }
        }
        return "; the segments before are as the manifest says";
    }

    private byte[] read(long from, int size) throws IOException {
        byte[] bytes = new byte[size];
        try (DataInputStream in = stream(from, size)) {
            in.readFully(bytes);
        }
        return bytes;
    }

    private DataInputStream stream(long from, long size) {
        return new DataInputStream(new BufferedInputStream(new Range(from, from + size), BUFFER));
    }

    /** A part of the file. */
    private final class Range extends InputStream {
        private final long end;
        private long at;

        Range(long from, long end) {
            this.at = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            if (at >= end) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(bytes, from, (int) Math.min(count, end - at)), at);
            if (read < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            at += read;
            return read;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, end - at);
        }
    }
}
