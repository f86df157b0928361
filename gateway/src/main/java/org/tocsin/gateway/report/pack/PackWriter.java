package org.tocsin.gateway.report.pack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.dispatch.Replayed;
import org.tocsin.gateway.ledger.CanonicalJson;
import org.tocsin.gateway.receipt.Delivery;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.report.CoverageSnapshot;
import org.tocsin.gateway.targeting.Atom;

/**
 * Writes evidence packs. What it holds in memory for each person is a number (4 bytes), for each receipt 20 bytes, and
 * the file once, when it is signed. May be used by several threads, each pack on one.
 */
public final class PackWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int BUFFER = 1 << 16;

    /**
     * What a pack says.
     *
     * @param evidence what it was made of
     * @param coverage the coverage in the contract's JSON, UTF-8
     * @param sha256 of the file, in lower-case hexadecimal
     */
    public record Packed(IssueEvidence evidence, byte[] coverage, String sha256) {}

    /** The segments' files beside the pack. */
    private record Parts(Path file) {
        Path of(PackFormat.Segment segment) {
            return file.resolveSibling(file.getFileName() + "." + segment.word + ".part");
        }
    }

    private final PackSources sources;
    private final Supplier<KeyPair> signer;
    private final Random random;
    private final InstantSource clock;

    /**
     * Makes a writer.
     *
     * @param sources what packs are made of
     * @param signer gives the gateway's Ed25519 key, made at first need
     * @param random makes the keys of the pseudonyms; a secure one
     * @param clock the time
     */
    public PackWriter(PackSources sources, Supplier<KeyPair> signer, Random random, InstantSource clock) {
        this.sources = sources;
        this.signer = signer;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Writes the pack of an issue into a new file; files beside it are used meanwhile and removed.
     *
     * @param warning the issue
     * @param file where; is overwritten
     * @return what it was made of; empty for an issue that was never planned or is sealed, and then no file
     * @throws IOException when a file cannot be written
     * @throws IllegalStateException when the issue has more receipts or bytes than a pack takes
     */
    public Optional<Packed> write(Warning warning, Path file) throws IOException {
        CollectedReceipts receipts = new CollectedReceipts();
        Optional<Replayed> found = sources.replay(warning.id(), receipts);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Parts parts = new Parts(file);
        try {
            ObjectNode manifest = segments(warning, found.get(), receipts, parts);
            ArrayNode list = manifest.putArray("segments");
            for (PackFormat.Segment segment : PackFormat.Segment.values()) {
                Path part = parts.of(segment);
                long length = Files.size(part);
                if (length > segment.limit) {
                    throw new IllegalStateException(
                            "segment " + segment.word + " has " + length + " bytes, more than " + segment.limit);
                }
                list.addObject().put("name", segment.word).put("length", length).put("sha256", hash(part));
            }
            byte[] coverage = Files.readAllBytes(parts.of(PackFormat.Segment.COVERAGE));
            join(manifest, parts, file);
            return Optional.of(new Packed(found.get().evidence(), coverage, hash(file)));
        } finally {
            for (PackFormat.Segment segment : PackFormat.Segment.values()) {
                Files.deleteIfExists(parts.of(segment));
            }
        }
    }

    private ObjectNode segments(Warning warning, Replayed replayed, CollectedReceipts receipts, Parts parts)
            throws IOException {
        IssueEvidence evidence = replayed.evidence();
        CoverageSnapshot coverage = sources.coverage(warning, evidence, replayed.area());
        List<String> personChannels = new ArrayList<>();
        List<String> terminalChannels = new ArrayList<>();
        for (String channel : new TreeSet<>(evidence.channels())) {
            (evidence.channel(channel).isOfTerminals() ? terminalChannels : personChannels).add(channel);
        }
        if (personChannels.size() > PackFormat.MOST_CHANNELS) {
            throw new IllegalStateException("more than " + PackFormat.MOST_CHANNELS + " channels");
        }
        Map<String, String> links = new TreeMap<>(replayed.channels());

        Files.write(parts.of(PackFormat.Segment.CAP_RECEIVED), warning.source());
        Files.write(parts.of(PackFormat.Segment.CAP_WRITTEN), sources.cap(warning));
        Files.write(parts.of(PackFormat.Segment.SIGN_OFFS), CanonicalJson.bytes(PackPages.signOffs(warning)));
        Files.write(parts.of(PackFormat.Segment.TARGET), CanonicalJson.bytes(PackPages.target(replayed)));
        Files.write(parts.of(PackFormat.Segment.COVERAGE), sources.json(coverage));
        ObjectNode ledger = PackPages.ledger(warning.id(), sources);
        Files.write(parts.of(PackFormat.Segment.LEDGER), CanonicalJson.bytes(ledger));

        int[] persons = new int[sources.persons()];
        Arrays.fill(persons, -1);
        int places;
        try (DataOutputStream out = open(parts.of(PackFormat.Segment.PERSONS))) {
            places = persons(replayed, personChannels, persons, out);
        }
        int written = places;
        Map<Integer, Integer> terminals = new HashMap<>();
        ArrayNode rows = JSON.arrayNode();
        PackPages.Serving serving = new PackPages.Serving(replayed.area());
        for (Map.Entry<String, Integer> terminal :
                PackPages.terminalsByCode(replayed, sources).entrySet()) {
            terminals.put(terminal.getValue(), places++);
            rows.add(PackPages.terminal(
                    terminal.getKey(), terminal.getValue(), replayed, serving, coverage.subject(), terminalChannels));
        }
        Files.write(parts.of(PackFormat.Segment.TERMINALS), CanonicalJson.bytes(rows));
        MerkleRoot root;
        try (DataOutputStream out = open(parts.of(PackFormat.Segment.RECEIPTS))) {
            root = receipts.write(persons, terminals, places, List.copyOf(links.keySet()), out);
        }
        ObjectNode manifest = manifest(warning, coverage, links, personChannels, terminalChannels);
        manifest.put("persons", written).put("terminals", terminals.size());
        manifest.putObject("receipts")
                .put("count", receipts.size())
                .put("chunks", root.leaves())
                .put("merkleRoot", root.hex());
        return manifest;
    }

    private ObjectNode manifest(
            Warning warning,
            CoverageSnapshot coverage,
            Map<String, String> links,
            List<String> personChannels,
            List<String> terminalChannels) {
        ObjectNode manifest = JSON.objectNode()
                .put("format", "tocsin evidence pack")
                .put("version", PackFormat.VERSION)
                .put("issue", warning.id())
                .put("warning", warning.root())
                .put("identifier", warning.alert().identifier())
                .put("sender", warning.alert().sender())
                .put("status", warning.alert().status().word())
                .put("mediaType", warning.mediaType())
                .put("contentHash", warning.contentHash())
                .put("made", clock.instant().toEpochMilli())
                .put("goal", Double.toString(coverage.goal().share()))
                .put("pseudonym", "HMAC-SHA-256, 16 bytes")
                .put(
                        "publicKey",
                        Base64.getEncoder()
                                .encodeToString(signer.get().getPublic().getEncoded()));
        put(manifest.putArray("states"), PackFormat.states());
        put(manifest.putArray("evidence"), PackFormat.evidence());
        put(manifest.putArray("reasons"), PackFormat.reasons());
        put(manifest.putArray("personChannels"), personChannels);
        put(manifest.putArray("terminalChannels"), terminalChannels);
        ArrayNode list = manifest.putArray("links");
        links.forEach((link, channel) -> list.addObject().put("id", link).put("channel", channel));
        return manifest;
    }

    /** Writes those who were planned, atom after atom, then those who live elsewhere; gives how many. */
    private int persons(Replayed replayed, List<String> channels, int[] places, DataOutputStream out)
            throws IOException {
        IssueEvidence evidence = replayed.evidence();
        Pseudonyms pseudonyms = new Pseudonyms(sources, random);
        RoaringBitmap left = evidence.plannedPersons();
        int next = 0;
        for (Atom atom : replayed.area().atoms()) {
            for (RoaringBitmap home : List.of(atom.living(), atom.unpositioned())) {
                int[] group = RoaringBitmap.and(left, home).toArray();
                left.andNot(home);
                next = group(group, evidence, channels, pseudonyms, places, next, out);
            }
        }
        return group(left.toArray(), evidence, channels, pseudonyms, places, next, out);
    }

    private static int group(
            int[] numbers,
            IssueEvidence evidence,
            List<String> channels,
            Pseudonyms pseudonyms,
            int[] places,
            int first,
            DataOutputStream out)
            throws IOException {
        byte[] names = pseudonyms.sorted(numbers);
        byte[] states = new byte[PackFormat.stateBytes(channels.size())];
        out.writeInt(numbers.length);
        for (int at = 0; at < numbers.length; at++) {
            Arrays.fill(states, (byte) 0);
            for (int channel = 0; channel < channels.size(); channel++) {
                Delivery.State state = evidence.channel(channels.get(channel)).stateOf(numbers[at]);
                int number = PackFormat.number(state);
                states[channel / 2] |= (byte) (number << (channel % 2 == 0 ? 4 : 0));
            }
            out.write(names, at * PackFormat.PSEUDONYM, PackFormat.PSEUDONYM);
            out.write(states);
            places[numbers[at]] = first + at;
        }
        return first + numbers.length;
    }

    private void join(ObjectNode manifest, Parts parts, Path file) throws IOException {
        byte[] json = CanonicalJson.bytes(manifest);
        if (json.length > PackFormat.LONGEST_MANIFEST) {
            throw new IllegalStateException("a manifest of " + json.length + " bytes");
        }
        Signature signature;
        try {
            signature = Signature.getInstance("Ed25519");
            signature.initSign(signer.get().getPrivate());
            try (DataOutputStream out = new DataOutputStream(new Signing(open(file), signature))) {
                out.write(PackFormat.MAGIC);
                out.writeShort(PackFormat.VERSION);
                out.writeInt(json.length);
                out.write(json);
                for (PackFormat.Segment segment : PackFormat.Segment.values()) {
                    Files.copy(parts.of(segment), out);
                }
                if (out.size() < 0 || out.size() > PackFormat.LONGEST_FILE - PackFormat.SIGNATURE) {
                    throw new IllegalStateException("a pack of more than " + PackFormat.LONGEST_FILE + " bytes");
                }
                out.flush();
                byte[] signed = signature.sign();
                out.write(signed);
            }
        } catch (GeneralSecurityException unsigned) {
            throw new IllegalStateException("the pack cannot be signed", unsigned);
        }
    }

    /** Gives what is written to the signature too. */
    private static final class Signing extends OutputStream {
        private final OutputStream out;
        private final Signature signature;

        Signing(OutputStream out, Signature signature) {
            this.out = out;
            this.signature = signature;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                signature.update(bytes, from, length);
            } catch (GeneralSecurityException broken) {
                throw new IOException(broken);
            }
            out.write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private static DataOutputStream open(Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    }

    private static void put(ArrayNode list, List<String> words) {
        words.forEach(list::add);
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = PackFormat.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
