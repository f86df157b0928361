package org.tocsin.gateway.link;

import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what other threads have to say to an event loop, in their order. What comes in a burst, as when one commit has
 * made thousands of reports durable, wakes the loop once. May be used by any thread.
 */
final class LoopInbox implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(LoopInbox.class);

    private final Context loop;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();

    LoopInbox(Context loop) {
        this.loop = loop;
    }

    @Override
    public void execute(Runnable word) {
        waiting.add(word);
        if (woken.compareAndSet(false, true)) {
            loop.runOnContext(nothing -> drain());
        }
    }

    private void drain() {
        // First, so that who adds behind the last poll wakes the loop again.
        woken.set(false);
        for (Runnable word = waiting.poll(); word != null; word = waiting.poll()) {
            try {
                word.run();
            } catch (RuntimeException defect) {
                LOG.error("a word to the event loop was not taken", defect);
            }
        }
    }
}
