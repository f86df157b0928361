package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.tocsin.gateway.dispatch.Lanes;
import org.tocsin.gateway.dispatch.Leases;

/**
 * The links' lanes as streams {@code {link:<id>}:lane:<1-4>} with their marks {@code {link:<id>}:marks}, and the links'
 * leases {@code {link:<id>}:lease} and epochs {@code {link:<id>}:epoch}.
 */
public final class RedisLanes implements Lanes, Leases, AutoCloseable {
    private static final String FIELD = "b";
    private static final RedisScript PUSH = RedisScript.load("lane-push", ScriptOutputType.INTEGER);
    private static final RedisScript ACQUIRE = RedisScript.load("lease-acquire", ScriptOutputType.INTEGER);
    private static final RedisScript RENEW = RedisScript.load("lease-renew", ScriptOutputType.INTEGER);

    private final StatefulRedisConnection<String, byte[]> connection;
    private final Commits commits;

    /** Connects; what is pushed and who owns a link count when the replicas asked for have them. */
    public RedisLanes(Redis redis) {
        this.connection = redis.connectApart();
        this.commits = redis.commitsApart();
    }

    @Override
    public CompletionStage<Void> push(String link, int lane, String mark, List<byte[]> batches) {
        byte[][] arguments = new byte[batches.size() + 1][];
        arguments[0] = mark.getBytes(UTF_8);
        for (int at = 0; at < batches.size(); at++) {
            arguments[at + 1] = batches.get(at);
        }
        String[] keys = {key(link, "lane:" + lane), key(link, "marks")};
        return commits.commit(commands -> PUSH.<Long>run(commands, keys, arguments))
                .thenAccept(appended -> {});
    }

    @Override
    public CompletionStage<List<Item>> read(String link, int lane, String after, int limit) {
        Range<String> range = after.isEmpty()
                ? Range.unbounded()
                : Range.from(Range.Boundary.excluding(after), Range.Boundary.unbounded());
        return connection
                .async()
                .xrange(key(link, "lane:" + lane), range, Limit.from(limit))
                .thenApply(messages -> messages.stream()
                        .map(message ->
                                new Item(message.getId(), message.getBody().getOrDefault(FIELD, new byte[0])))
                        .toList());
    }

    @Override
    public CompletionStage<Void> remove(String link, int lane, List<String> ids) {
        return connection
                .async()
                .xdel(key(link, "lane:" + lane), ids.toArray(String[]::new))
                .thenAccept(removed -> {});
    }

    @Override
    public CompletionStage<Long> acquire(String link, String node, Duration time) {
        String[] keys = {key(link, "lease"), key(link, "epoch")};
        return commits.commit(commands -> ACQUIRE.run(commands, keys, node.getBytes(UTF_8), number(time.toMillis())));
    }

    @Override
    public CompletionStage<Boolean> renew(String link, String node, long epoch, Duration time) {
        String[] keys = {key(link, "lease")};
        return RENEW.<Long>run(connection.async(), keys, node.getBytes(UTF_8), number(epoch), number(time.toMillis()))
                .thenApply(held -> held == 1);
    }

    @Override
    public CompletionStage<Void> release(String link, String node, long epoch) {
        return renew(link, node, epoch, Duration.ZERO).thenAccept(released -> {});
    }

    @Override
    public void close() {
        connection.close();
        commits.close();
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(UTF_8);
    }

    private static String key(String link, String what) {
        return "{link:" + link + "}:" + what;
    }
}
