package org.tocsin.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tocsin.load.figure.Figure;
import org.tocsin.load.jmh.Benchmarks;

/** How long it takes to find whom a warning goes to, inside the gateway, by JMH. */
final class TargetingTimes implements Scenario {
    private static final String NAME = "targeting";
    private static final String HEAP = "3g";
    private static final int WORDS_SHOWN = 1_000;
    private static final int COUNTY = 1_200_000;
    private static final int PROVINCE = 100_000_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String measures() {
        return "divisions, polygons, audience algebra at 1.2, 10 and 100 million contacts, inside the gateway (JMH)";
    }

    @Override
    public String costs() {
        return "3 minutes and 4 GB of memory; a smaller --recipients leaves out 10 and 100 million";
    }

    @Override
    public void run(Bench bench) throws IOException {
        int county = bench.recipients(COUNTY);
        int[] sizes = county < COUNTY ? new int[] {county} : new int[] {county, 10_000_000, PROVINCE};
        bench.say("targeting: divisions and audiences");
        show(bench, measure(bench, "DivisionsBenchmark", sizes));
        bench.say("targeting: polygons at %,d", county);
        show(bench, measure(bench, "PolygonBenchmark", new int[] {county}));
    }

    /** Runs them in a process that belongs to the bench, no longer than the scenario may take. */
    private static List<Benchmarks.Outcome> measure(Bench bench, String pattern, int[] sizes) throws IOException {
        Path folder = bench.folder();
        Path outcomes = folder.resolve("outcomes.json");
        Path log = folder.resolve("jmh.log");
        ChildProcess process =
                bench.start(new ProcessBuilder(Benchmarks.command(pattern, sizes, bench.runs(), HEAP, folder, outcomes))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile()));
        bench.await(pattern, () -> !process.isAlive());
        if (process.exitValue() != 0) {
            String words = Files.readString(log);
            throw new IOException("a benchmark failed: "
                    + words.substring(Math.max(0, words.length() - WORDS_SHOWN)).strip());
        }
        return Benchmarks.read(outcomes);
    }

    private static void show(Bench bench, List<Benchmarks.Outcome> outcomes) {
        for (Benchmarks.Outcome outcome : outcomes) {
            String points = outcome.points().isEmpty() ? "" : "-" + outcome.points() + "-points";
            bench.say(
                    "  %s%s at %,d: %.3f ms",
                    outcome.name(), points, outcome.people(), outcome.millis().median());
            bench.results()
                    .add(new Figure(
                            NAME,
                            outcome.name() + points + "-at-" + outcome.people(),
                            "ms",
                            outcome.millis(),
                            null,
                            null,
                            null,
                            null,
                            goal(outcome)));
        }
    }

    private static String goal(Benchmarks.Outcome outcome) {
        return switch (outcome.name()) {
            case "divisionsAndAudience" ->
                outcome.people() == COUNTY ? "at most 2 ms" : outcome.people() == PROVINCE ? "at most 100 ms" : "";
            case "polygon" -> outcome.points().equals("5000") && outcome.people() == COUNTY ? "under 30 ms" : "";
            default -> "";
        };
    }
}
