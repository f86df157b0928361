package org.tocsin.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.load.figure.FigureJson;
import org.tocsin.load.figure.Page;
import org.tocsin.load.figure.Results;
import org.tocsin.load.figure.Table;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The suite's command: {@code java -jar load-tests/target/load-tests.jar whole-path}. */
@Command(
        name = "load-tests.jar",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        version = "load-tests 0.1.0",
        description = {
            "Measures the gateway against its bounds and its peers in the same run. Speaks to this machine alone.",
            "The table goes to standard output, the progress to standard error."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all was measured (with 'all', but for what this machine lacks)",
            "1:something could not be measured",
            "2:wrong usage",
            "3:could not run"
        })
public final class LoadTests implements Callable<Integer> {
    private static final int LEAST = 1_000;
    private static final int MOST = 10_000_000;
    private static final int MOST_RUNS = 50;
    private static final int MOST_MINUTES = 240;
    private static final int USAGE_WIDTH = 140;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else is called
    private CommandSpec spec;

    @Parameters(paramLabel = "SCENARIO", description = "one of those below, all, or sink")
    private String scenario = "";

    @Option(
            names = "--recipients",
            paramLabel = "N",
            description = "how many recipients, 1000 to 10000000 (default: each scenario's own)")
    private @Nullable Integer recipients;

    @Option(
            names = "--runs",
            paramLabel = "R",
            description = "runs beside the warm-up, 1 to 50 (default: ${DEFAULT-VALUE})")
    private int runs = 3;

    @Option(names = "--seed", paramLabel = "S", description = "of the carriers' chances (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the figures as JSON; - is standard output")
    private @Nullable Path json;

    @Option(names = "--report", paramLabel = "FILE", description = "writes the page with the plots")
    private @Nullable Path report;

    @Option(names = "--gateway", paramLabel = "FILE", description = "the gateway's jar; else it is looked for")
    private @Nullable Path gateway;

    @Option(
            names = "--shapes",
            paramLabel = "BxW",
            split = ",",
            description = "binds x window of whole-path (default: 1x256,4x64)")
    private List<String> shapes = List.of("1x256", "4x64");

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "the longest that one scenario, or the sink, may take, 1 to 240 (default: ${DEFAULT-VALUE})")
    private int minutes = 60;

    @Option(names = "--port", paramLabel = "P", description = "where the sink listens (default: a free port)")
    private int port;

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description = "an option of the gateway's JVM, such as -XX:StartFlightRecording:filename=FILE")
    private List<String> jvm = List.of();

    private LoadTests() {}

    /** Runs and ends with the exit code. */
    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    static CommandLine command() {
        CommandLine command = new CommandLine(new LoadTests());
        StringBuilder scenarios = new StringBuilder("%nScenarios (time at their default size, on 2 cores):%n");
        for (Scenario one : Scenarios.all()) {
            scenarios.append("  %-10s %s%%n             %s%%n"
                    .formatted(one.name(), percent(one.measures()), percent(one.costs())));
        }
        scenarios.append("  %-10s %s%%n".formatted("all", "each of them, one after the other"));
        scenarios.append(
                "  %-10s %s%%n".formatted("sink", "runs the SMPP sink alone at full speed, for other clients"));
        command.getCommandSpec().usageMessage().width(USAGE_WIDTH).footer(scenarios.toString());
        command.setExecutionExceptionHandler((failed, line, result) -> {
            line.getErr().println(failed instanceof IOException ? failed : failed.getMessage());
            return 3;
        });
        return command;
    }

    // The footer is a form.
    private static String percent(String text) {
        return text.replace("%", "%%");
    }

    @Override
    public Integer call() throws Exception {
        check(
                recipients == null || (recipients >= LEAST && recipients <= MOST),
                "--recipients must be 1000 to 10000000");
        check(runs >= 1 && runs <= MOST_RUNS, "--runs must be 1 to 50");
        check(minutes >= 1 && minutes <= MOST_MINUTES, "--minutes must be 1 to 240");
        check(port >= 0 && port <= 65_535, "--port must be 0 to 65535");
        boolean toStandardOutput = json != null && json.toString().equals("-");
        OutputFile figures = output("--json", toStandardOutput ? null : json);
        OutputFile page = output("--report", report);
        List<Bench.Shape> read = readShapes();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (scenario.equals("sink")) {
            Sink.run(port, Duration.ofMinutes(minutes).toSeconds(), seed, out);
            return 0;
        }
        boolean all = scenario.equals("all");
        List<Scenario> chosen = all
                ? Scenarios.all()
                : List.of(Scenarios.find(scenario)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(), "no scenario '" + scenario + "'; --help lists them")));
        Bench.Wishes wishes = new Bench.Wishes(
                recipients, runs, seed, findGateway(), read, Duration.ofMinutes(minutes), List.copyOf(jvm));
        Results results = new Results();
        Run run = new Run(
                wishes, results, new PrintStream(System.err, true, StandardCharsets.UTF_8), InstantSource.system());
        Runtime.getRuntime().addShutdownHook(new Thread(run::breakOff));
        boolean well = run.all(chosen, all);
        String written = FigureJson.write(results.figures());
        Map<OutputFile, String> files = new LinkedHashMap<>();
        if (figures != null) {
            files.put(figures, written + "\n");
        }
        if (page != null) {
            files.put(page, Page.write(results, facts()));
        }
        String shown = toStandardOutput ? written + System.lineSeparator() : Table.write(results);
        try {
            well &= run.publish(() -> publish(files));
        } finally {
            // Also where a file could not be written: it is all that is left of the run.
            if (!run.isBrokenOff()) {
                out.print(shown);
                out.flush();
            }
        }
        return well ? 0 : 1;
    }

    private List<Bench.Shape> readShapes() {
        try {
            return shapes.stream().map(Bench.Shape::of).toList();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "--shapes: " + wrong.getMessage());
        }
    }

    /** Before anything is measured: a wrong name must not cost what took twenty minutes. */
    private @Nullable OutputFile output(String option, @Nullable Path file) {
        if (file == null) {
            return null;
        }
        try {
            return OutputFile.at(file);
        } catch (IOException unfit) {
            throw new ParameterException(spec.commandLine(), option + ": " + unfit.getMessage());
        }
    }

    private static void publish(Map<OutputFile, String> files) throws IOException {
        IOException first = null;
        for (Map.Entry<OutputFile, String> file : files.entrySet()) {
            try {
                file.getKey().write(file.getValue());
            } catch (IOException failed) {
                // The other may go.
                if (first == null) {
                    first = failed;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("scenario", scenario);
        facts.put("recipients", recipients == null ? "each scenario's own" : "%,d".formatted(recipients));
        facts.put("runs", Integer.toString(runs));
        facts.put("seed", Long.toString(seed));
        facts.put("shapes of whole-path", String.join(", ", shapes));
        if (!jvm.isEmpty()) {
            facts.put("options of the gateway's JVM", String.join(" ", jvm));
        }
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("Java", Runtime.version().toString());
        return facts;
    }

    private void check(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }

    private Path findGateway() throws URISyntaxException {
        if (gateway != null) {
            check(Files.isRegularFile(gateway), "--gateway: there is no file " + gateway);
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
        throw new IllegalStateException("no tocsin.jar beside " + own + "; build it or name it by --gateway");
    }
}
