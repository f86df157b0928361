package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.tocsin.gateway.issue.DraftStore;
import org.tocsin.gateway.issue.IssueDraft;

/** Drafts of forms in Redis: {@code {tocsin}:drafts:<owner>}, a hash of drafts in JSON and their revisions. */
public final class RedisDraftStore implements DraftStore {
    private static final RedisScript KEEP = RedisScript.load("draft-keep", ScriptOutputType.VALUE);
    private static final String REVISION = ":revision";

    private final Redis redis;

    /** Keeps them there. */
    public RedisDraftStore(Redis redis) {
        this.redis = redis;
    }

    @Override
    public List<IssueDraft> list(String owner) {
        return redis.connection().sync().hgetall(key(owner)).entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith(REVISION))
                .map(entry -> read(entry.getValue()))
                .toList();
    }

    @Override
    public Optional<IssueDraft> find(String owner, String id) {
        return Optional.ofNullable(redis.connection().sync().hget(key(owner), id))
                .map(RedisDraftStore::read);
    }

    @Override
    public Keeping keep(IssueDraft draft, int most) {
        String[] keys = {key(draft.owner())};
        byte[] answer = redis.commitNow(commands -> KEEP.<byte[]>run(
                commands, keys, draft.id().getBytes(UTF_8), number(draft.revision()), write(draft), number(most)));
        return Keeping.valueOf(new String(answer, US_ASCII));
    }

    @Override
    public void remove(String owner, String id) {
        redis.commitNow(commands -> commands.hdel(key(owner), id, id + REVISION));
    }

    private static byte[] write(IssueDraft draft) {
        try {
            return StoredJson.MAPPER.writeValueAsBytes(draft);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static IssueDraft read(byte[] json) {
        try {
            return StoredJson.MAPPER.readValue(json, IssueDraft.class);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static byte[] number(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }

    private static String key(String owner) {
        return "{tocsin}:drafts:" + owner;
    }
}
