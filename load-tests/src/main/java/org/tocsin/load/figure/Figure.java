package org.tocsin.load.figure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a scenario. A ratio is measured ÷ bound (or peer), run by run, and then the median: for rates more is
 * better, for times and sizes less.
 *
 * @param scenario the scenario's name
 * @param name the figure's name; {@code throughput} is a scenario's main one
 * @param unit the unit of measured, bound and peer
 * @param measured what was measured
 * @param bound the best that is possible, measured in the same run or computed; null for none
 * @param peer what another system took or gave in the same run; null for none
 * @param ratioToBound null for none
 * @param ratioToPeer null for none
 * @param goal what it should be, in words; empty for none
 */
public record Figure(
        String scenario,
        String name,
        String unit,
        Spread measured,
        @Nullable Spread bound,
        @Nullable Spread peer,
        @Nullable Double ratioToBound,
        @Nullable Double ratioToPeer,
        String goal) {

    /** A figure that stands alone. */
    public static Figure alone(String scenario, String name, String unit, List<Double> measured) {
        return new Figure(scenario, name, unit, Spread.of(measured), null, null, null, null, "");
    }

    /** A figure that stands alone and was measured once. */
    public static Figure once(String scenario, String name, String unit, double measured) {
        return alone(scenario, name, unit, List.of(measured));
    }

    /**
     * A figure with its bound in the same runs.
     *
     * @param bounds as many as measured
     */
    public static Figure bounded(
            String scenario, String name, String unit, List<Double> measured, List<Double> bounds) {
        return alone(scenario, name, unit, measured).withBound(measured, bounds);
    }

    /** A figure with a peer in the same runs; as many as measured. */
    public static Figure beside(String scenario, String name, String unit, List<Double> measured, List<Double> peers) {
        return alone(scenario, name, unit, measured).withPeer(measured, peers);
    }

    /** The same beside a peer. */
    public Figure withPeer(List<Double> runs, List<Double> peers) {
        return new Figure(
                scenario, name, unit, measured, bound, Spread.of(peers), ratioToBound, ratio(runs, peers), goal);
    }

    /** The same with something that it should be. */
    public Figure withGoal(String wish) {
        return new Figure(scenario, name, unit, measured, bound, peer, ratioToBound, ratioToPeer, wish);
    }

    private Figure withBound(List<Double> runs, List<Double> bounds) {
        return new Figure(
                scenario, name, unit, measured, Spread.of(bounds), peer, ratio(runs, bounds), ratioToPeer, goal);
    }

    private static @Nullable Double ratio(List<Double> runs, List<Double> others) {
        if (runs.size() != others.size()) {
            throw new IllegalArgumentException(runs.size() + " runs and " + others.size() + " to compare them with");
        }
        List<Double> ratios = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            if (others.get(run) == 0) {
                return null;
            }
            ratios.add(runs.get(run) / others.get(run));
        }
        return Spread.of(ratios).median();
    }
}
