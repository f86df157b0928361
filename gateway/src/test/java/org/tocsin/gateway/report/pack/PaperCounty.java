package org.tocsin.gateway.report.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Level;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Approval;
import org.tocsin.gateway.approval.Sample;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.dispatch.Replayed;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.receipt.Bits;
import org.tocsin.gateway.receipt.Claim;
import org.tocsin.gateway.receipt.EvidenceLog;
import org.tocsin.gateway.receipt.EvidenceMerge.ChannelPart;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.receipt.IssueReplay;
import org.tocsin.gateway.receipt.JournalEncoder;
import org.tocsin.gateway.registry.RegistryHashes;
import org.tocsin.gateway.report.Course;
import org.tocsin.gateway.report.CoverageReport;
import org.tocsin.gateway.report.CoverageSnapshot;
import org.tocsin.gateway.report.CoverageSubject;
import org.tocsin.gateway.report.CoverageTracker;
import org.tocsin.gateway.report.TimelineMemory;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.MeasuredArea;

/**
 * A county made by hand, with real journals: villages of so many persons, the last one cut, a tenth of the last one's
 * persons without position, and a corner of one where nobody lives; beyond them persons who live elsewhere. Who a
 * person is, is told by the telephone number.
 */
public final class PaperCounty implements PackSources {
    static final String ISSUE = "w1";
    private static final long START = Instant.parse("2026-07-20T00:10:00Z").toEpochMilli();
    private static final int OUTSIDE = 7;
    private static final int BATCH = 500;

    /** Who signs its packs. */
    public final KeyPair key = newKey();

    final Warning warning;
    private final int people;
    private final MeasuredArea area;
    private final Map<String, List<EvidenceLog.Entry>> journals = new HashMap<>();
    private final List<LedgerEntry> ledger = new ArrayList<>();
    private final ScheduledExecutorService idle = Executors.newSingleThreadScheduledExecutor();
    private final Random random;

    /**
     * A county.
     *
     * @param villages how many
     * @param inEach how many persons the registry has in each
     * @param residents how many residents the division table has in each
     * @param seed of what the carriers report
     */
    public PaperCounty(int villages, int inEach, int residents, long seed) {
        this(villages, inEach, residents, new Random(seed));
    }

    private PaperCounty(int villages, int inEach, int residents, Random random) {
        this.random = random;
        this.people = villages * inEach + OUTSIDE;
        List<Atom> atoms = new ArrayList<>();
        List<MeasuredArea.Serving> terminals = new ArrayList<>();
        for (int village = 0; village < villages; village++) {
            long from = (long) village * inEach;
            boolean cut = village == villages - 1;
            long positioned = cut ? from + inEach - inEach / 10 : from + inEach;
            atoms.add(new Atom(
                    village,
                    String.format("4114261%05d", village),
                    "村" + village,
                    Atom.residents(residents, cut ? 0.5 : 1),
                    residents,
                    cut,
                    cut ? 0.5 : 1,
                    RoaringBitmap.bitmapOfRange(from, positioned),
                    RoaringBitmap.bitmapOfRange(positioned, from + inEach)));
            terminals.add(new MeasuredArea.Serving(2 * village, village, residents / 3));
            terminals.add(new MeasuredArea.Serving(2 * village + 1, village, 2 * residents));
        }
        RoaringBitmap nobody = new RoaringBitmap();
        atoms.add(new Atom(villages, "411426199999", "地角", 0, residents, true, 0, nobody, nobody));
        this.area = new MeasuredArea("residents", true, atoms, terminals);
        this.warning = warning();
        journals.put("sms-1", persons(people));
        journals.put("sms-2", persons(people / 20));
        journals.put("app-1", persons(people / 2));
        journals.put("horn-1", terminals(2 * villages));
    }

    /** A county whose carriers and terminals take everything and report nothing. */
    static PaperCounty silent(int villages, int inEach, int residents) {
        return new PaperCounty(villages, inEach, residents, new Random(1) {
            private static final long serialVersionUID = 1;

            @Override
            public int nextInt(int bound) {
                return bound - 1;
            }
        });
    }

    /** The telephone number that is a person's key. */
    static String phone(int number) {
        return "+86" + (13_800_000_000L + number);
    }

    int people() {
        return people;
    }

    /** Writes the pack. */
    public Path pack(Path file) {
        PackWriter writer = new PackWriter(this, () -> key, random, () -> Instant.ofEpochMilli(START + 3_600_000));
        try {
            if (writer.write(warning, file).isEmpty()) {
                throw new IllegalStateException("nothing was planned");
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return file;
    }

    byte[] packBytes() {
        try {
            Path file = Files.createTempFile("tocsin", ".pack");
            try {
                return Files.readAllBytes(pack(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public Optional<Replayed> replay(String issue, IssueReplay.Listener listener) {
        IssueReplay replay = new IssueReplay(new Kept(), issue, listener);
        replay.link("sms", "sms-1", PaperCounty::phone);
        replay.link("sms", "sms-2", PaperCounty::phone);
        replay.link("app", "app-1", number -> null);
        replay.link("loudspeaker", "horn-1", number -> "T" + number);
        Bits all = Bits.of(RoaringBitmap.bitmapOfRange(0, people));
        Bits horns = Bits.of(RoaringBitmap.bitmapOfRange(0, area.terminals().size()));
        IssueEvidence evidence = replay.evidence(List.of(
                new ChannelPart("sms", false, true, Map.of("sms-1", all)),
                new ChannelPart("app", false, true, Map.of("app-1", new Bits())),
                new ChannelPart("loudspeaker", true, true, Map.of("horn-1", horns))));
        return Optional.of(new Replayed(
                evidence,
                area,
                new RegistryHashes(ContentHash.of("divisions"), ContentHash.of("registry")),
                1,
                Instant.ofEpochMilli(START),
                Map.of("sms-1", "sms", "sms-2", "sms", "app-1", "app", "horn-1", "loudspeaker")));
    }

    @Override
    public CoverageSnapshot coverage(Warning of, IssueEvidence evidence, MeasuredArea measured) {
        return new CoverageTracker(
                        issue -> Optional.empty(),
                        issue -> Optional.empty(),
                        TimelineMemory.FORGETFUL,
                        () -> Instant.ofEpochMilli(START + 3_600_000),
                        idle,
                        subject -> Goal.otherwise(0.9),
                        (issue, goal) -> goal,
                        issue -> Course.NONE)
                .from(CoverageSubject.of(of, measured), evidence);
    }

    @Override
    public byte[] json(CoverageSnapshot coverage) {
        try {
            return new JsonMapper().writeValueAsBytes(new CoverageReport(ZoneOffset.ofHours(8)).json(coverage));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public byte[] cap(Warning of) {
        return "<alert/>".getBytes(UTF_8);
    }

    @Override
    public byte[] personKey(int number) {
        return phone(number).getBytes(UTF_8);
    }

    @Override
    public int persons() {
        return people;
    }

    @Override
    public String terminalCode(int number) {
        return "T" + (100_000 + number);
    }

    @Override
    public LedgerHead ledgerHead() {
        return ledger.get(ledger.size() - 1).head();
    }

    @Override
    public void ledger(Consumer<LedgerEntry> reader) {
        ledger.forEach(reader);
    }

    static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Warning warning() {
        byte[] source = "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"/>".getBytes(UTF_8);
        String hash = ContentHash.of(source);
        Instant signed = Instant.ofEpochMilli(START - 1000);
        act("registry.import", "contacts", "admin", START - 9000, "");
        act("warning.create", ISSUE, "agency", START - 5000, hash);
        act("warning.submit", ISSUE, "agency", START - 5000, hash);
        act("warning.create", "w2", "agency", START - 4000, ContentHash.of("other"));
        act("warning.approve", ISSUE, "signer", START - 1000, hash);
        act("warning.create", "w3", "agency", START, ContentHash.of("another"));
        return new Warning(
                ISSUE,
                ISSUE,
                null,
                "abc",
                Sample.alert("A1").build(),
                source,
                "application/cap+xml",
                hash,
                WarningState.ACTIVE,
                Level.I,
                3,
                List.of(),
                List.of(new Approval(Role.SIGNER, "signer", "王局长", signed, 2)),
                List.of("agency"),
                List.of(),
                false,
                "residents",
                Set.of(),
                null,
                Instant.ofEpochMilli(START - 5000),
                Instant.ofEpochMilli(START - 5000),
                signed,
                null);
    }

    private void act(String act, String subject, String actor, long at, String content) {
        LedgerHead head = ledger.isEmpty() ? LedgerHead.EMPTY : ledgerHead();
        ledger.add(LedgerEntry.after(head, new Deed(Instant.ofEpochMilli(at), actor, act, subject, content)));
    }

    /** A journal in which the first so many are sent to, some twice, in two segments, and reports come in any order. */
    private List<EvidenceLog.Entry> persons(int count) {
        List<EvidenceLog.Entry> entries = new ArrayList<>();
        JournalEncoder encoder = new JournalEncoder();
        long claim = 0;
        for (int from = 0; from < count; from += BATCH) {
            int[] numbers = range(from, Math.min(count, from + BATCH));
            encoder.claimed(claim(++claim, numbers, false));
            for (int index = 0; index < numbers.length; index++) {
                boolean two = random.nextInt(4) == 0;
                encoder.accepted(
                        claim,
                        index,
                        two ? new long[] {random.nextLong(), random.nextLong()} : new long[] {random.nextLong()});
                report(encoder, claim, index, 0);
                if (two) {
                    report(encoder, claim, index, 1);
                }
            }
            keep(entries, encoder);
        }
        if (count > BATCH / 10) {
            // The first ones once more: another attempt that one segment alone proves nothing of.
            int[] numbers = range(0, BATCH / 10);
            encoder.claimed(claim(++claim, numbers, false));
            for (int index = 0; index < numbers.length; index++) {
                encoder.accepted(claim, index, new long[] {random.nextLong(), random.nextLong()});
                report(encoder, claim, index, random.nextInt(2));
            }
            keep(entries, encoder);
        }
        return entries;
    }

    private void report(JournalEncoder encoder, long claim, int index, int segment) {
        long at = START + random.nextInt(600_000);
        int lot = random.nextInt(100);
        if (lot < 70) {
            encoder.reported(claim, index, segment, Evidence.DELIVERED, null, "DELIVRD", at);
        } else if (lot < 75) {
            encoder.reported(claim, index, segment, Evidence.SHOWN, null, "shown", at);
        } else if (lot < 78) {
            encoder.reported(claim, index, segment, Evidence.ANSWERED, null, "1", at);
        } else if (lot < 85) {
            encoder.reported(claim, index, segment, Evidence.FAILED, Reason.UNREACHABLE, "EXPIRED", at);
        } else if (lot < 90) {
            encoder.reported(claim, index, segment, Evidence.UNKNOWN, null, "码" + lot, at);
        }
    }

    private List<EvidenceLog.Entry> terminals(int count) {
        List<EvidenceLog.Entry> entries = new ArrayList<>();
        JournalEncoder encoder = new JournalEncoder();
        encoder.claimed(claim(1, range(0, count), true));
        for (int index = 0; index < count; index++) {
            encoder.accepted(1, index, random.nextLong());
            if (random.nextInt(3) == 0) {
                encoder.reported(1, index, 0, Evidence.DELIVERED, null, "finished", START + index);
            }
        }
        keep(entries, encoder);
        return entries;
    }

    private static Claim claim(long id, int[] numbers, boolean terminals) {
        return new Claim(id, "b" + id, ISSUE, ISSUE, "sms/0/zh-CN", 1, terminals, 1, START, numbers);
    }

    private static void keep(List<EvidenceLog.Entry> entries, JournalEncoder encoder) {
        entries.add(new EvidenceLog.Entry("1-" + (entries.size() + 1), encoder.take()));
    }

    private static int[] range(int from, int to) {
        int[] numbers = new int[to - from];
        for (int at = 0; at < numbers.length; at++) {
            numbers[at] = from + at;
        }
        return numbers;
    }

    private final class Kept implements EvidenceLog {
        @Override
        public CompletionStage<Void> append(String link, long epoch, long sequence, byte[] bytes) {
            throw new UnsupportedOperationException("nothing is written here");
        }

        @Override
        public CompletionStage<List<Entry>> read(String link, String after, int limit) {
            List<Entry> all = journals.getOrDefault(link, List.of());
            int from = after.isEmpty() ? 0 : Integer.parseInt(after.substring(2));
            return CompletableFuture.completedStage(all.subList(from, Math.min(all.size(), from + limit)));
        }

        @Override
        public CompletionStage<Start> start(String link) {
            return CompletableFuture.completedStage(Start.WHOLE);
        }

        @Override
        public CompletionStage<Void> trim(String link, Start start) {
            throw new UnsupportedOperationException("nothing is sealed here");
        }
    }
}
