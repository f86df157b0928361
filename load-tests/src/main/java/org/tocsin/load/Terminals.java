package org.tocsin.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tocsin.load.figure.Figure;
import org.tocsin.load.mqtt.MqttFleet;

/**
 * Loudspeakers: from sign-off until the last of them has the command, and how fast their finished reports become
 * durable; beside Mosquitto's broadcast of the same bytes to as many clients, turn by turn.
 */
final class Terminals implements Scenario {
    private static final String NAME = "terminals";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String measures() {
        return "up to 10,000 loudspeakers told and their reports made durable, beside Mosquitto's broadcast";
    }

    @Override
    public String costs() {
        return "2 minutes";
    }

    @Override
    public void run(Bench bench) throws IOException {
        int count = Math.min(TerminalBed.MOST, bench.recipients(TerminalBed.MOST));
        bench.say("terminals: %,d loudspeakers", count);
        TerminalBed bed = TerminalBed.open(bench, count);
        Optional<Integer> broker = mosquitto(bench);
        List<Double> told = new ArrayList<>();
        List<Double> reported = new ArrayList<>();
        List<Double> peerTold = new ArrayList<>();
        List<Double> peerReported = new ArrayList<>();
        byte[] command = new byte[0];
        for (int run = 0; run <= bench.runs(); run++) {
            double tell;
            double report;
            try (MqttFleet fleet = bed.connect()) {
                tell = bed.tell(fleet);
                command = fleet.last();
                report = bed.report(fleet, List.of("finished"));
            }
            bench.say("  run %d: told in %,.0f ms, %,.0f reports/s; %,d bytes", run, tell, report, command.length);
            if (run > 0) {
                told.add(tell);
                reported.add(report);
            }
            if (broker.isPresent()) {
                double[] peer = peer(bench, broker.get(), count, command);
                bench.say("  run %d: Mosquitto in %,.0f ms, %,.0f messages/s", run, peer[0], peer[1]);
                if (run > 0) {
                    peerTold.add(peer[0]);
                    peerReported.add(peer[1]);
                }
            }
        }
        Figure telling = Figure.alone(NAME, "told", "ms", told);
        Figure reporting = Figure.alone(NAME, "throughput", "reports/s", reported);
        bench.results().add(broker.isPresent() ? telling.withPeer(told, peerTold) : telling);
        bench.results().add(broker.isPresent() ? reporting.withPeer(reported, peerReported) : reporting);
        if (broker.isEmpty()) {
            bench.notMeasured("terminals' peer", "Mosquitto is not installed (on Debian: apt-get install mosquitto)");
        }
    }

    private static Optional<Integer> mosquitto(Bench bench) throws IOException {
        Optional<Path> program = Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin")
                .map(folder -> Path.of(folder, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Path folder = bench.folder();
        int port = KannelProcess.freePort();
        Path config = Files.writeString(
                folder.resolve("mosquitto.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 0\n"
                        + "max_queued_messages 0\nlog_type error\npersistence false\n");
        bench.start(new ProcessBuilder(program.get().toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile()));
        KannelProcess.waitForPort(bench, port);
        return Optional.of(port);
    }

    /** Mosquitto: the milliseconds until the last client has the broadcast command, and answered reports a second. */
    private static double[] peer(Bench bench, int port, int count, byte[] command) throws IOException {
        try (MqttFleet fleet =
                bench.keep(new MqttFleet("127.0.0.1", port, "", TerminalBed.codes(count), code -> "broadcast"))) {
            fleet.connect();
            TerminalBed.awaitReady(bench, fleet, count);
            long began = System.nanoTime();
            fleet.publishOnce("broadcast", command);
            bench.await("Mosquitto's broadcast", () -> fleet.told() >= count);
            double told = (System.nanoTime() - began) / 1e6;
            byte[] report = TerminalBed.report(bench, command, "finished");
            long before = fleet.answered();
            began = System.nanoTime();
            fleet.publish(code -> "reports/" + code, report);
            bench.await("Mosquitto's answers", () -> fleet.answered() - before >= count);
            return new double[] {told, count / ((System.nanoTime() - began) / 1e9)};
        }
    }
}
