package org.tocsin.gateway.store;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Watches an own Redis: once a second what {@code INFO} tells of it, once a minute its settings. {@link #health()}
 * follows: not ready while it is away, loading, a replica, without as many replicas as must confirm a commit, unable to
 * write, or empty although it was not at the start; short of room while too little of {@code maxmemory} is left. What
 * disk its machine has, Redis does not tell.
 */
public final class RedisWatch implements AutoCloseable {
    private static final long ANSWER_SECONDS = 2;
    private static final int LOOKS_BETWEEN_SETTINGS = 60;

    private final Redis redis;
    private final long roomBytes;
    private final StatefulRedisConnection<String, byte[]> connection;
    private final StoreHealth health = new StoreHealth();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "redis-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<RedisSafety.Finding> known = new HashSet<>();
    private Map<String, String> settings = Map.of();
    private int looks;

    private RedisWatch(Redis redis, long roomBytes) {
        this.redis = redis;
        this.roomBytes = roomBytes;
        this.connection = redis.connectApart();
    }

    /**
     * Says loudly what can lose accepted data, looks a first time, and goes on looking.
     *
     * @param redis the own Redis, in which {@link StoreFormat#claim} has left its mark
     * @param roomBytes how much of {@code maxmemory} must be left for new warnings to be taken, in bytes
     */
    public static RedisWatch start(Redis redis, long roomBytes) {
        RedisWatch watch = new RedisWatch(redis, roomBytes);
        watch.look();
        var unused = watch.timer.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
        return watch;
    }

    /** Whether it serves, and whether it has room. */
    public StoreHealth health() {
        return health;
    }

    @Override
    public void close() {
        health.closed();
        timer.shutdownNow();
        try {
            timer.awaitTermination(ANSWER_SECONDS + 1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    /** Never throws: the next look must come. */
    private void look() {
        try {
            RedisInfo info = new RedisInfo(answer(connection.async().info()));
            if (!info.says("loading", "1") && looks++ % LOOKS_BETWEEN_SETTINGS == 0) {
                RedisSafety.proclaimNew(redis, known);
                settings = settings();
            }
            String wrong = whatIsWrong(info);
            if (wrong == null) {
                health.ready();
            } else {
                health.notReady(wrong);
            }
            long room = info.roomBytes();
            health.room(
                    room >= roomBytes,
                    "only " + room + " bytes are left of Redis' maxmemory of " + info.number("maxmemory") + ", "
                            + roomBytes + " needed");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException away) {
            Throwable cause = away.getCause() == null ? away : away.getCause();
            health.notReady(
                    "Redis does not answer: " + (cause.getMessage() == null ? cause.toString() : cause.getMessage()));
        }
    }

    private Map<String, String> settings() {
        try {
            return RedisSafety.settings(redis);
        } catch (RedisException refused) {
            return Map.of();
        }
    }

    private @Nullable String whatIsWrong(RedisInfo info)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (info.says("loading", "1")) {
            return "Redis is loading its data";
        }
        if (info.isReplica()) {
            // Sentinels know who the primary is by now; a connection that outlived the failover does not.
            redis.reconnectBySentinel();
            return "Redis is a replica of " + info.primary() + " (link " + info.text("master_link_status") + ")";
        }
        if (info.says("aof_enabled", "1") && info.says("aof_last_write_status", "err")) {
            return "Redis cannot write its append-only file";
        }
        boolean stops = !settings.getOrDefault("save", "").isEmpty()
                && !"no".equals(settings.get("stop-writes-on-bgsave-error"));
        if (stops && info.says("rdb_last_bgsave_status", "err")) {
            return "Redis cannot write its snapshot and refuses writes";
        }
        if (info.roomBytes() <= 0) {
            return "Redis has reached its maxmemory of " + info.number("maxmemory") + " bytes and refuses writes";
        }
        if (info.replicas() < redis.replicas()) {
            return info.replicas() + " of " + redis.replicas() + " replicas are connected";
        }
        if (answer(connection.async().exists(StoreFormat.KEY)) == 0) {
            return "Redis has lost the gateway's data: bring them back, or start the gateway anew on the empty store";
        }
        if (redis.isInDoubt()) {
            return settleDoubt();
        }
        return null;
    }

    private @Nullable String settleDoubt() throws InterruptedException {
        try {
            answer(redis.barrier().toCompletableFuture());
            return null;
        } catch (ExecutionException | TimeoutException unconfirmed) {
            return "the replicas have not confirmed what was written last";
        }
    }

    private static <T> T answer(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
}
