package org.tocsin.gateway.app;

import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.store.EmbeddedRedis;
import org.tocsin.gateway.store.EmbeddedSettings;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisSafety;
import org.tocsin.gateway.store.StoreFormat;
import org.tocsin.gateway.store.StoreHealth;
import org.tocsin.gateway.store.StoreOutage;
import org.tocsin.gateway.web.Readiness;

/**
 * The store that is open: the embedded redis-server below the data folder, or the operator's own Redis.
 *
 * @param redis the connection
 * @param embedded the embedded server; null for an own Redis
 */
record OpenStore(Redis redis, @Nullable EmbeddedRedis embedded) implements Readiness, AutoCloseable {
    private static final long MEBIBYTE = 1L << 20;

    /** Opens it; an own Redis whose settings can lose accepted data is named loudly. */
    static OpenStore open(Settings settings) {
        OpenStore open = settings.find(SettingKey.STORE_URI).isPresent() ? own(settings) : embedded(settings);
        try {
            StoreFormat.claim(open.redis);
            return open;
        } catch (RuntimeException refused) {
            open.close();
            throw refused;
        }
    }

    private static OpenStore own(Settings settings) {
        Redis redis = Redis.connect(
                URI.create(settings.text(SettingKey.STORE_URI)), settings.integer(SettingKey.STORE_REPLICAS));
        RedisSafety.proclaim(redis);
        return new OpenStore(redis, null);
    }

    private static OpenStore embedded(Settings settings) {
        EmbeddedRedis server = EmbeddedRedis.start(
                EmbeddedSettings.of(Path.of(settings.text(SettingKey.DATA)).toAbsolutePath())
                        .withRoom(settings.integer(SettingKey.STORE_MIN_FREE) * MEBIBYTE));
        try {
            return new OpenStore(Redis.connect(server.uri()), server);
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
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
        EmbeddedRedis server = embedded;
        if (server != null && !server.health().isReady()) {
            return word(server.health().state().reason());
        }
        return redis.isConnected() ? null : "store: not connected";
    }

    /** What everybody may know of a reason; the whole of it stands in the log. */
    static String word(String reason) {
        if (reason.startsWith("the disk is full")) {
            return "store: disk full";
        }
        return switch (reason) {
            case "the store is starting" -> "store: starting";
            case "the store is closed" -> "store: closed";
            default -> "store: down";
        };
    }

    @Override
    public boolean isDiskLow() {
        EmbeddedRedis server = embedded;
        if (server == null) {
            return false;
        }
        StoreHealth.State state = server.health().state();
        return state.ready() && !state.roomy();
    }

    @Override
    public boolean isOutage(Throwable failure) {
        return StoreOutage.isOutage(failure);
    }

    @Override
    public void close() {
        redis.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
