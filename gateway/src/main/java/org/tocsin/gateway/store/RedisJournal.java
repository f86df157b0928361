package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.tocsin.gateway.receipt.EvidenceLog;

/**
 * The links' journals as Redis streams {@code {link:<id>}:journal}, and where they begin, {@code {link:<id>}:start},
 * over connections of their own.
 */
public final class RedisJournal implements EvidenceLog, AutoCloseable {
    private static final String FIELD = "e";
    private static final RedisScript TRIM = RedisScript.load("journal-trim", ScriptOutputType.INTEGER);

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
    public CompletionStage<Start> start(String link) {
        return reads.async().hgetall(startKey(link)).thenApply(kept -> {
            byte[] after = kept.get("after");
            byte[] claims = kept.get("claims");
            return after == null || claims == null
                    ? Start.WHOLE
                    : new Start(new String(after, UTF_8), Long.parseLong(new String(claims, UTF_8)));
        });
    }

    @Override
    public CompletionStage<Void> trim(String link, Start start) {
        return commits.commitAtOnce(commands -> TRIM.<Long>run(
                        commands,
                        new String[] {key(link), startKey(link)},
                        start.after().getBytes(UTF_8),
                        Long.toString(start.claims()).getBytes(UTF_8)))
                .thenAccept(trimmed -> {});
    }

    @Override
    public void close() {
        reads.close();
        commits.close();
    }

    private static Entry entry(StreamMessage<String, byte[]> message) {
        return new Entry(message.getId(), message.getBody().getOrDefault(FIELD, new byte[0]));
    }

    private static String startKey(String link) {
        return "{link:" + link + "}:start";
    }

    private static String key(String link) {
        return "{link:" + link + "}:journal";
    }
}
