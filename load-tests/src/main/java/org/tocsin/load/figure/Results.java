package org.tocsin.load.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the run gave so far. Any thread. */
public final class Results {
    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, List<Plot>> plots = new LinkedHashMap<>();
    private final Map<String, String> notMeasured = new LinkedHashMap<>();

    /** Makes empty results. */
    public Results() {}

    /** Adds a figure. */
    public synchronized void add(Figure figure) {
        figures.add(figure);
    }

    /** Adds a plot to a scenario. */
    public synchronized void plot(String scenario, Plot plot) {
        plots.computeIfAbsent(scenario, unknown -> new ArrayList<>()).add(plot);
    }

    /** Says that a scenario, or a part of one, could not be measured, and why. */
    public synchronized void notMeasured(String what, String why) {
        notMeasured.put(what, why);
    }

    /** The figures so far. */
    public synchronized List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** The plots so far by scenario. */
    public synchronized Map<String, List<Plot>> plots() {
        Map<String, List<Plot>> copy = new LinkedHashMap<>();
        plots.forEach((scenario, all) -> copy.put(scenario, List.copyOf(all)));
        return copy;
    }

    /** What could not be measured, and why. */
    public synchronized Map<String, String> notMeasured() {
        return new LinkedHashMap<>(notMeasured);
    }
}
