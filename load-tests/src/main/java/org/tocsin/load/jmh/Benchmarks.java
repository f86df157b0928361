package org.tocsin.load.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs the benchmarks, each in a JVM of its own. */
public final class Benchmarks {
    private static final int WARM_UPS = 3;

    private Benchmarks() {}

    /**
     * What a benchmark gave, in milliseconds a call.
     *
     * @param name the method's
     * @param people how many
     * @param points of the polygon; empty where there is none
     */
    public record Outcome(String name, int people, String points, double median, double min, double max) {}

    /**
     * Runs those of which the name matches.
     *
     * @param pattern such as {@code DivisionsBenchmark}
     * @param people how many people, each
     * @param runs how many measured seconds each
     * @param heap of the JVM, such as 2g
     * @throws IOException when a benchmark fails
     */
    public static List<Outcome> run(String pattern, int[] people, int runs, String heap) throws IOException {
        String[] sizes = new String[people.length];
        for (int at = 0; at < people.length; at++) {
            sizes[at] = Integer.toString(people[at]);
        }
        // Its lock would stay in the temporary folder; the suite runs one benchmark at a time.
        System.setProperty("jmh.ignoreLock", "true");
        Options options = new OptionsBuilder()
                .include(pattern)
                .param("people", sizes)
                .forks(1)
                .jvmArgs("-Xmx" + heap)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(runs)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        List<Outcome> outcomes = new ArrayList<>();
        try {
            for (RunResult result : new Runner(options).run()) {
                Statistics statistics = result.getPrimaryResult().getStatistics();
                String points = result.getParams().getParamsKeys().contains("points")
                        ? result.getParams().getParam("points")
                        : "";
                outcomes.add(new Outcome(
                        result.getPrimaryResult().getLabel(),
                        Integer.parseInt(result.getParams().getParam("people")),
                        points,
                        statistics.getPercentile(50),
                        statistics.getMin(),
                        statistics.getMax()));
            }
        } catch (RunnerException failed) {
            throw new IOException("a benchmark failed: " + failed.getMessage(), failed);
        }
        return outcomes;
    }
}
