package org.tocsin.channel.sms;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.tocsin.alert.Status;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.ChannelContract;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Notice;
import org.tocsin.channel.ReceiptSink;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * How fast the channel is by its Camel route, against the simulator in the same process and without any store: from the
 * first submit to the last receipt, in batches of 256 with at most 1,024 persons outstanding; and what both cost
 * together in time of the processor, which says more than the rate on a machine that others use. Run by hand; arguments
 * {@code [persons [runs [binds [window [text]]]]]}.
 */
abstract class RateMeasurement extends ChannelContract {
    private static final int BATCH = 256;
    private static final int OUTSTANDING = 1024;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    public static void main(String[] args) throws Exception {
        int persons = args.length > 0 ? Integer.parseInt(args[0]) : 1_200_000;
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        Map<String, String> more = new HashMap<>();
        more.put("binds", args.length > 2 ? args[2] : "1");
        more.put("window", args.length > 3 ? args[3] : "256");
        String text = args.length > 4 ? args[4] : "【夏邑县】暴雨红色预警：请立即转移到安全地带。";
        List<Addressee> people = new ArrayList<>(persons);
        for (int i = 0; i < persons; i++) {
            people.add(new Addressee(Long.toString(19_900_000_000L + i), false));
        }
        for (int run = 1; run <= runs; run++) {
            long cpu = SYSTEM.getProcessCpuTime();
            double seconds = measure(people, more, notice(Status.ACTUAL, Map.of("text", text)));
            double micros = (SYSTEM.getProcessCpuTime() - cpu) * 1e-3 / persons;
            OUT.printf(
                    "%s run %d: %,d persons in %.3f s = %,.0f/s, %.2f us of processor each%n",
                    more, run, persons, seconds, persons / seconds, micros);
        }
    }

    private static double measure(List<Addressee> people, Map<String, String> more, Notice notice) throws Exception {
        AtomicLong received = new AtomicLong();
        try (SmppSimulator simulator = new SmppSimulator()) {
            Map<String, String> settings = new HashMap<>(more);
            settings.putAll(simulator.start(new SimulatorContext(
                    "sms", 1, Map.of("delivered", 1.0, "silent", 0.0), Map.of("reportDelayMillis", "1"), null)));
            CamelContext camel = new DefaultCamelContext();
            try (FakeChannelContext context = new FakeChannelContext("sms", settings) {
                        @Override
                        public ReceiptSink receipts() {
                            return (receipt, kept) -> {
                                received.incrementAndGet();
                                kept.settled(true);
                            };
                        }
                    };
                    Link link = new SmsChannel().open(context)) {
                camel.addRoutes(link.routes());
                camel.start();
                Awaitility.await().until(() -> link.state() == LinkState.UP);
                try (ProducerTemplate producer = camel.createProducerTemplate()) {
                    return send(producer, people, notice, received, simulator);
                }
            } finally {
                camel.stop();
            }
        }
    }

    private static double send(
            ProducerTemplate producer,
            List<Addressee> people,
            Notice notice,
            AtomicLong received,
            SmppSimulator simulator)
            throws InterruptedException {
        Semaphore room = new Semaphore(OUTSTANDING / BATCH);
        long began = System.nanoTime();
        for (int from = 0; from < people.size(); from += BATCH) {
            room.acquire();
            List<Addressee> some = people.subList(from, Math.min(people.size(), from + BATCH));
            Batch batch = new Batch("b" + from, notice, some, (index, outcome) -> {});
            CompletableFuture<?> unused =
                    producer.asyncSendBody("direct:sms", batch).whenComplete((done, failed) -> room.release());
        }
        Awaitility.await()
                .atMost(120, TimeUnit.SECONDS)
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .pollDelay(1, TimeUnit.MILLISECONDS)
                .until(() -> received.get() >= people.size()
                        && simulator.reportsAnswered() == simulator.reports()
                        && received.get() == simulator.reports());
        return (System.nanoTime() - began) / 1e9;
    }
}
