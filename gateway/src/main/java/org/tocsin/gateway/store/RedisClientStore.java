package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.ApiClient;
import org.tocsin.gateway.access.ClientStore;
import org.tocsin.gateway.ledger.Deed;

/** API clients in Redis: a hash of them by id, and their ids by key hash. */
public final class RedisClientStore implements ClientStore {
    static final String CLIENTS = "{tocsin}:clients";
    static final String BY_KEY = "{tocsin}:clients:key";
    private static final LedgerScript CREATE_FIRST = LedgerScript.of("clients-first");
    private static final RedisScript FIND_BY_KEY = RedisScript.load("client-by-key", ScriptOutputType.VALUE);

    private final Redis redis;
    private final RedisLedger ledger;

    /** Makes it; it writes its deeds to the ledger. */
    public RedisClientStore(Redis redis, RedisLedger ledger) {
        this.redis = redis;
        this.ledger = ledger;
    }

    @Override
    public Optional<ApiClient> findByKeyHash(String keyHash) {
        CompletionStage<byte[]> found =
                FIND_BY_KEY.run(redis.connection().async(), new String[] {BY_KEY, CLIENTS}, keyHash.getBytes(UTF_8));
        return Optional.ofNullable(decode(Waiting.plainly(found)));
    }

    @Override
    public Optional<ApiClient> find(String id) {
        return Optional.ofNullable(decode(redis.connection().sync().hget(CLIENTS, id)));
    }

    @Override
    public List<ApiClient> list() {
        List<ApiClient> clients = new ArrayList<>();
        for (byte[] json : redis.connection().sync().hvals(CLIENTS)) {
            ApiClient client = decode(json);
            if (client != null) {
                clients.add(client);
            }
        }
        return clients;
    }

    @Override
    public boolean createFirst(List<ApiClient> clients, Deed deed) {
        if (redis.connection().sync().hlen(CLIENTS) > 0) {
            redis.awaitBarrier();
            return false;
        }
        List<byte[]> arguments = new ArrayList<>();
        for (ApiClient client : clients) {
            arguments.add(client.id().getBytes(UTF_8));
            arguments.add(client.keyHash().getBytes(UTF_8));
            arguments.add(encode(client));
        }
        return ledger.commit(CREATE_FIRST, List.of(deed), List.of(CLIENTS, BY_KEY), arguments)
                .isDone();
    }

    private static byte[] encode(ApiClient client) {
        try {
            return StoredJson.MAPPER.writeValueAsBytes(client);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static @Nullable ApiClient decode(byte @Nullable [] json) {
        try {
            return json == null ? null : StoredJson.MAPPER.readValue(json, ApiClient.class);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
