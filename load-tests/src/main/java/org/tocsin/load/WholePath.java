package org.tocsin.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.tocsin.load.smpp.BareSmppClient;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * The whole path: one warning to all residents by SMS, from sign-off to the last delivery receipt made durable and
 * counted, against a bare client that sends the same to the same sink in the same run and stores nothing.
 */
final class WholePath {
    private static final long WAIT_SECONDS = 600;
    private static final DateTimeFormatter CAP_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+00:00'");

    /**
     * What one run gave.
     *
     * @param gateway messages a second, by the gateway
     * @param bare messages a second, by the bare client
     */
    record Run(double gateway, double bare) {
        double ratio() {
            return gateway / bare;
        }
    }

    private final Path jar;
    private final int recipients;
    private final int binds;
    private final int window;
    private final PrintStream out;

    WholePath(Path jar, int recipients, int binds, int window, PrintStream out) {
        this.jar = jar;
        this.recipients = recipients;
        this.binds = binds;
        this.window = window;
        this.out = out;
    }

    /** Runs it so many times, warm-up apart, on one gateway. */
    List<Run> run(int runs) throws IOException {
        Path folder = Files.createTempDirectory("tocsin-county");
        List<Run> measured = new ArrayList<>();
        // A sink each: a carrier reports over any connection of an account, so one sink would mix the two up.
        try (SmppSimulator sink = new SmppSimulator();
                SmppSimulator bareSink = new SmppSimulator()) {
            Map<String, String> link = start(sink);
            Map<String, String> bareLink = start(bareSink);
            try (GatewayProcess gateway = GatewayProcess.start(jar, settings(link), "1g")) {
                out.printf("gateway ready after %.1f s%n", gateway.readySeconds());
                long imported = System.nanoTime();
                gateway.post("/api/v1/registry/divisions", "admin", "text/csv", County.divisions(folder, recipients));
                gateway.post("/api/v1/registry/contacts", "admin", "text/csv", County.contacts(folder, recipients));
                out.printf("%,d contacts imported in %.1f s%n", recipients, (System.nanoTime() - imported) / 1e9);
                for (int run = 0; run <= runs; run++) {
                    double gatewayRate = warn(gateway, sink, run);
                    BareSmppClient.Result bare = BareSmppClient.run(
                            "127.0.0.1",
                            Integer.parseInt(bareLink.getOrDefault("port", "0")),
                            bareLink.getOrDefault("systemId", ""),
                            bareLink.getOrDefault("password", ""),
                            binds,
                            window,
                            text(sink),
                            recipients);
                    Run result = new Run(gatewayRate, bare.receipts() / bare.seconds());
                    out.printf(
                            "%s: gateway %,.0f/s, bare %,.0f/s, ratio %.2f%n",
                            run == 0 ? "first warning" : "run " + run, result.gateway(), result.bare(), result.ratio());
                    if (run > 0) {
                        measured.add(result);
                    }
                }
                out.printf("peak resident memory of the gateway: %,d MiB%n", gateway.peakMemoryMebibytes());
            }
        }
        return measured;
    }

    private double warn(GatewayProcess gateway, SmppSimulator sink, int run) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        JsonNode posted = gateway.post("/api/v1/warnings", "agency", "application/cap+xml", alert(now, run));
        String id = posted.path("id").asText();
        long messages = sink.messages();
        long signed = System.nanoTime();
        gateway.post(
                "/api/v1/warnings/" + id + "/approve",
                "signer",
                "application/json",
                "{\"version\": " + posted.path("version").asLong() + "}");
        long deadline = signed + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (sink.messages() - messages < recipients || sink.reportsAnswered() < sink.reports()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + (sink.messages() - messages) + " of " + recipients
                        + " messages were submitted and reported within " + WAIT_SECONDS + " s");
            }
            pause();
        }
        double seconds = (System.nanoTime() - signed) / 1e9;
        out.printf("text: %d characters%n", text(sink).length());
        long delivered = gateway.get("/api/v1/warnings/" + id + "/coverage", "auditor")
                .path("channels")
                .path("sms")
                .path("delivered")
                .asLong();
        if (delivered != recipients) {
            throw new IllegalStateException(
                    "the carrier has all receipts answered, the gateway counts " + delivered + " of " + recipients);
        }
        return recipients / seconds;
    }

    private static Map<String, String> start(SmppSimulator simulator) throws IOException {
        return simulator.start(new SimulatorContext(
                "sms-load",
                1,
                Map.of("delivered", 1.0, "silent", 0.0),
                Map.of("reportDelayMillis", "0", "keepTexts", "1"),
                null));
    }

    /** What the gateway's messages said, as the sink put them together: the bare client sends the same. */
    private static String text(SmppSimulator sink) {
        return sink.texts().values().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the sink has seen no text"));
    }

    private String settings(Map<String, String> link) {
        Map<String, String> all = new TreeMap<>(link);
        all.put("channel", "sms");
        all.put("provider", "simulated-smpp");
        all.put("binds", Integer.toString(binds));
        all.put("window", Integer.toString(window));
        StringBuilder yaml = new StringBuilder();
        yaml.append("warning: {channels: sms}\n");
        yaml.append("approval: {matrix: {machineSignOff: all, defaults: {I: [signer]}}}\n");
        yaml.append("links:\n  sms-load:\n");
        all.forEach((name, value) ->
                yaml.append("    ").append(name).append(": '").append(value).append("'\n"));
        return yaml.toString();
    }

    private static String alert(OffsetDateTime now, int run) {
        return """
                <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
                  <identifier>LOAD_%s_%d</identifier><sender>load</sender><sent>%s</sent>
                  <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
                  <info><language>zh-CN</language><category>Met</category><event>暴雨</event>
                  <urgency>Immediate</urgency><severity>Extreme</severity><certainty>Likely</certainty>
                  <eventCode><valueName>国家突发事件预警信息发布系统</valueName><value>11B03</value></eventCode>
                  <expires>%s</expires><senderName>县气象台</senderName>
                  <headline>县气象台发布暴雨红色预警</headline>
                  <description>未来3小时降雨将达100毫米。</description>
                  <instruction>请立即转移到安全地带。</instruction>
                  <area><areaDesc>县</areaDesc><geocode><valueName>CPEAS Geographic Code</valueName>
                  <value>%s</value></geocode></area></info>
                </alert>
                """
                .formatted(
                        now.toEpochSecond(), run, CAP_TIME.format(now), CAP_TIME.format(now.plusHours(6)), County.CODE);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
