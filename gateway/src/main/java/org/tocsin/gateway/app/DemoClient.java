package org.tocsin.gateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** The demo as a client of its own gateway: an agency that posts, a signer who signs, an auditor who looks. */
final class DemoClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PACK_TIMEOUT = Duration.ofMinutes(5);
    private static final DateTimeFormatter CAP_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final JsonMapper json = new JsonMapper();
    private final URI gateway;
    private final Map<String, String> keys;

    /**
     * Makes a client.
     *
     * @param gateway the gateway's base address
     * @param keys API keys by role
     */
    DemoClient(URI gateway, Map<String, String> keys) {
        this.gateway = gateway;
        this.keys = Map.copyOf(keys);
    }

    /** The red rainstorm warning of the demo, sent now. */
    static String alert(OffsetDateTime now) {
        try (InputStream template = DemoClient.class.getResourceAsStream("demo-alert.xml")) {
            if (template == null) {
                throw new IllegalStateException("demo-alert.xml is missing");
            }
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${stamp}", STAMP.format(now))
                    .replace("${sent}", CAP_TIME.format(now))
                    .replace("${expires}", CAP_TIME.format(now.plusHours(6)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether the gateway knows all keys. */
    boolean isKnown() {
        for (String role : List.of("agency", "signer", "auditor")) {
            HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/api/v1/warnings?limit=1"))
                    .timeout(TIMEOUT)
                    .header("Authorization", "Bearer " + keys.get(role))
                    .build();
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 401) {
                    return false;
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for the gateway", interrupted);
            }
        }
        return true;
    }

    /** Posts an alert as the agency; gives the warning as the gateway describes it. */
    JsonNode post(String alert) {
        return call("agency", "POST", "/api/v1/warnings", "application/cap+xml", alert);
    }

    /** Approves a warning as the signer; gives the warning. */
    JsonNode approve(String id, long version) {
        return call(
                "signer",
                "POST",
                "/api/v1/warnings/" + id + "/approve",
                "application/json",
                "{\"version\": " + version + "}");
    }

    /** Stops what is unsent of a warning, as the signer. */
    void stop(String id) {
        call("signer", "POST", "/api/v1/warnings/" + id + "/stop", "application/json", "{}");
    }

    /** Reads a warning's coverage as the auditor. */
    JsonNode coverage(String id) {
        return call("auditor", "GET", "/api/v1/warnings/" + id + "/coverage", "application/json", "");
    }

    /** Writes a warning's evidence pack into a file, as the auditor. */
    void evidence(String id, Path file) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/api/v1/warnings/" + id + "/evidence"))
                .timeout(PACK_TIMEOUT)
                .header("Authorization", "Bearer " + keys.get("auditor"))
                .build();
        try (InputStream pack = answered(request)) {
            Files.copy(pack, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private InputStream answered(HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                answer.body().close();
                throw new IllegalStateException("the evidence pack was answered with " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the gateway", interrupted);
        }
    }

    private JsonNode call(String role, String method, String path, String type, String body) {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + keys.get(role))
                .header("Content-Type", type)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(method + " " + path + " was answered with " + answer.statusCode() + ": "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return json.readTree(answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the gateway", interrupted);
        }
    }
}
