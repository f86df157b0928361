package org.tocsin.channel.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Status;
import org.tocsin.channel.Channel;
import org.tocsin.channel.ChannelContract;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Receipt;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.email.EmailSimulator;

class EmailChannelTest extends ChannelContract {
    private EmailSimulator simulator = new EmailSimulator();

    private Path truth = Path.of("");
    private Map<String, String> settings = Map.of();

    @BeforeEach
    void startCarrier(@TempDir Path folder) throws IOException {
        truth = folder;
        settings = simulator.start(new SimulatorContext("email-main", 1, Map.of("bounced", 0.0), Map.of(), truth));
    }

    @AfterEach
    void closeCarrier() {
        simulator.close();
    }

    @Test
    void deletesABounceOnlyWhenItsReceiptIsKept() throws Exception {
        simulator.close();
        simulator = new EmailSimulator();
        Map<String, String> withMailbox =
                simulator.start(new SimulatorContext("email-main", 1, Map.of("bounced", 1.0), Map.of(), truth));
        settings = new HashMap<>(withMailbox);
        settings.remove("imapHost");

        try (FakeChannelContext context = new FakeChannelContext("email-main", withMailbox)) {
            context.keep(false);
            try (Link link = channel().open(context)) {
                send(Status.ACTUAL, addresses(10), false);
                Awaitility.await()
                        .atMost(20, TimeUnit.SECONDS)
                        .until(() -> context.received().size() >= 10);
                assertEquals(0, lines(",reportAnswered,").size());

                context.keep(true);
                Awaitility.await()
                        .atMost(20, TimeUnit.SECONDS)
                        .until(() -> lines(",reportAnswered,").size() == 10);
                assertEquals(LinkState.UP, link.state());
            }
            Set<String> submitted = lines(",submit,").stream()
                    .map(line -> line.split(",", -1)[3])
                    .collect(Collectors.toSet());
            for (Receipt receipt : context.received()) {
                assertEquals(Evidence.FAILED, receipt.evidence());
                assertTrue(submitted.contains("<" + receipt.reference() + ">"), receipt.toString());
            }
        }
    }

    @Override
    protected Channel channel() {
        return new EmailChannel();
    }

    @Override
    protected FakeChannelContext context() {
        return new FakeChannelContext("email-main", settings);
    }

    @Override
    protected Map<String, String> parts() {
        return Map.of("subject", "暴雨红色预警", "text", "请立即转移", "html", "<p>请立即转移</p>");
    }

    @Override
    protected List<String> addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "person" + i + "@county.invalid")
                .toList();
    }

    @Override
    protected Set<String> seenByCarrier() {
        return lines(",submit,").stream().map(line -> line.split(",", -1)[2]).collect(Collectors.toSet());
    }

    private List<String> lines(String event) {
        simulator.flush();
        try (var lines = Files.lines(truth.resolve("email-simulated-smtp.csv"))) {
            return lines.filter(line -> line.contains(event)).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    protected void stopCarrier() {
        simulator.close();
    }
}
