package org.tocsin.gateway.store;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.tocsin.gateway.receipt.EvidenceLog;

/** The links' journals as Redis streams {@code {link:<id>}:journal}, over a connection of their own. */
public final class RedisJournal implements EvidenceLog, AutoCloseable {
    private static final String FIELD = "e";
    private static final long REPLICAS_WAIT_MILLIS = 5_000;

    private final StatefulRedisConnection<String, byte[]> connection;
    private final RedisAsyncCommands<String, byte[]> commands;
    private final int replicas;

    /**
     * Connects.
     *
     * @param redis the store
     * @param replicas how many replicas must have an entry before it counts; 0 for a Redis without any
     */
    public RedisJournal(Redis redis, int replicas) {
        this.connection = redis.connectApart();
        this.commands = connection.async();
        this.replicas = replicas;
    }

    @Override
    public CompletionStage<Void> append(String link, long epoch, long sequence, byte[] bytes) {
        String id = epoch + "-" + sequence;
        CompletionStage<String> added = commands.xadd(key(link), new XAddArgs().id(id), Map.of(FIELD, bytes));
        if (replicas == 0) {
            return added.thenAccept(name -> {});
        }
        CompletionStage<Long> replicated = commands.waitForReplication(replicas, REPLICAS_WAIT_MILLIS);
        return added.thenCombine(replicated, (name, count) -> count).thenAccept(count -> {
            if (count < replicas) {
                throw new CompletionException(
                        new IOException("only " + count + " of " + replicas + " replicas have the entry"));
            }
        });
    }

    @Override
    public CompletionStage<List<Entry>> read(String link, String after, int limit) {
        Range<String> range = after.isEmpty()
                ? Range.unbounded()
                : Range.from(Range.Boundary.excluding(after), Range.Boundary.unbounded());
        return commands.xrange(key(link), range, Limit.from(limit))
                .thenApply(
                        messages -> messages.stream().map(RedisJournal::entry).toList());
    }

    @Override
    public void close() {
        connection.close();
    }

    private static Entry entry(StreamMessage<String, byte[]> message) {
        return new Entry(message.getId(), message.getBody().getOrDefault(FIELD, new byte[0]));
    }

    private static String key(String link) {
        return "{link:" + link + "}:journal";
    }
}
