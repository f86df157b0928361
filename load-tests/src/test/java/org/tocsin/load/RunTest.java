package org.tocsin.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.load.figure.Results;

class RunTest {
    private final Results results = new Results();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void aMissingPeerIsNamedAndCountsOnlyWhenAskedForAlone() {
        Scenario missing = scenario("kannel", bench -> {
            throw new Scenario.NotHere("not installed");
        });

        assertTrue(run(Duration.ofMinutes(1)).all(List.of(missing), true));
        assertFalse(run(Duration.ofMinutes(1)).all(List.of(missing), false));
        assertEquals(Map.of("kannel", "not installed"), results.notMeasured());
    }

    @Test
    void afterAFailureTheNextScenarioRunsAndWhatWasStartedIsEnded() {
        List<String> seen = new ArrayList<>();
        Scenario failing = scenario("failing", bench -> {
            bench.keep(() -> seen.add("ended"));
            throw new IOException("broken");
        });

        boolean well =
                run(Duration.ofMinutes(1)).all(List.of(failing, scenario("next", bench -> seen.add("next"))), true);

        assertFalse(well);
        assertEquals(List.of("ended", "next"), seen);
        assertEquals(Map.of("failing", "failed: broken"), results.notMeasured());
    }

    @Test
    void waitingEndsWithTheTime() {
        Bench bench = new Bench(wishes(Duration.ZERO), results, quiet(), InstantSource.system());

        assertThrows(Bench.TooLate.class, () -> bench.await("what never comes", () -> false));
    }

    @Test
    void nothingIsStartedAfterItWasBrokenOff() {
        List<String> seen = new ArrayList<>();
        Run run = run(Duration.ofMinutes(1));
        run.breakOff();

        assertFalse(run.all(List.of(scenario("late", bench -> seen.add("late"))), true));
        assertEquals(List.of(), seen);
    }

    @Test
    void aMissingPartCountsOnlyWhenAskedForAlone() {
        Scenario half = scenario("terminals", bench -> bench.notMeasured("terminals' peer", "not installed"));

        assertTrue(run(Duration.ofMinutes(1)).all(List.of(half), true));
        assertFalse(run(Duration.ofMinutes(1)).all(List.of(half), false));
        assertEquals(Map.of("terminals' peer", "not installed"), results.notMeasured());
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("terminals' peer was not measured: not installed"));
    }

    @Test
    void whatFailsSinceItWasBrokenOffSaysSoAndNothingIsPublished() throws IOException {
        Run run = run(Duration.ofMinutes(1));
        List<String> published = new ArrayList<>();

        assertFalse(run.all(
                List.of(scenario("whole-path", bench -> {
                    run.breakOff();
                    throw new IOException("/tmp/divisions.csv not found");
                })),
                true));
        assertFalse(run.publish(() -> published.add("figures")));

        assertEquals(Map.of("whole-path", "broken off"), results.notMeasured());
        assertEquals(List.of(), published);
    }

    private Run run(Duration limit) {
        return new Run(wishes(limit), results, quiet(), InstantSource.system());
    }

    private static Bench.Wishes wishes(Duration limit) {
        return new Bench.Wishes(null, 1, 1, Path.of("tocsin.jar"), List.of(), limit, List.of());
    }

    private PrintStream quiet() {
        return new PrintStream(said, true, StandardCharsets.UTF_8);
    }

    private interface Work {
        void run(Bench bench) throws IOException;
    }

    private static Scenario scenario(String name, Work work) {
        return new Scenario() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String measures() {
                return "";
            }

            @Override
            public String costs() {
                return "";
            }

            @Override
            public void run(Bench bench) throws IOException {
                work.run(bench);
            }
        };
    }
}
