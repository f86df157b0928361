package org.tocsin.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs load scenarios: {@code java -jar load-tests/target/load-tests.jar whole-path}. */
@Command(
        name = "load-tests.jar",
        mixinStandardHelpOptions = true,
        description = "Measures the gateway against a bare bound in the same run. Speaks to this machine alone.")
public final class LoadTests implements Callable<Integer> {
    @Parameters(paramLabel = "SCENARIO", description = "whole-path")
    private String scenario = "whole-path";

    @Option(names = "--recipients", description = "how many residents with a phone (default: ${DEFAULT-VALUE})")
    private int recipients = 100_000;

    @Option(names = "--runs", description = "how many runs beside the first (default: ${DEFAULT-VALUE})")
    private int runs = 3;

    @Option(names = "--binds", description = "SMPP binds (default: ${DEFAULT-VALUE})")
    private int binds = 1;

    @Option(names = "--window", description = "unanswered submits a bind (default: ${DEFAULT-VALUE})")
    private int window = 256;

    @Option(names = "--gateway", paramLabel = "FILE", description = "the gateway's jar; else it is looked for")
    private @Nullable Path gateway;

    private LoadTests() {}

    /** Runs and ends with the exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LoadTests()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (!scenario.equals("whole-path")) {
            System.err.println("no scenario '" + scenario + "'; there is whole-path");
            return CommandLine.ExitCode.USAGE;
        }
        if (recipients < 1000 || recipients > 10_000_000 || runs < 1 || runs > 50) {
            System.err.println("--recipients must be 1000 to 10000000 and --runs 1 to 50");
            return CommandLine.ExitCode.USAGE;
        }
        List<WholePath.Run> measured = new WholePath(findGateway(), recipients, binds, window, System.out).run(runs);
        System.out.printf(
                "ratio to the bare client: median %.2f [%.2f-%.2f]; gateway: median %,.0f messages/s [%,.0f-%,.0f]%n",
                median(measured.stream().map(WholePath.Run::ratio).sorted().toList()),
                measured.stream().mapToDouble(WholePath.Run::ratio).min().orElse(0),
                measured.stream().mapToDouble(WholePath.Run::ratio).max().orElse(0),
                median(measured.stream().map(WholePath.Run::gateway).sorted().toList()),
                measured.stream().mapToDouble(WholePath.Run::gateway).min().orElse(0),
                measured.stream().mapToDouble(WholePath.Run::gateway).max().orElse(0));
        return 0;
    }

    private Path findGateway() throws Exception {
        if (gateway != null) {
            return gateway;
        }
        Path own = Path.of(LoadTests.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        for (Path folder = own; folder != null; folder = folder.getParent()) {
            for (Path candidate : List.of(
                    folder.resolve("tocsin.jar"),
                    folder.resolve("gateway").resolve("target").resolve("tocsin.jar"))) {
                if (Files.exists(candidate)) {
                    return candidate;
                }
            }
        }
        throw new IllegalStateException("no tocsin.jar beside " + own + "; name it by --gateway");
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
