package org.tocsin.gateway.dispatch;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a link, on which nothing that goes wrong is swallowed: a defect makes the link read its journal
 * again, and an error, such as the end of memory, reaches the thread's own handler. May be used by any thread.
 */
final class LinkThread implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(LinkThread.class);

    private final String link;
    private final Executor thread;
    private final Consumer<RuntimeException> defects;

    /** Hears how a stage has ended. */
    interface Then<T> {
        /** The value, meaningless where there is a failure. */
        void hear(T value, @Nullable Throwable failure);
    }

    LinkThread(String link, Executor thread, Consumer<RuntimeException> defects) {
        this.link = link;
        this.thread = thread;
        this.defects = defects;
    }

    /** Does a task after all that were given before; nothing once the thread has ended. */
    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException defect) {
                    defects.accept(defect);
                }
            });
        } catch (RejectedExecutionException ended) {
            LOG.debug("link {}: its thread has ended", link);
        }
    }

    /** Tells on this thread how a stage ends. A stage of the JDK's own would keep what is thrown there to itself. */
    <T> void after(CompletionStage<T> stage, Then<T> then) {
        stage.whenComplete((value, failure) -> execute(() -> then.hear(value, failure)));
    }
}
