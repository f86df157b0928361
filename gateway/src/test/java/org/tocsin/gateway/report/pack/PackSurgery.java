package org.tocsin.gateway.report.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.tocsin.gateway.ledger.CanonicalJson;

/** Cuts packs open: where their parts lie, and how a forger would put them together again. */
public final class PackSurgery {
    private PackSurgery() {}

    /** Where each part of a pack begins and ends: head fields, manifest, segments by name, signature. */
    public static Map<String, int[]> regions(byte[] pack) {
        Map<String, int[]> regions = new LinkedHashMap<>();
        int manifest = ByteBuffer.wrap(pack).getInt(10);
        regions.put("magic", new int[] {0, 8});
        regions.put("version", new int[] {8, 10});
        regions.put("manifest length", new int[] {10, 14});
        int at = PackFormat.HEAD + manifest;
        regions.put("manifest", new int[] {PackFormat.HEAD, at});
        for (JsonNode segment : manifest(pack).path("segments")) {
            int length = segment.path("length").asInt();
            regions.put("segment " + segment.path("name").asText(), new int[] {at, at + length});
            at += length;
        }
        regions.put("signature", new int[] {at, pack.length});
        return regions;
    }

    static JsonNode manifest(byte[] pack) {
        int length = ByteBuffer.wrap(pack).getInt(10);
        try {
            return CanonicalJson.read(Arrays.copyOfRange(pack, PackFormat.HEAD, PackFormat.HEAD + length));
        } catch (IOException malformed) {
            throw new AssertionError(malformed);
        }
    }

    /** The segments by name. */
    static Map<String, byte[]> segments(byte[] pack) {
        Map<String, byte[]> segments = new LinkedHashMap<>();
        regions(pack).forEach((name, place) -> {
            if (name.startsWith("segment ")) {
                segments.put(name.substring(8), Arrays.copyOfRange(pack, place[0], place[1]));
            }
        });
        return segments;
    }

    /** Replaces a text in a segment, makes lengths and hashes fit again, and signs by a new key. */
    public static byte[] resigned(byte[] pack, String segment, String from, String to) {
        return resigned(
                pack,
                segments -> segments.computeIfPresent(segment, (same, bytes) -> new String(bytes, UTF_8)
                        .replace(from, to)
                        .getBytes(UTF_8)),
                newKey());
    }

    /** Changes segments, and makes lengths, hashes and signature fit again. */
    static byte[] resigned(byte[] pack, Consumer<Map<String, byte[]>> change, KeyPair key) {
        Map<String, byte[]> segments = segments(pack);
        change.accept(segments);
        ObjectNode manifest = (ObjectNode) manifest(pack);
        for (JsonNode described : manifest.path("segments")) {
            byte[] bytes = segments.getOrDefault(described.path("name").asText(), new byte[0]);
            ((ObjectNode) described)
                    .put("length", bytes.length)
                    .put("sha256", HexFormat.of().formatHex(PackFormat.sha256().digest(bytes)));
        }
        manifest.put(
                "publicKey", Base64.getEncoder().encodeToString(key.getPublic().getEncoded()));
        byte[] json = CanonicalJson.bytes(manifest);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(pack, 0, 10);
        out.writeBytes(ByteBuffer.allocate(4).putInt(json.length).array());
        out.writeBytes(json);
        segments.values().forEach(out::writeBytes);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.getPrivate());
            signature.update(out.toByteArray());
            out.writeBytes(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toByteArray();
    }

    /** A pack of which nobody has signed off, and with no entry of the ledger, that is signed anew. */
    public static byte[] unsigned(byte[] pack, KeyPair key) {
        return resigned(
                pack,
                segments -> {
                    segments.computeIfPresent(
                            "signoffs", (name, bytes) -> changed(bytes, page -> page.putArray("approvals")));
                    segments.computeIfPresent(
                            "ledger",
                            (name, bytes) -> changed(
                                    bytes, page -> page.put("gaps", true).putArray("entries")));
                },
                key);
    }

    private static byte[] changed(byte[] bytes, Consumer<ObjectNode> change) {
        try {
            ObjectNode page = (ObjectNode) CanonicalJson.read(bytes);
            change.accept(page);
            return CanonicalJson.bytes(page);
        } catch (IOException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
