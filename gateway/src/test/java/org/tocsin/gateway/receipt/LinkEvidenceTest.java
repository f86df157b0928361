package org.tocsin.gateway.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

class LinkEvidenceTest {
    private static final int PEOPLE = 40;

    @Property(tries = 200)
    void replayEqualsTheLifeBeforeAndARepeatedTailChangesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        List<EvidenceLog.Entry> journal = journal(random);
        LinkEvidence live = new LinkEvidence(LinkEvidenceTest::address);
        journal.forEach(live::apply);

        LinkEvidence replayed = new LinkEvidence(LinkEvidenceTest::address);
        journal.forEach(replayed::apply);
        assertEquals(figures(live), figures(replayed));

        ChannelCounts before = counts(live);
        journal.subList(random.nextInt(journal.size()), journal.size()).forEach(live::apply);
        assertEquals(before.delivered(), counts(live).delivered());
        assertEquals(before.accepted(), counts(live).accepted());
    }

    @Property(tries = 200)
    void countsAreCumulativeWhateverComes(@ForAll long seed) {
        LinkEvidence evidence = new LinkEvidence(LinkEvidenceTest::address);
        for (EvidenceLog.Entry entry : journal(new Random(seed))) {
            evidence.apply(entry);
            ChannelCounts counts = counts(evidence);
            String all = counts.toString();
            assertEquals(true, counts.planned() >= counts.submitted(), all);
            assertEquals(true, counts.submitted() >= counts.accepted(), all);
            assertEquals(true, counts.accepted() >= counts.delivered(), all);
            assertEquals(true, counts.delivered() >= counts.acknowledged(), all);
            assertEquals(true, counts.failed() + counts.delivered() <= counts.planned(), all);
        }
    }

    /** The console counted 16 loudspeakers that the pack, made of the journal, did not. */
    @Example
    void whatTheOwnerHasLearntBesideTheJournalMakesNoFigureThatItsReplayHasNot() {
        LinkEvidence live = new LinkEvidence(LinkEvidenceTest::address);
        LinkEvidence replayed = new LinkEvidence(LinkEvidenceTest::address);
        JournalEncoder encoder = new JournalEncoder();
        encoder.claimed(claim(1, 0, 1));
        encoder.deferred(1, 0, Reason.UNANSWERED, "");
        EvidenceLog.Entry first = entry(1, encoder.take());
        encoder.orphaned(new Orphan(11, address(0), Evidence.DELIVERED, null, "finished", 1));
        EvidenceLog.Entry second = entry(2, encoder.take());

        live.apply(first);
        live.learn(1, 0, 11, 0);
        live.apply(second);
        replayed.apply(first);
        replayed.apply(second);

        assertEquals(figures(replayed), figures(live));
    }

    @Example
    void personOfTwoSegmentsIsDeliveredWhenBothAre() {
        LinkEvidence evidence = new LinkEvidence(LinkEvidenceTest::address);
        JournalEncoder encoder = new JournalEncoder();
        encoder.claimed(claim(1, 0, 2));
        encoder.accepted(1, 0, new long[] {11, 12});
        encoder.reported(1, 0, 1, Evidence.DELIVERED, null, "DELIVRD", 1);
        evidence.apply(entry(1, encoder.take()));
        assertEquals(0, counts(evidence).delivered());

        encoder.reported(1, 0, 1, Evidence.DELIVERED, null, "DELIVRD", 1);
        evidence.apply(entry(1, encoder.take()));
        assertEquals(0, counts(evidence).delivered());

        encoder.reported(1, 0, 0, Evidence.DELIVERED, null, "DELIVRD", 1);
        evidence.apply(entry(1, encoder.take()));
        assertEquals(1, counts(evidence).delivered());
    }

    @Example
    void aSegmentOfATryThatWasNotTakenWholeProvesNothingOfTheWhole() {
        LinkEvidence evidence = new LinkEvidence(LinkEvidenceTest::address);
        JournalEncoder encoder = new JournalEncoder();
        encoder.claimed(claim(1, 0, 1));
        encoder.partlyTaken(1, 0, new long[] {11, 0});
        encoder.deferred(1, 0, Reason.THROTTLED, "0x00000058");
        evidence.apply(entry(1, encoder.take()));
        encoder.claimed(claim(2, 0, 1));
        evidence.apply(entry(2, encoder.take()));

        long place = evidence.find(11, address(0));
        encoder.reported(LinkEvidence.claimOf(place), 0, 0, Evidence.DELIVERED, null, "DELIVRD", 1);
        encoder.deferred(2, 0, Reason.THROTTLED, "0x00000058");
        evidence.apply(entry(3, encoder.take()));

        assertEquals(1, LinkEvidence.claimOf(place));
        assertEquals(0, counts(evidence).delivered());
        assertFalse(evidence.isAnswered("w", 0), "it is sent again");
    }

    @Example
    void aFailedSegmentOfATryThatWasNotTakenWholeDoesNotEndTheTries() {
        LinkEvidence evidence = new LinkEvidence(LinkEvidenceTest::address);
        JournalEncoder encoder = new JournalEncoder();
        encoder.claimed(claim(1, 0, 1));
        encoder.partlyTaken(1, 0, new long[] {11, 0});
        encoder.deferred(1, 0, Reason.THROTTLED, "");
        encoder.reported(1, 0, 0, Evidence.FAILED, Reason.UNDELIVERABLE, "UNDELIV", 1);
        encoder.reported(1, 0, 0, Evidence.IN_PROGRESS, null, "ACCEPTD", 1);
        evidence.apply(entry(1, encoder.take()));

        assertFalse(evidence.isAnswered("w", 0));
    }

    @Example
    void aReportOfASegmentTakenEarlierCountsForTheTryThatCompletesTheText() {
        LinkEvidence evidence = new LinkEvidence(LinkEvidenceTest::address);
        JournalEncoder encoder = new JournalEncoder();
        encoder.claimed(claim(1, 0, 1));
        encoder.partlyTaken(1, 0, new long[] {11, 0});
        encoder.deferred(1, 0, Reason.THROTTLED, "");
        encoder.reported(1, 0, 0, Evidence.DELIVERED, null, "DELIVRD", 1);
        evidence.apply(entry(1, encoder.take()));
        encoder.claimed(claim(2, 0, 1));
        encoder.accepted(2, 0, new long[] {11, 12});
        evidence.apply(entry(2, encoder.take()));
        assertEquals(0, counts(evidence).delivered());

        encoder.reported(2, 0, 1, Evidence.DELIVERED, null, "DELIVRD", 2);
        evidence.apply(entry(3, encoder.take()));

        assertEquals(1, counts(evidence).delivered());
    }

    @Example
    void byItsNumberAloneATextOfTwoSegmentsNeedsTwoReports() {
        LinkEvidence evidence = new LinkEvidence(LinkEvidenceTest::address);
        JournalEncoder encoder = new JournalEncoder();
        encoder.claimed(claim(1, 0, 1));
        encoder.cut(1, 2);
        encoder.deferred(1, 0, Reason.UNANSWERED, "");
        evidence.apply(entry(1, encoder.take()));
        for (int report = 0; report < 2; report++) {
            assertEquals(0, counts(evidence).delivered());
            long place = evidence.findByAddress(address(0), 1, true);
            encoder.reported(1, 0, LinkEvidence.segmentOf(place), Evidence.DELIVERED, null, "DELIVRD", 1);
            evidence.apply(entry(2 + report, encoder.take()));
        }

        assertEquals(1, counts(evidence).delivered());
    }

    @Example
    void aClashOfReferencesIsSettledByTheNumber() {
        LinkEvidence evidence = new LinkEvidence(LinkEvidenceTest::address);
        JournalEncoder encoder = new JournalEncoder();
        encoder.claimed(claim(1, 0, 2));
        encoder.accepted(1, 0, 77);
        encoder.accepted(1, 1, 77);
        evidence.apply(entry(1, encoder.take()));

        assertEquals(0, LinkEvidence.indexOf(evidence.find(77, address(0))));
        assertEquals(1, LinkEvidence.indexOf(evidence.find(77, address(1))));
        assertEquals(LinkEvidence.NOWHERE, evidence.find(77, address(2)));
    }

    private static List<EvidenceLog.Entry> journal(Random random) {
        List<EvidenceLog.Entry> journal = new ArrayList<>();
        JournalEncoder encoder = new JournalEncoder();
        encoder.claimed(claim(1, 0, PEOPLE / 2));
        encoder.claimed(claim(2, PEOPLE / 2, PEOPLE));
        journal.add(entry(journal.size() + 1, encoder.take()));
        List<Runnable> words = new ArrayList<>();
        for (int each = 0; each < PEOPLE; each++) {
            long claim = 1L + each / (PEOPLE / 2);
            int index = each % (PEOPLE / 2);
            long reference = 1L + random.nextInt(1_000);
            int fate = random.nextInt(10);
            words.add(() -> {
                if (fate == 0) {
                    encoder.rejected(claim, index, Reason.INVALID_ADDRESS, "");
                } else if (fate == 1) {
                    encoder.deferred(claim, index, Reason.UNANSWERED, "");
                } else {
                    encoder.accepted(claim, index, reference);
                }
            });
            for (int reports = random.nextInt(3); reports > 0; reports--) {
                Evidence evidence = fate < 5 ? Evidence.FAILED : Evidence.DELIVERED;
                Reason reason = fate < 5 ? Reason.UNDELIVERABLE : null;
                words.add(() -> encoder.reported(claim, index, 0, evidence, reason, "x", 1));
            }
        }
        Collections.shuffle(words, random);
        for (Runnable word : words) {
            word.run();
            if (random.nextInt(5) == 0) {
                journal.add(entry(journal.size() + 1, encoder.take()));
            }
        }
        if (!encoder.isEmpty()) {
            journal.add(entry(journal.size() + 1, encoder.take()));
        }
        return journal;
    }

    private static EvidenceLog.Entry entry(int sequence, byte[] bytes) {
        return new EvidenceLog.Entry("1-" + sequence, bytes);
    }

    private static Claim claim(long id, int from, int to) {
        int[] numbers = java.util.stream.IntStream.range(from, to).toArray();
        return new Claim(id, "b" + id, "w", "w", "n", 1, false, 1, 1, numbers);
    }

    private static String address(int number) {
        return "1991" + (10_000_000 + number);
    }

    private static ChannelCounts counts(LinkEvidence evidence) {
        return merged(evidence).counts("fake");
    }

    private static String figures(LinkEvidence evidence) {
        IssueEvidence merged = merged(evidence);
        return merged.counts() + " " + merged.open() + " "
                + merged.channel("fake").failures() + " " + merged.reached(1)
                + merged.channel("fake").deliveries(null, -1, PEOPLE);
    }

    private static IssueEvidence merged(LinkEvidence evidence) {
        Bits planned = new Bits();
        for (int number = 0; number < PEOPLE; number++) {
            planned.set(number);
        }
        return EvidenceMerge.merge(
                "w",
                1,
                List.of(new EvidenceMerge.ChannelPart("fake", false, true, Map.of("l", planned))),
                Map.of("fake", Map.of("l", evidence)));
    }
}
