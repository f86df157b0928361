package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Notice;
import org.tocsin.channel.ReceiptSink;
import org.tocsin.simulator.CarrierSimulator;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * How fast each protocol's link is by its Camel route, reports and their answers included, against its codec's bare
 * figure in the same run: a blocking client that writes submits encoded beforehand, as many unanswered, and answers
 * each report, to the same simulator. Run by hand: {@code mvn -pl channels/sms -am test -Dtest=ProtocolMeasurement
 * -Dsurefire.failIfNoSpecifiedTests=false}; sizes by {@code -Dpersons=100000 -Druns=3}.
 */
class ProtocolMeasurement {
    private static final int WINDOW = 1_024;
    private static final int BATCH = 256;
    private static final int PATIENCE_SECONDS = 60;
    private static final String TEXT = "【夏邑县】暴雨红色预警：请立即转移到安全地带。";
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private static final List<BareSession.Shape> SHAPES = List.of(
            new BareSession.Shape("smpp", 16, 12, 4, 5, 0, 1),
            new BareSession.Shape("cmpp", 12, 8, 4, 5, 8, 4),
            new BareSession.Shape("cmpp2", 12, 8, 4, 5, 8, 1),
            new BareSession.Shape("smgp", 12, 8, 2, 3, 10, 4),
            new BareSession.Shape("sgip", 20, 16, 3, 5, 0, 9));

    @Test
    void linksAgainstTheirBareCodecs() throws Exception {
        int persons = Integer.getInteger("persons", 100_000) / BATCH * BATCH;
        int runs = Integer.getInteger("runs", 3);
        Map<String, List<Double>> ratios = new LinkedHashMap<>();
        for (int run = 0; run <= runs; run++) {
            for (BareSession.Shape shape : SHAPES) {
                double bare = bare(shape, persons);
                double link = link(shape, persons);
                OUT.printf(
                        "%s %-5s %.2f  link %,9.0f/s, bare %,9.0f/s%n",
                        run == 0 ? "warm " : "run " + run, shape.protocol(), link / bare, link, bare);
                if (run > 0) {
                    ratios.computeIfAbsent(shape.protocol(), unknown -> new ArrayList<>())
                            .add(link / bare);
                }
            }
        }
        ratios.forEach((protocol, all) -> {
            List<Double> sorted = all.stream().sorted().toList();
            OUT.printf("%-5s %.2f (median; goal at least 0.60)%n", protocol, sorted.get((sorted.size() - 1) / 2));
            assertTrue(sorted.get(0) > 0);
        });
    }

    private static CarrierSimulator simulator(BareSession.Shape shape) {
        return shape.protocol().equals("smpp") ? new SmppSimulator() : OpenOperator.simulator(shape.protocol());
    }

    private static Map<String, String> start(CarrierSimulator simulator, BareSession.Shape shape) throws Exception {
        Map<String, String> settings = new HashMap<>(simulator.start(new SimulatorContext(
                "sms",
                1,
                Map.of("delivered", 1.0, "silent", 0.0),
                Map.of("window", "" + WINDOW, "reportDelayMillis", "1"),
                null)));
        if (shape.protocol().equals("cmpp2")) {
            settings.put("version", "2.0");
        }
        return settings;
    }

    private static double bare(BareSession.Shape shape, int persons) throws Exception {
        try (CarrierSimulator simulator = simulator(shape)) {
            Map<String, String> settings = start(simulator, shape);
            LinkSettings read = new LinkSettings("sms", settings);
            Protocol protocol =
                    switch (shape.protocol()) {
                        case "smpp" -> SmppProtocol.read(read);
                        case "smgp" -> SmgpProtocol.read(read);
                        case "sgip" -> SgipProtocol.read(read);
                        default -> CmppProtocol.read(read);
                    };
            SubmitTemplate template =
                    protocol.template(ShortText.of(TEXT, 1), "10690000", Instant.now(), Duration.ofHours(6));
            List<Job> jobs = new ArrayList<>();
            for (int from = 0; from < persons; from += BATCH) {
                jobs.add(Job.of(batch(people(from, BATCH)), template, 1, new Tries()));
            }
            ByteBuf out = Unpooled.buffer();
            return new BareSession(shape, decoder(shape), settings, login(settings, shape))
                    .send(at -> encoded(out, template, jobs.get(at), at * BATCH), jobs.size(), BATCH, WINDOW);
        }
    }

    private static BareSession.Decoder decoder(BareSession.Shape shape) {
        Instant now = Instant.now();
        return (in, body, end) -> switch (shape.protocol()) {
            case "smpp" -> Objects.requireNonNull(DeliveryReceipt.read(in, body, end, now));
            case "smgp" -> Objects.requireNonNull(Smgp.read(in, body, end, false, now));
            case "sgip" -> Sgip.report(in, body, end, false, now);
            default ->
                Objects.requireNonNull(Cmpp.read(in, body, end, shape.protocol().equals("cmpp"), now));
        };
    }

    private static byte[] encoded(ByteBuf out, SubmitTemplate template, Job job, int from) {
        out.clear();
        for (int i = 0; i < BATCH; i++) {
            template.write(out, from + i + 2, job, i);
        }
        return ByteBufUtil.getBytes(out);
    }

    private static byte[] login(Map<String, String> settings, BareSession.Shape shape) {
        ByteBuf out = Unpooled.buffer();
        String name = settings.getOrDefault("systemId", "");
        String secret = settings.getOrDefault("password", "");
        String time = Times.stamp(Instant.now());
        switch (shape.protocol()) {
            case "smpp" -> {
                out.writeInt(16 + name.length() + 1 + secret.length() + 1 + 1 + 1 + 1 + 1 + 1);
                out.writeInt(9);
                out.writeInt(0);
                out.writeInt(1);
                out.writeCharSequence(name + "\0" + secret + "\0\0", StandardCharsets.US_ASCII);
                out.writeByte(0x34);
                out.writeZero(3);
            }
            case "sgip" -> {
                Sgip.header(out, 61, Sgip.BIND, 1, 1, 1);
                out.writeByte(1);
                Wire.field(out, name, 16);
                Wire.field(out, secret, 16);
                out.writeZero(8);
            }
            case "smgp" -> {
                Smgp.header(out, 42, Smgp.LOGIN, 1);
                Wire.field(out, name, 8);
                out.writeBytes(Wire.authenticator(name, 7, secret, time));
                out.writeByte(2);
                out.writeInt(Integer.parseInt(time));
                out.writeByte(0x30);
            }
            default -> {
                Cmpp.header(out, 39, Cmpp.CONNECT, 1);
                Wire.field(out, name, 6);
                out.writeBytes(Wire.authenticator(name, 9, secret, time));
                out.writeByte(shape.protocol().equals("cmpp") ? 0x30 : 0x20);
                out.writeInt(Integer.parseInt(time));
            }
        }
        return Wire.octets(out);
    }

    private static double link(BareSession.Shape shape, int persons) throws Exception {
        AtomicLong received = new AtomicLong();
        CountDownLatch all = new CountDownLatch(1);
        CamelContext camel = new DefaultCamelContext();
        try (CarrierSimulator simulator = simulator(shape);
                FakeChannelContext context = new FakeChannelContext("sms", start(simulator, shape)) {
                    @Override
                    public ReceiptSink receipts() {
                        return (receipt, kept) -> {
                            kept.settled(true);
                            if (received.incrementAndGet() == persons) {
                                all.countDown();
                            }
                        };
                    }
                };
                Link link = new SmsChannel().open(context)) {
            camel.addRoutes(link.routes());
            camel.start();
            Awaitility.await().until(() -> link.state() == LinkState.UP);
            List<Batch> batches = new ArrayList<>();
            for (int from = 0; from < persons; from += BATCH) {
                batches.add(batch(people(from, BATCH)));
            }
            Semaphore room = new Semaphore(2 * WINDOW / BATCH);
            try (ProducerTemplate producer = camel.createProducerTemplate()) {
                long began = System.nanoTime();
                for (Batch batch : batches) {
                    if (!room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("no answer");
                    }
                    CompletableFuture<?> unused =
                            producer.asyncSendBody("direct:sms", batch).whenComplete((done, failed) -> room.release());
                }
                if (!all.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException(received + " of " + persons + " reports");
                }
                return persons / ((System.nanoTime() - began) / 1e9);
            }
        } finally {
            camel.stop();
        }
    }

    private static List<Addressee> people(int from, int count) {
        List<Addressee> people = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            people.add(new Addressee(Long.toString(13_800_000_000L + from + i), false));
        }
        return people;
    }

    private static Batch batch(List<Addressee> people) {
        Notice notice = OpenLink.Notices.actual(TEXT);
        return new Batch("b", notice, people, (index, outcome) -> {});
    }
}
