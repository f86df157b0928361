package org.tocsin.channel.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.JdkHttpExchange;
import org.tocsin.channel.LinkSettings;
import org.tocsin.simulator.GatewayAddress;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.app.AppSimulator;
import org.tocsin.simulator.http.HttpStandIn;

/** The simulator's callbacks, over sockets, into the link. */
class AppReceiptsTest {
    private static final int PEOPLE = 2000;

    @Test
    void theSimulatorRepeatsItsCallbacksUntilAllAreKept(@TempDir Path truth) throws Exception {
        try (AppSimulator simulator = new AppSimulator();
                HttpStandIn gateway = new HttpStandIn()) {
            Map<String, String> values =
                    simulator.start(new SimulatorContext("app-main", 7, Map.of(), Map.of(), truth));
            AppSettings settings = AppSettings.read(new LinkSettings("app-main", values));
            FakeChannelContext kept = new FakeChannelContext("app-main", values);
            Callbacks callbacks = new Callbacks(settings, InstantSource.system(), kept.receipts());
            AtomicInteger posts = new AtomicInteger();
            gateway.handle("/callbacks/app/simulated-push", request -> {
                if (posts.incrementAndGet() <= 2) {
                    return HttpStandIn.Reply.json(503, "");
                }
                CallbackAnswer answer = callbacks
                        .take(new CallbackRequest(request.headers(), request.query(), request.body()))
                        .toCompletableFuture()
                        .join();
                return new HttpStandIn.Reply(answer.status(), answer.contentType(), answer.body());
            });
            gateway.start();

            List<Addressee> people = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                people.add(new Addressee("token-" + i, false));
            }
            Batch batch =
                    new Batch("b", Notices.actual(Map.of("title", "暴雨", "body", "转移")), people, (index, outcome) -> {});
            new Pushes(settings, new JdkHttpExchange(), InstantSource.system()).submit(batch);
            batch.done().toCompletableFuture().get(60, TimeUnit.SECONDS);
            simulator.attach(new GatewayAddress(gateway.base(), "", 0, "", List.of()));

            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> {
                simulator.flush();
                return count(kept, Evidence.DELIVERED) + count(kept, Evidence.FAILED) == PEOPLE
                        && count(kept, Evidence.SHOWN) > 0
                        && lines(truth, ",report,") == lines(truth, ",reportAnswered,");
            });
            long delivered = count(kept, Evidence.DELIVERED);
            assertTrue(delivered > PEOPLE * 0.88 && delivered < PEOPLE * 0.96, "delivered: " + delivered);
            assertEquals(PEOPLE, lines(truth, ",submit,"));
            assertTrue(posts.get() < PEOPLE / 10, "posts: " + posts);
            kept.close();
        }
    }

    private static long count(FakeChannelContext kept, Evidence evidence) {
        return kept.received().stream()
                .filter(receipt -> receipt.evidence() == evidence)
                .count();
    }

    private static long lines(Path truth, String event) throws Exception {
        try (var lines = Files.lines(truth.resolve("app-simulated-push.csv"))) {
            return lines.filter(line -> line.contains(event)).count();
        }
    }
}
