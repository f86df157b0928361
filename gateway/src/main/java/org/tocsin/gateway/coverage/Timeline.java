package org.tocsin.gateway.coverage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sure coverage of one issue over time: when it first was more than none, half and nine tenths of the residents.
 *
 * <p>It takes samples in any order; what an earlier instant had reached stays reached. Not for several threads at once.
 */
public final class Timeline {
    /**
     * The sure coverage at an instant.
     *
     * @param at when
     * @param lower persons reached for sure
     */
    public record Sample(Instant at, double lower) {}

    /**
     * When shares were first reached, in seconds from sign-off, 0 or more; null where they never were.
     *
     * @param firstSeconds until the first person
     * @param p50Seconds until half of the residents
     * @param p90Seconds until nine tenths of the residents
     */
    public record Timeliness(@Nullable Double firstSeconds, @Nullable Double p50Seconds, @Nullable Double p90Seconds) {
        /** The same from an earlier moment, such as the agency's {@code sent}, so much before; at least 0. */
        public Timeliness since(Duration before) {
            double seconds = Math.max(0, before.toMillis() / 1000.0);
            return new Timeliness(later(firstSeconds, seconds), later(p50Seconds, seconds), later(p90Seconds, seconds));
        }

        private static @Nullable Double later(@Nullable Double reached, double seconds) {
            return reached == null ? null : Math.round((reached + seconds) * 1000) / 1000.0;
        }
    }

    private static final int MOST_SAMPLES = 1024;
    private static final double TOLERANCE = 1e-6;

    private final Instant signed;
    private final double residents;
    private final List<Sample> samples = new ArrayList<>();
    private @Nullable Instant first;
    private @Nullable Instant half;
    private @Nullable Instant nineTenths;

    /**
     * Starts at sign-off.
     *
     * @param signed when the issue was signed off
     * @param residents N of the target, 0 or more
     */
    public Timeline(Instant signed, double residents) {
        this.signed = signed;
        this.residents = residents;
    }

    /** Takes a sample. */
    public void add(Instant at, double lower) {
        if (lower > TOLERANCE) {
            first = earlier(first, at);
        }
        if (residents > 0 && lower >= 0.5 * residents - TOLERANCE) {
            half = earlier(half, at);
        }
        if (residents > 0 && lower >= 0.9 * residents - TOLERANCE) {
            nineTenths = earlier(nineTenths, at);
        }
        if (samples.isEmpty() || samples.get(samples.size() - 1).lower() != lower) {
            samples.add(new Sample(at, lower));
        }
        if (samples.size() > MOST_SAMPLES) {
            thin();
        }
    }

    /** When the shares were reached. */
    public Timeliness timeliness() {
        return new Timeliness(seconds(first), seconds(half), seconds(nineTenths));
    }

    /** The samples kept, at most 1,024: every other one is let go when there are more. */
    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    private void thin() {
        List<Sample> kept = new ArrayList<>();
        for (int index = 0; index < samples.size(); index += 2) {
            kept.add(samples.get(index));
        }
        samples.clear();
        samples.addAll(kept);
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one != null && one.isBefore(other) ? one : other;
    }

    private @Nullable Double seconds(@Nullable Instant at) {
        return at == null ? null : seconds(signed, at);
    }

    /** The seconds from sign-off to an instant, to the millisecond; 0 where a clock puts it before. */
    public static double seconds(Instant signed, Instant at) {
        return Math.max(0, Duration.between(signed, at).toMillis() / 1000.0);
    }
}
