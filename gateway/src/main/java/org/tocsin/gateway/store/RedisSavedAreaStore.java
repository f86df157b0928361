package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.tocsin.gateway.issue.SavedArea;
import org.tocsin.gateway.issue.SavedAreaStore;
import org.tocsin.gateway.ledger.Deed;

/** Saved areas in Redis: {@code {tocsin}:areas}, a hash of areas in JSON and their versions. */
public final class RedisSavedAreaStore implements SavedAreaStore {
    private static final LedgerScript KEEP = LedgerScript.of("area-keep");
    private static final LedgerScript REMOVE = LedgerScript.of("area-remove");
    private static final String KEY = "{tocsin}:areas";
    private static final String VERSION = ":version";

    private final Redis redis;
    private final RedisLedger ledger;

    /** Keeps them there, each change with its line in the ledger. */
    public RedisSavedAreaStore(Redis redis, RedisLedger ledger) {
        this.redis = redis;
        this.ledger = ledger;
    }

    @Override
    public List<SavedArea> list() {
        return redis.connection().sync().hgetall(KEY).entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith(VERSION))
                .map(entry -> read(entry.getValue()))
                .toList();
    }

    @Override
    public Optional<SavedArea> find(String id) {
        return id.endsWith(VERSION)
                ? Optional.empty()
                : Optional.ofNullable(redis.connection().sync().hget(KEY, id)).map(RedisSavedAreaStore::read);
    }

    @Override
    public Keeping keep(SavedArea area, int most, Deed deed) {
        LedgerChain.Committed committed = ledger.commit(
                KEEP,
                List.of(deed),
                List.of(KEY),
                List.of(text(area.id()), text(area.version()), write(area), text(most)));
        return committed.isDone() ? Keeping.KEPT : Keeping.valueOf(committed.answer());
    }

    @Override
    public boolean remove(String id, long version, Deed deed) {
        return ledger.commit(REMOVE, List.of(deed), List.of(KEY), List.of(text(id), text(version)))
                .isDone();
    }

    private static byte[] write(SavedArea area) {
        try {
            return StoredJson.MAPPER.writeValueAsBytes(area);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SavedArea read(byte[] json) {
        try {
            return StoredJson.MAPPER.readValue(json, SavedArea.class);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static byte[] text(Object value) {
        return value.toString().getBytes(UTF_8);
    }
}
