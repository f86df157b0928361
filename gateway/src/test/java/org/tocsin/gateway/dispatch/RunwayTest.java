package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tocsin.gateway.receipt.Claim;

class RunwayTest {
    private static final int RATE = 1_000;
    private static final double RED_RESERVE = 0.1;

    private long nanos;
    private long claims;
    private final Runway runway = new Runway(new RateBudget(RATE, RED_RESERVE, () -> nanos));

    @Test
    void withoutARateWhatIsDurableLeavesAtOnce() {
        Runway free = new Runway(new RateBudget(0, RED_RESERVE, () -> nanos));
        Flight flight = flight(4, 10_000);
        free.claimed(flight);
        free.ready(flight);

        assertEquals(Integer.MAX_VALUE, free.room(4));
        assertSame(flight, free.next());
        assertFalse(free.isWaiting());
    }

    @Test
    void aQuarterOfASecondIsClaimedAheadAndNoMore() {
        int ahead = 0;
        while (runway.room(1) > 0) {
            Flight flight = flight(1, runway.room(1));
            runway.claimed(flight);
            ahead += flight.outcomes.length;
        }

        assertEquals(RATE / 4, ahead);
    }

    @Test
    void whatIsClaimedLeavesAtTheRateOverTime() {
        int left = 0;
        for (int millis = 0; millis < 2_000; millis += 10) {
            nanos = Duration.ofMillis(millis).toNanos();
            while (runway.room(1) > 0) {
                ready(flight(1, runway.room(1)));
            }
            for (Flight next = runway.next(); next != null; next = runway.next()) {
                left += next.outcomes.length;
            }
        }

        assertTrue(left > 1.95 * RATE && left < 2.15 * RATE, left + " left in 2 s at " + RATE + "/s");
    }

    @Test
    void levelOneLeavesBeforeWhatWasClaimedEarlierForLowerLevels() {
        while (runway.room(4) > 0) {
            ready(flight(4, runway.room(4)));
        }
        assertTrue(runway.room(1) > 0);
        Flight red = flight(1, runway.room(1));
        ready(red);

        assertSame(red, runway.next());
    }

    @Test
    void aShareOfTheRateIsOnlyForLevelOne() {
        int blue = 0;
        for (int millis = 0; millis < 1_000; millis += 10) {
            nanos = Duration.ofMillis(millis).toNanos();
            while (runway.room(4) > 0) {
                ready(flight(4, runway.room(4)));
            }
            for (Flight next = runway.next(); next != null; next = runway.next()) {
                blue += next.outcomes.length;
            }
        }

        assertTrue(blue < 1.01 * RATE, blue + " of level IV left in a second");
    }

    @Test
    void aClaimAboveTheBurstLeavesWhenTheBucketIsFullAndIsPaidForAfterwards() {
        Flight large = flight(1, RATE);
        ready(large);
        ready(flight(1, 1));

        assertSame(large, runway.next());
        nanos = Duration.ofMillis(500).toNanos();
        assertNull(runway.next());
        nanos = Duration.ofSeconds(1).toNanos();
        assertNotNull(runway.next());
    }

    @Test
    void whenTheJournalIsReadAgainNobodyWaitsAnyMore() {
        ready(flight(2, 10));

        runway.clear();

        assertFalse(runway.isWaiting());
        assertNull(runway.next());
        assertEquals(RATE / 40, runway.room(4));
    }

    private void ready(Flight flight) {
        runway.claimed(flight);
        runway.ready(flight);
    }

    private Flight flight(int lane, int addressees) {
        int[] numbers = new int[addressees];
        Claim claim = new Claim(++claims, "b", "w", "i", "n", lane, false, 1, 0, numbers);
        return new Flight(claim, new LaneBatch("b", "w", "i", "n", lane, false, 1, "", numbers), 1);
    }
}
