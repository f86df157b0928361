package org.tocsin.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A gateway under test: {@code serve} in a JVM of its own on a free port, over a data folder that is gone at the end.
 */
final class GatewayProcess implements AutoCloseable {
    /** The key of an API client with the role. */
    static String key(String role) {
        return "load-tests-" + role.toLowerCase(Locale.ROOT) + "-key";
    }

    private static final Pattern LISTENING = Pattern.compile("Tocsin listens at (https?://[0-9.]+:[0-9]+)");
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(60);

    private final Process process;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final URI address;
    private final double readySeconds;

    private GatewayProcess(Process process, Path folder, URI address, double readySeconds) {
        this.process = process;
        this.folder = folder;
        this.address = address;
        this.readySeconds = readySeconds;
    }

    /**
     * Starts a gateway and waits until it is ready.
     *
     * @param jar the gateway's jar
     * @param settings its settings in YAML
     * @param heap the heap's limit as the JVM writes it, such as 1g
     */
    static GatewayProcess start(Path jar, String settings, String heap) throws IOException {
        Path folder = Files.createTempDirectory("tocsin-load");
        Path config = Files.writeString(folder.resolve("settings.yaml"), settings);
        Path log = folder.resolve("gateway.log");
        return start(folder, jar, config, log, heap);
    }

    private static GatewayProcess start(Path folder, Path jar, Path config, Path log, String heap) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-jar",
                jar.toString(),
                "serve",
                "--config",
                config.toString(),
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString()));
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
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        while (System.nanoTime() - started < STARTED_WITHIN.toNanos() && process.isAlive()) {
            Matcher listening = LISTENING.matcher(Files.readString(log));
            if (listening.find()) {
                GatewayProcess gateway =
                        new GatewayProcess(process, folder, URI.create(listening.group(1)), seconds(started));
                if (gateway.status("GET", "/health/ready", "admin", "", new byte[0]) == 200) {
                    return new GatewayProcess(process, folder, gateway.address, seconds(started));
                }
            }
            pause();
        }
        process.destroyForcibly();
        throw new IllegalStateException("the gateway did not start:\n" + Files.readString(log));
    }

    /** Seconds from the start of the JVM until the gateway was ready. */
    double readySeconds() {
        return readySeconds;
    }

    /** The gateway's process. */
    long pid() {
        return process.pid();
    }

    /**
     * The most memory that the gateway's process has held, in MiB (VmHWM of Linux); 0 where the system does not say.
     */
    long peakMemoryMebibytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return 0;
    }

    /** Posts a file; gives the answer's JSON. */
    JsonNode post(String path, String role, String type, Path file) throws IOException {
        return send(
                HttpRequest.newBuilder(address.resolve(path))
                        .timeout(Duration.ofMinutes(10))
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

    /** Reads JSON. */
    JsonNode get(String path, String role) {
        return send(HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofMinutes(1)), role);
    }

    private JsonNode send(HttpRequest.Builder request, String role) {
        try {
            HttpResponse<byte[]> answer = http.send(
                    request.header("Authorization", "Bearer " + key(role)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return json.readTree(answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private int status(String method, String path, String role, String type, byte[] body) {
        try {
            return http.send(
                            HttpRequest.newBuilder(address.resolve(path))
                                    .timeout(Duration.ofSeconds(5))
                                    .header("Authorization", "Bearer " + key(role))
                                    .header("Content-Type", type.isEmpty() ? "text/plain" : type)
                                    .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
