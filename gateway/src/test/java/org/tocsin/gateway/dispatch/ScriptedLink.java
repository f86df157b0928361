package org.tocsin.gateway.dispatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.tocsin.channel.Batch;
import org.tocsin.channel.BatchProcessor;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Outcome;

/** A link in memory that does what a test says, and keeps the carrier's book. */
final class ScriptedLink implements Link {
    private static final AtomicLong REFERENCES = new AtomicLong();

    private final String id;
    private final List<String> submits = Collections.synchronizedList(new ArrayList<>());
    private volatile BiConsumer<Batch, Integer> script = (batch, index) -> accept(batch, index);
    private volatile LinkState state = LinkState.UP;

    ScriptedLink(String id) {
        this.id = id;
    }

    /** What to do with each addressee from now on. */
    void does(BiConsumer<Batch, Integer> what) {
        script = what;
    }

    void is(LinkState now) {
        state = now;
    }

    /** Accepts one; its reference. */
    static String accept(Batch batch, int index) {
        String reference = "r" + REFERENCES.incrementAndGet();
        batch.settle(index, new Outcome.Accepted(reference));
        return reference;
    }

    /** Issue and address of each submit, in their order. */
    List<String> submits() {
        synchronized (submits) {
            return List.copyOf(submits);
        }
    }

    /** How often each issue and address was submitted. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        submits().forEach(submit -> counts.merge(submit, 1, Integer::sum));
        return counts;
    }

    @Override
    public RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + id).process(new BatchProcessor() {
                    @Override
                    protected void submit(Batch batch) {
                        for (int index = 0; index < batch.size(); index++) {
                            if (!batch.isSettled(index)) {
                                submits.add(batch.notice().issue() + " "
                                        + batch.addressee(index).address());
                                script.accept(batch, index);
                            }
                        }
                    }
                });
            }
        };
    }

    @Override
    public LinkState state() {
        return state;
    }

    @Override
    public CompletionStage<CallbackAnswer> callback(CallbackRequest request) {
        return CompletableFuture.completedStage(new CallbackAnswer(200, "text/plain", id));
    }

    @Override
    public void close() {
        state = LinkState.CLOSED;
    }
}
