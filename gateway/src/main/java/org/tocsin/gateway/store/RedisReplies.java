package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.reply.KeptReply;
import org.tocsin.gateway.reply.ReplyStore;

/**
 * Replies in Redis: their JSON by id in the hash {@code {tocsin}:replies}, their ids in order in the sorted set
 * {@code …:ids}, their counts by kind in the hash {@code …:counts}, and who has opted out in the set
 * {@code …:optout:<channel>}. At most {@value #MOST} are kept, the newest.
 */
public final class RedisReplies implements ReplyStore {
    /** The most replies that are kept. */
    static final int MOST = 1_000_000;

    private static final String REPLIES = "{tocsin}:replies";
    private static final String IDS = "{tocsin}:replies:ids";
    private static final String COUNTS = "{tocsin}:replies:counts";
    private static final String OPT_OUT = "{tocsin}:replies:optout:";
    private static final RedisScript KEEP = RedisScript.load("reply-keep", ScriptOutputType.INTEGER);
    private static final RedisScript FORGET = RedisScript.load("reply-forget", ScriptOutputType.INTEGER);
    private static final int PAGE = 1_000;

    private final Redis redis;

    /** Keeps them there. */
    public RedisReplies(Redis redis) {
        this.redis = redis;
    }

    @Override
    public boolean keep(KeptReply reply) {
        String opting =
                switch (reply.kind()) {
                    case OPTED_OUT -> "out";
                    case OPTED_IN -> "in";
                    default -> "";
                };
        String[] keys = {REPLIES, IDS, COUNTS, OPT_OUT + reply.channel()};
        byte[] json = write(reply);
        Long kept = redis.commitNow(commands -> KEEP.<Long>run(
                commands,
                keys,
                reply.id().getBytes(UTF_8),
                json,
                reply.kind().name().getBytes(UTF_8),
                opting.getBytes(UTF_8),
                reply.from().getBytes(UTF_8),
                Integer.toString(MOST).getBytes(UTF_8)));
        return kept == 1;
    }

    @Override
    public List<KeptReply> list(String before, int limit) {
        Range<byte[]> range = before.isEmpty()
                ? Range.unbounded()
                : Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding(before.getBytes(UTF_8)));
        List<KeptReply> replies = new ArrayList<>();
        for (byte[] id : redis.connection().sync().zrevrangebylex(IDS, range, Limit.from(limit))) {
            byte @Nullable [] json = redis.connection().sync().hget(REPLIES, new String(id, UTF_8));
            if (json != null) {
                replies.add(read(json));
            }
        }
        return replies;
    }

    @Override
    public List<KeptReply> of(String from, int limit) {
        List<KeptReply> found = new ArrayList<>();
        String cursor = "";
        for (List<KeptReply> page = list(cursor, PAGE); !page.isEmpty(); page = list(cursor, PAGE)) {
            page.stream().filter(reply -> reply.from().equals(from)).forEach(found::add);
            cursor = page.get(page.size() - 1).id();
        }
        return found.size() > limit ? found.subList(0, limit) : found;
    }

    @Override
    public Map<KeptReply.Kind, Long> counts() {
        Map<KeptReply.Kind, Long> counts = new EnumMap<>(KeptReply.Kind.class);
        Map<String, byte[]> kept = redis.connection().sync().hgetall(COUNTS);
        for (KeptReply.Kind kind : KeptReply.Kind.values()) {
            byte[] count = kept.get(kind.name());
            counts.put(kind, count == null ? 0 : Long.parseLong(new String(count, UTF_8)));
        }
        return counts;
    }

    @Override
    public Set<String> optedOut(String channel) {
        Set<String> all = new HashSet<>();
        redis.connection().sync().smembers(OPT_OUT + channel).forEach(from -> all.add(new String(from, UTF_8)));
        return all;
    }

    @Override
    public void forget(String from) {
        String cursor = "";
        for (List<KeptReply> page = list(cursor, PAGE); !page.isEmpty(); page = list(cursor, PAGE)) {
            for (KeptReply reply : page) {
                if (reply.from().equals(from)) {
                    forgetOne(reply);
                }
            }
            cursor = page.get(page.size() - 1).id();
        }
    }

    @Override
    public int forgetBefore(Instant time) {
        String limit = String.format("%013d", Math.max(0, time.toEpochMilli()));
        int gone = 0;
        for (List<KeptReply> page = list(limit, PAGE); !page.isEmpty(); page = list(limit, PAGE)) {
            page.forEach(this::forgetOne);
            gone += page.size();
        }
        return gone;
    }

    private void forgetOne(KeptReply reply) {
        String[] keys = {REPLIES, IDS, COUNTS};
        Long unused = redis.commitNow(commands -> FORGET.<Long>run(
                commands, keys, reply.id().getBytes(UTF_8), reply.kind().name().getBytes(UTF_8)));
    }

    private static byte[] write(KeptReply reply) {
        try {
            return StoredJson.MAPPER.writeValueAsBytes(reply);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeptReply read(byte[] json) {
        try {
            return StoredJson.MAPPER.readValue(json, KeptReply.class);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
