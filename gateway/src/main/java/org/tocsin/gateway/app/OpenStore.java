package org.tocsin.gateway.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.store.EmbeddedRedis;
import org.tocsin.gateway.store.EmbeddedSettings;
import org.tocsin.gateway.store.OwnRedisFitness;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisWatch;
import org.tocsin.gateway.store.StoreFormat;
import org.tocsin.gateway.store.StoreHealth;
import org.tocsin.gateway.store.StoreOutage;
import org.tocsin.gateway.web.Readiness;

/**
 * The store that is open: the embedded redis-server below the data folder, or the operator's own Redis.
 *
 * @param redis the connection
 * @param embedded the embedded server; null for an own Redis
 * @param watch who watches the own Redis; null for the embedded one, which watches itself
 */
record OpenStore(Redis redis, @Nullable EmbeddedRedis embedded, @Nullable RedisWatch watch)
        implements Readiness, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenStore.class);
    private static final long MEBIBYTE = 1L << 20;
    private static final Duration PATIENCE_FOR_REPLICAS = Duration.ofSeconds(5);

    /**
     * Opens it; an own Redis whose settings can lose accepted data is named loudly.
     *
     * @throws OwnRedisFitness.Unfit when the own Redis could never keep what is accepted
     */
    static OpenStore open(Settings settings) {
        return settings.find(SettingKey.STORE_URI).isPresent() ? own(settings) : embedded(settings);
    }

    private static OpenStore own(Settings settings) {
        int replicas = settings.integer(SettingKey.STORE_REPLICAS);
        Redis redis = Redis.connect(URI.create(settings.text(SettingKey.STORE_URI)), replicas);
        try {
            OwnRedisFitness.require(redis, PATIENCE_FOR_REPLICAS);
            if (replicas == 0) {
                LOG.warn("store.replicas is 0: what is accepted stands on one Redis, and is lost with it");
            }
            StoreFormat.claim(redis);
            return new OpenStore(
                    redis, null, RedisWatch.start(redis, settings.integer(SettingKey.STORE_MIN_FREE) * MEBIBYTE));
        } catch (RuntimeException refused) {
            redis.close();
            throw refused;
        }
    }

    private static OpenStore embedded(Settings settings) {
        EmbeddedRedis server = EmbeddedRedis.start(
                EmbeddedSettings.of(Path.of(settings.text(SettingKey.DATA)).toAbsolutePath())
                        .withRoom(settings.integer(SettingKey.STORE_MIN_FREE) * MEBIBYTE));
        try {
            return new OpenStore(claimed(Redis.connect(server.uri())), server, null);
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    private static Redis claimed(Redis redis) {
        try {
            StoreFormat.claim(redis);
            return redis;
        } catch (RuntimeException refused) {
            redis.close();
            throw refused;
        }
    }

    /**
     * This node's id among those that share the store. An embedded one is used by whoever holds the data directory's
     * lock and by nobody else, so its name stays the same: after a crash the node takes its own leases back at once
     * instead of waiting until they run out.
     */
    String node(Random random) {
        if (embedded != null) {
            return "embedded";
        }
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public @Nullable String whyNot() {
        StoreHealth.State state = health();
        if (!state.ready()) {
            return told(state.reason());
        }
        if (redis.isInDoubt()) {
            return "the replicas have not confirmed what was written last";
        }
        return redis.isConnected() ? null : "the store is not connected";
    }

    /** What everybody may know of a reason: no folder, address or log line; the whole of it stands in the log. */
    static String told(String reason) {
        if (reason.startsWith("the disk is full")) {
            return "the store's disk is full";
        }
        boolean plain = reason.equals("the store is starting") || reason.endsWith("replicas are connected");
        return plain ? reason : "the store is not there";
    }

    @Override
    public boolean isDiskLow() {
        StoreHealth.State state = health();
        return state.ready() && !state.roomy();
    }

    private StoreHealth.State health() {
        if (embedded != null) {
            return embedded.health().state();
        }
        return watch == null
                ? new StoreHealth.State(false, true, "nobody watches the store")
                : watch.health().state();
    }

    @Override
    public boolean isOutage(Throwable failure) {
        return StoreOutage.isOutage(failure);
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        redis.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
