package org.tocsin.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A gateway under test: {@code serve} in a JVM of its own on a free port, over a data folder that is gone at the end.
 */
final class GatewayProcess {
    /** The key of an API client with the role. */
    static String key(String role) {
        return "load-tests-" + role.toLowerCase(Locale.ROOT) + "-key";
    }

    private static final Pattern LISTENING = Pattern.compile("Tocsin listens at (https?://[0-9.]+:[0-9]+)");
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(60);
    private static final int WORDS_SHOWN = 4_000;

    private final ChildProcess process;
    private final Path data;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = new JsonMapper();
    private final URI address;
    private final double readySeconds;

    private static final int IDLE_LOOKS = 20;
    private static final int IDLE_MILLIS = 500;
    /** A tenth of one processor. */
    private static final int IDLE_SHARE = 10;

    private GatewayProcess(ChildProcess process, Path data, URI address, double readySeconds) {
        this.process = process;
        this.data = data;
        this.address = address;
        this.readySeconds = readySeconds;
    }

    /**
     * Starts a gateway and waits until it is ready; the bench ends it.
     *
     * @param settings its settings in YAML
     * @param jvm its JVM's options, such as -Xmx1g
     */
    static GatewayProcess start(Bench bench, String settings, List<String> jvm) throws IOException {
        Path folder = bench.folder();
        Path config = Files.writeString(folder.resolve("settings.yaml"), settings);
        Path log = folder.resolve("gateway.log");
        Path data = folder.resolve("data");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(
                "-jar",
                bench.wishes().gateway().toString(),
                "serve",
                "--config",
                config.toString(),
                "--port",
                "0",
                "--data",
                data.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .put(
                        "TOCSIN_BOOTSTRAP_KEYS",
                        String.join(
                                ",",
                                Stream.of("issuer", "reviewer", "signer", "agency", "auditor", "admin")
                                        .map(role -> role + ":" + key(role))
                                        .toList()));
        long started = System.nanoTime();
        ChildProcess process = bench.start(builder);
        while (System.nanoTime() - started < STARTED_WITHIN.toNanos() && process.isAlive()) {
            Matcher listening = LISTENING.matcher(Files.readString(log));
            if (listening.find()) {
                URI address = URI.create(listening.group(1));
                Loopback.require(address.getHost());
                GatewayProcess gateway = new GatewayProcess(process, data, address, seconds(started));
                if (gateway.isReady()) {
                    return gateway;
                }
            }
            Bench.pause(20);
        }
        String words = Files.readString(log);
        throw new IOException("the gateway did not start:\n"
                + words.substring(Math.max(0, words.length() - WORDS_SHOWN)).strip());
    }

    /** Seconds from the start of the JVM until the gateway was ready. */
    double readySeconds() {
        return readySeconds;
    }

    /** Where it listens. */
    URI address() {
        return address;
    }

    /** The gateway's process. */
    ChildProcess process() {
        return process;
    }

    /** The gateway's data folder. */
    Path data() {
        return data;
    }

    /** Ends it now; the bench does it otherwise. */
    void stop() {
        process.close();
    }

    /**
     * Waits until the gateway's processor time says that it has next to nothing to do: what it compiles and cleans up
     * after one thing belongs to no measurement of the next. Waits ten seconds at most.
     */
    void awaitIdle() throws IOException {
        Duration before = processorTime();
        for (int look = 0; look < IDLE_LOOKS; look++) {
            Bench.pause(IDLE_MILLIS);
            Duration now = processorTime();
            if (now.minus(before).toMillis() * IDLE_SHARE <= IDLE_MILLIS) {
                return;
            }
            before = now;
        }
    }

    private Duration processorTime() throws IOException {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow(() -> new IOException("the gateway's processor time is not known"));
    }

    /**
     * The most memory that the gateway's process has held, in MiB (VmHWM of Linux); 0 where the system does not say.
     */
    double peakMebibytes() throws IOException {
        return ChildProcess.kibibytes(process.pid(), "VmHWM") / 1024.0;
    }

    /** Imports a CSV file; fails when a line is refused. */
    void load(String kind, Path file) throws IOException {
        JsonNode report = post("/api/v1/registry/" + kind, "admin", "text/csv", file);
        if (report.path("refused").asLong() > 0 || report.path("stopped").isTextual()) {
            throw new IOException("the gateway refused " + kind + ": "
                    + report.path("stopped").asText()
                    + report.path("problems").path(0));
        }
    }

    private JsonNode post(String path, String role, String type, Path file) throws IOException {
        return send(
                HttpRequest.newBuilder(address.resolve(path))
                        .timeout(Duration.ofMinutes(20))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofFile(file)),
                role);
    }

    /** Posts a text; gives the answer's JSON. */
    JsonNode post(String path, String role, String type, String body) {
        return send(
                HttpRequest.newBuilder(address.resolve(path))
                        .timeout(Duration.ofMinutes(2))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)),
                role);
    }

    /** Reads a channel's counts of a warning's coverage; a missing node while there are none yet. */
    JsonNode counts(String warning, String channel) {
        HttpResponse<byte[]> answer = exchange(
                HttpRequest.newBuilder(address.resolve("/api/v1/warnings/" + warning + "/coverage"))
                        .timeout(Duration.ofMinutes(1)),
                "auditor");
        return answer.statusCode() == 404
                ? MissingNode.getInstance()
                : read(answer).path("channels").path(channel);
    }

    /** How many of a warning's addressees the gateway counts as delivered by a channel. */
    long delivered(String warning, String channel) {
        return counts(warning, channel).path("delivered").asLong();
    }

    /** Reads JSON. */
    JsonNode get(String path, String role) {
        return send(HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofMinutes(1)), role);
    }

    /** The sum of a metric's samples, asked for with a key; null where the gateway has no such metric. */
    @Nullable
    Double metric(String name) {
        HttpResponse<byte[]> answer =
                exchange(HttpRequest.newBuilder(address.resolve("/metrics")).timeout(Duration.ofSeconds(20)), "admin");
        if (answer.statusCode() != 200) {
            return null;
        }
        Double sum = null;
        for (String line :
                new String(answer.body(), StandardCharsets.UTF_8).lines().toList()) {
            if (line.startsWith(name + " ") || line.startsWith(name + "{")) {
                double value = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                sum = sum == null ? value : sum + value;
            }
        }
        return sum;
    }

    private boolean isReady() {
        try {
            return exchange(
                                    HttpRequest.newBuilder(address.resolve("/health/ready"))
                                            .timeout(Duration.ofSeconds(5)),
                                    "admin")
                            .statusCode()
                    == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private JsonNode send(HttpRequest.Builder request, String role) {
        return read(exchange(request, role));
    }

    private JsonNode read(HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("the gateway answered " + answer.statusCode() + " "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        try {
            return json.readTree(answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request, String role) {
        try {
            return http.send(
                    request.header("Authorization", "Bearer " + key(role)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("broken off", interrupted);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
