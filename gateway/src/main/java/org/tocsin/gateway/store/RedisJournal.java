package org.tocsin.gateway.store;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.tocsin.gateway.receipt.EvidenceLog;

/** The links' journals as Redis streams {@code {link:<id>}:journal}, over connections of their own. */
public final class RedisJournal implements EvidenceLog, AutoCloseable {
    private static final String FIELD = "e";

    private final StatefulRedisConnection<String, byte[]> reads;
    private final Commits commits;

    /** Connects; an entry counts when as many replicas as the store asks for have it. */
    public RedisJournal(Redis redis) {
        this.reads = redis.connectApart();
        this.commits = redis.commitsApart();
    }

    @Override
    public CompletionStage<Void> append(String link, long epoch, long sequence, byte[] bytes) {
        XAddArgs place = new XAddArgs().id(epoch + "-" + sequence);
        return commits.commitAtOnce(commands -> commands.xadd(key(link), place, Map.of(FIELD, bytes)))
                .thenAccept(name -> {});
    }

    @Override
    public CompletionStage<List<Entry>> read(String link, String after, int limit) {
        Range<String> range = after.isEmpty()
                ? Range.unbounded()
                : Range.from(Range.Boundary.excluding(after), Range.Boundary.unbounded());
        return reads.async().xrange(key(link), range, Limit.from(limit)).thenApply(messages -> messages.stream()
                .map(RedisJournal::entry)
                .toList());
    }

    @Override
    public void close() {
        reads.close();
        commits.close();
    }

    private static Entry entry(StreamMessage<String, byte[]> message) {
        return new Entry(message.getId(), message.getBody().getOrDefault(FIELD, new byte[0]));
    }

    private static String key(String link) {
        return "{link:" + link + "}:journal";
    }
}
