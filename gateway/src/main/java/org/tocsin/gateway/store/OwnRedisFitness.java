package org.tocsin.gateway.store;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Refuses an own Redis with which the gateway could never keep what it accepts. */
public final class OwnRedisFitness {
    /** The own Redis cannot be used as it is; the message says what to change. */
    public static final class Unfit extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Unfit(String why) {
            super(why);
        }
    }

    private static final long PAUSE_MILLIS = 200;

    private OwnRedisFitness() {}

    /**
     * Looks at it, and waits for its replicas where it has fewer than are asked for: they may be starting too.
     *
     * @param patience how long to wait for replicas
     * @throws Unfit when it is a cluster's node, a replica, or lacks replicas
     */
    public static void require(Redis redis, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        String why = whyNot(redis);
        while (why != null) {
            if (System.nanoTime() - deadline > 0) {
                throw new Unfit(why);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new Unfit(why);
            }
            why = whyNot(redis);
        }
    }

    private static @Nullable String whyNot(Redis redis) {
        RedisInfo info;
        try {
            info = new RedisInfo(redis.connection().sync().info());
        } catch (RedisException refused) {
            // It does not tell; RedisSafety says so, and the writes will show.
            return null;
        }
        if (info.isCluster()) {
            throw new Unfit("store.uri leads to a node of a Redis Cluster, which this gateway cannot use:"
                    + " name a single Redis (redis://host:port), or the sentinels of a primary with replicas"
                    + " (redis-sentinel://host:port,host:port/0#name)");
        }
        if (info.isReplica()) {
            return "store.uri leads to a replica of " + info.primary() + ", where nothing that is written lasts:"
                    + " name the primary, or its sentinels (redis-sentinel://host:port,host:port/0#name)";
        }
        if (info.replicas() < redis.replicas()) {
            return "store.uri leads to a Redis with " + info.replicas() + " connected replicas, and store.replicas is "
                    + redis.replicas() + ", so that nothing could ever be accepted: connect a replica to it, or set"
                    + " store.replicas: 0 (TOCSIN_STORE_REPLICAS=0) where this one Redis shall do alone - what it"
                    + " loses is lost then";
        }
        return null;
    }
}
