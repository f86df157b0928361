package org.tocsin.channel.wechat;

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
import org.tocsin.simulator.http.HttpStandIn;
import org.tocsin.simulator.wechat.WechatSimulator;

/** The simulator's callbacks, over sockets, into the link. */
class WechatReceiptsTest {
    private static final int PEOPLE = 300;

    @Test
    void theSimulatorRepeatsItsCallbacksUntilAllAreKept(@TempDir Path truth) throws Exception {
        try (WechatSimulator simulator = new WechatSimulator();
                HttpStandIn gateway = new HttpStandIn()) {
            Map<String, String> values =
                    simulator.start(new SimulatorContext("wechat-main", 7, Map.of(), Map.of(), truth));
            WechatSettings settings = WechatSettings.read(new LinkSettings("wechat-main", values));
            JdkHttpExchange http = new JdkHttpExchange();
            InstantSource clock = InstantSource.system();
            FakeChannelContext kept = new FakeChannelContext("wechat-main", values);
            Callbacks callbacks = new Callbacks(settings, clock, kept.receipts());
            AtomicInteger posts = new AtomicInteger();
            gateway.handle("/callbacks/wechat/simulated-wechat", request -> {
                if (posts.incrementAndGet() <= 50) {
                    return HttpStandIn.Reply.json(503, "");
                }
                CallbackAnswer answer = callbacks
                        .take(new CallbackRequest(request.headers(), request.query(), request.body()))
                        .toCompletableFuture()
                        .join();
                return new HttpStandIn.Reply(answer.status(), answer.contentType(), answer.body());
            });
            gateway.start();
            simulator.attach(new GatewayAddress(gateway.base(), "", 0, "", List.of()));

            List<Addressee> people = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                people.add(new Addressee("oPerson" + i, false));
            }
            Batch batch = new Batch("b", Notices.actual(Map.of("first", "暴雨")), people, (index, outcome) -> {});
            new TemplateSends(settings, http, clock, new AccessToken(settings, http, clock)).submit(batch);
            batch.done().toCompletableFuture().get(60, TimeUnit.SECONDS);

            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> kept.received().size() >= PEOPLE);
            long delivered = kept.received().stream()
                    .filter(receipt -> receipt.evidence() == Evidence.DELIVERED)
                    .count();
            assertTrue(delivered > PEOPLE * 0.86 && delivered < PEOPLE, "delivered: " + delivered);
            Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> {
                simulator.flush();
                return answered(truth) == PEOPLE;
            });
            assertEquals(PEOPLE, kept.received().size());
            kept.close();
        }
    }

    private static long answered(Path truth) throws Exception {
        try (var lines = Files.lines(truth.resolve("wechat-simulated-wechat.csv"))) {
            return lines.filter(line -> line.contains(",reportAnswered,")).count();
        }
    }
}
