package org.tocsin.gateway.store;

import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose writes count only when the replicas asked for have them. Reads do not belong on it: while it waits
 * for replicas, what comes after waits too. May be used by any thread.
 *
 * <p>A write that was not confirmed stands on the primary, and nobody knows whether it will last: the store is in doubt
 * then. While it is, nothing more is written, and each new write first looks whether the replicas have come back and
 * have caught up, which settles all that was written before.
 */
final class Commits implements AutoCloseable {
    /** Written before each wait, so that it never speaks of an earlier write only; its value means nothing. */
    static final String BARRIER = "{tocsin}:barrier";

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration GLANCE = Duration.ofMillis(300);
    private static final byte[] NOTHING = {};

    /** Whether something was written of which nobody knows whether the replicas have it; one for all connections. */
    static final class Doubt {
        private final int replicas;
        private final AtomicReference<@Nullable CompletableFuture<Void>> looking = new AtomicReference<>();
        private volatile boolean raised;

        Doubt(int replicas) {
            this.replicas = replicas;
        }

        boolean isRaised() {
            return raised;
        }
    }

    private final StatefulRedisConnection<String, byte[]> connection;
    private final Doubt doubt;
    private final AtomicLong losses = new AtomicLong();
    private final AtomicReference<@Nullable CompletableFuture<?>> transaction = new AtomicReference<>();

    /** Writes over the connection, which {@link #close} closes. */
    Commits(StatefulRedisConnection<String, byte[]> connection, Doubt doubt) {
        this.connection = connection;
        this.doubt = doubt;
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(io.lettuce.core.RedisChannelHandler<?, ?> lost) {
                losses.incrementAndGet();
                // The driver lets an EXEC that the cut has swallowed run into its time-out.
                CompletableFuture<?> swallowed = transaction.get();
                if (swallowed != null) {
                    swallowed.completeExceptionally(cut());
                }
            }
        });
    }

    /**
     * Writes, and waits until the replicas asked for have it.
     *
     * @param write issues the commands; what it answers may also be that there was nothing to change
     * @return the answer, once it and all that was written before will last; fails with {@link Redis.NotReplicated}
     *     when too few replicas have confirmed, and then nobody knows whether the write will last
     */
    <T> CompletionStage<T> commit(Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> write) {
        if (doubt.replicas == 0) {
            return write.apply(connection.async());
        }
        return settle().thenCompose(settled -> {
            long before = losses.get();
            CompletionStage<T> confirmed = write.apply(connection.async())
                    .thenCompose(answer -> confirm(before, PATIENCE).thenApply(count -> answer));
            return confirmed.whenComplete(this::note);
        });
    }

    /** Completes once all that was written before will last; fails as {@link #commit} does. */
    CompletionStage<Void> barrier() {
        if (doubt.replicas == 0) {
            return CompletableFuture.completedFuture(null);
        }
        return settle().thenCompose(settled -> confirm(losses.get(), PATIENCE).whenComplete(this::note))
                .thenAccept(count -> {});
    }

    /**
     * Adds the wait to a write that goes out in the same breath; for a write whose every success changes something.
     *
     * @param write issues the one command
     */
    <T> CompletionStage<T> commitAtOnce(Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> write) {
        if (doubt.replicas == 0) {
            return write.apply(connection.async());
        }
        return settle().thenCompose(settled -> {
            long before = losses.get();
            CompletionStage<T> written = write.apply(connection.async());
            return written.thenCombine(await(before, PATIENCE), (answer, count) -> answer)
                    .whenComplete(this::note);
        });
    }

    /**
     * Writes several as one transaction: Redis answers them under one sync of its file, however long they are together.
     * Nothing else may be written over this connection until it is complete: the driver does not keep the commands of
     * several threads apart.
     *
     * @param writes each issues its commands and answers for its own failures
     * @return the answers in the same order; fails as {@link #commit} does
     */
    <T> CompletionStage<List<T>> commitTogether(
            List<Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>>> writes) {
        return commit(commands -> transact(commands, writes));
    }

    private <T> CompletionStage<List<T>> transact(
            RedisAsyncCommands<String, byte[]> commands,
            List<Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>>> writes) {
        long before = losses.get();
        var unused = commands.multi();
        List<CompletableFuture<T>> answers = writes.stream()
                .map(write -> write.apply(commands).toCompletableFuture())
                .toList();
        // Where the whole is refused, the answers never come.
        CompletableFuture<List<T>> all = commands.exec()
                .thenCompose(done -> CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)))
                .thenApply(done -> answers.stream().map(CompletableFuture::join).toList())
                .toCompletableFuture();
        transaction.set(all);
        if (losses.get() != before) {
            all.completeExceptionally(cut());
        }
        return all;
    }

    private static RedisException cut() {
        return new RedisException("the connection broke while a transaction was under way");
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Where there is doubt, asks the replicas once for all who wait, without writing anything that matters. */
    private CompletionStage<?> settle() {
        if (!doubt.raised) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> running = doubt.looking.compareAndExchange(null, mine);
        if (running != null) {
            return running;
        }
        confirm(losses.get(), GLANCE).whenComplete((count, failure) -> {
            if (failure == null) {
                doubt.raised = false;
            }
            doubt.looking.set(null);
            if (failure == null) {
                mine.complete(null);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    private CompletionStage<Long> confirm(long before, Duration patience) {
        CompletionStage<String> marked = connection.async().set(BARRIER, NOTHING);
        return marked.thenCombine(await(before, patience), (ok, count) -> count);
    }

    /** A connection that was made anew may lead to another primary, whose replicas say nothing of the write before. */
    private CompletionStage<Long> await(long before, Duration patience) {
        return connection
                .async()
                .waitForReplication(doubt.replicas, patience.toMillis())
                .thenApply(count -> {
                    if (losses.get() != before) {
                        throw new Redis.NotReplicated("the connection broke between the write and its confirmation");
                    }
                    if (count < doubt.replicas) {
                        throw new Redis.NotReplicated(count, doubt.replicas);
                    }
                    return count;
                });
    }

    private void note(@Nullable Object answer, @Nullable Throwable failure) {
        if (failure != null) {
            doubt.raised = true;
        }
    }
}
