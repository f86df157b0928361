package org.tocsin.channel.sms;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Manner;
import org.tocsin.channel.Message;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;

/** A link by its Camel route, to whatever carrier its settings name. */
final class RoutedLink implements AutoCloseable {
    static final String ID = "sms-test";

    final FakeChannelContext context;
    final Link link;
    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate producer;

    RoutedLink(Map<String, String> settings) throws Exception {
        context = new FakeChannelContext(ID, settings);
        link = new SmsChannel().open(context);
        camel.addRoutes(link.routes());
        camel.start();
        producer = camel.createProducerTemplate();
    }

    void awaitUp() {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> link.state() == LinkState.UP);
    }

    /** Sends and waits for all outcomes. */
    List<Outcome> send(String text, List<String> numbers) throws Exception {
        return begin(text, Manner.PLAIN, numbers).get(60, TimeUnit.SECONDS);
    }

    CompletableFuture<List<Outcome>> begin(String text, Manner manner, List<String> numbers) {
        Notice plain = OpenLink.Notices.actual(text);
        return begin(
                new Notice(
                        plain.warning(),
                        plain.issue(),
                        plain.alert(),
                        plain.info(),
                        plain.level(),
                        new Message("zh-CN", Map.of("text", text), manner),
                        plain.expires()),
                numbers);
    }

    /** Sends, and completes with all outcomes. */
    CompletableFuture<List<Outcome>> begin(Notice notice, List<String> numbers) {
        List<Outcome> outcomes = Collections.synchronizedList(
                new ArrayList<>(Collections.nCopies(numbers.size(), new Outcome.Accepted("none"))));
        List<Addressee> addressees =
                numbers.stream().map(number -> new Addressee(number, false)).toList();
        Batch batch = new Batch("b", notice, addressees, outcomes::set);
        return producer.asyncSendBody("direct:" + ID, batch).thenApply(done -> List.copyOf(outcomes));
    }

    @Override
    public void close() throws IOException {
        link.close();
        producer.close();
        camel.stop();
        context.close();
    }
}
