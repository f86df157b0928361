package org.tocsin.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tocsin.load.mqtt.MqttFleet;

/** A gateway with loudspeakers at its own MQTT end. */
final class TerminalBed {
    static final int MOST = 10_000;
    private static final String PASSWORD = "load-tests-terminals";
    private static final JsonMapper JSON = new JsonMapper();

    private final Bench bench;
    private final GatewayProcess gateway;
    private final int mqttPort;
    private final List<String> codes;
    private String warning = "";

    private TerminalBed(Bench bench, GatewayProcess gateway, int mqttPort, List<String> codes) {
        this.bench = bench;
        this.gateway = gateway;
        this.mqttPort = mqttPort;
        this.codes = codes;
    }

    static TerminalBed open(Bench bench, int count) throws IOException {
        int port = KannelProcess.freePort();
        StringBuilder settings = new StringBuilder("warning: {channels: loudspeaker}\n")
                .append(SmsBed.MATRIX)
                .append("mqtt: {host: 127.0.0.1, port: ")
                .append(port)
                .append(", password: ")
                .append(PASSWORD)
                .append("}\n");
        SmsBed.links(
                settings, Map.of("speakers", Map.of("channel", "loudspeaker", "provider", "load", "window", "100000")));
        GatewayProcess gateway = bench.gateway(settings.toString(), count);
        Path folder = bench.folder();
        gateway.load("divisions", County.divisions(folder, count * 100));
        List<String> codes = codes(count);
        gateway.load("terminals", csv(folder, codes));
        return new TerminalBed(bench, gateway, port, codes);
    }

    static List<String> codes(int count) {
        List<String> codes = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            codes.add(String.format("LOAD-%06d", at));
        }
        return codes;
    }

    private static Path csv(Path folder, List<String> codes) throws IOException {
        Path file = folder.resolve("terminals.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("code,kind,division,longitude,latitude,owner,serves,sharedLevels,sharedHours\n");
            for (int at = 0; at < codes.size(); at++) {
                out.write(codes.get(at) + ",loudspeaker," + County.village(at % 10 + 1, at / 10 % 10 + 1)
                        + ",,,load,100,,\n");
            }
        }
        return file;
    }

    GatewayProcess gateway() {
        return gateway;
    }

    /** Connects all; whoever calls closes the fleet, and so does the bench. */
    MqttFleet connect() throws IOException {
        MqttFleet fleet = bench.keep(new MqttFleet(
                "127.0.0.1", mqttPort, PASSWORD, codes, code -> "tocsin/loudspeaker/" + code + "/command"));
        fleet.connect();
        awaitReady(bench, fleet, codes.size());
        return fleet;
    }

    static void awaitReady(Bench bench, MqttFleet fleet, int count) throws IOException {
        bench.await("the terminals to connect", () -> fleet.ready() >= count || fleet.lost() > 0);
        if (fleet.lost() > 0) {
            throw new IOException(
                    fleet.lost() + " of " + count + " terminals could not connect or were cut: " + fleet.whyLost());
        }
    }

    /** Signs a warning; gives the milliseconds until the last terminal has it. */
    double tell(MqttFleet fleet) throws IOException {
        JsonNode posted = SmsBed.post(gateway, bench.alerts().cap(Alert.Grade.RED, County.CODE, Alert.ONE_SEGMENT));
        warning = posted.path("id").asText();
        fleet.tellAnew();
        long began = System.nanoTime();
        SmsBed.approve(gateway, posted);
        bench.await("all terminals to be told", () -> fleet.told() >= codes.size());
        return (System.nanoTime() - began) / 1e6;
    }

    /**
     * All terminals report these states of the last command one after the other.
     *
     * @param states of which the last is finished
     * @return reports a second until the last is answered
     * @throws IOException also when the gateway then does not count every terminal as delivered
     */
    double report(MqttFleet fleet, List<String> states) throws IOException {
        byte[] command = fleet.last();
        long before = fleet.answered();
        long began = System.nanoTime();
        for (String state : states) {
            byte[] payload = report(bench, command, state);
            fleet.publish(code -> "tocsin/loudspeaker/" + code + "/report", payload);
        }
        long wanted = (long) states.size() * codes.size();
        bench.await("all reports to be answered", () -> fleet.answered() - before >= wanted || fleet.lost() > 0);
        if (fleet.lost() > 0) {
            throw new IOException(fleet.lost() + " terminals were cut while they reported");
        }
        double rate = wanted / ((System.nanoTime() - began) / 1e9);
        Counted.await(() -> gateway.delivered(warning, "loudspeaker"), codes.size());
        return rate;
    }

    /** A terminal's report that it came into a state with a command. */
    static byte[] report(Bench bench, byte[] command, String state) throws IOException {
        JsonNode of = JSON.readTree(command);
        return JSON.createObjectNode()
                .put("version", 1)
                .put("issue", of.path("issue").asText())
                .put("ebmId", of.path("ebmId").asText())
                .put("state", state)
                .put("code", state.equals("finished") ? "3" : state.equals("started") ? "2" : "1")
                .put("at", bench.clock().instant().toString())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
