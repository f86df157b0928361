package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lettuce.core.GetExArgs;
import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Session;
import org.tocsin.gateway.access.SessionStore;

/** Console sessions in Redis: a key each, which Redis lets run out, and a set of them for each principal. */
public final class RedisSessionStore implements SessionStore {
    private static final String PREFIX = "{tocsin}:session:";
    private static final String BY_PRINCIPAL = "{tocsin}:sessions:";
    /** Longer than any session; the set goes when nobody has signed in for so long. */
    private static final Duration INDEX_LIFE = Duration.ofDays(7);

    private final Redis redis;

    /** Makes it over a connection. */
    public RedisSessionStore(Redis redis) {
        this.redis = redis;
    }

    @Override
    public void put(String sessionHash, Session session, Duration life) {
        String index = BY_PRINCIPAL + session.principal();
        // The set first: a session that no list knows could not be ended by its owner.
        redis.commitNow(commands -> commands.sadd(index, sessionHash.getBytes(UTF_8)));
        redis.commitNow(commands -> commands.pexpire(index, INDEX_LIFE.toMillis()));
        redis.commitNow(commands -> commands.psetex(PREFIX + sessionHash, life.toMillis(), encode(session)));
    }

    @Override
    public Optional<Session> touch(String sessionHash, Duration life) {
        return Optional.ofNullable(
                decode(redis.connection().sync().getex(PREFIX + sessionHash, GetExArgs.Builder.px(life))));
    }

    @Override
    public Map<String, Session> peek(Collection<String> sessionHashes) {
        Map<String, Session> found = new LinkedHashMap<>();
        if (sessionHashes.isEmpty()) {
            return found;
        }
        List<String> hashes = List.copyOf(sessionHashes);
        String[] keys = hashes.stream().map(hash -> PREFIX + hash).toArray(String[]::new);
        List<KeyValue<String, byte[]>> kept = redis.connection().sync().mget(keys);
        for (int at = 0; at < keys.length; at++) {
            Session session = decode(kept.get(at).getValueOrElse(null));
            if (session != null) {
                found.put(hashes.get(at), session);
            }
        }
        return found;
    }

    @Override
    public void replace(String sessionHash, Session session) {
        redis.commitNow(commands -> commands.set(
                PREFIX + sessionHash, encode(session), SetArgs.Builder.keepttl().xx()));
    }

    @Override
    public void remove(String sessionHash) {
        redis.commitNow(commands -> commands.del(PREFIX + sessionHash));
    }

    @Override
    public Map<String, Left> of(String principal) {
        Map<String, Left> found = new LinkedHashMap<>();
        RedisCommands<String, byte[]> commands = redis.connection().sync();
        for (byte[] member : commands.smembers(BY_PRINCIPAL + principal)) {
            String hash = new String(member, UTF_8);
            Session session = decode(commands.get(PREFIX + hash));
            Long left = commands.pttl(PREFIX + hash);
            if (session != null && left != null && left > 0) {
                found.put(hash, new Left(session, Duration.ofMillis(left)));
            } else {
                commands.srem(BY_PRINCIPAL + principal, member);
            }
        }
        return found;
    }

    private static byte[] encode(Session session) {
        try {
            return StoredJson.MAPPER.writeValueAsBytes(session);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static @Nullable Session decode(byte @Nullable [] json) {
        try {
            return json == null ? null : StoredJson.MAPPER.readValue(json, Session.class);
        } catch (JsonProcessingException ofAnOlderGateway) {
            // Earlier gateways kept a session as its client's id alone: its person signs in again.
            return null;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
