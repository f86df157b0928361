package org.tocsin.channel.sms;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.Link;
import org.tocsin.channel.Manner;
import org.tocsin.channel.Outcome;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.CmppSimulator;
import org.tocsin.simulator.sms.OperatorSimulator;
import org.tocsin.simulator.sms.SgipSimulator;
import org.tocsin.simulator.sms.SmgpSimulator;

/** A link of one of the operators' protocols, by its Camel route, to a simulator of its own. */
final class OpenOperator implements AutoCloseable {
    final OperatorSimulator simulator;
    final FakeChannelContext context;
    final Link link;
    private final RoutedLink routed;

    OpenOperator(String protocol, Map<String, String> link, Map<String, String> carrier) throws Exception {
        this(protocol, link, carrier, Map.of());
    }

    OpenOperator(String protocol, Map<String, String> link, Map<String, String> carrier, Map<String, Double> shares)
            throws Exception {
        this(simulator(protocol), protocol, link, carrier, shares, null);
    }

    OpenOperator(
            OperatorSimulator simulator,
            String protocol,
            Map<String, String> link,
            Map<String, String> carrier,
            Map<String, Double> shares,
            @Nullable Path truth)
            throws Exception {
        this.simulator = simulator;
        Map<String, Double> allShares = new HashMap<>(Map.of("delivered", 1.0, "silent", 0.0));
        allShares.putAll(shares);
        Map<String, String> all = new HashMap<>(Map.of("reconnectMillis", "20", "sourceAddress", "10690000"));
        all.putAll(settings(simulator, protocol, carrier, allShares, truth));
        all.putAll(link);
        routed = new RoutedLink(all);
        context = routed.context;
        this.link = routed.link;
    }

    /** Starts a simulator and gives the settings of a link to it; {@code cmpp2} is CMPP 2.0. */
    static Map<String, String> settings(
            OperatorSimulator simulator,
            String protocol,
            Map<String, String> carrier,
            Map<String, Double> shares,
            @Nullable Path truth)
            throws Exception {
        Map<String, String> settings =
                new HashMap<>(simulator.start(new SimulatorContext("sms-test", 1, shares, carrier, truth)));
        if (protocol.equals("cmpp2")) {
            settings.put("version", "2.0");
        }
        return settings;
    }

    static OperatorSimulator simulator(String protocol) {
        return switch (protocol) {
            case "smgp" -> new SmgpSimulator();
            case "sgip" -> new SgipSimulator();
            default -> new CmppSimulator();
        };
    }

    OpenOperator awaitUp() {
        routed.awaitUp();
        return this;
    }

    List<Outcome> send(String text, List<String> numbers) throws Exception {
        return routed.send(text, numbers);
    }

    CompletableFuture<List<Outcome>> begin(String text, Manner manner, List<String> numbers) {
        return routed.begin(text, manner, numbers);
    }

    @Override
    public void close() throws IOException {
        routed.close();
        simulator.close();
    }
}
