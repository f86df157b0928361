package org.tocsin.gateway.app;

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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packaged gateway as its operator runs it: {@code java -jar target/tocsin.jar serve} in a process of its own. */
final class RunningGateway implements AutoCloseable {
    private static final Map<String, String> KEYS = Map.of(
            "agency", "it-agency-key-0123456789",
            "signer", "it-signer-key-0123456789",
            "auditor", "it-auditor-key-012345678",
            "admin", "it-admin-key-01234567890");
    private static final Pattern LISTENS = Pattern.compile("Tocsin listens at (https?://[^ ]+)");

    private final Path data;
    private final Path config;
    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningGateway(Path data, Path config, Process process, URI address) {
        this.data = data;
        this.config = config;
        this.process = process;
        this.address = address;
    }

    /** Starts with one SMS link. */
    static RunningGateway start(Path data, Map<String, String> link) throws IOException {
        return start(data, link, "");
    }

    /** Starts with one SMS link and further settings, lines of YAML. */
    static RunningGateway start(Path data, Map<String, String> link, String settings) throws IOException {
        Files.createDirectories(data);
        Map<String, String> all = new TreeMap<>(link);
        all.put("channel", "sms");
        all.putIfAbsent("provider", "simulated-smpp");
        all.put("rate", "3000");
        StringBuilder yaml = new StringBuilder(
                """
                warning: {channels: sms}
                approval: {matrix: {machineSignOff: all, defaults: {I: [signer]}}}
                links:
                  sms-crash:
                """);
        all.forEach((name, value) ->
                yaml.append("    ").append(name).append(": '").append(value).append("'\n"));
        yaml.append(settings);
        Path config = Files.writeString(data.resolveSibling("settings.yaml"), yaml);
        return start(data, config);
    }

    private static RunningGateway start(Path data, Path config) throws IOException {
        Path log = Files.createTempFile(data.getParent(), "gateway", ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        Path.of("target", "tocsin.jar").toAbsolutePath().toString(),
                        "serve",
                        "--config",
                        config.toString(),
                        "--port",
                        "0",
                        "--data",
                        data.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .put(
                        "TOCSIN_BOOTSTRAP_KEYS",
                        String.join(
                                ",",
                                KEYS.entrySet().stream()
                                        .map(key -> key.getKey() + ":" + key.getValue())
                                        .toList()));
        Process process = builder.start();
        Matcher[] listens = {LISTENS.matcher("")};
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            String said = Files.readString(log);
            if (!process.isAlive()) {
                throw new IllegalStateException("the gateway ended: " + said);
            }
            listens[0] = LISTENS.matcher(said);
            return listens[0].find();
        });
        return new RunningGateway(data, config, process, URI.create(listens[0].group(1)));
    }

    /**
     * Kills the gateway, its Redis or both with no chance to say good-bye, and starts what does not start by itself.
     */
    RunningGateway kill(boolean gateway, boolean redis) throws IOException {
        if (redis) {
            long pid = redisPid();
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        if (!gateway) {
            return this;
        }
        process.destroyForcibly();
        Awaitility.await().until(() -> !process.isAlive());
        return start(data, config);
    }

    private long redisPid() throws IOException {
        Matcher pid = Pattern.compile("pid[\"=: ]+([0-9]+)").matcher(Files.readString(data.resolve("redis.run")));
        if (!pid.find()) {
            throw new IllegalStateException("no pid in redis.run");
        }
        return Long.parseLong(pid.group(1));
    }

    /** Brings a county of residents who all have a phone. */
    void importCounty(Path folder, int residents) throws IOException {
        StringBuilder divisions = new StringBuilder("code,name,parent,residents,residentsSource,residentsDate\n");
        divisions.append("990101000000,County,,").append(residents).append(",synthetic,2026-01-01\n");
        divisions.append("990101001000,Town,990101000000,").append(residents).append(",synthetic,2026-01-01\n");
        divisions.append("990101001001,Village,990101001000,").append(residents).append(",synthetic,2026-01-01\n");
        StringBuilder contacts = new StringBuilder(
                "personKey,name,division,phone,openid,appToken,email,language,longitude,latitude,audiences\n");
        for (int person = 0; person < residents; person++) {
            contacts.append(String.format("p%07d,,990101001001,+86100%08d,,,,zh-CN,,,%n", person, person));
        }
        send("admin", "POST", "/api/v1/registry/divisions", "text/csv", divisions.toString());
        send("admin", "POST", "/api/v1/registry/contacts", "text/csv", contacts.toString());
    }

    /** Posts and signs a red warning to all. */
    String warn(OffsetDateTime now) {
        JsonNode posted = send(
                "agency",
                "POST",
                "/api/v1/warnings",
                "application/cap+xml",
                DemoClient.alert(now).replace("411426000000", "990101000000"));
        String id = posted.path("id").asText();
        send(
                "signer",
                "POST",
                "/api/v1/warnings/" + id + "/approve",
                "application/json",
                "{\"version\": " + posted.path("version").asLong() + "}");
        return id;
    }

    /** The coverage as the auditor reads it; nothing while the gateway cannot answer. */
    JsonNode coverage(String id) {
        try {
            return send("auditor", "GET", "/api/v1/warnings/" + id + "/coverage", "application/json", "");
        } catch (IllegalStateException | UncheckedIOException notNow) {
            return new JsonMapper().createObjectNode();
        }
    }

    /** Ends the work on a warning. */
    void end(String id) {
        send("signer", "POST", "/api/v1/warnings/" + id + "/close", "application/json", "{\"reason\": \"over\"}");
    }

    /** The first page of deliveries. */
    JsonNode deliveries(String id) {
        return send("auditor", "GET", "/api/v1/warnings/" + id + "/deliveries", "application/json", "");
    }

    /** The report. */
    JsonNode report(String id) {
        return send("auditor", "GET", "/api/v1/warnings/" + id + "/report", "application/json", "");
    }

    /** The first page of those not reached, by name. */
    JsonNode unreached(String id) {
        return send("auditor", "GET", "/api/v1/warnings/" + id + "/unreached", "application/json", "");
    }

    /** The evidence pack, into a file. */
    Path pack(String id, Path file) throws IOException, InterruptedException {
        HttpResponse<Path> answer = evidence(id, file);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("evidence: " + answer.statusCode());
        }
        return answer.body();
    }

    /** What the gateway answers when it is asked for an evidence pack, into a file. */
    HttpResponse<Path> evidence(String id, Path file) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/v1/warnings/" + id + "/evidence"))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + KEYS.get("auditor"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofFile(file));
    }

    /** Sends a request and reads the answer; any status but success is an error. */
    JsonNode send(String role, String method, String path, String type, String body) {
        HttpResponse<String> answer = ask(role, method, path, type, body);
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        try {
            return new JsonMapper().readTree(answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Asks anything. */
    HttpResponse<String> ask(String role, String method, String path, String type, String body) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + KEYS.get(role))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
