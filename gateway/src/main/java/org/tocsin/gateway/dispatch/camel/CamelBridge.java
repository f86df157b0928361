package org.tocsin.gateway.dispatch.camel;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Link;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.dispatch.Submitter;

/**
 * One Camel context with a route for each link; a batch is one exchange, handed to the route's asynchronous processor
 * on the caller's thread. May be used by any thread.
 */
public final class CamelBridge implements Submitter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CamelBridge.class);
    private static final Duration AFTER_DEFECT = Duration.ofSeconds(5);

    private final CamelContext camel;
    private final Map<String, AsyncProducer> producers = new ConcurrentHashMap<>();

    private CamelBridge(CamelContext camel) {
        this.camel = camel;
    }

    /** Starts a context without routes. */
    public static CamelBridge start() {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getShutdownStrategy().setTimeout(5);
        camel.start();
        return new CamelBridge(camel);
    }

    @Override
    public void add(String link, Link opened) {
        try {
            camel.addRoutes(opened.routes());
            Endpoint endpoint = camel.getEndpoint("direct:" + link);
            AsyncProducer producer = endpoint.createAsyncProducer();
            producer.start();
            producers.put(link, producer);
        } catch (Exception failed) {
            throw new IllegalStateException("the route of link " + link + " does not start", failed);
        }
    }

    @Override
    public void submit(String link, Batch batch) {
        AsyncProducer producer = producers.get(link);
        if (producer == null) {
            batch.settleRest(new Outcome.Deferred(Reason.INTERNAL, "no route", AFTER_DEFECT));
            return;
        }
        Exchange exchange = producer.getEndpoint().createExchange(ExchangePattern.InOnly);
        exchange.getIn().setBody(batch);
        producer.process(exchange, doneSync -> {
            Exception failure = exchange.getException();
            if (failure != null) {
                LOG.error("link {}: its route failed", link, failure);
            }
            batch.settleRest(new Outcome.Deferred(Reason.INTERNAL, "route", AFTER_DEFECT));
        });
    }

    @Override
    public void close() {
        producers.values().forEach(AsyncProducer::stop);
        producers.clear();
        camel.stop();
    }
}
