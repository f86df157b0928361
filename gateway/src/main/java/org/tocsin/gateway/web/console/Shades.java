package org.tocsin.gateway.web.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Percent;

/**
 * The classes of a map by share, from the lightest: c0 to c3, of which the darkest is that of who meets the goal,
 * whatever the number of classes; cx is where nobody is. Immutable.
 */
final class Shades {
    /** Where nobody is. */
    static final String NOBODY = "cx";

    private static final int DARKEST = 3;

    /** Sums of binary fractions may be off by so much. */
    private static final double TOLERANCE = 1e-9;

    private final List<Double> edges;

    private Shades(List<Double> edges) {
        this.edges = List.copyOf(edges);
    }

    /**
     * A class of a map: its colour, where it begins and ends, whether the goal is met there, how many villages it has.
     */
    record Shade(String colour, double from, double to, boolean meetsGoal, int villages) {}

    /** The classes for a goal, 0 to 1; null where none applies. */
    static Shades of(@Nullable Double goal) {
        TreeSet<Double> edges = new TreeSet<>(List.of(0.5, 0.8));
        if (goal != null) {
            edges.add(goal);
            edges.removeIf(edge -> edge <= 0 || edge > goal);
        }
        return new Shades(List.copyOf(edges));
    }

    /** The colour of a share, 0 to 1; null where nobody is. */
    String colour(@Nullable Double share) {
        if (share == null) {
            return NOBODY;
        }
        int at = 0;
        while (at < edges.size() && share >= edges.get(at) - TOLERANCE) {
            at++;
        }
        return colour(at);
    }

    private String colour(int at) {
        return "c" + (DARKEST - edges.size() + at);
    }

    /** The classes from the highest, with how many villages of these colours each has. */
    List<Shade> classes(Collection<String> colours, boolean goal) {
        List<Shade> classes = new ArrayList<>();
        for (int at = edges.size(); at >= 0; at--) {
            double from = at == 0 ? 0 : edges.get(at - 1);
            boolean last = at == edges.size();
            classes.add(new Shade(
                    colour(at),
                    from,
                    last ? 1 : edges.get(at),
                    goal && last,
                    Collections.frequency(colours, colour(at))));
        }
        int nobody = Collections.frequency(colours, NOBODY);
        if (nobody > 0) {
            classes.add(new Shade(NOBODY, 0, 0, false, nobody));
        }
        return classes;
    }

    /**
     * Where the classes begin, for a script: in per cent, cut up to a tenth, so that nothing looks reached too early.
     */
    String edgesInPercent() {
        return edges.stream()
                .map(edge -> String.format(Locale.ROOT, "%.1f", Percent.up(edge)))
                .collect(Collectors.joining(","));
    }
}
