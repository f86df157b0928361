package org.tocsin.channel.sms;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Status;
import org.tocsin.channel.ChannelContract;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.Link;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/** A link by its Camel route to a simulator of its own. */
final class OpenLink implements AutoCloseable {
    final SmppSimulator simulator = new SmppSimulator();
    final FakeChannelContext context;
    final Link link;
    private final RoutedLink routed;

    /** Opens a link; {@code link} are its settings, {@code carrier} the simulator's, which reports all delivered. */
    OpenLink(Map<String, String> link, Map<String, String> carrier) throws Exception {
        this(link, carrier, Map.of());
    }

    OpenLink(Map<String, String> link, Map<String, String> carrier, Map<String, Double> shares) throws Exception {
        this(link, carrier, shares, null);
    }

    OpenLink(Map<String, String> link, Map<String, String> carrier, Map<String, Double> shares, @Nullable Path truth)
            throws Exception {
        Map<String, Double> allShares = new HashMap<>(Map.of("delivered", 1.0, "silent", 0.0));
        allShares.putAll(shares);
        Map<String, String> all = new HashMap<>(Map.of("reconnectMillis", "20"));
        all.putAll(start(simulator, carrier, allShares, truth));
        all.putAll(link);
        routed = new RoutedLink(all);
        context = routed.context;
        this.link = routed.link;
    }

    private static Map<String, String> start(
            SmppSimulator simulator, Map<String, String> carrier, Map<String, Double> shares, @Nullable Path truth)
            throws IOException {
        return simulator.start(new SimulatorContext("sms-test", 1, shares, carrier, truth));
    }

    OpenLink awaitUp() {
        routed.awaitUp();
        return this;
    }

    /** Numbers, the same ones each time. */
    static List<String> numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Long.toString(19_900_000_000L + i))
                .toList();
    }

    /** Sends and waits for all outcomes. */
    List<Outcome> send(String text, List<String> numbers) throws Exception {
        return begin(text, numbers).get(60, TimeUnit.SECONDS);
    }

    /** Sends, and completes with all outcomes. */
    CompletableFuture<List<Outcome>> begin(String text, List<String> numbers) {
        return begin(Notices.actual(text), numbers);
    }

    CompletableFuture<List<Outcome>> begin(Notice notice, List<String> numbers) {
        return routed.begin(notice, numbers);
    }

    @Override
    public void close() throws IOException {
        routed.close();
        simulator.close();
    }

    /** Notices, which the contract's kit makes. */
    abstract static class Notices extends ChannelContract {
        static Notice actual(String text) {
            return notice(Status.ACTUAL, Map.of("text", text));
        }
    }
}
