package org.tocsin.gateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.KeyPair;
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
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.LinkState;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.coverage.Percent;
import org.tocsin.gateway.receipt.OpenCounts;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.registry.Terminal;
import org.tocsin.gateway.report.pack.SignerKey;

/** The main job in one process: a synthetic county, simulated carriers, and a client that warns, signs and looks. */
final class Demo {
    /**
     * What to demonstrate.
     *
     * @param scenario how carriers behave
     * @param seed of county and carriers
     * @param residents how many
     * @param contactsShare contacts ÷ residents; null for the county's own
     * @param behaviour what the simulators are told
     * @param truth the books' folder; null for a temporary one
     * @param evidence where the evidence pack is written; null for none
     * @param county the folder for the synthetic county's files; null for none
     * @param waitSeconds how long to wait after sign-off
     */
    record Plan(
            Scenario scenario,
            long seed,
            int residents,
            @Nullable Double contactsShare,
            Map<String, String> behaviour,
            @Nullable Path truth,
            @Nullable Path evidence,
            @Nullable Path county,
            int waitSeconds) {}

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration PLANNED_WITHIN = Duration.ofSeconds(60);
    /** How long a run that the wait has cut off may take for the answers to what was already sent. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
    /** … and for the reports that are on their way; it is enough when for a second none came. */
    private static final Duration REPORTS_WITHIN = Duration.ofSeconds(5);

    private static final Duration QUIET = Duration.ofSeconds(1);
    /** After so long without a report nobody waits for a carrier that is gone. */
    private static final Duration GONE = Duration.ofSeconds(3);

    private static final int KEY_BYTES = 16;
    // On a few cores that all carriers share, an answer waits for its turn; wide windows keep SMS going meanwhile.
    private static final String SMS_WINDOW = "10000";
    private static final List<String> COUNTS =
            List.of("planned", "submitted", "accepted", "delivered", "acknowledged", "failed", "noReport");
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
    private final List<String> channels;
    private final ZoneId zone;
    private int awaiting = -1;
    private long awaitingSince = System.nanoTime();
    private final Supplier<KeyPair> signer;

    private Demo(
            Plan plan,
            Simulators simulators,
            Gateway gateway,
            Map<String, String> keys,
            Path books,
            List<String> channels,
            ZoneId zone,
            Supplier<KeyPair> signer) {
        this.plan = plan;
        this.simulators = simulators;
        this.gateway = gateway;
        this.keys = keys;
        this.books = books;
        this.channels = channels;
        this.zone = zone;
        this.signer = signer;
    }

    /**
     * Starts carriers, gateway and county, and waits until all are connected.
     *
     * @param end closes all of it; the gateway first, because to links that are still open, carriers that go are
     *     trouble
     */
    static Demo start(Plan plan, ServeOptions options, OrderlyEnd end) throws IOException {
        Map<String, String> over = new TreeMap<>(options.settings());
        over.putIfAbsent(SettingKey.PORT.setting(), "0");
        if (!over.containsKey(SettingKey.DATA.setting())) {
            Path data = end.keep(TemporaryFolder.make("tocsin-demo")).path();
            over.put(SettingKey.DATA.setting(), data.toString());
        }
        over.put(SettingKey.MATRIX.setting(), SIGNER_ALONE);
        over.put(SettingKey.MQTT_PORT.setting(), "0");
        over.put(SettingKey.MQTT_PASSWORD.setting(), secret());
        Path books = plan.truth();
        if (books == null) {
            books = end.keep(TemporaryFolder.make("tocsin-truth")).path();
        }
        Simulators simulators = end.keep(Simulators.launch());
        Map<String, String> request = new TreeMap<>(plan.behaviour());
        request.put("do", "start");
        request.put("seed", Long.toString(plan.seed()));
        request.put("truth", books.toString());
        request.put("quirk/sms/window", SMS_WINDOW);
        request.put("quirk/sms/deliverWindow", SMS_WINDOW);
        simulators.apply(request).forEach((name, value) -> over.put(name.replace('/', '.'), value));
        Settings settings = Settings.read(options.config, System.getenv(), over);
        Map<String, String> keys = keys();
        Gateway gateway = end.keep(Gateway.start(settings, bootstrap(keys)));
        if (!new DemoClient(gateway.http(), keys).isKnown()) {
            throw new IllegalStateException("--data " + settings.text(SettingKey.DATA)
                    + " holds an earlier gateway with keys of its own; name an empty folder, or give its keys in "
                    + Settings.BOOTSTRAP_KEYS);
        }
        Demo demo = new Demo(
                plan,
                simulators,
                gateway,
                keys,
                books,
                settings.list(SettingKey.CHANNELS),
                ZoneId.of(settings.text(SettingKey.ZONE)),
                RoomSettings.evidenceKey(settings));
        demo.connect();
        return demo;
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
        DemoClient client = new DemoClient(gateway.http(), keys);
        String warning = warn(client);
        boolean settled = await(Duration.ofSeconds(plan.waitSeconds()), () -> isSettled(warning));
        if (!settled) {
            cutOff(client, warning);
        }
        // First the links, then the carriers: nobody misses anybody, and figures and books stand still.
        gateway.dispatcher().close();
        simulators.stop();
        ObjectNode result = figures(client, warning);
        CarriersBooks read = CarriersBooks.read(books);
        result.put("doubles", read.doubles());
        long lost = 0;
        long unsent = 0;
        for (String channel : gateway.plannedChannels(warning)) {
            CarriersBooks.Evidence evidence = gateway.addresses(warning, channel);
            lost += read.lost(channel, evidence);
            // Only a run that was cut off may leave anybody unsent; in any other it is a loss, whatever it is called.
            unsent += settled ? 0 : read.unsent(channel, evidence);
        }
        result.put("inFlight", gateway.unansweredRepeats(warning));
        result.put("lost", lost - unsent);
        result.put("unsent", unsent);
        if (json) {
            System.out.println(new JsonMapper().writeValueAsString(result));
        } else {
            DemoTable.print(result, System.out);
        }
        keepEvidence(client, warning, json ? System.err : System.out);
        JsonNode coverage = result.path("coverage");
        boolean met = coverage.path("verdict").asText().equals("met");
        boolean expected = met && plan.scenario() != Scenario.SILENT;
        String why = why(coverage, met, unsent);
        if (plan.scenario().countsBooks()) {
            long doubles = result.path("doubles").asLong();
            long inFlight = result.path("inFlight").asLong();
            expected &= result.path("lost").asLong() == 0 && doubles <= inFlight;
            why += String.format(
                    Locale.ROOT,
                    " By the carriers' books %d lost, %d sent twice; %d were in flight, unanswered, when a link dropped.",
                    result.path("lost").asLong(),
                    doubles,
                    inFlight);
        }
        return new Ending(expected, why);
    }

    private String why(JsonNode coverage, boolean met, long unsent) {
        long residents = coverage.path("residents").asLong();
        long lower = coverage.path("lower").asLong();
        String why = String.format(
                Locale.ROOT,
                "The goal of %s is %s: %d of %d residents reached for sure (%.1f %%).",
                Percent.words(coverage.path("goal").asDouble()),
                met ? "met" : "not met",
                lower,
                residents,
                coverage.path("percent").path("lower").asDouble());
        return unsent == 0
                ? why
                : why
                        + String.format(
                                Locale.ROOT,
                                " %d deliveries were not sent within the wait of %d s; --wait gives more time.",
                                unsent,
                                plan.waitSeconds());
    }

    /** Warns, prints where the console is, and stays until the process is told to end. */
    int stay() throws InterruptedException, IOException {
        PrintStream out = System.out;
        out.println("Console   " + gateway.http().resolve("/console/"));
        keys.forEach((role, key) -> out.printf("%-9s %s%n", role, key));
        out.println("Carriers, county and numbers are simulated. Ctrl-C ends it.");
        out.println();
        DemoClient client = new DemoClient(gateway.http(), keys);
        String warning = warn(client);
        boolean settled = await(Duration.ofSeconds(plan.waitSeconds()), () -> isSettled(warning));
        DemoTable.print(figures(client, warning), out);
        keepEvidence(client, warning, out);
        if (!settled) {
            out.println("… " + plan.waitSeconds() + " s after sign-off; it goes on, and the console shows how.");
        }
        out.println();
        out.println("Look at it: " + gateway.http().resolve("/console/") + "  (sign in with a key above)");
        OrderlyEnd.await();
        return 0;
    }

    /** Posts and signs; gives the warning's id. */
    private String warn(DemoClient client) {
        OffsetDateTime now = OffsetDateTime.now(zone).withNano(0);
        JsonNode posted = client.post(DemoClient.alert(now));
        String id = posted.path("id").asText();
        client.approve(id, posted.path("version").asLong());
        return id;
    }

    /** The wait is over: what is unsent is stopped, what is under way gets a bounded moment to arrive. */
    private void cutOff(DemoClient client, String warning) {
        if (gateway.open(warning).map(open -> open.unsent() > 0).orElse(true)) {
            client.stop(warning);
            // What is not even planned yet has no figures.
            await(PLANNED_WITHIN, () -> gateway.open(warning).isPresent());
            await(ANSWERS_WITHIN, () -> open(warning).unanswered() == 0);
        }
        long[] quietSince = {System.nanoTime()};
        int[] before = {open(warning).awaiting()};
        await(REPORTS_WITHIN, () -> {
            int awaiting = open(warning).awaiting();
            if (awaiting != before[0]) {
                before[0] = awaiting;
                quietSince[0] = System.nanoTime();
            }
            return System.nanoTime() - quietSince[0] >= QUIET.toNanos();
        });
    }

    private boolean isSettled(String warning) {
        OpenCounts open = gateway.open(warning).orElse(null);
        if (open == null || open.isSettled() || !plan.scenario().losesACarrier()) {
            return open != null && open.isSettled();
        }
        // The reports of a carrier that is gone for good never come.
        long now = System.nanoTime();
        if (open.unsent() > 0 || open.unanswered() > 0 || open.awaiting() != awaiting) {
            awaiting = open.awaiting();
            awaitingSince = now;
        }
        return now - awaitingSince >= GONE.toNanos();
    }

    private OpenCounts open(String warning) {
        return gateway.open(warning).orElse(OpenCounts.NONE);
    }

    private void keepEvidence(DemoClient client, String warning, PrintStream out) throws IOException {
        Path file = plan.evidence();
        if (file != null) {
            client.evidence(warning, file);
            // Told by another way than the pack's own word, which anybody could sign.
            String fingerprint = SignerKey.fingerprint(signer.get().getPublic());
            out.println("evidence     " + file + ", signed by " + fingerprint);
            out.println("check it by  java -jar gateway/target/tocsin.jar verify " + file + " --signer " + fingerprint);
        }
    }

    private ObjectNode figures(DemoClient client, String warning) {
        JsonNode coverage = client.coverage(warning);
        ObjectNode result = new JsonMapper().createObjectNode();
        result.put("scenario", plan.scenario().word());
        result.put("seed", plan.seed());
        ObjectNode figures = result.putObject("coverage");
        for (String name :
                List.of("residents", "confirmed", "lower", "estimate", "upper", "goal", "verdict", "percent")) {
            figures.set(name, coverage.path(name));
        }
        for (String name : List.of("dissemination", "timeliness")) {
            result.set(name, coverage.path(name));
        }
        ObjectNode counts = result.putObject("channels");
        for (String channel : new TreeSet<>(channels)) {
            ObjectNode zeros = counts.putObject(channel);
            COUNTS.forEach(count -> zeros.put(count, 0));
            coverage.path("channels")
                    .path(channel)
                    .properties()
                    .forEach(count -> zeros.set(count.getKey(), count.getValue()));
        }
        ObjectNode links = result.putObject("links");
        gateway.countsByLink(warning).forEach((link, byLink) -> {
            ObjectNode of = links.putObject(link);
            of.put("planned", byLink.planned());
            of.put("submitted", byLink.submitted());
            of.put("accepted", byLink.accepted());
            of.put("delivered", byLink.delivered());
            of.put("acknowledged", byLink.acknowledged());
            of.put("failed", byLink.failed());
            of.put("noReport", byLink.noReport());
        });
        return result;
    }

    private void connect() throws IOException {
        Double share = plan.contactsShare();
        SyntheticCounty county = new SyntheticCounty(
                plan.seed(), plan.residents(), share == null ? SyntheticCounty.CONTACTS_SHARE : share);
        try (RegistryWriter writer = gateway.registry().writer()) {
            county.writeTo(writer);
        }
        if (plan.county() != null) {
            county.writeFiles(plan.county());
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

    /** Waits; gives whether the condition has come true. */
    private static boolean await(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", interrupted);
            }
        }
        return true;
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>();
        String given = System.getenv(Settings.BOOTSTRAP_KEYS);
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
}
