package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.registry.Erasures;

/**
 * The list of the erased in Redis: the set {@code {tocsin}:registry:erased}, and the key of its hashes
 * {@code {tocsin}:registry:erased:key}.
 */
public final class RedisErasures implements Erasures {
    private static final String LIST = "{tocsin}:registry:erased";
    private static final String KEY = "{tocsin}:registry:erased:key";
    private static final int SECRET = 32;
    private static final LedgerScript SET = LedgerScript.of("erased-set");

    private final Redis redis;
    private final RedisLedger ledger;
    private byte @Nullable [] secret;

    /** Makes it; it writes its deeds to the ledger. */
    public RedisErasures(Redis redis, RedisLedger ledger) {
        this.redis = redis;
        this.ledger = ledger;
    }

    @Override
    public synchronized byte[] secret() {
        byte[] known = secret;
        if (known == null) {
            byte[] made = new byte[SECRET];
            new SecureRandom().nextBytes(made);
            // The first one counts, whichever gateway made it.
            Waiting.on(redis.commit(commands -> commands.setnx(KEY, made)));
            known = redis.connection().sync().get(KEY);
            secret = known;
        }
        return known.clone();
    }

    @Override
    public Set<String> all() {
        Set<String> all = new HashSet<>();
        redis.connection().sync().smembers(LIST).forEach(hash -> all.add(new String(hash, UTF_8)));
        return all;
    }

    @Override
    public void add(String hash, Deed deed) {
        set("SADD", hash, deed);
    }

    @Override
    public boolean remove(String hash, Deed deed) {
        return set("SREM", hash, deed);
    }

    private boolean set(String command, String hash, Deed deed) {
        return ledger.commit(SET, List.of(deed), List.of(LIST), List.of(command.getBytes(UTF_8), hash.getBytes(UTF_8)))
                .isDone();
    }
}
