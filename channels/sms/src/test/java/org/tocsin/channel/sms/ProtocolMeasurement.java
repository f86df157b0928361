package org.tocsin.channel.sms;

import com.zx.sms.codec.cmpp.msg.CmppSubmitRequestMessage;
import com.zx.sms.connect.manager.cmpp.CMPPCodecChannelInitializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.DataInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Notice;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.OperatorSimulator;

/**
 * How fast each operators' protocol is by its Camel route, against its codec's bare figure in the same run: a blocking
 * client that writes submits encoded beforehand, with as many unanswered, to the same simulator, which reports none.
 * Beside it what encoding one CMPP submit costs here and in SMSGate's codec. Run by hand; arguments {@code [persons
 * [runs]]}.
 */
abstract class ProtocolMeasurement extends ChannelContract {
    private static final int WINDOW = 1_024;
    private static final int BATCH = 256;
    private static final int PATIENCE_SECONDS = 120;
    private static final String TEXT = "【夏邑县】暴雨红色预警：请立即转移到安全地带。";
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** A protocol's answer to a login and to a submit, in octets. */
    private record Shape(String protocol, int loginAnswer, int submitAnswer, int sequenceAt) {}

    private static final List<Shape> SHAPES = List.of(
            new Shape("cmpp", 33, 24, 8),
            new Shape("cmpp2", 30, 21, 8),
            new Shape("smgp", 33, 26, 8),
            new Shape("sgip", 29, 29, 16));

    public static void main(String[] args) throws Exception {
        int persons = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        for (int run = 1; run <= runs; run++) {
            OUT.printf(
                    "run %d: one CMPP submit encoded in %.0f ns, by sms-core in %.0f ns%n",
                    run, ours(persons), theirs(persons / 4));
            for (Shape shape : SHAPES) {
                double bare = bare(shape, persons);
                double link = link(shape, persons);
                OUT.printf(
                        "run %d: %-5s bare %,9.0f/s, link %,9.0f/s, %.2f%n",
                        run, shape.protocol(), bare, link, link / bare);
            }
        }
    }

    private static double ours(int times) {
        CmppProtocol protocol = CmppProtocol.read(
                new LinkSettings("l", Map.of("host", "h", "port", "1", "systemId", "tocsin", "password", "p")));
        SubmitTemplate template = protocol.template(ShortText.of(TEXT, 1), "10690000", Instant.EPOCH, Duration.ZERO);
        Job job = Job.of(batch(people(0, BATCH)), template, 1);
        ByteBuf out = Unpooled.directBuffer(1 << 16);
        long began = System.nanoTime();
        for (int i = 0; i < times; i++) {
            out.clear();
            template.write(out, i, job, i & (BATCH - 1));
        }
        double nanos = (System.nanoTime() - began) / (double) times;
        out.release();
        return nanos;
    }

    private static double theirs(int times) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline().addLast(CMPPCodecChannelInitializer.pipeName(), new CMPPCodecChannelInitializer(0x30));
        byte[] octets = TEXT.getBytes(StandardCharsets.UTF_16BE);
        long began = System.nanoTime();
        for (int i = 0; i < times; i++) {
            CmppSubmitRequestMessage submit = new CmppSubmitRequestMessage();
            submit.setDestterminalId("13800000001");
            submit.setSrcId("10690000");
            submit.setMsgsrc("tocsin");
            submit.setRegisteredDelivery((short) 1);
            submit.setMsgContentBytes(octets);
            submit.setMsgLength((short) octets.length);
            channel.writeOutbound(submit);
            for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
                part.release();
            }
        }
        return (System.nanoTime() - began) / (double) times;
    }

    private static Map<String, String> start(OperatorSimulator simulator, Shape shape) throws Exception {
        Map<String, String> settings = new HashMap<>(simulator.start(
                new SimulatorContext("sms", 1, Map.of("silent", 1.0), Map.of("window", "" + WINDOW), null)));
        if (shape.protocol().equals("cmpp2")) {
            settings.put("version", "2.0");
        }
        return settings;
    }

    private static double bare(Shape shape, int persons) throws Exception {
        try (OperatorSimulator simulator = OpenOperator.simulator(shape.protocol())) {
            Map<String, String> settings = start(simulator, shape);
            LinkSettings read = new LinkSettings("sms", settings);
            Protocol protocol =
                    switch (shape.protocol()) {
                        case "smgp" -> SmgpProtocol.read(read);
                        case "sgip" -> SgipProtocol.read(read);
                        default -> CmppProtocol.read(read);
                    };
            SubmitTemplate template =
                    protocol.template(ShortText.of(TEXT, 1), "10690000", Instant.now(), Duration.ofHours(6));
            try (Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), protocol.settings().port())) {
                socket.setTcpNoDelay(true);
                OutputStream out = socket.getOutputStream();
                DataInputStream in = new DataInputStream(socket.getInputStream());
                out.write(login(settings, shape));
                in.readFully(new byte[shape.loginAnswer()]);
                byte[][] batches = new byte[(persons + BATCH - 1) / BATCH][];
                for (int i = 0; i < batches.length; i++) {
                    batches[i] = encoded(template, i * BATCH);
                }
                byte[] answers = new byte[BATCH * shape.submitAnswer()];
                long began = System.nanoTime();
                int answered = 0;
                for (int sent = 0; sent < batches.length; sent++) {
                    if (sent - answered >= WINDOW / BATCH) {
                        in.readFully(answers);
                        answered++;
                    }
                    out.write(batches[sent]);
                }
                for (; answered < batches.length; answered++) {
                    in.readFully(answers);
                }
                return batches.length * (double) BATCH / ((System.nanoTime() - began) / 1e9);
            }
        }
    }

    private static byte[] encoded(SubmitTemplate template, int from) {
        Job job = Job.of(batch(people(from, BATCH)), template, 1);
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < BATCH; i++) {
            template.write(out, from + i + 1, job, i);
        }
        return Wire.octets(out);
    }

    private static byte[] login(Map<String, String> settings, Shape shape) {
        ByteBuf out = Unpooled.buffer();
        String name = settings.getOrDefault("systemId", "");
        String secret = settings.getOrDefault("password", "");
        String time = Times.stamp(Instant.now());
        switch (shape.protocol()) {
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

    private static double link(Shape shape, int persons) throws Exception {
        CamelContext camel = new DefaultCamelContext();
        try (OperatorSimulator simulator = OpenOperator.simulator(shape.protocol());
                FakeChannelContext context = new FakeChannelContext("sms", start(simulator, shape));
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
                for (Batch batch : batches) {
                    batch.done().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                }
                return batches.size() * (double) BATCH / ((System.nanoTime() - began) / 1e9);
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
        Notice notice = notice(Status.ACTUAL, Map.of("text", TEXT));
        return new Batch("b", notice, people, (index, outcome) -> {});
    }
}
