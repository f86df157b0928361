package org.tocsin.gateway.store;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.gateway.ledger.Deed;

class RedisWatchIT {
    private static final Deed DEED = new Deed(Instant.parse("2026-07-20T00:00:00Z"), "actor", "act", "subject", "");

    @TempDir
    Path temporary = Path.of("");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void isNotReadyWhileTheServerIsAway() {
        OwnRedis server = keep(OwnRedis.start(temporary));
        RedisWatch watch = watch(server, 0);
        assertTrue(watch.health().acceptsWarnings());

        server.kill();
        awaitReason(watch, "Redis does not answer");

        server.launch();
        awaitReady(watch);
    }

    @Test
    void isNotReadyWhileTheServerLoads() {
        OwnRedis server = keep(OwnRedis.start(temporary, "key-load-delay 300000"));
        RedisWatch watch = watch(server, 0);
        try (Redis redis = server.connect()) {
            for (int i = 0; i < 20; i++) {
                redis.connection().sync().set("key" + i, random(1 << 20));
            }
            redis.connection().sync().bgrewriteaof();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                RedisInfo info = new RedisInfo(redis.connection().sync().info("persistence"));
                return info.says("aof_rewrite_in_progress", "0") && info.number("aof_base_size") > 0;
            });
        }
        server.kill();
        server.begin();

        awaitReason(watch, "Redis is loading its data");
        awaitReady(watch);
    }

    @Test
    void isNotReadyWithoutTheReplicasThatMustConfirm() {
        OwnRedis server = keep(OwnRedis.start(temporary.resolve("primary")));
        OwnRedis replica = keep(OwnRedis.replicaOf(server, temporary.resolve("replica")));
        RedisWatch watch = watch(server, 1);
        assertTrue(watch.health().isReady());

        replica.kill();
        awaitReason(watch, "0 of 1 replicas are connected");

        replica.launch();
        awaitReady(watch);
    }

    @Test
    void settlesTheDoubtOfAnUnconfirmedWriteByItself() {
        OwnRedis server = keep(OwnRedis.start(temporary.resolve("primary")));
        OwnRedis replica = keep(OwnRedis.replicaOf(server, temporary.resolve("replica")));
        Redis redis = keep(Redis.connect(server.uri(), 1));
        StoreFormat.claim(redis);
        RedisWatch watch = keep(RedisWatch.start(redis, 0));
        replica.kill();
        RedisLedger ledger = new RedisLedger(redis);
        assertThrows(Redis.NotReplicated.class, () -> ledger.append(DEED));
        assertTrue(redis.isInDoubt());

        replica.launch();

        awaitReady(watch);
        assertFalse(redis.isInDoubt());
    }

    @Test
    void isNotReadyWhenThePrimaryBecomesAReplica() {
        OwnRedis server = keep(OwnRedis.start(temporary.resolve("one")));
        OwnRedis other = keep(OwnRedis.start(temporary.resolve("two")));
        RedisWatch watch = watch(server, 0);
        try (Redis redis = server.connect()) {
            redis.connection().sync().replicaof("127.0.0.1", other.port());

            awaitReason(watch, "Redis is a replica of 127.0.0.1:" + other.port());
            redis.connection().sync().replicaofNoOne();
        }
        // The other had nothing, so that now this one has nothing either.
        awaitReason(watch, "Redis has lost the gateway's data");
    }

    @Test
    void isNotReadyWhenTheDataAreGone() {
        OwnRedis server = keep(OwnRedis.start(temporary));
        RedisWatch watch = watch(server, 0);
        try (Redis redis = server.connect()) {
            redis.connection().sync().flushall();
        }

        awaitReason(watch, "Redis has lost the gateway's data");
    }

    @Test
    void takesNoWarningsWhereLittleMemoryIsLeftAndNothingAtAllWhereNoneIs() {
        OwnRedis server = keep(OwnRedis.start(temporary, "maxmemory 64mb"));
        RedisWatch watch = watch(server, 0);
        assertFalse(watch.health().acceptsWarnings());
        assertTrue(watch.health().isReady());
        String reason = watch.health().state().reason();
        assertTrue(reason.contains("bytes are left of Redis' maxmemory of 67108864"), reason);
        try (Redis redis = server.connect()) {
            redis.connection().sync().set("ballast", new byte[3 << 20]);
            redis.connection().sync().configSet("maxmemory", "2mb");
            awaitReason(watch, "Redis has reached its maxmemory");
            RuntimeException full = assertThrows(RuntimeException.class, () -> new RedisLedger(redis).append(DEED));
            assertTrue(StoreOutage.isOutage(full), full::toString);

            redis.connection().sync().configSet("maxmemory", "0");
        }

        awaitReady(watch);
        await().atMost(Duration.ofSeconds(10)).until(() -> watch.health().acceptsWarnings());
        assertEquals("", watch.health().state().reason());
    }

    @Test
    void isNotReadyWhileTheAppendOnlyFileCannotBeWritten() throws Exception {
        OwnRedis server = keep(OwnRedis.start(temporary, "appendfsync everysec"));
        server.kill();
        // A file of at most 64 blocks of 1 KiB, as a full disk would have it; the soft limit can be lifted again.
        server.begin(List.of("bash", "-c", "trap '' XFSZ; ulimit -S -f 64; exec \"$@\"", "limited"));
        Redis redis = await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(server::connect, one -> true);
        keep(redis);
        StoreFormat.claim(redis);
        RedisWatch watch = keep(RedisWatch.start(redis, 0));
        awaitReady(watch);

        redis.connection().sync().set("ballast", new byte[128 << 10]);
        awaitReason(watch, "Redis cannot write its append-only file");
        RuntimeException refused = assertThrows(RuntimeException.class, () -> new RedisLedger(redis).append(DEED));
        assertTrue(StoreOutage.isOutage(refused), refused::toString);

        Process lifted = new ProcessBuilder("prlimit", "--pid", Long.toString(server.pid()), "--fsize=unlimited")
                .inheritIO()
                .start();
        assertEquals(0, lifted.waitFor());
        awaitReady(watch);
        new RedisLedger(redis).append(DEED);
    }

    @Test
    void isNotReadyWhileAFailedSnapshotStopsWrites() throws IOException {
        OwnRedis server = keep(OwnRedis.start(temporary, "appendonly no", "save 3600 1000000"));
        RedisWatch watch = watch(server, 0);
        Path away = Files.createDirectory(temporary.resolve("away"));
        try (Redis redis = server.connect()) {
            redis.connection().sync().configSet("dir", away.toString());
            Files.delete(away);
            redis.connection().sync().bgsave();

            awaitReason(watch, "Redis cannot write its snapshot");
            RuntimeException refused = assertThrows(RuntimeException.class, () -> new RedisLedger(redis).append(DEED));
            assertTrue(StoreOutage.isOutage(refused), refused::toString);
        }
    }

    @Test
    void fallsSilentWhenClosed() {
        OwnRedis server = keep(OwnRedis.start(temporary));
        RedisWatch watch = watch(server, 0);

        watch.close();

        assertFalse(watch.health().isReady());
        assertEquals("the store is closed", watch.health().state().reason());
    }

    /** Redis would make bytes that are all alike small. */
    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private RedisWatch watch(OwnRedis server, int replicas) {
        Redis redis = keep(Redis.connect(server.uri(), replicas));
        StoreFormat.claim(redis);
        return keep(RedisWatch.start(redis, 256L << 20));
    }

    private static void awaitReason(RedisWatch watch, String reason) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            StoreHealth.State state = watch.health().state();
            assertTrue(!state.ready() && state.reason().startsWith(reason), state::toString);
        });
    }

    private static void awaitReady(RedisWatch watch) {
        await().atMost(Duration.ofSeconds(30)).until(() -> watch.health().isReady());
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.push(one);
        return one;
    }
}
