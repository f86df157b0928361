package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.template.TextKey;
import org.tocsin.gateway.template.TextStore;
import org.tocsin.gateway.template.TextVersion;

/** Keeps texts' versions in Redis: {@code {tocsin}:text:<name>} is a list of JSON, the first version first. */
public final class RedisTextStore implements TextStore {
    private static final LedgerScript KEEP = LedgerScript.of("text-keep");

    private final Redis redis;
    private final RedisLedger ledger;

    /** Keeps them there, each change with its line in the ledger. */
    public RedisTextStore(Redis redis, RedisLedger ledger) {
        this.redis = redis;
        this.ledger = ledger;
    }

    @Override
    public List<TextVersion> versions(TextKey key) {
        return redis.connection().sync().lrange(name(key), 0, -1).stream()
                .map(RedisTextStore::read)
                .toList();
    }

    @Override
    public boolean keep(TextKey key, TextVersion version, Deed deed) {
        return ledger.commit(
                        KEEP,
                        List.of(deed),
                        List.of(name(key)),
                        List.of(Integer.toString(version.number()).getBytes(US_ASCII), write(version)))
                .isDone();
    }

    private static String name(TextKey key) {
        return "{tocsin}:text:" + key.name();
    }

    private static byte[] write(TextVersion version) {
        try {
            return StoredJson.MAPPER.writeValueAsBytes(version);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static TextVersion read(byte[] json) {
        try {
            return StoredJson.MAPPER.readValue(json, TextVersion.class);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
