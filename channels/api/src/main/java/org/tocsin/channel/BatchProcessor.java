package org.tocsin.channel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;

/**
 * The frame of a link's asynchronous Camel processor.
 *
 * <p>It takes the batch from the exchange, settles those whom an Exercise or Test must not reach (the second of the two
 * guards; the first is in dispatch), hands the batch to {@link #submit}, and completes the exchange when all addressees
 * are settled. What {@code submit} throws settles the rest as deferred: a defect in a channel delays, it does not lose.
 */
public abstract class BatchProcessor implements AsyncProcessor {
    private static final Duration AFTER_DEFECT = Duration.ofSeconds(5);

    /**
     * Starts to submit a batch and returns without waiting.
     *
     * <p>Those for whom {@link Batch#isSettled} is true already must be left out.
     */
    protected abstract void submit(Batch batch);

    @Override
    public final boolean process(Exchange exchange, AsyncCallback callback) {
        Batch batch = exchange.getIn().getBody(Batch.class);
        for (int index = 0; index < batch.size(); index++) {
            if (!batch.mayReach(index)) {
                batch.settle(index, new Outcome.Rejected(Reason.NOT_A_PROBE, ""));
            }
        }
        batch.done().whenComplete((nothing, failure) -> callback.done(false));
        try {
            submit(batch);
        } catch (RuntimeException defect) {
            batch.settleRest(
                    new Outcome.Deferred(Reason.INTERNAL, defect.getClass().getSimpleName(), AFTER_DEFECT));
        }
        return false;
    }

    @Override
    public final void process(Exchange exchange) {
        processAsync(exchange).join();
    }

    @Override
    public final CompletableFuture<Exchange> processAsync(Exchange exchange) {
        CompletableFuture<Exchange> processed = new CompletableFuture<>();
        process(exchange, doneSync -> processed.complete(exchange));
        return processed;
    }
}
