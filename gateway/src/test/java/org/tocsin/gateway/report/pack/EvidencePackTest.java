package org.tocsin.gateway.report.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class EvidencePackTest {
    private static final byte[] PACK = new PaperCounty(5, 30, 40, 1).packBytes();

    @Property(tries = 60)
    void whateverTheCarriersReportThePackGivesTheSameFigures(@ForAll long seed) throws Exception {
        PackVerification found = verify(new PaperCounty(1 + (int) Math.floorMod(seed, 5L), 60, 50, seed).packBytes());

        assertEquals(Set.of(), new HashSet<>(found.findings()));
        assertTrue(found.figures().values().stream().allMatch(PackVerification.Figure::fits));
        assertFalse(found.signerChecked());
    }

    @Example
    void moreThanTheResidentsNeverCount() throws Exception {
        PackVerification found = verify(new PaperCounty(4, 500, 20, 3).packBytes());

        assertTrue(found.holds(), () -> found.findings().toString());
        assertEquals("70", computed(found, "residents"), "three villages of 20 and half of one");
        assertEquals("70", computed(found, "confirmed"));
        assertEquals("70", computed(found, "upper"));
        assertEquals("met", computed(found, "verdict"));
    }

    @Example
    void whatReachedNobodyVerifiesToo() throws Exception {
        PackVerification found = verify(PaperCounty.silent(3, 20, 30).packBytes());

        assertTrue(found.holds(), () -> found.findings().toString());
        assertEquals("0", computed(found, "confirmed"));
        assertEquals("0", computed(found, "lower"));
        assertEquals("0", computed(found, "upper"));
        assertEquals("missed", computed(found, "verdict"));
        assertEquals("0", computed(found, "villagesDelivered"));
        assertEquals("3", computed(found, "villages"), "a corner without people is none");
    }

    @Example
    void namesNobody() {
        PaperCounty county = new PaperCounty(5, 30, 40, 1);
        byte[] pack = county.packBytes();
        String text = new String(pack, java.nio.charset.StandardCharsets.ISO_8859_1);

        for (int number = 0; number < county.people(); number++) {
            String phone = PaperCounty.phone(number);
            assertFalse(text.contains(phone.substring(3)), phone);
        }
        assertFalse(text.contains(new String("王局长".getBytes(UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    @Example
    void twoPacksOfOneIssueGiveAPersonTwoPseudonyms() {
        PaperCounty county = new PaperCounty(2, 20, 40, 1);

        Set<String> first = pseudonyms(county.packBytes());
        Set<String> second = pseudonyms(county.packBytes());

        assertEquals(county.people(), first.size());
        first.retainAll(second);
        assertEquals(Set.of(), first);
    }

    @Property(tries = 1500)
    void findsEveryFlippedBit(@ForAll long seed) {
        byte[] pack = PACK.clone();
        int bit = new Random(seed).nextInt(8 * pack.length);
        pack[bit / 8] ^= (byte) (1 << bit % 8);

        assertFound(pack);
    }

    @Property(tries = 300)
    void findsEveryCutAndGrowth(@ForAll long seed) {
        Random random = new Random(seed);
        int at = random.nextInt(PACK.length);
        int count = 1 + random.nextInt(Math.min(200, PACK.length - at));
        byte[] cut = new byte[PACK.length - count];
        System.arraycopy(PACK, 0, cut, 0, at);
        System.arraycopy(PACK, at + count, cut, at, cut.length - at);
        assertFound(cut);
        byte[] grown = new byte[PACK.length + count];
        random.nextBytes(grown);
        System.arraycopy(PACK, 0, grown, 0, at);
        System.arraycopy(PACK, at, grown, at + count, PACK.length - at);
        assertFound(grown);
        assertFound(Arrays.copyOf(PACK, PACK.length + count));
    }

    @Example
    void findsTwoSegmentsThatChangedPlaces() {
        Map<String, byte[]> segments = PackSurgery.segments(PACK);
        for (PackFormat.Segment one : PackFormat.Segment.values()) {
            for (PackFormat.Segment other : PackFormat.Segment.values()) {
                if (one.place() < other.place()) {
                    ByteArrayOutputStream swapped = new ByteArrayOutputStream();
                    int length = ByteBuffer.wrap(PACK).getInt(10);
                    swapped.write(PACK, 0, PackFormat.HEAD + length);
                    for (PackFormat.Segment segment : PackFormat.Segment.values()) {
                        swapped.writeBytes(segments.getOrDefault(
                                (segment == one ? other : segment == other ? one : segment).word, new byte[0]));
                    }
                    swapped.write(PACK, PACK.length - PackFormat.SIGNATURE, PackFormat.SIGNATURE);
                    assertFound(swapped.toByteArray());
                }
            }
        }
    }

    @Example
    void aPackThatSomebodyElseSignedAnewIsFoundByItsSigner() throws Exception {
        KeyPair forger = PaperCounty.newKey();
        byte[] forged = PackSurgery.resigned(PACK, segments -> {}, forger);
        String right = verify(PACK).fingerprint();

        assertTrue(verify(forged).holds(), "nothing in it says who should have signed");
        assertTrue(verify(PACK, right).holds());
        assertTrue(verify(PACK, right).signerChecked());
        PackVerification found = verify(forged, right);
        assertEquals("signer", found.findings().get(0).place());
    }

    @Example
    void findsAPersonWhoIsReachedWithoutAReceiptAlthoughItIsSignedAnew() throws Exception {
        byte[] forged = PackSurgery.resigned(
                PACK,
                segments -> {
                    byte[] persons = Objects.requireNonNull(segments.get("persons"));
                    int row = Integer.BYTES;
                    while ((persons[row + PackFormat.PSEUDONYM] & 0xf) >= 6) {
                        row += PackFormat.PSEUDONYM + 1;
                    }
                    persons[row + PackFormat.PSEUDONYM] |= 0x6;
                },
                PaperCounty.newKey());

        assertEquals("segment persons", verify(forged).findings().get(0).place());
    }

    @Example
    void findsAnotherNumberOfResidentsAlthoughItIsSignedAnew() throws Exception {
        byte[] forged = PackSurgery.resigned(PACK, "target", "\"residents\":40", "\"residents\":30");

        assertEquals("segment target", verify(forged).findings().get(0).place());
        assertEquals("140", computed(verify(forged), "residents"));
    }

    @Example
    void theResidentsOfACutVillageAreItsShareInWholePersons() throws Exception {
        byte[] odd = new PaperCounty(3, 20, 25, 7).packBytes();
        assertTrue(verify(odd).holds(), () -> found(odd));
        byte[] less = PackSurgery.resigned(odd, "target", "\"residents\":13", "\"residents\":12");
        byte[] share = PackSurgery.resigned(odd, "target", "\"share\":\"0.5\"", "\"share\":\"0.4\"");

        assertTrue(found(less).contains("residents is 12, 0.5 of 25 are 13"), found(less));
        assertTrue(found(share).contains("residents is 13, 0.4 of 25 are 10"), found(share));
    }

    @Example
    void aPackOfBeforeSharesWereInItStillFits() throws Exception {
        byte[] old = PackSurgery.resigned(
                PACK,
                segments -> segments.computeIfPresent("coverage", (name, bytes) -> new String(bytes, UTF_8)
                        .replaceFirst("\"percent\":\\{[^}]*},", "")
                        .replace("{\"villages\":5,", "{\"villages\":6,")
                        .getBytes(UTF_8)),
                PaperCounty.newKey());

        assertTrue(verify(old).holds(), () -> found(old));
        assertFalse(computed(verify(old), "lower %").isEmpty());
    }

    @Example
    void whatIsNoNumberIsToldInsteadOfTakenForNothing() {
        byte[] residents = PackSurgery.resigned(PACK, "target", "\"residents\":40", "\"residents\":\"x\"");
        byte[] negative = PackSurgery.resigned(PACK, "target", "\"villageResidents\":40", "\"villageResidents\":-1");

        assertTrue(found(residents).contains("residents is no count: \"x\""), found(residents));
        assertTrue(found(negative).contains("villageResidents is no count: -1"), found(negative));
    }

    @Example
    void aPackThatNobodySignedOffIsRefusedWhoeverSignedTheFile() throws Exception {
        PaperCounty county = new PaperCounty(5, 30, 40, 1);
        byte[] unsigned = PackSurgery.unsigned(county.packBytes(), county.key);
        byte[] reviewed = PackSurgery.resigned(PACK, "signoffs", "\"role\":\"signer\"", "\"role\":\"reviewer\"");

        assertTrue(found(unsigned).contains("nobody has signed off"), found(unsigned));
        assertTrue(found(unsigned).contains("segment ledger"), found(unsigned));
        assertTrue(found(reviewed).contains("the last sign-off is not by a signer"), found(reviewed));
        PackVerification.SignedOff one = verify(PACK).signedOff().get(0);
        assertEquals("signer signer 5", one.role() + " " + one.by() + " " + one.entry());
    }

    @Example
    void findsAChangedLedgerAndASignOffThatIsNotInIt() throws Exception {
        byte[] actor = PackSurgery.resigned(PACK, "ledger", "\"actor\":\"signer\"", "\"actor\":\"sinner\"");
        byte[] by = PackSurgery.resigned(PACK, "signoffs", "\"by\":\"signer\"", "\"by\":\"sinner\"");
        byte[] content = PackSurgery.resigned(PACK, "cap.received", "alert", "cheer");

        assertEquals("segment ledger, entry 5", verify(actor).findings().get(0).place());
        assertEquals("segment signoffs", verify(by).findings().get(0).place());
        assertFalse(verify(content).holds());
    }

    @Property(tries = 400)
    void takesAnySignedRubbishWithoutHarm(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        byte[] forged = PackSurgery.resigned(
                PACK,
                segments -> {
                    PackFormat.Segment[] all = PackFormat.Segment.values();
                    byte[] bytes = Objects.requireNonNull(segments.get(all[random.nextInt(all.length)].word));
                    for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                    }
                },
                PaperCounty.newKey());

        PackVerification found = verify(forged);
        found.findings().forEach(finding -> assertFalse(finding.place().isBlank()));
    }

    @Example
    void neverBelievesALength() {
        byte[] manifest = PACK.clone();
        ByteBuffer.wrap(manifest).putInt(10, 0xfffffff0);
        assertThrows(Unreadable.class, () -> verify(manifest));
        int length = ByteBuffer.wrap(PACK).getInt(10);
        String json = new String(PACK, PackFormat.HEAD, length, UTF_8);
        byte[] claimed =
                json.replaceFirst("\"length\":[0-9]+", "\"length\":99999999999").getBytes(UTF_8);
        ByteArrayOutputStream huge = new ByteArrayOutputStream();
        huge.write(PACK, 0, 10);
        huge.writeBytes(ByteBuffer.allocate(4).putInt(claimed.length).array());
        huge.writeBytes(claimed);
        huge.write(PACK, PackFormat.HEAD + length, PACK.length - PackFormat.HEAD - length);

        Unreadable refused = assertThrows(Unreadable.class, () -> verify(huge.toByteArray()));
        assertEquals("segment cap.received", refused.place());
    }

    @Example
    void whatIsNoPackIsUnreadable() {
        assertThrows(Unreadable.class, () -> verify(new byte[0]));
        assertThrows(Unreadable.class, () -> verify(new byte[500]));
        byte[] next = PACK.clone();
        next[9] = 2;
        assertEquals(
                "version", assertThrows(Unreadable.class, () -> verify(next)).place());
    }

    @Example
    void merkleRootIsThatOfRfc9162() {
        MerkleRoot root = new MerkleRoot();
        assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", root.hex());
        root.add(new byte[0]);
        assertEquals("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", root.hex());
        root.add(new byte[] {0});
        assertEquals("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", root.hex());
        root.add(new byte[] {0x10});
        assertEquals("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", root.hex());
    }

    private static void assertFound(byte[] tampered) {
        try {
            PackVerification found = verify(tampered);
            assertFalse(found.holds());
            assertFalse(found.findings().get(0).place().isBlank());
        } catch (Unreadable unreadable) {
            assertFalse(unreadable.place().isBlank());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static String found(byte[] pack) {
        try {
            return verify(pack).findings().toString();
        } catch (IOException | Unreadable none) {
            throw new AssertionError(none);
        }
    }

    private static String computed(PackVerification found, String name) {
        PackVerification.Figure figure = found.figures().get(name);
        return figure == null ? "" : figure.computed();
    }

    private static PackVerification verify(byte[] pack) throws IOException, Unreadable {
        return verify(pack, null);
    }

    private static PackVerification verify(byte[] pack, @Nullable String signer) throws IOException, Unreadable {
        Path file = Files.createTempFile("tocsin", ".pack");
        try {
            Files.write(file, pack);
            return PackVerifier.verify(file, signer);
        } finally {
            Files.delete(file);
        }
    }

    private static Set<String> pseudonyms(byte[] pack) {
        ByteBuffer persons = ByteBuffer.wrap(PackSurgery.segments(pack).getOrDefault("persons", new byte[0]));
        Set<String> names = new HashSet<>();
        while (persons.hasRemaining()) {
            for (int left = persons.getInt(); left > 0; left--) {
                byte[] name = new byte[PackFormat.PSEUDONYM];
                persons.get(name).get();
                names.add(HexFormat.of().formatHex(name));
            }
        }
        return names;
    }
}
