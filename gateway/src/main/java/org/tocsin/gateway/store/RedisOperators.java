package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.registry.OperatorStore;

/** Keeps the table of operators, {@code {tocsin}:registry:operators}, and how often it was kept, {@code …:version}. */
public final class RedisOperators implements OperatorStore {
    private static final String TABLE = "{tocsin}:registry:operators";
    private static final String VERSION = "{tocsin}:registry:operators:version";

    private final Redis redis;

    /** Keeps it there. */
    public RedisOperators(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Optional<byte[]> find() {
        return Optional.ofNullable(redis.connection().sync().get(TABLE));
    }

    @Override
    public void keep(byte[] table) {
        Waiting.on(redis.commit(commands -> commands.set(TABLE, table)));
        Waiting.on(redis.commit(commands -> commands.incr(VERSION)));
    }

    @Override
    public String version() {
        byte @Nullable [] version = redis.connection().sync().get(VERSION);
        return version == null ? "" : new String(version, UTF_8);
    }
}
