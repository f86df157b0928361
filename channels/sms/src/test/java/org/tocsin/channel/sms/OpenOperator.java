package org.tocsin.channel.sms;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Manner;
import org.tocsin.channel.Message;
import org.tocsin.channel.Notice;
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
    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate producer;

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
        context = new FakeChannelContext("sms-test", all);
        this.link = new SmsChannel().open(context);
        camel.addRoutes(this.link.routes());
        camel.start();
        producer = camel.createProducerTemplate();
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
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> link.state() == LinkState.UP);
        return this;
    }

    List<Outcome> send(String text, List<String> numbers) throws Exception {
        return begin(text, Manner.PLAIN, numbers).get(60, TimeUnit.SECONDS);
    }

    CompletableFuture<List<Outcome>> begin(String text, Manner manner, List<String> numbers) {
        Notice plain = OpenLink.Notices.actual(text);
        Notice notice = new Notice(
                plain.warning(),
                plain.issue(),
                plain.alert(),
                plain.info(),
                plain.level(),
                new Message("zh-CN", Map.of("text", text), manner),
                plain.expires());
        List<Outcome> outcomes = Collections.synchronizedList(
                new ArrayList<>(Collections.nCopies(numbers.size(), new Outcome.Accepted("none"))));
        List<Addressee> addressees =
                numbers.stream().map(number -> new Addressee(number, false)).toList();
        Batch batch = new Batch("b", notice, addressees, outcomes::set);
        return producer.asyncSendBody("direct:sms-test", batch).thenApply(done -> List.copyOf(outcomes));
    }

    @Override
    public void close() throws IOException {
        link.close();
        producer.close();
        camel.stop();
        context.close();
        simulator.close();
    }
}
