package org.tocsin.gateway.coverage;

import java.util.ArrayList;
import java.util.List;

/**
 * The course of one issue's coverage since sign-off.
 *
 * <p>It keeps at most {@link #MOST_POINTS} points: when there are more, the one is let go whose neighbours lie nearest
 * to each other, so that the course stays whole and becomes coarser; the first and the last point stay, and the one at
 * which the goal was first met. Apart from that it keeps how each hour ended. Not for several threads at once.
 */
public final class Curve {
    /** The most points. */
    public static final int MOST_POINTS = 120;

    /** The most hours: the last of them holds all that came later too. */
    public static final int MOST_HOURS = 72;

    private static final long HOUR_MILLIS = 3_600_000;

    /** Points are kept to a thousandth of a person. */
    private static final double THOUSANDTH = 0.001;

    private final List<CurvePoint> points;
    private final List<Hour> hours;

    /**
     * How the coverage stood at the end of an hour.
     *
     * @param hour 0 for the first hour since sign-off, 1 for the second, up to {@link #MOST_HOURS} - 1
     * @param end the last figures that came in it
     */
    public record Hour(int hour, CurvePoint end) {}

    /** A course of nothing. */
    public Curve() {
        this(List.of(), List.of());
    }

    /** Goes on with a course that was kept, oldest first. */
    public Curve(List<CurvePoint> points, List<Hour> hours) {
        this.points = new ArrayList<>(points);
        this.hours = new ArrayList<>(hours);
    }

    /** Takes a point where there is no goal. */
    public void add(CurvePoint point) {
        add(point, Double.POSITIVE_INFINITY);
    }

    /**
     * Takes a point; one that is older than the last, or has the same figures, changes nothing.
     *
     * @param wanted how many persons the goal wants reached for sure
     */
    public void add(CurvePoint point, double wanted) {
        if (!points.isEmpty()) {
            CurvePoint last = points.get(points.size() - 1);
            if (point.millis() < last.millis() || point.hasFiguresOf(last)) {
                return;
            }
        }
        points.add(point);
        if (points.size() > MOST_POINTS) {
            points.remove(nearest(wanted));
        }
        int hour = (int) Math.min(MOST_HOURS - 1, point.millis() / HOUR_MILLIS);
        if (!hours.isEmpty() && hours.get(hours.size() - 1).hour() == hour) {
            hours.remove(hours.size() - 1);
        }
        hours.add(new Hour(hour, point));
    }

    /** The points kept, oldest first. */
    public List<CurvePoint> points() {
        return List.copyOf(points);
    }

    /** The hours in which something changed, oldest first. */
    public List<Hour> hours() {
        return List.copyOf(hours);
    }

    /** The place, neither first nor last nor that of the goal, whose neighbours lie nearest to each other. */
    private int nearest(double wanted) {
        int met = 0;
        while (met < points.size() && points.get(met).lower() < wanted - THOUSANDTH) {
            met++;
        }
        int place = 1;
        long least = Long.MAX_VALUE;
        for (int at = 1; at < points.size() - 1; at++) {
            long gap = points.get(at + 1).millis() - points.get(at - 1).millis();
            if (gap < least && at != met) {
                least = gap;
                place = at;
            }
        }
        return place;
    }
}
