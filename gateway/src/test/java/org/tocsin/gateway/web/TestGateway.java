package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.gateway.access.AccessBench;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.BootstrapKeys;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.access.oidc.OidcSignIn;
import org.tocsin.gateway.approval.AlertFacts;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.SignOff;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.ledger.TestKeys;
import org.tocsin.gateway.ledger.WitnessDesk;
import org.tocsin.gateway.registry.Import;
import org.tocsin.gateway.registry.ImportDesk;
import org.tocsin.gateway.registry.ImportLimits;
import org.tocsin.gateway.registry.OpenWarnings;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.export.ExportLimits;
import org.tocsin.gateway.report.export.Exports;
import org.tocsin.gateway.report.export.ReportDesk;
import org.tocsin.gateway.report.period.PeriodQueryReader;
import org.tocsin.gateway.report.period.PeriodReports;
import org.tocsin.gateway.report.survey.Surveys;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisAccessStore;
import org.tocsin.gateway.store.RedisClientStore;
import org.tocsin.gateway.store.RedisLedger;
import org.tocsin.gateway.store.RedisRegistryStore;
import org.tocsin.gateway.store.RedisSealStore;
import org.tocsin.gateway.store.RedisSessionStore;
import org.tocsin.gateway.store.RedisSignInBrake;
import org.tocsin.gateway.store.RedisSummaries;
import org.tocsin.gateway.store.RedisSurveyStore;
import org.tocsin.gateway.store.RedisTextStore;
import org.tocsin.gateway.store.RedisWarningStore;
import org.tocsin.gateway.store.RedisWitnessBook;
import org.tocsin.gateway.targeting.MeasuredArea;
import org.tocsin.gateway.template.CountyTexts;
import org.tocsin.gateway.template.TextPreview;
import org.tocsin.gateway.validation.EventTypes;
import org.tocsin.wording.Wording;

/** A web end on a free port over a real Redis, with a client to it; every answer's status must be declared. */
final class TestGateway implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final WebServer server;
    /** Accounts and rights; their clock stands unless it is moved. */
    final AccessBench people;

    final Metrics metrics = new Metrics();
    /** Callbacks are answered once it is complete, as it is at first. */
    volatile CompletableFuture<Boolean> callbackGate = CompletableFuture.completedFuture(true);

    final AtomicReference<@Nullable String> whyNot = new AtomicReference<>();
    volatile boolean diskLow;
    volatile @Nullable RuntimeException reportFailure;
    volatile @Nullable RuntimeException importFailure;
    volatile @Nullable RuntimeException outageTestFailure;
    volatile boolean personsRemoved;
    volatile byte @Nullable [] coverage;
    volatile byte[] villages = {};
    volatile byte @Nullable [] evidence;
    volatile @Nullable Reported reported;
    /** By warning's id; where it has none, it is {@link #reported}. */
    final Map<String, Reported> reportedOf = new ConcurrentHashMap<>();

    volatile AreaMap map = AreaMap.NONE;
    final List<Path> packed = new CopyOnWriteArrayList<>();
    final Registry registry;
    final RedisLedger ledger;
    volatile @Nullable MeasuredArea area;
    /** Runs whenever a sample is about to be drawn. */
    volatile Runnable beforeDrawing = () -> {};

    final FakeWatch watch = new FakeWatch();

    final FakePersonalData personal = new FakePersonalData();
    final FakeLinkDesk links = new FakeLinkDesk();
    private final ExecutorService importing = Executors.newSingleThreadExecutor();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Rooms rooms;
    private final WebConfig config;

    TestGateway(Redis redis) {
        this(redis, config -> config);
    }

    TestGateway(Redis redis, UnaryOperator<WebConfig> configuring) {
        this(redis, configuring, null);
    }

    TestGateway(Redis redis, UnaryOperator<WebConfig> configuring, @Nullable OidcSignIn oidc) {
        ledger = new RedisLedger(redis);
        registry = Registry.open(new RedisRegistryStore(redis));
        RedisWarningStore store = new RedisWarningStore(redis, ledger);
        people = new AccessBench(
                new AccessDesk.Stores(
                        new RedisClientStore(redis, ledger),
                        new RedisAccessStore(redis, ledger),
                        new RedisSessionStore(redis),
                        new RedisSignInBrake(redis)),
                Instant.now());
        StringBuilder keys = new StringBuilder();
        for (Role role : Role.values()) {
            keys.append(keys.isEmpty() ? "" : ",")
                    .append(role.word())
                    .append(':')
                    .append(key(role));
        }
        people.desk.access().bootstrap(BootstrapKeys.parse(keys.toString()));
        SignOff signOff = new SignOff(
                store,
                ApprovalMatrix.demo(),
                AlertFacts.byCodes(Set.of(), Set.of(), area -> Set.of()),
                alert -> ("<alert>" + alert.identifier() + "</alert>").getBytes(UTF_8),
                InstantSource.system(),
                new SecureRandom(),
                signed -> {});
        rooms = new Rooms(
                people.desk,
                oidc,
                signOff,
                store,
                TestIssuing.reception(signOff, store),
                reports(),
                new Surveys(
                        new RedisSurveyStore(redis, ledger),
                        issue -> {
                            beforeDrawing.run();
                            return Optional.ofNullable(area);
                        },
                        warning -> Optional.ofNullable(coverage),
                        registry,
                        ledger,
                        new SecureRandom(),
                        InstantSource.system()),
                counter(redis, ledger),
                this::imported,
                (channel, provider, request) -> callbackGate.thenApply(open -> new CallbackAnswer(
                        channel.equals("sms") ? 200 : 404, "text/plain", provider + " " + request.body().length)),
                new FakeLinks(),
                ledgerDesk(redis, ledger),
                personal,
                operations(redis),
                alert -> ("<alert>" + alert.identifier() + "</alert>").getBytes(UTF_8),
                readiness(),
                watch,
                metrics,
                InstantSource.system(),
                ZoneId.of("Asia/Shanghai"),
                TestIssuing.desk(redis, ledger, registry));
        config = configuring.apply(WebConfig.loopback(0));
        server = WebServer.start(config, rooms);
    }

    private Operations operations(Redis redis) {
        try {
            return new Operations(
                    registry,
                    new ImportDesk(
                            registry,
                            new Import(registry, ImportLimits.DEFAULT, () -> key -> false),
                            OpenWarnings.NONE,
                            ledger,
                            Files.createTempDirectory("tocsin-test-imports"),
                            InstantSource.system(),
                            new SecureRandom(),
                            importing),
                    links,
                    code -> new TerminalStates.State(TerminalStates.Condition.UNKNOWN, null, null, null, ""),
                    new CountyTexts(
                            new RedisTextStore(redis, ledger),
                            new TextPreview(Wording.standard(), InstantSource.system(), ZoneId.of("Asia/Shanghai")),
                            InstantSource.system()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static LedgerDesk ledgerDesk(Redis redis, RedisLedger ledger) {
        return new LedgerDesk(
                ledger,
                new RedisSealStore(redis, ledger),
                new WitnessDesk(
                        new RedisWitnessBook(redis, ledger),
                        Map.of("witness", Set.of(TestKeys.fingerprint(TestKeys.COUNTY))),
                        () -> TestKeys.WITNESS,
                        InstantSource.system()),
                List::of);
    }

    static String key(Role role) {
        return role.word() + "-key-0123456789";
    }

    /** A request on its way to be made. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofSeconds(20));
    }

    String address() {
        return "http://127.0.0.1:" + server.port();
    }

    HttpResponse<String> get(@Nullable Role role, String path) {
        return send(as(role, request(path)).GET().build());
    }

    HttpResponse<String> post(@Nullable Role role, String path, String json) {
        return post(role, path, "application/json", BodyPublishers.ofString(json));
    }

    HttpResponse<String> post(@Nullable Role role, String path, String type, BodyPublisher body) {
        return send(
                as(role, request(path)).header("Content-Type", type).POST(body).build());
    }

    HttpRequest.Builder as(@Nullable Role role, HttpRequest.Builder request) {
        return role == null ? request : request.header("Authorization", "Bearer " + key(role));
    }

    /** Sends a request; the status must be among those that its route declares. */
    HttpResponse<String> send(HttpRequest request) {
        HttpResponse<String> response;
        try {
            response = client.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        int status = response.statusCode();
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        boolean declared = WebServer.routes(config, rooms).stream()
                .filter(route -> route.method().equals(method))
                .filter(route -> request.uri()
                        .getPath()
                        .matches(route.path().replace(".", "\\.").replaceAll("\\{[a-zA-Z]+}", "[^/]+")))
                .anyMatch(route -> route.statuses().contains(status));
        if (!declared && status != 404 && status != 405) {
            throw new AssertionError(request.method() + " " + request.uri() + " does not declare " + status);
        }
        return response;
    }

    Rooms rooms() {
        return rooms;
    }

    java.util.List<RouteSpec> routes() {
        return WebServer.routes(config, rooms);
    }

    /** The lines of a stream, as they come. */
    HttpResponse<java.util.stream.Stream<String>> stream(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofLines());
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return MAPPER.readTree(response.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Posts an alert and gives its id. */
    String posted(String identifier) {
        return json(post(Role.ISSUER, "/api/v1/warnings", "{\"identifier\":\"" + identifier + "\"}"))
                .path("id")
                .asText();
    }

    /** Posts and signs an alert and gives its id. */
    String signed(String identifier) {
        String id = posted(identifier);
        post(Role.SIGNER, "/api/v1/warnings/" + id + "/approve", "{\"version\":1}");
        return id;
    }

    private byte[] imported(String kind, InputStream body, boolean dryRun, String actor) throws IOException {
        RuntimeException failure = importFailure;
        if (failure != null) {
            throw failure;
        }
        return MAPPER.writeValueAsBytes(MAPPER.createObjectNode()
                .put("kind", kind)
                .put("dryRun", dryRun)
                .put("actor", actor)
                .put("bytes", body.readAllBytes().length));
    }

    private static ReportCounter counter(Redis redis, RedisLedger ledger) {
        try {
            PeriodReports periods = new PeriodReports(
                    new RedisSummaries(redis),
                    ZoneId.of("Asia/Shanghai"),
                    EventTypes.standard()::name,
                    InstantSource.system());
            ReportDesk desk = new ReportDesk(periods, () -> "夏邑县", ledger, InstantSource.system());
            Exports exports = new Exports(
                    Files.createTempDirectory("tocsin-test-exports"),
                    ExportLimits.STANDARD,
                    InstantSource.system(),
                    new SecureRandom(),
                    ForkJoinPool.commonPool(),
                    desk::made);
            return new ReportCounter(
                    desk,
                    exports,
                    new PeriodQueryReader(EventTypes.standard()::name, Set.of("sms", "email")),
                    periods::today);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Reports reports() {
        return new Reports() {
            @Override
            public byte @Nullable [] coverage(Warning warning) {
                RuntimeException failure = reportFailure;
                if (failure != null) {
                    throw failure;
                }
                return coverage;
            }

            @Override
            public @Nullable Live live(Warning warning) {
                byte[] totals = coverage(warning);
                return totals == null ? null : new Live(totals, villages);
            }

            @Override
            public @Nullable Reported report(Warning warning) {
                Reported own = reportedOf.get(warning.id());
                return own == null ? reported : own;
            }

            @Override
            public AreaMap map(Reported of) {
                return map;
            }

            @Override
            public byte @Nullable [] unreached(
                    Warning warning,
                    Principal principal,
                    @Nullable String cause,
                    @Nullable String village,
                    @Nullable String cursor) {
                if (cause != null && !cause.equals("failed")) {
                    throw new IllegalArgumentException("cause must be one of [failed]");
                }
                return ("{\"persons\":[{\"name\":\"王**\",\"village\":\"某村\",\"cause\":\"noReport\"}],\"cursor\":null,\"by\":\""
                                + principal.id() + "\"}")
                        .getBytes(UTF_8);
            }

            @Override
            public byte[] estimate(Warning warning) {
                return "{\"residents\":7}".getBytes(UTF_8);
            }

            @Override
            public @Nullable Path evidence(Warning warning) throws IOException {
                byte[] bytes = evidence;
                if (bytes == null) {
                    return null;
                }
                Path file = Files.createTempDirectory("tocsin-test").resolve("pack");
                packed.add(file);
                return Files.write(file, bytes);
            }

            @Override
            public byte[] deliveries(
                    Warning warning, @Nullable String channel, @Nullable String state, @Nullable String cursor) {
                if (personsRemoved) {
                    throw new Removed();
                }
                if (channel != null && !channel.equals("sms")) {
                    throw new IllegalArgumentException("no such channel");
                }
                return "{\"deliveries\":[]}".getBytes(UTF_8);
            }
        };
    }

    private Readiness readiness() {
        return new Readiness() {
            @Override
            public @Nullable String whyNot() {
                return whyNot.get();
            }

            @Override
            public boolean isDiskLow() {
                return diskLow;
            }

            @Override
            public boolean isOutage(Throwable failure) {
                RuntimeException broken = outageTestFailure;
                if (broken != null) {
                    throw broken;
                }
                return failure instanceof IllegalStateException;
            }
        };
    }

    @Override
    public void close() {
        server.close();
        importing.shutdownNow();
    }
}
