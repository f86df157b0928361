package org.tocsin.gateway.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/** Sealed issues leave memory and journal, and nobody else's evidence with them. */
class ForgottenIssuesPropertyTest {
    private static final int CLAIM = 5;

    @Property(tries = 300)
    void aTrimmedJournalTellsTheSameOfAllOthersAsTheLifeBefore(@ForAll long seed) {
        Random random = new Random(seed);
        Journal journal = new Journal(random);
        LinkEvidence live = new LinkEvidence(number -> null);
        Set<String> sealed = new HashSet<>();
        EvidenceLog.Start start = EvidenceLog.Start.WHOLE;
        for (int round = 0; round < 6; round++) {
            journal.grow(live);
            for (String issue : live.issues()) {
                if (random.nextBoolean()) {
                    sealed.add(issue);
                    journal.seal(issue);
                }
            }
            start = live.forget(Set.copyOf(sealed));
        }
        journal.grow(live);
        LinkEvidence replayed = new LinkEvidence(number -> null);
        replayed.startAt(start);
        String after = start.after();
        int from = after.isEmpty() ? 0 : Integer.parseInt(after.substring(2));
        journal.entries.subList(from, journal.entries.size()).forEach(replayed::apply);
        replayed.forget(Set.copyOf(sealed));

        assertEquals(live.issues(), replayed.issues());
        assertTrue(live.issues().stream().noneMatch(sealed::contains));
        assertEquals(live.nextClaim(), replayed.nextClaim());
        for (String issue : live.issues()) {
            assertEquals(figures(live, issue), figures(replayed, issue));
        }
        assertEquals(Set.copyOf(live.orphans()), Set.copyOf(replayed.orphans()));
        journal.places.forEach((reference, place) -> {
            boolean isThere = !sealed.contains(journal.issues.get(LinkEvidence.claimOf(place)));
            assertEquals(isThere ? place : LinkEvidence.NOWHERE, live.find(reference, null));
            assertEquals(isThere ? place : LinkEvidence.NOWHERE, replayed.find(reference, null));
        });
    }

    @Example
    void whenAllIsForgottenClaimsGoOnBeingCounted() {
        LinkEvidence live = new LinkEvidence(number -> null);
        Journal journal = new Journal(new Random(1));
        journal.claim(live, "a");
        journal.claim(live, "b");

        EvidenceLog.Start start = live.forget(Set.of("a", "b"));

        assertEquals(new EvidenceLog.Start("1-2", 2), start);
        LinkEvidence replayed = new LinkEvidence(number -> null);
        replayed.startAt(start);
        assertEquals(3, replayed.nextClaim());
        journal.claim(replayed, "c");
        assertEquals("c", replayed.claim(3).issue());
        assertThrows(CorruptJournal.class, () -> replayed.claim(2));
        assertThrows(CorruptJournal.class, () -> replayed.claim(4));
    }

    private static String figures(LinkEvidence evidence, String issue) {
        IssueEvidence merged = EvidenceMerge.merge(
                issue,
                1,
                List.of(new EvidenceMerge.ChannelPart("fake", false, true, Map.of())),
                Map.of("fake", Map.of("l", evidence)));
        return merged.counts() + " " + merged.open() + merged.channel("fake").deliveries(null, -1, 1_000);
    }

    /** Issues that come and go, reports of any claim that is not sealed, orphans; what is said is also kept. */
    private static final class Journal {
        final List<EvidenceLog.Entry> entries = new ArrayList<>();
        final Map<Long, Long> places = new HashMap<>();
        final Map<Long, String> issues = new HashMap<>();
        private final List<Long> open = new ArrayList<>();
        private final JournalEncoder encoder = new JournalEncoder();
        private final Random random;
        private int made;

        Journal(Random random) {
            this.random = random;
        }

        void grow(LinkEvidence live) {
            for (int step = 0; step < 12; step++) {
                int what = random.nextInt(6);
                if (what == 0 || open.isEmpty()) {
                    String issue = random.nextBoolean() || open.isEmpty()
                            ? "issue-" + made++
                            : issueOf(open.get(random.nextInt(open.size())));
                    claim(live, issue);
                } else if (what == 1) {
                    encoder.orphaned(
                            new Orphan(1_000_000 + random.nextInt(1_000), "", Evidence.DELIVERED, null, "", 1));
                } else {
                    long claim = open.get(random.nextInt(open.size()));
                    int index = random.nextInt(CLAIM);
                    long reference = 1_000 + claim * CLAIM + index;
                    encoder.accepted(claim, index, reference);
                    encoder.reported(claim, index, 0, Evidence.DELIVERED, null, "", 1);
                    places.put(reference, (claim << 28) | ((long) index << 8));
                }
                if (random.nextBoolean()) {
                    commit(live);
                }
            }
            encoder.dropped("batch", issueOf(open.get(0)), Reason.EXPIRED, new int[] {7});
            commit(live);
        }

        void claim(LinkEvidence live, String issue) {
            commit(live);
            long id = live.nextClaim();
            int first = random.nextInt(100);
            int[] numbers = {first, first + 1, first + 2, first + 3, first + 4};
            encoder.claimed(new Claim(id, "b" + id, "w", issue, "n", 1, false, 1, 1, numbers));
            issues.put(id, issue);
            open.add(id);
            commit(live);
        }

        private String issueOf(long claim) {
            return Objects.requireNonNull(issues.get(claim));
        }

        void seal(String issue) {
            open.removeIf(claim -> issue.equals(issues.get(claim)));
        }

        private void commit(LinkEvidence live) {
            if (!encoder.isEmpty()) {
                EvidenceLog.Entry entry = new EvidenceLog.Entry("1-" + (entries.size() + 1), encoder.take());
                entries.add(entry);
                live.apply(entry);
            }
        }
    }
}
