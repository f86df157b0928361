package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.Summaries;
import org.tocsin.gateway.report.SummaryJson;
import org.tocsin.gateway.report.SummaryStore;

@ExtendWith(RedisExtension.class)
class RedisSummariesTest {
    private static final Instant DAY = Instant.parse("2026-07-21T00:00:00Z");
    private static final Instant NEXT_DAY = DAY.plusSeconds(86_400);

    @Test
    void givesBackWhatItKeeps(Redis redis) {
        SummaryStore store = new RedisSummaries(redis);
        IssueSummary summary = Summaries.of("w1", DAY, 743);

        assertTrue(store.put(summary));

        assertEquals(Optional.of(summary), store.find("w1"));
        assertEquals(Optional.empty(), store.find("w2"));
    }

    @Test
    void aSettledOneStays(Redis redis) {
        SummaryStore store = new RedisSummaries(redis);
        IssueSummary open = Summaries.of("w1", DAY, 3);
        IssueSummary settled = settled(open);

        assertTrue(store.put(open));
        assertTrue(store.put(settled));
        assertFalse(store.put(open), "a late writer does not undo it");
        assertFalse(store.put(settled(Summaries.of("w1", DAY, 4))), "nor does another gateway's");

        assertEquals(Optional.of(settled), store.find("w1"));
    }

    @Test
    void listsByTimeOfSignOffPageByPageWithoutVillages(Redis redis) {
        SummaryStore store = new RedisSummaries(redis);
        List<String> expected = new ArrayList<>();
        for (int number = 0; number < 9; number++) {
            // Three at each instant: a page ends between those of the same one.
            store.put(Summaries.of("w" + number, DAY.plusSeconds(number / 3), 3));
            expected.add("w" + number);
        }
        store.put(Summaries.of("before", DAY.minusMillis(1), 3));
        store.put(Summaries.of("after", NEXT_DAY, 3));

        List<String> found = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            SummaryStore.Page page = store.list(new SummaryStore.Query(DAY, NEXT_DAY, cursor, 2));
            page.summaries().forEach(summary -> found.add(summary.about().issue()));
            page.summaries().forEach(summary -> assertEquals(List.of(), summary.villages()));
            cursor = page.cursor();
            pages++;
        } while (cursor != null);

        assertEquals(expected, found);
        assertEquals(5, pages);
        List<String> each = new ArrayList<>();
        store.each(DAY, NEXT_DAY, summary -> each.add(summary.about().issue()));
        assertEquals(expected, each);
    }

    @Test
    void oneThatCannotBeReadIsNamedAndHidesNoOther(Redis redis) {
        SummaryStore store = new RedisSummaries(redis);
        store.put(Summaries.of("w1", DAY, 3));
        store.put(Summaries.of("w2", DAY, 3));
        store.put(Summaries.of("w3", DAY, 3));
        redis.connection().sync().hset("{tocsin}:issue:w2:summary", "head", "{\"version\":9}".getBytes(UTF_8));

        List<String> read = new ArrayList<>();
        List<String> unreadable =
                store.each(DAY, NEXT_DAY, summary -> read.add(summary.about().issue()));

        assertEquals(List.of("w1", "w3"), read);
        assertEquals(List.of("w2"), unreadable);
        assertThrows(SummaryJson.Unreadable.class, () -> store.find("w2"));
    }

    @Test
    void anEmptyTimeHasNoPage(Redis redis) {
        SummaryStore store = new RedisSummaries(redis);

        SummaryStore.Page page = store.list(new SummaryStore.Query(DAY, DAY, null, 10));

        assertEquals(List.of(), page.summaries());
        assertNull(page.cursor());
    }

    @Test
    void refusesWhatIsNoCursorAndNoTime(Redis redis) {
        SummaryStore store = new RedisSummaries(redis);

        assertThrows(IllegalArgumentException.class, () -> store.list(new SummaryStore.Query(DAY, NEXT_DAY, "x", 10)));
        assertThrows(IllegalArgumentException.class, () -> new SummaryStore.Query(NEXT_DAY, DAY, null, 10));
        assertThrows(IllegalArgumentException.class, () -> new SummaryStore.Query(DAY, NEXT_DAY, null, 0));
    }

    private static IssueSummary settled(IssueSummary open) {
        return new IssueSummary(
                open.about(),
                open.asOf(),
                true,
                open.applies(),
                open.goal(),
                open.coverage(),
                open.designed(),
                open.dissemination(),
                open.terminals(),
                open.fromSignOff(),
                open.fromSent(),
                open.goalSeconds(),
                open.levels(),
                open.outside(),
                open.addressed(),
                open.reached(),
                open.possibleDoubles(),
                open.unreached(),
                open.channels(),
                open.audiences(),
                open.townships(),
                open.villages(),
                open.villagesLeftOut(),
                open.townshipsLeftOut(),
                open.hours(),
                open.curve());
    }
}
