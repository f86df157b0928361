package org.tocsin.gateway.store;

import io.lettuce.core.RedisException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what the store answers. */
final class Waiting {
    private static final long SECONDS = 15;

    private Waiting() {}

    /**
     * Blocks until the stage is complete.
     *
     * @throws UncheckedIOException when it failed or took too long
     */
    static <T> T on(CompletionStage<T> stage) {
        try {
            return plainly(stage);
        } catch (RedisException | Redis.NotReplicated failed) {
            throw new UncheckedIOException(new IOException(failed));
        }
    }

    /**
     * Blocks until the stage is complete; what the store said comes as it is.
     *
     * @throws RedisException when the store failed, took too long, or the thread was interrupted
     * @throws Redis.NotReplicated when too few replicas have confirmed a write
     */
    static <T> T plainly(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RedisException("interrupted while waiting for the store", interrupted);
        } catch (TimeoutException late) {
            throw new RedisException("the store took more than " + SECONDS + " s", late);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof RuntimeException told) {
                throw told;
            }
            throw new RedisException("the store failed", cause);
        }
    }
}
