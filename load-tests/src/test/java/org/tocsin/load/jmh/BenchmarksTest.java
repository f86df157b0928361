package org.tocsin.load.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.load.figure.Spread;

class BenchmarksTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void readsWhatJmhWrites() throws IOException {
        Path file = Files.writeString(
                folder.resolve("outcomes.json"),
                """
                [{"benchmark": "org.tocsin.load.jmh.PolygonBenchmark.polygon",
                  "params": {"people": "1200000", "points": "50"},
                  "primaryMetric": {"score": 3.0, "scoreUnit": "ms/op", "rawData": [[2.0, 6.0, 3.0]]}}]
                """);

        assertEquals(
                List.of(new Benchmarks.Outcome("polygon", 1_200_000, "50", new Spread(3, 2, 6))),
                Benchmarks.read(file));
    }

    @Test
    void refusesAnotherUnitAndNothingAtAll() throws IOException {
        Path file = folder.resolve("outcomes.json");
        Files.writeString(file, "[{\"benchmark\": \"a.b\", \"primaryMetric\": {\"scoreUnit\": \"ops/s\"}}]");
        assertThrows(IOException.class, () -> Benchmarks.read(file));
        Files.writeString(file, "[]");
        assertThrows(IOException.class, () -> Benchmarks.read(file));
    }
}
