package org.tocsin.gateway.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.channel.Kept;
import org.tocsin.channel.TerminalLink.Answer;
import org.tocsin.channel.TerminalLink.Report;

class MqttTerminalServerTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> presence = new CopyOnWriteArrayList<>();
    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final List<Kept> open = new CopyOnWriteArrayList<>();
    private MqttTerminalServer server = server(100, Duration.ofSeconds(60));
    private int port;

    private MqttTerminalServer server(int maxTerminals, Duration maxKeepAlive) {
        return new MqttTerminalServer(
                vertx,
                new MqttTerminalSettings("127.0.0.1", 0, maxTerminals, maxKeepAlive, null, null),
                TerminalAuthenticator.shared(TestTerminal.PASSWORD, code -> code.startsWith("T-")),
                new TerminalPresence() {
                    @Override
                    public void online(String code) {
                        presence.add("+" + code);
                    }

                    @Override
                    public void offline(String code) {
                        presence.add("-" + code);
                    }
                });
    }

    @BeforeEach
    void start() throws Exception {
        start(server);
    }

    private void start(MqttTerminalServer starting) throws Exception {
        server = starting;
        port = starting.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        starting.listen("tocsin/loudspeaker/+/report", (report, kept) -> {
            reports.add(report);
            open.add(kept);
        });
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private List<Answer> send(List<String> codes, Duration timeout) throws Exception {
        List<Answer> answers = Collections.synchronizedList(new ArrayList<>(Collections.nCopies(codes.size(), null)));
        CompletableFuture<Void> all = new CompletableFuture<>();
        List<Integer> told = new CopyOnWriteArrayList<>();
        server.send(codes, TestTerminal::command, "hello".getBytes(UTF_8), timeout, (index, answer) -> {
            answers.set(index, answer);
            told.add(index);
            if (told.size() == codes.size()) {
                all.complete(null);
            }
        });
        all.get(20, TimeUnit.SECONDS);
        assertEquals(codes.size(), told.size());
        return List.copyOf(answers);
    }

    private static void eventually(java.util.concurrent.Callable<Boolean> holds) {
        Awaitility.await().atMost(15, TimeUnit.SECONDS).until(holds);
    }

    @Test
    void tellsAConnectedTerminalAndCountsItsAcknowledgement() throws Exception {
        try (TestTerminal terminal = TestTerminal.connect(port, "T-1")) {
            assertEquals(
                    List.of(Answer.ACKNOWLEDGED, Answer.OFFLINE), send(List.of("T-1", "T-2"), Duration.ofSeconds(10)));
            assertEquals(1, terminal.received().size());
            assertArrayEquals(
                    "hello".getBytes(UTF_8), terminal.received().get(0).getPayloadAsBytes());
            assertTrue(server.isOnline("T-1"));
            assertEquals(1, server.connected());
        }
        eventually(() -> presence.equals(List.of("+T-1", "-T-1")));
        assertEquals(0, server.connected());
    }

    @Test
    void aTerminalThatDoesNotAcknowledgeIsUnansweredAfterTheTimeout() throws Exception {
        try (TestTerminal terminal = TestTerminal.connect(port, "T-1", false)) {
            assertEquals(List.of(Answer.UNANSWERED), send(List.of("T-1"), Duration.ofMillis(200)));
            assertTrue(terminal.isConnected());
        }
    }

    @Test
    void aTerminalThatNeverAcknowledgesIsDisconnectedInTheEnd() throws Exception {
        try (TestTerminal terminal = TestTerminal.connect(port, "T-1", false)) {
            for (int i = 0; i < MqttTerminalSession.MOST_FORGOTTEN; i++) {
                send(List.of("T-1"), Duration.ofMillis(60));
            }
            eventually(() -> !terminal.isConnected());
            assertEquals(1, server.dropped());
        }
    }

    @Test
    void whatATerminalHasNotAcknowledgedIsUnansweredWhenItGoes() throws Exception {
        TestTerminal terminal = TestTerminal.connect(port, "T-1", false);
        CompletableFuture<Answer> answered = new CompletableFuture<>();
        server.send(
                List.of("T-1"),
                TestTerminal::command,
                new byte[1],
                Duration.ofMinutes(5),
                (index, answer) -> answered.complete(answer));
        eventually(() -> terminal.received().size() == 1);

        terminal.close();

        assertEquals(Answer.UNANSWERED, answered.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aTerminalThatHasNotSubscribedIsToldNothing() throws Exception {
        Mqtt3AsyncClient client = TestTerminal.client(port, "T-1");
        TestTerminal.connecting(client, "T-1", TestTerminal.PASSWORD).get(10, TimeUnit.SECONDS);

        assertEquals(List.of(Answer.OFFLINE), send(List.of("T-1"), Duration.ofSeconds(5)));
        assertFalse(server.isOnline("T-1"));
        client.disconnect().get(5, TimeUnit.SECONDS);
    }

    @Test
    void aSecondConnectionWithTheSameCodeReplacesTheFirst() throws Exception {
        try (TestTerminal first = TestTerminal.connect(port, "T-1");
                TestTerminal second = TestTerminal.connect(port, "T-1")) {
            eventually(() -> !first.isConnected());

            assertEquals(List.of(Answer.ACKNOWLEDGED), send(List.of("T-1"), Duration.ofSeconds(5)));
            assertEquals(1, second.received().size());
            assertEquals(1, server.connected());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "T-1, T-1, wrong-secret",
        "T-1, T-2, terminals-secret",
        "X-1, X-1, terminals-secret",
        "T-1/x, T-1/x, terminals-secret",
        "T-+, T-+, terminals-secret",
    })
    void whoIsNotWhoItSaysIsRefused(String code, String user, String password) {
        Mqtt3AsyncClient client = TestTerminal.client(port, code);

        assertThrows(ExecutionException.class, () -> TestTerminal.connecting(client, user, password)
                .get(10, TimeUnit.SECONDS));
        assertEquals(0, server.connected());
        assertEquals(1, server.refused());
    }

    @Test
    void moreTerminalsThanTheLimitAreRefusedAndTheOthersStay() throws Exception {
        server.close();
        start(server(2, Duration.ofSeconds(60)));
        try (TestTerminal one = TestTerminal.connect(port, "T-1");
                TestTerminal two = TestTerminal.connect(port, "T-2")) {
            assertThrows(ExecutionException.class, () -> TestTerminal.connect(port, "T-3"));

            assertTrue(one.isConnected() && two.isConnected());
            assertEquals(2, server.connected());
        }
    }

    @Test
    void aReportIsAcknowledgedOnlyWhenItIsKept() throws Exception {
        try (TestTerminal terminal = TestTerminal.connect(port, "T-1")) {
            CompletableFuture<?> published = terminal.publish(TestTerminal.report("T-1"), "done".getBytes(UTF_8));
            eventually(() -> open.size() == 1);
            send(List.of("T-1"), Duration.ofSeconds(5));
            assertFalse(published.isDone());

            open.get(0).settled(true);

            published.get(10, TimeUnit.SECONDS);
            assertEquals("T-1", reports.get(0).terminal());
            assertArrayEquals("done".getBytes(UTF_8), reports.get(0).payload());
        }
    }

    @Test
    void aReportThatCannotBeKeptDisconnectsSoThatItComesAgain() throws Exception {
        try (TestTerminal terminal = TestTerminal.connect(port, "T-1");
                TestTerminal other = TestTerminal.connect(port, "T-2")) {
            CompletableFuture<?> published = terminal.publish(TestTerminal.report("T-1"), new byte[1]);
            eventually(() -> open.size() == 1);

            open.get(0).settled(false);

            eventually(() -> !terminal.isConnected());
            assertThrows(ExecutionException.class, () -> published.get(10, TimeUnit.SECONDS));
            assertTrue(other.isConnected());
        }
    }

    @Test
    void theNarrowestListenerHearsAReport() throws Exception {
        List<String> narrow = new CopyOnWriteArrayList<>();
        server.listen("#", (report, kept) -> kept.settled(true));
        server.listen("tocsin/loudspeaker/T-1/report", (report, kept) -> {
            narrow.add(report.topic());
            kept.settled(true);
        });
        try (TestTerminal terminal = TestTerminal.connect(port, "T-1")) {
            terminal.publish(TestTerminal.report("T-1"), new byte[1]).get(10, TimeUnit.SECONDS);
            assertEquals(List.of(TestTerminal.report("T-1")), narrow);
        }
    }

    @ParameterizedTest
    @CsvSource({"tocsin/loudspeaker/T-2/report, 1", "tocsin/other/T-1/report, 1", "tocsin/loudspeaker/T-1/report, 65537"
    })
    void whoPublishesWhatItMustNotIsDisconnectedAlone(String topic, int size) throws Exception {
        try (TestTerminal wrong = TestTerminal.connect(port, "T-1");
                TestTerminal other = TestTerminal.connect(port, "T-2")) {
            CompletableFuture<?> published = wrong.publish(topic, new byte[size]);

            assertThrows(ExecutionException.class, () -> published.get(10, TimeUnit.SECONDS));
            eventually(() -> !wrong.isConnected());
            assertTrue(other.isConnected());
            assertEquals(List.of(), reports);
        }
    }

    @Test
    void whoSubscribesToOthersTopicsIsDisconnectedAlone() throws Exception {
        try (TestTerminal wrong = TestTerminal.connect(port, "T-1");
                TestTerminal other = TestTerminal.connect(port, "T-2")) {
            CompletableFuture<?> subscribed = wrong.subscribe("tocsin/loudspeaker/+/command");

            assertThrows(ExecutionException.class, () -> subscribed.get(10, TimeUnit.SECONDS));
            eventually(() -> !wrong.isConnected());
            assertTrue(other.isConnected());
        }
    }

    @Test
    void whatIsNoMqttIsDisconnectedAndTheOthersStay() throws Exception {
        try (TestTerminal terminal = TestTerminal.connect(port, "T-1");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
            socket.getOutputStream().flush();

            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // An answer is allowed; the end must come.
            }
            assertTrue(terminal.isConnected());
        }
    }

    @Test
    void whoIsSilentLongerThanTheLongestKeepAliveIsDisconnected() throws Exception {
        server.close();
        start(server(10, Duration.ofSeconds(1)));
        try (TestTerminal terminal = TestTerminal.connect(port, "T-1")) {
            eventually(() -> !terminal.isConnected());
            assertEquals(1, server.dropped());
        }
    }

    @Test
    void aClosedEndToldNothingAnswersOffline() throws Exception {
        try (TestTerminal terminal = TestTerminal.connect(port, "T-1")) {
            server.close();

            assertEquals(List.of(Answer.OFFLINE), send(List.of("T-1"), Duration.ofSeconds(5)));
            eventually(() -> !terminal.isConnected());
        }
    }

    @Test
    void aPayloadOverTheLimitIsRefusedBeforeItIsSent() {
        assertThrows(
                IllegalArgumentException.class,
                () -> server.send(
                        List.of("T-1"),
                        TestTerminal::command,
                        new byte[MqttTerminalServer.LARGEST_PAYLOAD + 1],
                        Duration.ofSeconds(1),
                        (index, answer) -> {}));
    }
}
