package org.tocsin.gateway.app;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The carriers' simulators of the demo: a process of their own, made of {@code simulators/} beside {@code lib/}, as
 * carriers are nobody's part. They are spoken to in lines ({@code org.tocsin.simulator.SimulatedCarriers}), and end
 * when this process does, however it ends. Used by one thread.
 */
final class Simulators implements AutoCloseable {
    private static final String MAIN = "org.tocsin.simulator.SimulatedCarriers";
    private static final long ANSWER_SECONDS = 60;
    private static final long END_SECONDS = 10;

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private boolean stopped;

    private Simulators(Process process) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts the process.
     *
     * @throws IllegalStateException when the simulators are not there
     * @throws IOException when it cannot be started
     */
    static Simulators launch() throws IOException {
        Path lib = libraries();
        Path simulators = lib.resolveSibling("simulators");
        if (!Files.isDirectory(simulators)) {
            throw new IllegalStateException("there are no simulators at " + simulators + "; build them: mvn package");
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        // They run for a minute: the second compiler would take more from a small machine than it gives.
        ProcessBuilder carriers = new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        simulators.resolve("*") + File.pathSeparator + lib.resolve("*"),
                        MAIN)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // The gateway's keys and passwords are none of a carrier's business.
        carriers.environment().keySet().removeIf(name -> name.startsWith("TOCSIN_"));
        return new Simulators(carriers.start());
    }

    /**
     * Says a request and waits for its answer.
     *
     * @throws IllegalStateException when they fail, are gone or do not answer
     */
    Map<String, String> apply(Map<String, String> request) {
        try {
            requests.write(written(request));
            requests.newLine();
            requests.flush();
            String line = CompletableFuture.supplyAsync(this::line).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("the simulated carriers have ended");
            }
            Map<String, String> answer = read(line);
            String failed = answer.get("failed");
            if (failed != null) {
                throw new IllegalStateException("the simulated carriers failed: " + failed);
            }
            return answer;
        } catch (IOException | ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the simulated carriers do not answer", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** Stops the carriers, so that their books are whole. May be called again. */
    void stop() {
        if (!stopped) {
            stopped = true;
            apply(Map.of("do", "stop"));
        }
    }

    /** Ends the process; by force where it does not end by itself. */
    @Override
    public void close() throws IOException {
        try {
            requests.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable String line() {
        try {
            return answers.readLine();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String written(Map<String, String> request) {
        StringBuilder line = new StringBuilder();
        request.forEach((name, value) -> line.append(line.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return line.toString();
    }

    private static Map<String, String> read(String line) {
        Map<String, String> answer = new TreeMap<>();
        for (String pair : line.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                answer.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return answer;
    }

    private static Path libraries() {
        try {
            Path gateway = Path.of(Simulators.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = gateway.getParent();
            if (folder == null) {
                throw new IllegalStateException("the gateway's jar lies nowhere: " + gateway);
            }
            return folder;
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
