package org.tocsin.gateway.dispatch;

import java.util.function.LongSupplier;

/**
 * How many addressees a link may be handed now: a token bucket of a tenth of a second, of which a share is only for
 * level I. For one thread.
 */
final class RateBudget {
    private static final double BURST_SECONDS = 0.1;
    private static final double NANOS = 1e9;

    private final double rate;
    private final double lowerRate;
    private final LongSupplier nanos;
    private double tokens;
    private double lowerTokens;
    private long last;

    /**
     * Makes a budget.
     *
     * @param rate addressees a second; 0 means without limit
     * @param reserve the share that only level I may use, 0 to 1
     * @param nanos a monotonic clock
     */
    RateBudget(int rate, double reserve, LongSupplier nanos) {
        this.rate = rate;
        this.lowerRate = rate * (1 - reserve);
        this.nanos = nanos;
        this.last = nanos.getAsLong();
        this.tokens = burst(rate);
        this.lowerTokens = burst(lowerRate);
    }

    /**
     * Whether so many may go together on this lane now; if so, they are spent. More than a burst waits for a whole one.
     */
    boolean spend(int lane, int count) {
        if (rate == 0) {
            return true;
        }
        long now = nanos.getAsLong();
        double passed = (now - last) / NANOS;
        last = now;
        tokens = Math.min(burst(rate), tokens + passed * rate);
        lowerTokens = Math.min(burst(lowerRate), lowerTokens + passed * lowerRate);
        boolean may = tokens >= Math.min(count, burst(rate))
                && (lane == 1 || lowerTokens >= Math.min(count, burst(lowerRate)));
        if (may) {
            tokens -= count;
            lowerTokens -= lane == 1 ? 0 : count;
        }
        return may;
    }

    private static double burst(double rate) {
        return Math.max(1, rate * BURST_SECONDS);
    }
}
