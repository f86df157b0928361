package org.tocsin.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Reference;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Channel;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.Link;
import org.tocsin.channel.Message;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.ReceiptSink;
import org.tocsin.channel.TerminalLink;
import org.tocsin.channel.loudspeaker.LoudspeakerChannel;
import org.tocsin.channel.screen.ScreenChannel;
import org.tocsin.simulator.CarrierSimulator;
import org.tocsin.simulator.GatewayAddress;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.loudspeaker.LoudspeakerSimulator;
import org.tocsin.simulator.screen.ScreenSimulator;

/** Channel, gateway's end and simulated terminals together, over real sockets. */
class MqttTerminalsIT {
    private static final String PASSWORD = "terminals-secret";

    private final Vertx vertx = Vertx.vertx();
    private final MqttTerminalServer server = new MqttTerminalServer(
            vertx,
            MqttTerminalSettings.plain("127.0.0.1", 0),
            TerminalAuthenticator.shared(PASSWORD, code -> true),
            TerminalPresence.NONE);
    private final Queue<Receipt> received = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean keeping = new AtomicBoolean(true);
    private final FakeChannelContext context = new FakeChannelContext("terminals", Map.of()) {
        @Override
        public TerminalLink terminals() {
            return server;
        }

        @Override
        public ReceiptSink receipts() {
            return (receipt, kept) -> {
                received.add(receipt);
                kept.settled(keeping.get());
            };
        }
    };
    private final CamelContext camel = new DefaultCamelContext();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private int port;
    private @Nullable CarrierSimulator simulator;
    private @Nullable Link link;

    @TempDir
    private Path books = Path.of("unset");

    @BeforeEach
    void start() throws Exception {
        port = server.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        camel.stop();
        if (link != null) {
            link.close();
        }
        if (simulator != null) {
            simulator.close();
        }
        server.close();
        context.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void open(Channel channel) throws Exception {
        Link opened = channel.open(context);
        link = opened;
        camel.addRoutes(opened.routes());
        camel.start();
    }

    private void attach(CarrierSimulator starting, int terminals, Map<String, Double> shares, int delay)
            throws IOException {
        simulator = starting;
        starting.start(new SimulatorContext(
                "terminals", 1, shares, Map.of("reportDelayMillis", Integer.toString(delay)), books));
        starting.attach(
                new GatewayAddress(URI.create("http://127.0.0.1:1"), "127.0.0.1", port, PASSWORD, codes(terminals)));
    }

    private static List<String> codes(int count) {
        return IntStream.range(0, count).mapToObj(number -> "T-" + number).toList();
    }

    private void tell(Notice notice, List<String> codes) throws Exception {
        outcomes.clear();
        Batch batch = new Batch(
                "b",
                notice,
                codes.stream().map(code -> new Addressee(code, false)).toList(),
                (index, outcome) -> outcomes.add(outcome));
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            producer.asyncSendBody("direct:terminals", batch).get(60, TimeUnit.SECONDS);
        }
        assertEquals(codes.size(), outcomes.size());
    }

    private long accepted() {
        return outcomes.stream().filter(Outcome.Accepted.class::isInstance).count();
    }

    private long receipts(Evidence evidence) {
        return received.stream()
                .filter(receipt -> receipt.evidence() == evidence)
                .map(Receipt::reference)
                .distinct()
                .count();
    }

    private static void eventually(Callable<Boolean> holds) {
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(holds);
    }

    private static Notice notice(String issue, MsgType type, List<Reference> references) {
        OffsetDateTime sent = OffsetDateTime.parse("2026-07-20T08:00:00+08:00");
        Info info = new Info(
                "zh-CN",
                List.of(Category.MET),
                "暴雨",
                List.of(),
                Urgency.IMMEDIATE,
                Severity.EXTREME,
                Certainty.LIKELY,
                null,
                List.of(new NamedValue("CMA", "11B03")),
                null,
                null,
                sent.plusHours(6),
                "夏邑县气象台",
                "夏邑县气象台发布暴雨红色预警[I级/特别严重]",
                "预计未来3小时降雨量将达100毫米以上。",
                "请立即转移到安全地带。",
                null,
                null,
                List.of(),
                List.of(),
                List.of());
        Alert alert = new Alert(
                "A-" + issue,
                "41142641600000",
                sent,
                Status.ACTUAL,
                type,
                null,
                Scope.PUBLIC,
                null,
                List.of(),
                List.of(),
                null,
                references,
                List.of(),
                List.of(info));
        return new Notice(
                "w1",
                issue,
                alert,
                info,
                Level.I,
                new Message("zh-CN", Map.of("script", "请立即转移。", "line1", "暴雨红色预警", "line2", "请立即转移")),
                Instant.parse("2036-01-01T00:00:00Z"));
    }

    private long inBook(String channel, String event, String code) throws IOException {
        // The book is whole when its simulator is closed.
        try (Stream<String> lines =
                Files.lines(books.resolve(channel + "-simulated-mqtt.csv"), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.endsWith("," + event + "," + code)).count();
        }
    }

    @Test
    void everyAnsweredReportOfTheLoudspeakersIsAReceipt() throws Exception {
        open(new LoudspeakerChannel());
        LoudspeakerSimulator loudspeakers = new LoudspeakerSimulator();
        attach(loudspeakers, 200, Map.of("finished", 0.8, "silent", 0.1, "offline", 0.1), 20);

        tell(notice("w1.1", MsgType.ALERT, List.of()), codes(200));
        assertEquals(loudspeakers.online(), accepted());
        assertTrue(accepted() > 150 && accepted() < 200, "accepted " + accepted());
        Awaitility.await()
                .during(1, TimeUnit.SECONDS)
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> {
                    long end = receipts(Evidence.DELIVERED) + receipts(Evidence.FAILED);
                    return end > 0 && end == receipts(Evidence.IN_PROGRESS);
                });
        loudspeakers.close();

        assertEquals(accepted(), inBook("loudspeaker", "submit", ""));
        assertEquals(accepted(), inBook("loudspeaker", "answer", "ok"));
        assertEquals(receipts(Evidence.DELIVERED), inBook("loudspeaker", "reportAnswered", "finished"));
        assertEquals(receipts(Evidence.FAILED), inBook("loudspeaker", "reportAnswered", "failed:4"));
        assertTrue(receipts(Evidence.IN_PROGRESS) < accepted(), "some are silent");
    }

    @Test
    void aRepeatOfAnIssueIsPlayedOnce() throws Exception {
        open(new ScreenChannel());
        attach(new ScreenSimulator(), 10, Map.of("finished", 1.0), 5);

        tell(notice("w1.1", MsgType.ALERT, List.of()), codes(10));
        eventually(() -> receipts(Evidence.DELIVERED) == 10);
        tell(notice("w1.1", MsgType.ALERT, List.of()), codes(10));

        assertEquals(10, accepted());
        Awaitility.await()
                .during(500, TimeUnit.MILLISECONDS)
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> received.size() == 30);
    }

    @Test
    void aCancelEndsWhatIsPlayingAndIsPlayedItself() throws Exception {
        open(new LoudspeakerChannel());
        attach(new LoudspeakerSimulator(), 5, Map.of("finished", 1.0), 400);
        tell(notice("w1.1", MsgType.ALERT, List.of()), codes(5));
        eventually(() -> receipts(Evidence.IN_PROGRESS) == 5);

        tell(notice("w1.2", MsgType.CANCEL, List.of(new Reference(null, "A-w1.1", null))), codes(5));

        eventually(() -> receipts(Evidence.DELIVERED) == 5);
        List<String> first = received.stream()
                .filter(receipt -> String.valueOf(receipt.reference()).startsWith("w1.1/"))
                .map(Receipt::code)
                .toList();
        assertEquals(5, first.stream().filter("cancelled"::equals).count(), first.toString());
        assertTrue(first.stream().noneMatch("finished"::equals), first.toString());
    }

    @Test
    void reportsThatCouldNotBeKeptComeAgainAndNoneIsLost() throws Exception {
        open(new LoudspeakerChannel());
        keeping.set(false);
        attach(new LoudspeakerSimulator(), 20, Map.of("finished", 1.0), 20);
        tell(notice("w1.1", MsgType.ALERT, List.of()), codes(20));
        eventually(() -> received.size() >= 20);
        int before = received.size();

        keeping.set(true);

        eventually(() -> received.stream()
                        .skip(before)
                        .filter(receipt -> receipt.evidence() == Evidence.DELIVERED)
                        .map(Receipt::address)
                        .distinct()
                        .count()
                == 20);
    }

    @Test
    void terminalsComeBackAfterTheirConnectionsAreCut() throws Exception {
        open(new ScreenChannel());
        ScreenSimulator screens = new ScreenSimulator();
        attach(screens, 50, Map.of("finished", 1.0), 5);

        screens.cutConnections();
        eventually(() -> server.connected() < 50);
        eventually(() -> server.connected() == 50 && screens.online() == 50);

        tell(notice("w1.1", MsgType.ALERT, List.of()), codes(50));
        assertEquals(50, accepted());
    }

    /**
     * A measurement: prints its figures and asserts only that nobody is left out. Each terminal costs two files here,
     * one at each end, so that {@code -Dterminals=10000} needs a limit of more than 20,000 open files.
     */
    @Test
    void thousandsOfTerminalsAreToldOnceAndReport() throws Exception {
        int count = Integer.getInteger("terminals", 4_000);
        long start = System.nanoTime();
        attach(new LoudspeakerSimulator(), count, Map.of("finished", 1.0), 50);
        System.out.printf("FIGURE %,d terminals connected in %,d ms%n", count, millis(start));
        assertEquals(count, server.connected());
        byte[] payload = new byte[1_000];
        for (int round = 1; round <= 5; round++) {
            Queue<TerminalLink.Answer> answers = new ConcurrentLinkedQueue<>();
            start = System.nanoTime();
            server.send(
                    codes(count),
                    code -> "tocsin/loudspeaker/" + code + "/command",
                    payload,
                    Duration.ofSeconds(30),
                    (index, answer) -> answers.add(answer));
            Awaitility.await()
                    .pollInterval(2, TimeUnit.MILLISECONDS)
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> answers.size() == count);
            System.out.printf(
                    "FIGURE round %d: %,d told and acknowledged, 1 kB, in %,d ms%n", round, count, millis(start));
            assertTrue(answers.stream().allMatch(TerminalLink.Answer.ACKNOWLEDGED::equals));
        }
        open(new LoudspeakerChannel());
        start = System.nanoTime();
        tell(notice("w1.1", MsgType.ALERT, List.of()), codes(count));
        System.out.printf("FIGURE by the channel: %,d accepted in %,d ms%n", accepted(), millis(start));
        assertEquals(count, accepted());
        eventually(() -> received.size() == 3 * count);
        System.out.printf("FIGURE %,d reports in and answered after %,d ms%n", 3 * count, millis(start));
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "FIGURE heap in use, gateway's end and terminals together: %,d MB%n",
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private static long millis(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
