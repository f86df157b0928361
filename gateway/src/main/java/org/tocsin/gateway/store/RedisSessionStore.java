package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.GetExArgs;
import java.time.Duration;
import java.util.Optional;
import org.tocsin.gateway.access.SessionStore;

/** Console sessions in Redis: a key each, which Redis lets run out. */
public final class RedisSessionStore implements SessionStore {
    private static final String PREFIX = "{tocsin}:session:";

    private final Redis redis;

    /** Makes it over a connection. */
    public RedisSessionStore(Redis redis) {
        this.redis = redis;
    }

    @Override
    public void put(String sessionHash, String clientId, Duration life) {
        redis.commitNow(commands -> commands.psetex(PREFIX + sessionHash, life.toMillis(), clientId.getBytes(UTF_8)));
    }

    @Override
    public Optional<String> touch(String sessionHash, Duration life) {
        byte[] client = redis.connection().sync().getex(PREFIX + sessionHash, GetExArgs.Builder.px(life));
        return Optional.ofNullable(client).map(id -> new String(id, UTF_8));
    }

    @Override
    public void remove(String sessionHash) {
        redis.commitNow(commands -> commands.del(PREFIX + sessionHash));
    }
}
