package org.tocsin.load.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.tocsin.load.figure.Spread;

/**
 * The benchmarks' command line and what it writes. JMH runs in a process of its own, not in the suite: so it can be
 * ended with the JVM that it forks, and its lock and its other files lie in a folder that is gone at the end.
 */
public final class Benchmarks {
    private static final int WARM_UPS = 3;
    private static final JsonMapper JSON = new JsonMapper();

    private Benchmarks() {}

    /**
     * What a benchmark gave.
     *
     * @param name the method's
     * @param people how many
     * @param points of the polygon; empty where there is none
     * @param millis a call
     */
    public record Outcome(String name, int people, String points, Spread millis) {}

    /**
     * The command that runs those of which the name matches.
     *
     * @param pattern such as {@code DivisionsBenchmark}
     * @param people how many people, each
     * @param runs how many measured seconds each
     * @param heap of the JVM, such as 2g
     * @param folder for JMH's own files
     * @param outcomes where it writes what {@link #read} reads
     */
    public static List<String> command(
            String pattern, int[] people, int runs, String heap, Path folder, Path outcomes) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jmh.Main",
                pattern,
                "-p",
                "people=" + Arrays.stream(people).mapToObj(Integer::toString).collect(Collectors.joining(",")),
                "-f",
                "1",
                "-jvmArgs",
                "-Xmx" + heap,
                "-wi",
                Integer.toString(WARM_UPS),
                "-w",
                "1s",
                "-i",
                Integer.toString(runs),
                "-r",
                "1s",
                "-foe",
                "true",
                "-v",
                "SILENT",
                "-rf",
                "json",
                "-rff",
                outcomes.toString());
    }

    /**
     * Reads what the command has written.
     *
     * @throws IOException when it is not whole
     */
    public static List<Outcome> read(Path outcomes) throws IOException {
        List<Outcome> read = new ArrayList<>();
        for (JsonNode result : JSON.readTree(outcomes.toFile())) {
            JsonNode metric = result.path("primaryMetric");
            if (!metric.path("scoreUnit").asText().equals("ms/op")) {
                throw new IOException("a benchmark is not in ms/op but in " + metric.path("scoreUnit"));
            }
            List<Double> millis = new ArrayList<>();
            metric.path("rawData").forEach(fork -> fork.forEach(value -> millis.add(value.asDouble())));
            String name = result.path("benchmark").asText();
            read.add(new Outcome(
                    name.substring(name.lastIndexOf('.') + 1),
                    result.path("params").path("people").asInt(),
                    result.path("params").path("points").asText(),
                    Spread.of(millis)));
        }
        if (read.isEmpty()) {
            throw new IOException("no benchmark gave anything");
        }
        return read;
    }
}
