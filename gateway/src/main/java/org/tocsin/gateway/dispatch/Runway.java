package org.tocsin.gateway.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is claimed ahead of the link's rate: claims become durable here, and leave one by one as the rate lets them, the
 * gravest lane first, so that the carrier never waits for the store. Without a rate nothing waits. For the link's
 * thread.
 */
final class Runway {
    /** How far ahead is claimed: longer than a commit takes, and well below the second in which a stop must work. */
    private static final double AHEAD_SECONDS = 0.25;
    /** The longest time that one claim's addressees take of the rate, so that they leave evenly. */
    private static final double CLAIM_SECONDS = 0.025;

    private static final int LANES = 4;

    private final RateBudget budget;
    private final List<ArrayDeque<Flight>> ready = new ArrayList<>();
    private final int[] claimed = new int[LANES];
    private int waiting;

    /** Makes an empty one for the rate of a budget. */
    Runway(RateBudget budget) {
        this.budget = budget;
        for (int lane = 0; lane < LANES; lane++) {
            ready.add(new ArrayDeque<>());
        }
    }

    /**
     * How many addressees one more claim of a lane may have; 0 when enough of it and of graver ones is claimed ahead.
     */
    int room(int lane) {
        double rate = budget.rate();
        if (rate == 0) {
            return Integer.MAX_VALUE;
        }
        int ahead = Math.max(1, (int) (rate * AHEAD_SECONDS));
        int each = Math.max(1, (int) (rate * CLAIM_SECONDS));
        int before = 0;
        for (int graver = 1; graver <= lane; graver++) {
            before += claimed[graver - 1];
        }
        return Math.min(each, Math.max(0, ahead - before));
    }

    /** A claim was made whose addressees have not left. */
    void claimed(Flight flight) {
        claimed[flight.batch.lane() - 1] += flight.outcomes.length;
    }

    /** A claim is durable. */
    void ready(Flight flight) {
        ready.get(flight.batch.lane() - 1).add(flight);
        waiting++;
    }

    /** The next that may leave now; null when nothing is ready or the rate is spent. */
    @Nullable
    Flight next() {
        for (int lane = 1; lane <= LANES; lane++) {
            Flight flight = ready.get(lane - 1).peek();
            if (flight != null) {
                if (!budget.spend(lane, flight.outcomes.length)) {
                    return null;
                }
                ready.get(lane - 1).remove();
                waiting--;
                claimed[lane - 1] -= flight.outcomes.length;
                return flight;
            }
        }
        return null;
    }

    /** Whether a durable claim waits for the rate. */
    boolean isWaiting() {
        return waiting > 0;
    }

    /** Forgets all: the journal is read again. */
    void clear() {
        ready.forEach(ArrayDeque::clear);
        Arrays.fill(claimed, 0);
        waiting = 0;
    }
}
