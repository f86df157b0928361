package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.protocol.CommandType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSafetyIT {
    @TempDir
    Path data = Path.of("");

    @Test
    void findsNothingAmissInTheServerOfOurOwn() {
        try (EmbeddedRedis server = EmbeddedRedis.start(data);
                Redis redis = Redis.connect(server.uri())) {
            assertEquals(List.of(), RedisSafety.inspect(redis));
        }
    }

    @Test
    void findsNothingAmissInAnOwnServerThatIsSetWell() {
        try (OwnRedis server = OwnRedis.start(data);
                Redis redis = server.connect()) {
            assertEquals(List.of(), RedisSafety.inspect(redis));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "appendonly,no",
        "appendfsync,everysec",
        "appendfsync,no",
        "maxmemory-policy,allkeys-lru",
        "maxmemory-policy,volatile-ttl",
        "no-appendfsync-on-rewrite,yes",
        "auto-aof-rewrite-percentage,0"
    })
    void namesASettingThatCanLoseData(String setting, String value) {
        try (OwnRedis server = OwnRedis.start(data, setting + " " + value);
                Redis redis = server.connect()) {
            List<RedisSafety.Finding> findings = RedisSafety.proclaim(redis);

            assertEquals(Set.of(setting), settings(findings));
            assertEquals(value, findings.get(0).value());
        }
    }

    @Test
    void saysThatSnapshotsAloneLoseData() {
        try (OwnRedis server = OwnRedis.start(data, "appendonly no", "save 3600 1");
                Redis redis = server.connect()) {
            assertTrue(RedisSafety.inspect(redis).get(0).danger().contains("since the last snapshot"));
        }
    }

    @Test
    void saysThatNothingIsOnDiskWithoutSnapshots() {
        try (OwnRedis server = OwnRedis.start(data, "appendonly no");
                Redis redis = server.connect()) {
            assertTrue(RedisSafety.inspect(redis).get(0).danger().contains("a restart loses everything"));
        }
    }

    @Test
    void namesAServerThatNothingProtects() {
        try (OwnRedis server = OwnRedis.start(data, "requirepass \"\"");
                Redis redis = Redis.connect(server.uriWithoutPassword())) {
            assertEquals(Set.of("requirepass"), settings(RedisSafety.inspect(redis)));
        }
    }

    @Test
    void namesAServerThatHasThrownKeysAway() {
        try (OwnRedis server = OwnRedis.start(data, "maxmemory 3mb", "maxmemory-policy allkeys-lru");
                Redis redis = server.connect()) {
            for (int i = 0; i < 100; i++) {
                redis.connection().sync().set("key" + i, new byte[64 << 10]);
            }

            assertEquals(Set.of("maxmemory-policy", "evicted_keys"), settings(RedisSafety.inspect(redis)));
        }
    }

    @Test
    void namesMoreReplicasThanNeedConfirm(@TempDir Path other, @TempDir Path third) {
        try (OwnRedis server = OwnRedis.start(data);
                OwnRedis one = OwnRedis.replicaOf(server, other);
                OwnRedis two = OwnRedis.replicaOf(server, third);
                Redis lax = Redis.connect(server.uri(), 1);
                Redis strict = Redis.connect(server.uri(), 2)) {
            assertEquals(Set.of("store.replicas"), settings(RedisSafety.inspect(lax)));
            assertEquals(List.of(), RedisSafety.inspect(strict));
            assertTrue(one.port() != two.port());
        }
    }

    @Test
    void namesAReplicaAndReplicasThatNobodyWaitsFor(@TempDir Path other) {
        try (OwnRedis server = OwnRedis.start(data);
                OwnRedis replica = OwnRedis.replicaOf(server, other);
                Redis careful = Redis.connect(server.uri(), 1);
                Redis careless = server.connect();
                Redis second = replica.connect()) {
            assertEquals(List.of(), RedisSafety.inspect(careful));
            assertEquals(Set.of("store.replicas"), settings(RedisSafety.inspect(careless)));
            assertEquals(Set.of("role"), settings(RedisSafety.inspect(second)));
            second.connection().sync().configSet("replica-read-only", "no");
            assertTrue(RedisSafety.inspect(second).get(0).danger().contains("throws them away"));
        }
    }

    @Test
    void namesWhatIsSetWronglyLaterAndForgetsWhatIsMended() {
        try (OwnRedis server = OwnRedis.start(data);
                Redis redis = server.connect()) {
            Set<RedisSafety.Finding> known = new HashSet<>();
            RedisSafety.proclaimNew(redis, known);
            assertEquals(Set.of(), known);

            redis.connection().sync().configSet("appendfsync", "no");
            RedisSafety.proclaimNew(redis, known);
            assertEquals(Set.of("appendfsync"), settings(List.copyOf(known)));

            redis.connection().sync().configSet("appendfsync", "always");
            RedisSafety.proclaimNew(redis, known);
            assertEquals(Set.of(), known);
        }
    }

    @Test
    void refusesASingleServerWhereReplicasAreAskedFor() {
        try (OwnRedis server = OwnRedis.start(data);
                Redis redis = Redis.connect(server.uri(), 1);
                Redis alone = server.connect()) {
            OwnRedisFitness.Unfit unfit = assertThrows(
                    OwnRedisFitness.Unfit.class, () -> OwnRedisFitness.require(redis, Duration.ofMillis(300)));

            assertTrue(String.valueOf(unfit.getMessage()).contains("set store.replicas: 0 (TOCSIN_STORE_REPLICAS=0)"));
            OwnRedisFitness.require(alone, Duration.ZERO);
        }
    }

    @Test
    void waitsForAReplicaThatIsStarting(@TempDir Path other) {
        try (OwnRedis server = OwnRedis.start(data);
                Redis redis = Redis.connect(server.uri(), 1);
                OwnRedis replica = OwnRedis.replicaOf(server, other)) {
            OwnRedisFitness.require(redis, Duration.ofSeconds(20));

            assertTrue(replica.port() > 0);
        }
    }

    @Test
    void refusesAReplicaAndANodeOfACluster(@TempDir Path other, @TempDir Path third) {
        try (OwnRedis server = OwnRedis.start(data);
                OwnRedis replica = OwnRedis.replicaOf(server, other);
                OwnRedis node = OwnRedis.start(third, "cluster-enabled yes");
                Redis second = replica.connect();
                Redis clustered = node.connect()) {
            assertTrue(refusal(second).contains("a replica of 127.0.0.1:" + server.port()));
            assertTrue(refusal(clustered).contains("a node of a Redis Cluster"));
        }
    }

    private static String refusal(Redis redis) {
        return String.valueOf(
                assertThrows(OwnRedisFitness.Unfit.class, () -> OwnRedisFitness.require(redis, Duration.ZERO))
                        .getMessage());
    }

    @Test
    void saysThatItCouldNotLook() {
        try (EmbeddedRedis server = EmbeddedRedis.start(data);
                Redis redis = Redis.connect(server.uri())) {
            redis.connection()
                    .sync()
                    .aclSetuser("default", io.lettuce.core.AclSetuserArgs.Builder.removeCommand(CommandType.CONFIG));

            assertTrue(settings(RedisSafety.inspect(redis)).contains("CONFIG GET"));
        }
    }

    @Test
    void refusesAStoreOfANewerFormat() {
        try (EmbeddedRedis server = EmbeddedRedis.start(data);
                Redis redis = Redis.connect(server.uri())) {
            StoreFormat.claim(redis);
            StoreFormat.claim(redis);
            redis.connection().sync().set(StoreFormat.KEY, new byte[] {'4'});

            StoreFormat.TooNew refused = assertThrows(StoreFormat.TooNew.class, () -> StoreFormat.claim(redis));
            assertTrue(String.valueOf(refused.getMessage()).contains("format 4"));
        }
    }

    /** Journals and plans of format 1 cannot be read: no gateway may begin with them as if they were not there. */
    @Test
    void refusesAStoreOfAnOlderFormat() {
        try (EmbeddedRedis server = EmbeddedRedis.start(data);
                Redis redis = Redis.connect(server.uri())) {
            redis.connection().sync().set(StoreFormat.KEY, new byte[] {'1'});

            StoreFormat.TooOld refused = assertThrows(StoreFormat.TooOld.class, () -> StoreFormat.claim(redis));
            assertTrue(String.valueOf(refused.getMessage()).contains("format 1"));
            assertArrayEquals(new byte[] {'1'}, redis.connection().sync().get(StoreFormat.KEY));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,amd64,redis-server-6.2.6-v5-linux-amd64",
        "Linux,aarch64,redis-server-6.2.7-linux-arm64",
        "Linux,i386,redis-server-6.2.7-linux-386",
        "Mac OS X,aarch64,redis-server-6.2.6-v5-darwin-arm64"
    })
    void choosesTheServerOfTheMachine(String os, String arch, String name) {
        assertEquals(name, ShippedServer.nameFor(os, arch));
    }

    @ParameterizedTest
    @CsvSource({"Windows 11,amd64", "Linux,riscv64"})
    void saysThatThereIsNoServerForAMachine(String os, String arch) {
        IllegalStateException none = assertThrows(IllegalStateException.class, () -> ShippedServer.nameFor(os, arch));
        assertTrue(String.valueOf(none.getMessage()).contains("store.uri"));
    }

    private static Set<String> settings(List<RedisSafety.Finding> findings) {
        return findings.stream().map(RedisSafety.Finding::setting).collect(Collectors.toSet());
    }
}
