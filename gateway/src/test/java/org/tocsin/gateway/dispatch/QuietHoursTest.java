package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.Terms;

/** What may keep a lower level waiting: the hour, and the money. */
class QuietHoursTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final QuietHours NIGHT =
            new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 30), ZONE, Set.of(4), Set.of("sms"));

    @Test
    void theNightRunsOverMidnightInTheCountysZone() {
        assertTrue(NIGHT.holds("sms", 4, at("2026-07-20T22:00:00+08:00")));
        assertTrue(NIGHT.holds("sms", 4, at("2026-07-21T06:29:59+08:00")));
        assertFalse(NIGHT.holds("sms", 4, at("2026-07-21T06:30:00+08:00")));
        assertFalse(NIGHT.holds("sms", 4, at("2026-07-20T21:59:59+08:00")));
    }

    @Test
    void otherLevelsAndChannelsDoNotWait() {
        assertFalse(NIGHT.holds("sms", 3, at("2026-07-20T23:00:00+08:00")));
        assertFalse(NIGHT.holds("app", 4, at("2026-07-20T23:00:00+08:00")));
    }

    @Test
    void levelsOneAndTwoCannotBeMadeToWait() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new QuietHours(LocalTime.MIN, LocalTime.NOON, ZONE, Set.of(2), Set.of("sms")));
    }

    @Test
    void theLimitHoldsTheLowerLevelsAfterAWarningAndEndsWithTheMonth() {
        Map<YearMonth, Long> kept = new ConcurrentHashMap<>();
        LinkSpending spending = new LinkSpending(
                "sms-1",
                new LinkTerms(new Terms("p", "any", 50), true, 10_000, false, ""),
                (link, month, more) -> kept.merge(month, more, Long::sum),
                ZONE);
        spending.note(159, at("2026-07-31T23:00:00+08:00"));
        assertFalse(spending.isNear());
        spending.note(160, at("2026-07-31T23:00:00+08:00"));
        assertTrue(spending.isNear());
        assertFalse(spending.holds(4));

        spending.note(200, at("2026-07-31T23:00:01+08:00"));
        assertTrue(spending.holds(4));
        assertTrue(spending.holds(3));
        assertFalse(spending.holds(2));
        assertFalse(spending.holds(1));
        assertEquals(10_000, spending.spent());

        spending.note(200, at("2026-08-01T00:00:00+08:00"));
        assertFalse(spending.holds(4));
        assertEquals(0, spending.spent());
    }

    @Test
    void aCountyMayLetTheLimitStopAll() {
        LinkSpending spending = new LinkSpending(
                "sms-1",
                new LinkTerms(new Terms("p", "any", 1_000), true, 1_000, true, ""),
                (link, month, more) -> more,
                ZONE);
        spending.note(1, at("2026-07-31T23:00:00+08:00"));

        assertTrue(spending.holds(1));
    }

    private static Instant at(String time) {
        return java.time.OffsetDateTime.parse(time).toInstant();
    }
}
