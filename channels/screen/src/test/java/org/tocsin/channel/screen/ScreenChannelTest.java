package org.tocsin.channel.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Status;
import org.tocsin.channel.Channel;
import org.tocsin.channel.ChannelContract;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.Link;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.TerminalLink;
import org.tocsin.simulator.GatewayAddress;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.screen.ScreenSimulator;
import org.tocsin.simulator.terminals.SocketTerminalLink;

class ScreenChannelTest extends ChannelContract {
    private final SocketTerminalLink terminals = new SocketTerminalLink();
    private ScreenSimulator simulator = new ScreenSimulator();

    @BeforeEach
    void start() throws IOException {
        attach(Map.of("finished", 1.0));
    }

    @AfterEach
    void stop() {
        simulator.close();
        terminals.close();
    }

    private void attach(Map<String, Double> shares) throws IOException {
        simulator.close();
        simulator = new ScreenSimulator();
        simulator.start(new SimulatorContext("test", 1, shares, Map.of("reportDelayMillis", "5"), null));
        simulator.attach(new GatewayAddress(
                URI.create("http://127.0.0.1:1"), "127.0.0.1", terminals.port(), "secret", addresses(5)));
    }

    @Override
    protected Channel channel() {
        return new ScreenChannel();
    }

    @Override
    protected FakeChannelContext context() {
        return new FakeChannelContext("screen-test", Map.of("ackMillis", "5000")) {
            @Override
            public TerminalLink terminals() {
                return terminals;
            }
        };
    }

    @Override
    protected Map<String, String> parts() {
        return Map.of("line1", "暴雨红色预警", "line2", "请立即转移");
    }

    @Override
    protected List<String> addresses(int count) {
        List<String> codes = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            codes.add("T-411426-" + number);
        }
        return codes;
    }

    @Override
    protected Set<String> seenByCarrier() {
        return simulator.told();
    }

    @Override
    protected void stopCarrier() {
        simulator.close();
    }

    @Test
    void reportsTakenBegunAndFinishedAsThreeReceipts() throws Exception {
        try (FakeChannelContext context = tell(addresses(1))) {
            await(context, 3);

            assertEquals(
                    List.of(Evidence.IN_PROGRESS, Evidence.IN_PROGRESS, Evidence.DELIVERED),
                    context.received().stream().map(Receipt::evidence).toList());
            assertEquals(
                    List.of("accepted", "started", "finished"),
                    context.received().stream().map(Receipt::code).toList());
            assertEquals("w1.1/T-411426-1", context.received().get(0).reference());
            assertEquals("T-411426-1", context.received().get(0).address());
        }
    }

    @Test
    void reportsADeviceThatFailsAsFailed() throws Exception {
        attach(Map.of("finished", 0.0));

        try (FakeChannelContext context = tell(addresses(1))) {
            await(context, 3);

            Receipt last = context.received().get(2);
            assertEquals(Evidence.FAILED, last.evidence());
            assertEquals(Reason.DEVICE_FAULT, last.reason());
            assertEquals("failed:4", last.code());
        }
    }

    @Test
    void anOfflineTerminalIsDeferredAsUnreachable() throws Exception {
        Outcome outcome = send(Status.ACTUAL, List.of("T-nowhere"), false).get(0);

        assertTrue(
                outcome instanceof Outcome.Deferred deferred && deferred.reason() == Reason.UNREACHABLE,
                outcome.toString());
    }

    @Test
    void aCodeThatWouldBeAnotherTopicIsRefused() throws Exception {
        for (String code : List.of("a/b", "+", "#", "a b", "")) {
            assertEquals(
                    new Outcome.Rejected(Reason.INVALID_ADDRESS, ""),
                    send(Status.ACTUAL, List.of(code), false).get(0),
                    code);
        }
    }

    private FakeChannelContext tell(List<String> codes) throws Exception {
        FakeChannelContext context = context();
        CamelContext camel = new DefaultCamelContext();
        // The link stays open: reports come after the outcome. The context's end ends it.
        Link link = channel().open(context);
        camel.addRoutes(link.routes());
        camel.start();
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            submit(producer, context.link(), notice(Status.ACTUAL), codes, false);
        } finally {
            camel.stop();
        }
        return context;
    }

    private static void await(FakeChannelContext context, int receipts) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> context.received().size() >= receipts);
    }
}
