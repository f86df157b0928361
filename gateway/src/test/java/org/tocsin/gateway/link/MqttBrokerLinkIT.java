package org.tocsin.gateway.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.channel.TerminalLink.Answer;

/** The broker link against Debian's Mosquitto. */
@Tag("debian")
class MqttBrokerLinkIT {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final AtomicBoolean keeping = new AtomicBoolean(true);
    private Mosquitto mosquitto;
    private MqttBrokerLink link;

    MqttBrokerLinkIT(@TempDir Path folder) throws Exception {
        mosquitto = Mosquitto.start(folder);
        link = link();
    }

    private MqttBrokerLink link() {
        MqttBrokerLink made = new MqttBrokerLink(
                vertx,
                new MqttBrokerSettings(
                        "127.0.0.1",
                        mosquitto.port(),
                        false,
                        "tocsin-gateway",
                        null,
                        null,
                        16,
                        Duration.ofMillis(50),
                        Duration.ofMillis(500)));
        made.listen("tocsin/loudspeaker/+/report", (report, kept) -> {
            reports.add(report.terminal() + ":" + new String(report.payload(), UTF_8));
            kept.settled(keeping.get());
        });
        return made;
    }

    @BeforeEach
    void start() {
        link.start();
        eventually(() -> link.isUp());
    }

    @AfterEach
    void stop() throws Exception {
        link.close();
        mosquitto.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void eventually(Callable<Boolean> holds) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(holds);
    }

    private Answer send(String code) throws Exception {
        CompletableFuture<Answer> answered = new CompletableFuture<>();
        link.send(
                List.of(code),
                TestTerminal::command,
                "hello".getBytes(UTF_8),
                Duration.ofSeconds(5),
                (index, answer) -> answered.complete(answer));
        return answered.get(10, TimeUnit.SECONDS);
    }

    @Test
    void tellsManyTerminalsThroughTheBrokerBeyondItsWindow() throws Exception {
        List<String> codes = java.util.stream.IntStream.range(0, 500)
                .mapToObj(number -> "T-" + number)
                .toList();
        List<Answer> answers = new CopyOnWriteArrayList<>();
        try (TestTerminal terminal = TestTerminal.connect(mosquitto.port(), "T-1")) {
            link.send(
                    codes,
                    TestTerminal::command,
                    new byte[100],
                    Duration.ofSeconds(10),
                    (index, answer) -> answers.add(answer));

            eventually(() -> answers.size() == codes.size());
            assertEquals(java.util.Set.of(Answer.ACKNOWLEDGED), java.util.Set.copyOf(answers));
            eventually(() -> terminal.received().size() == 1);
        }
    }

    @Test
    void hearsAReportWithTheTerminalOfItsTopic() throws Exception {
        try (TestTerminal terminal = TestTerminal.connect(mosquitto.port(), "T-1")) {
            terminal.publish(TestTerminal.report("T-1"), "done".getBytes(UTF_8)).get(10, TimeUnit.SECONDS);

            eventually(() -> reports.equals(List.of("T-1:done")));
        }
    }

    @Test
    void aReportThatCouldNotBeKeptComesAgain() throws Exception {
        keeping.set(false);
        try (TestTerminal terminal = TestTerminal.connect(mosquitto.port(), "T-1")) {
            terminal.publish(TestTerminal.report("T-1"), "done".getBytes(UTF_8)).get(10, TimeUnit.SECONDS);
            eventually(() -> !reports.isEmpty());
            int before = reports.size();
            keeping.set(true);

            eventually(() -> reports.size() > before);
        }
    }

    @Test
    void reportsWaitAtTheBrokerWhileTheGatewayIsAway() throws Exception {
        link.close();
        try (TestTerminal terminal = TestTerminal.connect(mosquitto.port(), "T-1")) {
            terminal.publish(TestTerminal.report("T-1"), "late".getBytes(UTF_8)).get(10, TimeUnit.SECONDS);
        }

        link = link();
        link.start();

        eventually(() -> reports.equals(List.of("T-1:late")));
    }

    @Test
    void connectsAgainWhenTheBrokerIsBackAndIsOfflineMeanwhile() throws Exception {
        mosquitto.close();
        eventually(() -> !link.isUp());
        assertEquals(Answer.OFFLINE, send("T-1"));

        mosquitto.restart();

        eventually(() -> link.isUp());
        assertEquals(Answer.ACKNOWLEDGED, send("T-1"));
    }
}
