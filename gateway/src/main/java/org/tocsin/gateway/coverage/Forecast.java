package org.tocsin.gateway.coverage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the goal will be met, if it goes on as it did lately.
 *
 * <p>A straight line through how the sure coverage grew in the last part of its course: a quarter of the time since
 * sign-off, at least {@value #LEAST_WINDOW_MILLIS} ms. The interval is that of the slower and the faster half of this
 * part. Receipts mostly come more slowly towards the end, so the line is rather too early: it is no promise.
 *
 * @param state what can be said
 * @param seconds from sign-off until the goal was met (MET) or will be (EXPECTED); null otherwise
 * @param earliest at the rate of the faster half, seconds from sign-off; null unless EXPECTED
 * @param latest at the rate of the slower half; null unless EXPECTED, and where nothing came in that half
 */
public record Forecast(State state, @Nullable Double seconds, @Nullable Double earliest, @Nullable Double latest) {
    /** What can be said. */
    public enum State {
        /** The goal is met. */
        MET("met"),
        /** It will be met, if it goes on so. */
        EXPECTED("expected"),
        /** It cannot be met: not even if all that is still out arrives. */
        UNATTAINABLE("unattainable"),
        /** Nothing can be said: too little has come, or nothing comes any more. */
        UNKNOWN("unknown");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** The word of the contract's JSON. */
        public String word() {
            return word;
        }
    }

    static final long LEAST_WINDOW_MILLIS = 10_000;

    private static final double TOLERANCE = 1e-6;

    /** Nothing can be said. */
    public static final Forecast UNKNOWN = new Forecast(State.UNKNOWN, null, null, null);

    /**
     * Forecasts.
     *
     * @param metSeconds when the goal was met, in seconds from sign-off; null where it was not, or nobody knows when
     * @param wanted the persons who are to be reached for sure: goal · N, not rounded
     * @param curve the course so far, oldest first
     * @param nowMillis the present, in milliseconds since sign-off
     * @param attainable the persons reached for sure if all that is still out arrives
     */
    public static Forecast of(
            @Nullable Double metSeconds, double wanted, List<CurvePoint> curve, long nowMillis, double attainable) {
        if (metSeconds != null) {
            return new Forecast(State.MET, metSeconds, null, null);
        }
        // Of an issue whose time was not kept: as near as its course still tells.
        for (CurvePoint point : curve) {
            if (point.lower() >= wanted - TOLERANCE) {
                return new Forecast(State.MET, point.millis() / 1000.0, null, null);
            }
        }
        if (attainable < wanted - TOLERANCE) {
            return new Forecast(State.UNATTAINABLE, null, null, null);
        }
        if (curve.isEmpty()) {
            return UNKNOWN;
        }
        long now = Math.max(nowMillis, curve.get(curve.size() - 1).millis());
        long window = Math.min(now, Math.max(LEAST_WINDOW_MILLIS, now / 4));
        double reached = lowerAt(curve, now);
        double rate = rate(curve, now - window, now);
        if (!(rate > 0)) {
            return UNKNOWN;
        }
        double older = rate(curve, now - window, now - window / 2);
        double newer = rate(curve, now - window / 2, now);
        double missing = wanted - reached;
        Double latest = Math.min(older, newer) > 0 ? at(now, missing, Math.min(older, newer)) : null;
        return new Forecast(State.EXPECTED, at(now, missing, rate), at(now, missing, Math.max(older, newer)), latest);
    }

    /** The same, unless it expects the goal after a moment at which nothing counts any more: then nothing is known. */
    public Forecast until(double lastSeconds) {
        return state == State.EXPECTED && seconds != null && seconds > lastSeconds ? UNKNOWN : this;
    }

    /** Persons a millisecond between two moments. */
    private static double rate(List<CurvePoint> curve, long from, long to) {
        return to <= from ? 0 : (lowerAt(curve, to) - lowerAt(curve, from)) / (to - from);
    }

    /** What was sure at a moment: what the last point before it said. */
    private static double lowerAt(List<CurvePoint> curve, long millis) {
        double lower = 0;
        for (CurvePoint point : curve) {
            if (point.millis() > millis) {
                break;
            }
            lower = point.lower();
        }
        return lower;
    }

    private static double at(long now, double missing, double rate) {
        return Math.round(now + missing / rate) / 1000.0;
    }
}
