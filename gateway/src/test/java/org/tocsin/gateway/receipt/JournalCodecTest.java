package org.tocsin.gateway.receipt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

class JournalCodecTest {
    @Property(tries = 300)
    void whatWasWrittenIsReadClaimsFirstThenOutcomesThenReportsEachInTheirOrder(@ForAll long seed) {
        List<String> written = new ArrayList<>();
        JournalEncoder encoder = new JournalEncoder();
        write(new Random(seed), encoder, written);

        Recording read = new Recording();
        JournalDecoder.decode(encoder.take(), read);

        written.sort(Comparator.comparingInt(JournalCodecTest::place));
        assertEquals(written, read.records);
    }

    private static int place(String record) {
        return switch (record.substring(0, record.indexOf(' '))) {
            case "accepted", "partly", "rejected", "deferred", "gaveUp", "moved" -> 1;
            case "report" -> 2;
            default -> 0;
        };
    }

    @Test
    void neighboursCostFourBytesAPerson() {
        JournalEncoder encoder = new JournalEncoder();
        for (int at = 0; at < 1000; at++) {
            encoder.accepted(1, at, Fingerprint.of(Integer.toString(1_000_000_000 + at)));
            encoder.reported(1, at, 0, Evidence.DELIVERED, null, "DELIVRD", 1_790_000_000_000L + at / 50);
        }

        int bytes = encoder.take().length;

        assertTrue(bytes < 4_000, () -> bytes + " bytes");
    }

    @Test
    void anEncoderStartsEachEntryAfresh() {
        JournalEncoder encoder = new JournalEncoder();
        List<byte[]> entries = new ArrayList<>();
        for (int entry = 0; entry < 2; entry++) {
            encoder.accepted(7, 3, 12345);
            encoder.reported(7, 3, 0, Evidence.DELIVERED, null, "DELIVRD", 99);
            entries.add(encoder.take());
        }

        assertArrayEquals(entries.get(0), entries.get(1));
        assertTrue(encoder.isEmpty());
    }

    @Property(tries = 300)
    void anyFlippedBitIsNoticed(@ForAll long seed) {
        Random random = new Random(seed);
        JournalEncoder encoder = new JournalEncoder();
        write(random, encoder, new ArrayList<>());
        byte[] entry = encoder.take();
        entry[random.nextInt(entry.length)] ^= (byte) (1 << random.nextInt(8));

        assertThrows(CorruptJournal.class, () -> JournalDecoder.decode(entry, new Recording()));
    }

    @Property(tries = 300)
    void aShortenedEntryIsNoticed(@ForAll long seed) {
        Random random = new Random(seed);
        JournalEncoder encoder = new JournalEncoder();
        write(random, encoder, new ArrayList<>());
        byte[] entry = encoder.take();
        byte[] shorter = Arrays.copyOf(entry, 1 + random.nextInt(entry.length - 1));

        assertThrows(CorruptJournal.class, () -> JournalDecoder.decode(shorter, new Recording()));
    }

    @Property(tries = 500)
    void ascendingNumbersComeBack(@ForAll long seed) {
        int[] numbers = ascending(new Random(seed));
        ByteSink sink = new ByteSink();
        sink.putAscending(numbers);
        byte[] bytes = sink.toArray();

        assertArrayEquals(numbers, new ByteSource(bytes, 0, bytes.length).takeAscending());
    }

    @Property(tries = 500)
    void hostileBytesAreRefusedAndNothingElse(@ForAll byte[] bytes) {
        ByteSource source = new ByteSource(bytes, 0, bytes.length);
        try {
            source.takeAscending();
            source.takeText();
        } catch (CorruptJournal refused) {
            assertEquals(CorruptJournal.class, refused.getClass());
        }
    }

    private static void write(Random random, JournalEncoder encoder, List<String> written) {
        Recording recording = new Recording();
        int records = 1 + random.nextInt(40);
        for (int at = 0; at < records; at++) {
            long claim = 1L + random.nextInt(3);
            int index = random.nextBoolean() ? random.nextInt(1000) : at;
            Reason reason = JournalCodes.reason(random.nextInt(Reason.values().length));
            String code = random.nextBoolean() ? "DELIVRD" : "码" + random.nextInt(3);
            switch (random.nextInt(10)) {
                case 0 -> {
                    Claim made =
                            new Claim(claim, "b" + claim, "w", "i", "n/0/zh-CN", 1, false, 1, at, ascending(random));
                    encoder.claimed(made);
                    recording.claimed(made);
                }
                case 1 -> {
                    long[] references = random.nextBoolean()
                            ? random.longs(1 + random.nextInt(4)).toArray()
                            : random.longs(1 + random.nextInt(4), 1, 1L << 41).toArray();
                    if (references.length == 1) {
                        encoder.accepted(claim, index, references[0]);
                    } else {
                        encoder.accepted(claim, index, references);
                    }
                    recording.accepted(claim, index, references);
                }
                case 2 -> {
                    encoder.rejected(claim, index, reason, code);
                    recording.rejected(claim, index, reason, code);
                }
                case 3 -> {
                    encoder.deferred(claim, index, reason, code);
                    recording.deferred(claim, index, reason, code);
                }
                case 4 -> {
                    Evidence evidence = JournalCodes.evidence(random.nextInt(Evidence.values().length));
                    Reason why = evidence == Evidence.FAILED ? reason : null;
                    long time = random.nextBoolean() ? 17 : random.nextLong() >> 20;
                    int segment = random.nextInt(3);
                    encoder.reported(claim, index, segment, evidence, why, code, time);
                    recording.reported(claim, index, segment, evidence, why, code, time);
                }
                case 5 -> {
                    Orphan orphan = new Orphan(random.nextLong(), "139", Evidence.FAILED, reason, code, at);
                    encoder.orphaned(orphan);
                    recording.orphaned(orphan);
                }
                case 6 -> {
                    int[] numbers = ascending(random);
                    encoder.dropped("b", "i", reason, numbers);
                    recording.dropped("b", "i", reason, numbers);
                }
                case 7 -> {
                    encoder.cut(claim, 2 + at);
                    recording.cut(claim, 2 + at);
                }
                case 8 -> {
                    long[] references = {0, random.nextLong(), 0};
                    encoder.partlyTaken(claim, index, references);
                    recording.partlyTaken(claim, index, references);
                }
                default -> {
                    encoder.moved(claim, index, "fake-2");
                    recording.moved(claim, index, "fake-2");
                }
            }
        }
        written.addAll(recording.records);
    }

    private static int[] ascending(Random random) {
        int spread = 1 + random.nextInt(50);
        int next = random.nextInt(1_000_000);
        int[] numbers = new int[1 + random.nextInt(300)];
        for (int at = 0; at < numbers.length; at++) {
            numbers[at] = next;
            next += 1 + random.nextInt(spread);
        }
        return numbers;
    }

    private static final class Recording implements JournalVisitor {
        final List<String> records = new ArrayList<>();

        @Override
        public void claimed(Claim claim) {
            records.add("claim " + claim.id() + claim.batch() + claim.warning() + claim.issue() + claim.notice()
                    + claim.lane() + claim.terminals() + claim.generation() + claim.at()
                    + Arrays.toString(claim.numbers()));
        }

        @Override
        public void accepted(long claim, int index, long[] references) {
            records.add("accepted " + claim + " " + index + Arrays.toString(references));
        }

        @Override
        public void cut(long claim, int segments) {
            records.add("cut " + claim + " " + segments);
        }

        @Override
        public void partlyTaken(long claim, int index, long[] references) {
            records.add("partly " + claim + " " + index + " " + Arrays.toString(references));
        }

        @Override
        public void rejected(long claim, int index, Reason reason, String code) {
            records.add("rejected " + claim + " " + index + reason + code);
        }

        @Override
        public void deferred(long claim, int index, Reason reason, String code) {
            records.add("deferred " + claim + " " + index + reason + code);
        }

        @Override
        public void gaveUp(long claim, int index, Reason reason, String code) {
            records.add("gaveUp " + claim + " " + index + reason + code);
        }

        @Override
        public void moved(long claim, int index, String link) {
            records.add("moved " + claim + " " + index + link);
        }

        @Override
        public void reported(
                long claim, int index, int segment, Evidence evidence, @Nullable Reason reason, String code, long at) {
            records.add("report " + claim + " " + index + " " + segment + evidence + reason + code + at);
        }

        @Override
        public void orphaned(Orphan orphan) {
            records.add("orphan " + orphan);
        }

        @Override
        public void resolved(Orphan orphan) {
            records.add("resolved " + orphan);
        }

        @Override
        public void dropped(String batch, String issue, Reason reason, int[] numbers) {
            records.add("dropped " + batch + issue + reason + Arrays.toString(numbers));
        }
    }
}
