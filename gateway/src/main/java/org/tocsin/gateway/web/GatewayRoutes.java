package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.web.RouteSpec.Gate;

/**
 * What concerns the gateway rather than a warning: imports, carriers' receipts, health, metrics, the API's document.
 */
final class GatewayRoutes {
    private static final long CALLBACK_LIMIT = 4L * 1024 * 1024;
    private static final Set<String> KINDS =
            Set.of("divisions", "contacts", "audiences", "terminals", "boundaries", "operators", "ported");

    private final Rooms rooms;
    private final WebLimits limits;

    GatewayRoutes(Rooms rooms, WebLimits limits) {
        this.rooms = rooms;
        this.limits = limits;
    }

    List<RouteSpec> routes() {
        return List.of(
                RouteSpec.post(
                                "/api/v1/registry/{kind}",
                                Gate.KEY,
                                EnumSet.of(Role.ADMIN),
                                limits.importBytes(),
                                this::imports,
                                200,
                                400,
                                401,
                                403,
                                404,
                                409,
                                413,
                                415,
                                429,
                                503,
                                507)
                        .spooling()
                        .keeping(),
                RouteSpec.post(
                        "/callbacks/{channel}/{provider}",
                        Gate.CALLBACK,
                        RouteSpec.ANYBODY,
                        CALLBACK_LIMIT,
                        GatewayRoutes::elsewhere,
                        200,
                        400,
                        401,
                        403,
                        404,
                        413,
                        503),
                RouteSpec.get(
                        "/callbacks/{channel}/{provider}",
                        Gate.CALLBACK,
                        GatewayRoutes::elsewhere,
                        200,
                        400,
                        401,
                        403,
                        404,
                        503),
                RouteSpec.get("/health/live", Gate.OPEN, call -> Answer.json(200, Map.of("status", "live")), 200),
                RouteSpec.get("/health/ready", Gate.OPEN, this::ready, 200, 503),
                RouteSpec.get("/metrics", Gate.SCRAPE, this::metrics, 200, 401, 429, 503),
                RouteSpec.get("/openapi.yaml", Gate.OPEN, this::openapi, 200));
    }

    private Answer imports(Call call) throws IOException {
        String kind = call.parameter("kind");
        if (!KINDS.contains(kind)) {
            return Answer.problem(404, "kind", "there is no such list");
        }
        String type = call.mediaType() == null
                ? ""
                : call.mediaType().toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        Set<String> types =
                kind.equals("boundaries") ? Set.of("application/geo+json", "application/json") : Set.of("text/csv");
        if (!types.contains(type)) {
            return Answer.problem(415, "media-type", "send one of " + String.join(", ", types));
        }
        String dryRun = call.query().getOrDefault("dryRun", "false");
        if (!dryRun.equals("true") && !dryRun.equals("false")) {
            return Answer.problem(
                    400, List.of(new Problem("dryRun", "parameter", "dryRun must be true or false")), null);
        }
        Path file = call.spooled();
        try (InputStream body = file == null ? InputStream.nullInputStream() : Files.newInputStream(file)) {
            return Answer.json(rooms.imports()
                    .run(kind, body, dryRun.equals("true"), call.principal().id()));
        } catch (RegistryImport.Busy busy) {
            return Answer.problem(409, "import.busy", String.valueOf(busy.getMessage()));
        }
    }

    /** Hands a provider's post on; the stage ends when its receipts are durable. */
    static CompletionStage<Answer> callback(Callbacks callbacks, Call call) {
        return callbacks
                .receive(
                        call.parameter("channel"),
                        call.parameter("provider"),
                        new CallbackRequest(call.headers(), call.query(), call.body()))
                .thenApply(GatewayRoutes::answer);
    }

    private static Answer answer(CallbackAnswer answer) {
        return new Answer(answer.status(), answer.contentType(), answer.body().getBytes(UTF_8), Map.of());
    }

    private static Answer elsewhere(Call call) {
        throw new IllegalStateException("callbacks are answered asynchronously");
    }

    private Answer ready(Call call) {
        String whyNot = rooms.readiness().whyNot();
        return whyNot == null
                ? Answer.json(
                        200,
                        Map.of("status", "ready", "diskLow", rooms.readiness().isDiskLow()))
                : Answer.json(503, Map.of("status", "not ready", "reason", whyNot))
                        .with("Retry-After", "2");
    }

    private Answer metrics(Call call) {
        return Answer.text(
                "text/plain; version=0.0.4; charset=utf-8", rooms.metrics().text());
    }

    private Answer openapi(Call call) {
        return new Answer(200, "application/yaml", resource("/openapi.yaml"), Map.of());
    }

    /** A file of the gateway's own. */
    static byte[] resource(String name) {
        try (InputStream file = GatewayRoutes.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return file.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
