package org.tocsin.gateway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
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
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", interrupted));
        } catch (ExecutionException failed) {
            throw new UncheckedIOException(new IOException(failed.getCause()));
        } catch (TimeoutException late) {
            throw new UncheckedIOException(new IOException("the store took more than " + SECONDS + " s", late));
        }
    }
}
