package org.tocsin.load.smpp;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * How fast the bare client is against the simulator in the same process. Run by hand; arguments {@code [messages [runs
 * [binds [window [text]]]]]}.
 */
final class BareMeasurement {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private BareMeasurement() {}

    public static void main(String[] args) throws IOException {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 1_200_000;
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int binds = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        int window = args.length > 3 ? Integer.parseInt(args[3]) : 256;
        String text = args.length > 4 ? args[4] : "【夏邑县】暴雨红色预警：请立即转移到安全地带。";
        for (int run = 1; run <= runs; run++) {
            try (SmppSimulator simulator = new SmppSimulator()) {
                Map<String, String> link = simulator.start(new SimulatorContext(
                        "sms", 1, Map.of("delivered", 1.0, "silent", 0.0), Map.of("reportDelayMillis", "1"), null));
                long cpu = SYSTEM.getProcessCpuTime();
                BareSmppClient.Result result = BareSmppClient.run(
                        link.getOrDefault("host", ""),
                        Integer.parseInt(link.getOrDefault("port", "0")),
                        link.getOrDefault("systemId", ""),
                        link.getOrDefault("password", ""),
                        binds,
                        window,
                        text,
                        messages);
                double micros = (SYSTEM.getProcessCpuTime() - cpu) * 1e-3 / result.receipts();
                OUT.printf(
                        "%d x %d run %d: %s = %,.0f/s, %.2f us of processor each%n",
                        binds, window, run, result, result.perSecond(), micros);
            }
        }
    }
}
