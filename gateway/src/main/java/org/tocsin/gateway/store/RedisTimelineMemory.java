package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.report.TimelineMemory;

/** Keeps the marks of timeliness: a hash for each issue, {@code {tocsin}:timeline:<issue>}, of epoch milliseconds. */
public final class RedisTimelineMemory implements TimelineMemory {
    private static final String PREFIX = "{tocsin}:timeline:";

    private final Redis redis;

    /** Keeps them there. */
    public RedisTimelineMemory(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Marks recall(String issue) {
        Map<String, byte[]> kept = redis.connection().sync().hgetall(PREFIX + issue);
        return new Marks(
                time(kept.get("first")), time(kept.get("half")), time(kept.get("nineTenths")), time(kept.get("goal")));
    }

    @Override
    public void keep(String issue, Marks marks) {
        keep(issue, "first", marks.first());
        keep(issue, "half", marks.half());
        keep(issue, "nineTenths", marks.nineTenths());
        keep(issue, "goal", marks.goal());
    }

    private void keep(String issue, String mark, @Nullable Instant at) {
        if (at != null) {
            byte[] millis = Long.toString(at.toEpochMilli()).getBytes(US_ASCII);
            redis.commitNow(commands -> commands.hsetnx(PREFIX + issue, mark, millis));
        }
    }

    private static @Nullable Instant time(byte @Nullable [] millis) {
        return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(new String(millis, US_ASCII)));
    }
}
