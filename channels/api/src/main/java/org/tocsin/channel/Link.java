package org.tocsin.channel;

import java.util.concurrent.CompletionStage;
import org.apache.camel.RoutesBuilder;

/** One account at one provider of a channel, connected or trying to be. All methods may be called by any thread. */
public interface Link extends AutoCloseable {
    /**
     * The Camel route of this link.
     *
     * <p>It starts at {@code direct:<link>} ({@link ChannelContext#link()}), takes exchanges whose body is a
     * {@link Batch}, stays asynchronous, and completes an exchange when each addressee has an outcome. It never fails
     * an exchange for what a provider does; {@link BatchProcessor} gives the frame.
     */
    RoutesBuilder routes();

    /** Whether the link can take a batch now. */
    LinkState state();

    /** What the link tells of itself; cheap enough to be asked each second. */
    default LinkHealth health() {
        return new LinkHealth(state(), 0, 0, 0, 0, 0);
    }

    /**
     * Takes what a provider posts to {@code /callbacks/{channel}/{provider}}, and says what to answer.
     *
     * <p>The link checks that the provider sent it, in constant time. The answer is complete only when all receipts and
     * replies in it are kept; where they cannot be kept it is a 503.
     */
    CompletionStage<CallbackAnswer> callback(CallbackRequest request);

    /** Stops submitting, waits at most a few seconds for what is in flight, disconnects. May be called again. */
    @Override
    void close();
}
