package org.tocsin.gateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.LinkState;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.registry.Terminal;

/** The main job in one process: a synthetic county, simulated carriers, and a client that warns, signs and looks. */
final class Demo implements AutoCloseable {
    /**
     * What to demonstrate.
     *
     * @param scenario how carriers behave
     * @param seed of county and carriers
     * @param residents how many
     * @param contactsShare contacts ÷ residents; null for the county's own
     * @param behaviour what the simulators are told
     * @param truth the books' folder; null for a temporary one
     * @param waitSeconds how long to wait after sign-off
     */
    record Plan(
            Scenario scenario,
            long seed,
            int residents,
            @Nullable Double contactsShare,
            Map<String, String> behaviour,
            @Nullable Path truth,
            int waitSeconds) {}

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final int KEY_BYTES = 16;
    private static final String SIGNER_ALONE =
            """
            {"machineSignOff": "all", "defaults":
             {"I": ["signer"], "II": ["signer"], "III": ["signer"], "IV": ["signer"]}}
            """;

    private final Plan plan;
    private final Simulators simulators;
    private final Gateway gateway;
    private final Map<String, String> keys;
    private final Path books;
    private final List<Path> temporary;
    private final ZoneId zone;

    private Demo(
            Plan plan,
            Simulators simulators,
            Gateway gateway,
            Map<String, String> keys,
            Path books,
            List<Path> temporary,
            ZoneId zone) {
        this.plan = plan;
        this.simulators = simulators;
        this.gateway = gateway;
        this.keys = keys;
        this.books = books;
        this.temporary = temporary;
        this.zone = zone;
    }

    /** Starts carriers, gateway and county, and waits until all are connected. */
    static Demo start(Plan plan, ServeOptions options) throws IOException {
        List<Path> temporary = new ArrayList<>();
        Map<String, String> over = new TreeMap<>(options.settings());
        over.putIfAbsent(SettingKey.PORT.setting(), "0");
        if (!over.containsKey(SettingKey.DATA.setting())) {
            Path data = Files.createTempDirectory("tocsin-demo");
            temporary.add(data);
            over.put(SettingKey.DATA.setting(), data.toString());
        }
        over.put(SettingKey.MATRIX.setting(), SIGNER_ALONE);
        over.put(SettingKey.MQTT_PORT.setting(), "0");
        over.put(SettingKey.MQTT_PASSWORD.setting(), secret());
        Path books = plan.truth();
        if (books == null) {
            books = Files.createTempDirectory("tocsin-truth");
            temporary.add(books);
        }
        Simulators simulators = Simulators.load();
        try {
            Map<String, String> request = new TreeMap<>(plan.behaviour());
            request.put("do", "start");
            request.put("seed", Long.toString(plan.seed()));
            request.put("truth", books.toString());
            simulators.apply(request).forEach((name, value) -> over.put(name.replace('/', '.'), value));
            Settings settings = Settings.read(options.config, System.getenv(), over);
            Map<String, String> keys = keys();
            Gateway gateway = Gateway.start(settings, bootstrap(keys));
            Demo demo = new Demo(
                    plan, simulators, gateway, keys, books, temporary, ZoneId.of(settings.text(SettingKey.ZONE)));
            try {
                demo.settle();
                return demo;
            } catch (RuntimeException failed) {
                demo.close();
                throw failed;
            }
        } catch (RuntimeException failed) {
            simulators.close();
            throw failed;
        }
    }

    /**
     * How a demo ended.
     *
     * @param asExpected whether the scenario's expectation holds
     * @param why the last line for people
     */
    record Ending(boolean asExpected, String why) {}

    /** Warns, counts, prints, and says how it ended. */
    Ending once(boolean json) throws IOException {
        ObjectNode result = warn();
        if (json) {
            System.out.println(new JsonMapper().writeValueAsString(result));
        } else {
            DemoTable.print(result, System.out);
        }
        JsonNode coverage = result.path("coverage");
        boolean met = coverage.path("verdict").asText().equals("met");
        boolean expected = met && plan.scenario() != Scenario.SILENT;
        String why = String.format(
                Locale.ROOT,
                "The goal of %.0f %% is %s: %d of %d residents reached for sure (%.1f %%).",
                100 * coverage.path("goal").asDouble(),
                met ? "met" : "not met",
                coverage.path("lower").asLong(),
                coverage.path("residents").asLong(),
                100.0
                        * coverage.path("lower").asLong()
                        / Math.max(1, coverage.path("residents").asLong()));
        return new Ending(expected, why);
    }

    /** Warns, prints where the console is, and stays until the process is told to end. */
    int stay() throws IOException {
        PrintStream out = System.out;
        out.println("Console   " + gateway.http().resolve("/console/"));
        keys.forEach((role, key) -> out.printf("%-9s %s%n", role, key));
        out.println("Carriers, county and numbers are simulated. Ctrl-C ends it.");
        out.println();
        DemoTable.print(warnAndWait(), out);
        out.println();
        out.println("Look at it: " + gateway.http().resolve("/console/") + "  (sign in with a key above)");
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(end::countDown, "demo-end"));
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private ObjectNode warn() throws IOException {
        ObjectNode result = warnAndWait();
        // The carriers stop first: then their books are whole, and nothing comes in any more.
        simulators.stop();
        CarriersBooks read = CarriersBooks.read(books);
        result.put("doubles", read.doubles());
        long lost = 0;
        for (String channel : gateway.plannedChannels(result.path("warning").asText())) {
            lost += read.lost(channel, gateway.addresses(result.path("warning").asText(), channel));
        }
        result.put("lost", lost);
        result.remove("warning");
        return result;
    }

    private ObjectNode warnAndWait() {
        DemoClient client = new DemoClient(gateway.http(), keys);
        OffsetDateTime now = OffsetDateTime.now(zone).withNano(0);
        JsonNode posted = client.post(DemoClient.alert(now));
        String id = posted.path("id").asText();
        client.approve(id, posted.path("version").asLong());
        await(Duration.ofSeconds(plan.waitSeconds()), () -> gateway.isSettled(id));
        JsonNode coverage = client.coverage(id);
        JsonMapper mapper = new JsonMapper();
        ObjectNode result = mapper.createObjectNode();
        result.put("scenario", plan.scenario().word());
        result.put("seed", plan.seed());
        ObjectNode figures = result.putObject("coverage");
        for (String name : List.of("residents", "confirmed", "lower", "estimate", "upper", "goal", "verdict")) {
            figures.set(name, coverage.path(name));
        }
        for (String name : List.of("dissemination", "timeliness", "channels")) {
            result.set(name, coverage.path(name));
        }
        result.put("warning", id);
        return result;
    }

    private void settle() {
        Double share = plan.contactsShare();
        SyntheticCounty county = new SyntheticCounty(
                plan.seed(), plan.residents(), share == null ? SyntheticCounty.CONTACTS_SHARE : share);
        try (RegistryWriter writer = gateway.registry().writer()) {
            county.writeTo(writer);
        }
        Map<String, String> request = new TreeMap<>();
        request.put("do", "attach");
        request.put("http", gateway.http().toString());
        request.put("mqttHost", "127.0.0.1");
        request.put("mqttPort", Integer.toString(gateway.mqttPort()));
        request.put("mqttPassword", gateway.mqttPassword());
        int terminals = 0;
        Map<String, List<String>> codes = new TreeMap<>();
        for (Terminal terminal : gateway.registry().terminals().all()) {
            codes.computeIfAbsent(terminal.kind(), kind -> new ArrayList<>()).add(terminal.code());
            terminals++;
        }
        codes.forEach((kind, of) -> request.put("terminals/" + kind, String.join(",", of)));
        simulators.apply(request);
        int all = terminals;
        await(
                READY_WITHIN,
                () -> gateway.connectedTerminals() >= all
                        && gateway.dispatcher().links().stream().allMatch(link -> link.state() == LinkState.UP));
    }

    private static void await(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", interrupted);
            }
        }
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>();
        String given = System.getenv("TOCSIN_BOOTSTRAP_KEYS");
        if (given != null) {
            for (String pair : given.split(",", -1)) {
                int colon = pair.indexOf(':');
                if (colon > 0) {
                    keys.put(
                            pair.substring(0, colon).strip(),
                            pair.substring(colon + 1).strip());
                }
            }
        }
        for (Role role : Role.values()) {
            keys.computeIfAbsent(role.word(), word -> secret());
        }
        return keys;
    }

    private static String bootstrap(Map<String, String> keys) {
        return String.join(
                ",",
                keys.entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .toList());
    }

    private static String secret() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        // The gateway first: to links that are still open, carriers that go are trouble.
        try {
            gateway.close();
        } finally {
            simulators.close();
            temporary.forEach(Demo::delete);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            System.err.println("Left behind: " + folder + " (" + left.getMessage() + ")");
        }
    }
}
