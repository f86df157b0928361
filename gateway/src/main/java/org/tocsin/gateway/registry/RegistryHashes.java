package org.tocsin.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.locationtech.jts.io.WKBWriter;
import org.roaringbitmap.RoaringBitmap;

/**
 * What names a registry at one moment: hashes that another moment's registry has only when it says the same. SHA-256 in
 * lower-case hexadecimal.
 *
 * @param divisions of the division table: of each division by code, as netstrings ({@code <length>:<UTF-8>,}), code,
 *     name, parent, residents, their source and date, and the boundary's well-known binary in hexadecimal
 * @param registry of the division table's hash, the terminals, and who by number lives in which village, is a probe and
 *     has an address of which kind; not of names and addresses
 */
public record RegistryHashes(String divisions, String registry) {
    /** The hashes of a registry; the division table's is computed once for each table, the rest each time. */
    public static RegistryHashes of(RegistryView view) {
        String divisions = view.divisions().hash();
        MessageDigest digest = sha256();
        add(digest, "tocsin registry 1", divisions, Integer.toString(view.generation()));
        for (Terminal terminal : view.terminals().all()) {
            add(
                    digest,
                    terminal.code(),
                    terminal.kind(),
                    Integer.toString(terminal.village()),
                    Integer.toString(terminal.serves()),
                    Boolean.toString(terminal.probe()));
        }
        People people = view.people();
        add(digest, Integer.toString(people.size()));
        for (int village = 0; village < view.divisions().villages(); village++) {
            add(digest, people.inVillage(village));
            add(digest, people.probesInVillage(village));
        }
        for (Column column : Column.values()) {
            add(digest, people.reachable(column.word()));
        }
        return new RegistryHashes(divisions, hex(digest));
    }

    /** The hash of a division table. */
    static String hashOf(Divisions divisions) {
        MessageDigest digest = sha256();
        WKBWriter boundaries = new WKBWriter();
        add(digest, "tocsin divisions 1");
        for (Division division : divisions.all()) {
            String parent = division.parent();
            String source = division.residentsSource();
            add(
                    digest,
                    division.code(),
                    division.name(),
                    parent == null ? "" : parent,
                    Integer.toString(division.residents()),
                    source == null ? "" : source,
                    division.residentsDate() == null
                            ? ""
                            : division.residentsDate().toString(),
                    division.boundary() == null ? "" : WKBWriter.toHex(boundaries.write(division.boundary())));
        }
        return hex(digest);
    }

    private static void add(MessageDigest digest, String... fields) {
        for (String field : fields) {
            byte[] text = field.getBytes(UTF_8);
            digest.update((text.length + ":").getBytes(UTF_8));
            digest.update(text);
            digest.update((byte) ',');
        }
    }

    private static void add(MessageDigest digest, RoaringBitmap numbers) {
        // One set has several forms: as runs where those are shorter it has one.
        RoaringBitmap runs = numbers.clone();
        runs.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(runs.serializedSizeInBytes());
        runs.serialize(bytes);
        digest.update((bytes.capacity() + ":").getBytes(UTF_8));
        digest.update(bytes.array());
        digest.update((byte) ',');
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
