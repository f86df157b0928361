package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.registry.RegistryStore;

/**
 * Keeps the registry in Redis: {@code {tocsin}:registry:head} is a hash of version and bytes, each block a value under
 * {@code {tocsin}:registry:<kind>:<number>}. Those of the kind undo expire.
 */
public final class RedisRegistryStore implements RegistryStore {
    private static final String PREFIX = "{tocsin}:registry:";
    private static final String HEAD = PREFIX + "head";
    private static final int BLOCKS_AT_ONCE = 64;
    private static final RedisScript COMMIT = RedisScript.load("registry-commit", ScriptOutputType.INTEGER);

    private final Redis redis;

    /** Keeps through the connection. */
    public RedisRegistryStore(Redis redis) {
        this.redis = redis;
    }

    @Override
    public @Nullable Head head() {
        Map<String, byte[]> fields = redis.connection().sync().hgetall(HEAD);
        byte[] version = fields.get("version");
        byte[] bytes = fields.get("bytes");
        return version == null || bytes == null ? null : new Head(Long.parseLong(new String(version, UTF_8)), bytes);
    }

    @Override
    public void read(Kind kind, int count, Consumer<byte[]> each) {
        for (int first = 0; first < count; first += BLOCKS_AT_ONCE) {
            int end = Math.min(count, first + BLOCKS_AT_ONCE);
            String[] keys = new String[end - first];
            for (int number = first; number < end; number++) {
                keys[number - first] = key(kind, number);
            }
            for (KeyValue<String, byte[]> block : redis.connection().sync().mget(keys)) {
                if (!block.hasValue()) {
                    throw new IllegalStateException("the registry's block " + block.getKey() + " is missing");
                }
                each.accept(block.getValue());
            }
        }
    }

    @Override
    public byte @Nullable [] find(Kind kind, int number) {
        return redis.connection().sync().get(key(kind, number));
    }

    @Override
    public void commit(Head head, List<Block> blocks) {
        List<String> keys = new ArrayList<>(blocks.size() + 1);
        List<byte[]> values = new ArrayList<>(blocks.size() + 3);
        keys.add(HEAD);
        values.add(Long.toString(head.version() - 1).getBytes(UTF_8));
        values.add(head.bytes());
        values.add(Long.toString(UNDO_KEPT.toSeconds()).getBytes(UTF_8));
        for (Block block : blocks) {
            keys.add(key(block.kind(), block.number()));
            values.add(block.bytes());
        }
        long done = redis.commitNow(
                commands -> COMMIT.<Long>run(commands, keys.toArray(new String[0]), values.toArray(new byte[0][])));
        if (done != 1) {
            throw new ConcurrentModificationException("the registry was changed by another node; start again");
        }
    }

    private static String key(Kind kind, int number) {
        return PREFIX + kind.name().toLowerCase(Locale.ROOT) + ":" + number;
    }
}
