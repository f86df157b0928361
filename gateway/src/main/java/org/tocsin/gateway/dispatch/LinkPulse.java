package org.tocsin.gateway.dispatch;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/**
 * What a link's answers and reports say of its health: how fast it takes, how often it errs and by what, how long its
 * reports take. Written by the link's thread alone, read by any; one batch costs some additions.
 */
final class LinkPulse {
    private static final double NANOS = 1e9;
    /** After so long half of what was measured is forgotten. */
    private static final double HALF_LIFE_SECONDS = 5;
    /** A measurement shorter than this says little of a speed. */
    private static final double SHORTEST_SECONDS = 0.25;

    private final LongSupplier nanos;
    private final Map<Reason, AtomicLong> errors = new EnumMap<>(Reason.class);
    private final Delays delays;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong segments = new AtomicLong();
    private volatile double speed;
    private volatile double trouble;
    private volatile long lastLanding;
    private volatile @Nullable Instant lastReport;
    private long measuringSince;
    private long acceptedSince;
    private double answers;
    private double troubles;

    LinkPulse(LongSupplier nanos) {
        this.nanos = nanos;
        this.delays = new Delays(nanos);
        // All are there from the start, so that readers never see the map change.
        for (Reason reason : Reason.values()) {
            errors.put(reason, new AtomicLong());
        }
        this.measuringSince = nanos.getAsLong();
        this.lastLanding = measuringSince;
    }

    /** All of a slice's addressees have their outcome; gives how many were accepted and how many throttled. */
    Landed landed(Flight flight) {
        int taken = 0;
        int parts = 0;
        int throttled = 0;
        for (Outcome outcome : flight.outcomes) {
            if (outcome instanceof Outcome.Accepted one) {
                taken++;
                parts += one.references().size();
            } else if (outcome instanceof Outcome.Rejected rejected) {
                count(rejected.reason());
            } else if (outcome instanceof Outcome.Deferred deferred) {
                throttled += deferred.reason() == Reason.THROTTLED ? 1 : 0;
                count(deferred.reason());
            }
        }
        accepted.addAndGet(taken);
        segments.addAndGet(parts);
        measure(taken, flight);
        return new Landed(taken, throttled);
    }

    /** How many of a slice the carrier took, and how many were too fast for it. */
    record Landed(int accepted, int throttled) {}

    private void count(Reason reason) {
        AtomicLong count = errors.get(reason);
        if (count != null) {
            count.incrementAndGet();
        }
    }

    private void measure(int taken, Flight flight) {
        long now = nanos.getAsLong();
        double passed = (now - measuringSince) / NANOS;
        acceptedSince += taken;
        if (passed >= SHORTEST_SECONDS) {
            double keep = Math.pow(0.5, passed / HALF_LIFE_SECONDS);
            // A link that had nothing to do for long was not slow.
            boolean idle = (now - lastLanding) / NANOS > HALF_LIFE_SECONDS;
            double recent = acceptedSince / passed;
            speed = idle || speed == 0 ? recent : Math.max(0, keep * speed + (1 - keep) * recent);
            answers *= keep;
            troubles *= keep;
            measuringSince = now;
            acceptedSince = 0;
        }
        answers += flight.outcomes.length;
        troubles += flight.troubles;
        trouble = troubles / Math.max(1, answers);
        lastLanding = now;
    }

    /**
     * A report came.
     *
     * @param delayMillis how long after it was claimed; negative where that is not known
     * @param reason why it failed; null unless it did
     * @param at when it came
     */
    void reported(long delayMillis, @Nullable Reason reason, Instant at) {
        lastReport = at;
        if (reason != null) {
            count(reason);
        }
        if (delayMillis >= 0) {
            delays.add(delayMillis);
        }
    }

    /** How many addressees a second it has taken lately, while it had any; 0 where nothing is known. */
    double speed() {
        return speed;
    }

    /** The share of its lately answered addressees of which the answer speaks against the link, 0 to 1. */
    double trouble() {
        return (nanos.getAsLong() - lastLanding) / NANOS > 12 * HALF_LIFE_SECONDS ? 0 : trouble;
    }

    /** How many addressees were accepted since the start. */
    long accepted() {
        return accepted.get();
    }

    /** In how many segments. */
    long segments() {
        return segments.get();
    }

    /** When the last report came; null where none has. */
    @Nullable
    Instant lastReport() {
        return lastReport;
    }

    /** How long its reports take. */
    Delays delays() {
        return delays;
    }

    /** How many refusals, deferrals and negative reports since the start, by reason. */
    Map<Reason, Long> errors() {
        Map<Reason, Long> mix = new EnumMap<>(Reason.class);
        errors.forEach((reason, count) -> {
            if (count.get() > 0) {
                mix.put(reason, count.get());
            }
        });
        return mix;
    }
}
