package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A carrier that takes so many a second and throttles the rest, against the budget that learns it. */
class RateBudgetTest {
    private static final double RESERVE = 0.25;
    private static final int STEP_MILLIS = 10;

    private long nanos;

    @Test
    void aLinkThatIsNeverThrottledHasNoLimit() {
        RateBudget budget = new RateBudget(0, RESERVE, () -> nanos);
        budget.answered(10_000, 0);

        assertTrue(budget.spend(4, 1_000_000));
        assertEquals(0, budget.rate());
        assertFalse(budget.isLowered());
    }

    @Test
    void throttlingLowersTheRateAtOnceAndOnlyOnceForWhatWasOnItsWay() {
        RateBudget budget = new RateBudget(1_000, RESERVE, () -> nanos);
        budget.answered(90, 10);
        double once = budget.rate();
        budget.answered(0, 10);

        assertTrue(once < 750, "the rate was " + once);
        assertEquals(once, budget.rate());
        assertTrue(budget.isLowered());
    }

    @Test
    void theCarriersOwnRateIsFoundWithinSecondsAndKeptNearly() {
        RateBudget budget = new RateBudget(0, RESERVE, () -> nanos);
        Carrier carrier = new Carrier(200);
        carrier.run(budget, 10);
        int accepted = carrier.accepted;
        int throttled = carrier.throttled;
        carrier.run(budget, 20);

        double taken = (carrier.accepted - accepted) / 20.0;
        double refused = (carrier.throttled - throttled) / 20.0;
        assertTrue(taken > 140 && taken <= 201, taken + " a second were taken of 200");
        assertTrue(refused < 0.25 * taken, refused + " a second were throttled");
    }

    @Test
    void aCarrierThatGrowsFasterIsUsedWithinSeconds() {
        RateBudget budget = new RateBudget(2_000, RESERVE, () -> nanos);
        Carrier carrier = new Carrier(100);
        carrier.run(budget, 10);
        carrier.rate = 2_000;
        carrier.run(budget, 12);

        assertTrue(budget.rate() > 1_500, "after 12 s the rate was " + budget.rate());
    }

    @Test
    void aLinkWithoutARateForgetsAnOldThrottling() {
        RateBudget budget = new RateBudget(0, RESERVE, () -> nanos);
        budget.answered(10, 90);
        assertTrue(budget.isLowered());
        nanos += Duration.ofSeconds(31).toNanos();
        budget.spend(1, 1);

        assertFalse(budget.isLowered());
        assertEquals(0, budget.rate());
    }

    @Test
    void aLinkThatWasThrottledAndThenHadNothingToDoIsWorthItsRateAgain() {
        RateBudget budget = new RateBudget(2_000, RESERVE, () -> nanos);
        budget.answered(10, 90);
        double cut = budget.rate();
        nanos += Duration.ofSeconds(20).toNanos();

        assertTrue(cut < 1_000, "the rate was " + cut);
        assertEquals(2_000, budget.rate(), "nobody spends of a link that has nothing, and it must get work again");
        assertFalse(budget.isLowered());
    }

    @Test
    void aLearntRateKeepsTheShareOfLevelOne() {
        RateBudget budget = new RateBudget(1_000, RESERVE, () -> nanos);
        budget.answered(900, 100);
        int lower = 0;
        while (budget.spend(4, 1)) {
            lower++;
        }

        assertTrue(lower > 0);
        assertTrue(budget.spend(1, 1), "what level IV has left is level I's");
    }

    private final class Carrier {
        private double rate;
        private double room;
        private int accepted;
        private int throttled;

        Carrier(double rate) {
            this.rate = rate;
        }

        void run(RateBudget budget, int seconds) {
            for (int millis = 0; millis < seconds * 1_000; millis += STEP_MILLIS) {
                nanos += Duration.ofMillis(STEP_MILLIS).toNanos();
                room = Math.min(rate / 10, room + rate * STEP_MILLIS / 1_000);
                int taken = 0;
                int refused = 0;
                // At most 100 leave in a step, as a window would have it.
                for (int left = 0; left < 100 && budget.spend(1, 1); left++) {
                    if (room >= 1) {
                        room--;
                        taken++;
                    } else {
                        refused++;
                    }
                }
                if (taken + refused > 0) {
                    budget.answered(taken, refused);
                }
                accepted += taken;
                throttled += refused;
            }
        }
    }
}
