package org.tocsin.gateway.dispatch;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many addressees a link may be handed now: a token bucket of a tenth of a second, of which a share is only for
 * level I. The rate is the operator's, lowered where the carrier says that it is too fast, and raised again soon after
 * it has stopped saying so. For one thread, but {@link #rate} and {@link #isLowered}, which are for any.
 */
final class RateBudget {
    private static final double BURST_SECONDS = 0.1;
    private static final double NANOS = 1e9;
    private static final double LEAST = 1;
    /** What is left of the rate when the carrier throttles. */
    private static final double CUT = 0.7;
    /** A cut works for so long before the next one: what was on its way had left at the former rate. */
    private static final double CUT_EVERY_SECONDS = 0.25;
    /** Above this share of throttled answers the rate is far off, and what the carrier took is the better guess. */
    private static final double FAR_OFF = 0.3;

    private static final int TELLING_ANSWERS = 20;
    /** How long the carrier must have been content before the rate rises. */
    private static final double CONTENT_SECONDS = 0.5;

    private static final double RISE_A_SECOND = 0.5;
    /** Near the rate at which the carrier throttled last. */
    private static final double CAREFUL_RISE_A_SECOND = 0.1;

    private static final double NEAR = 0.85;
    /** After so long without throttling it is as if there had been none. */
    private static final double FORGET_SECONDS = 30;

    private final double most;
    private final double reserve;
    private final LongSupplier nanos;
    private double tokens;
    private double lowerTokens;
    private long last;
    /** What the carrier's throttling has taught; null where it has not, or long ago. */
    private volatile @Nullable Learnt learnt;

    private long windowFrom;
    private int taken;
    private int throttled;

    /**
     * Makes a budget.
     *
     * @param most addressees a second at most; 0 means without limit
     * @param reserve the share that only level I may use, 0 to 1
     * @param nanos a monotonic clock
     */
    RateBudget(int most, double reserve, LongSupplier nanos) {
        this.most = most;
        this.reserve = reserve;
        this.nanos = nanos;
        this.last = nanos.getAsLong();
        this.windowFrom = last;
        this.tokens = burst(most);
        this.lowerTokens = burst(most * (1 - reserve));
    }

    /**
     * Whether so many may go together on this lane now; if so, they are spent. More than a burst waits for a whole one.
     */
    boolean spend(int lane, int count) {
        if (most == 0 && learnt == null) {
            return true;
        }
        long now = nanos.getAsLong();
        double passed = (now - last) / NANOS;
        last = now;
        double whole = rate(now);
        if (whole == 0) {
            return true;
        }
        double lower = whole * (1 - reserve);
        tokens = Math.min(burst(whole), tokens + passed * whole);
        lowerTokens = Math.min(burst(lower), lowerTokens + passed * lower);
        boolean may =
                tokens >= Math.min(count, burst(whole)) && (lane == 1 || lowerTokens >= Math.min(count, burst(lower)));
        if (may) {
            tokens -= count;
            lowerTokens -= lane == 1 ? 0 : count;
        }
        return may;
    }

    /**
     * Some answers of the carrier: by them the rate is learnt.
     *
     * @param accepted how many it took
     * @param refusedAsTooFast how many were too fast for it
     */
    void answered(int accepted, int refusedAsTooFast) {
        long now = nanos.getAsLong();
        double window = (now - windowFrom) / NANOS;
        if (refusedAsTooFast == 0) {
            if (window > 1) {
                beginWindow(now);
            }
            taken += accepted;
            return;
        }
        taken += accepted;
        throttled += refusedAsTooFast;
        Learnt lately = learnt;
        if (lately != null && lately.content(now) < CUT_EVERY_SECONDS) {
            return;
        }
        double rate = rate(now);
        double measured = taken / Math.max(window, BURST_SECONDS);
        double before = rate == 0 ? Math.max(measured, LEAST / CUT) : rate;
        boolean farOff = taken + throttled >= TELLING_ANSWERS && throttled > FAR_OFF * (taken + throttled);
        double cut = CUT * before;
        double lower = Math.max(LEAST, farOff ? Math.min(cut, measured) : cut);
        learnt = new Learnt(lower, farOff ? Math.min(before, Math.max(measured, LEAST)) : before, now);
        tokens = Math.min(tokens, burst(lower));
        lowerTokens = Math.min(lowerTokens, burst(lower * (1 - reserve)));
        last = now;
        beginWindow(now);
    }

    /** The rate now, in addressees a second; 0 means without limit. Any thread. */
    double rate() {
        return rate(nanos.getAsLong());
    }

    /** Whether the carrier's throttling keeps it below the rate that was set. Any thread. */
    boolean isLowered() {
        return rate() != most;
    }

    private double rate(long now) {
        Learnt lately = learnt;
        if (lately == null || lately.content(now) > FORGET_SECONDS) {
            return most;
        }
        double risen = lately.risen(now);
        return most > 0 ? Math.min(most, risen) : risen;
    }

    /**
     * A rate that was cut, and rises by itself with the time: also while the link has nothing to do, so that it gets
     * work again.
     *
     * @param cut the rate after the cut, in addressees a second
     * @param throttledAt at which rate the carrier throttled
     * @param at when, on the monotonic clock
     */
    private record Learnt(double cut, double throttledAt, long at) {
        /** For how many seconds the carrier has been content. */
        double content(long now) {
            return (now - at) / NANOS;
        }

        double risen(long now) {
            double left = content(now) - CONTENT_SECONDS;
            double rate = cut;
            double[] ends = {NEAR * throttledAt, throttledAt / NEAR, Double.POSITIVE_INFINITY};
            double[] rises = {RISE_A_SECOND, CAREFUL_RISE_A_SECOND, RISE_A_SECOND};
            for (int stretch = 0; left > 0 && stretch < ends.length; stretch++) {
                double growth = Math.log1p(rises[stretch]);
                double needed = Math.max(0, Math.log(ends[stretch] / rate) / growth);
                rate *= Math.exp(growth * Math.min(left, needed));
                left -= needed;
            }
            return rate;
        }
    }

    private void beginWindow(long now) {
        windowFrom = now;
        taken = 0;
        throttled = 0;
    }

    private static double burst(double rate) {
        return Math.max(1, rate * BURST_SECONDS);
    }
}
