package org.tocsin.load.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Gathers how long something took. Any thread may record. */
public final class Latencies {
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final double MILLI = 1e6;

    private final Histogram histogram = new ConcurrentHistogram(1000, LONGEST, 2);

    /** Makes an empty gathering. */
    public Latencies() {}

    /** Takes one time in nanoseconds; beyond ten minutes it counts as ten minutes. */
    public void record(long nanos) {
        histogram.recordValue(Math.max(0, Math.min(LONGEST, nanos)));
    }

    /** How many were taken. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** The time in milliseconds within which this share, 0 to 100, was done. */
    public double millis(double percentile) {
        return histogram.getValueAtPercentile(percentile) / MILLI;
    }

    /**
     * The histogram as a line: milliseconds, and the share in per cent of what took up to twice as long as the last.
     */
    public Plot.Line line(String name) {
        List<Plot.Point> points = new ArrayList<>();
        for (HistogramIterationValue value : histogram.logarithmicBucketValues(1000, Math.sqrt(2))) {
            double share = 100.0 * value.getCountAddedInThisIterationStep() / Math.max(1, count());
            points.add(new Plot.Point(value.getValueIteratedTo() / MILLI, share));
        }
        int first = 0;
        while (first < points.size() - 1 && points.get(first + 1).y() == 0) {
            first++;
        }
        return new Plot.Line(name, points.subList(Math.min(first, points.size()), points.size()));
    }
}
