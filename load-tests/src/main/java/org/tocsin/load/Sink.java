package org.tocsin.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/** The sink alone, so that a stranger's client can be measured against it. */
final class Sink {
    private Sink() {}

    /**
     * Listens on loopback until the time is over or the process is ended, and says each second what came.
     *
     * @param port where; 0 for a free port
     * @param seconds for how long
     */
    static void run(int port, long seconds, long seed, PrintStream out) throws IOException {
        try (SmppSimulator sink = new SmppSimulator()) {
            Runtime.getRuntime().addShutdownHook(new Thread(sink::close));
            Map<String, String> link = sink.start(new SimulatorContext(
                    "sink",
                    seed,
                    Map.of("delivered", 1.0, "silent", 0.0),
                    Map.of("port", Integer.toString(port), "reportDelayMillis", "0"),
                    null));
            out.printf(
                    "SMPP 3.4 sink at %s:%s, system_id %s, password %s; accepts and delivers all; ends after %,d s%n",
                    link.get("host"), link.get("port"), link.get("systemId"), link.get("password"), seconds);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            long submits = 0;
            long answered = 0;
            long last = System.nanoTime();
            while (System.nanoTime() < end) {
                Bench.pause(1000);
                long now = System.nanoTime();
                long newSubmits = sink.submits();
                long newAnswered = sink.reportsAnswered();
                if (newSubmits > submits || newAnswered > answered) {
                    double passed = (now - last) / 1e9;
                    out.printf(
                            "%,d submit_sm/s, %,d receipts answered/s; in all %,d submit_sm, %,d messages,"
                                    + " %,d receipts sent, %,d answered%n",
                            Math.round((newSubmits - submits) / passed),
                            Math.round((newAnswered - answered) / passed),
                            newSubmits,
                            sink.messages(),
                            sink.reports(),
                            newAnswered);
                }
                submits = newSubmits;
                answered = newAnswered;
                last = now;
            }
        }
    }
}
