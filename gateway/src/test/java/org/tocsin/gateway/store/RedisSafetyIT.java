package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.protocol.CommandType;
import java.nio.file.Path;
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

    @ParameterizedTest
    @CsvSource({
        "appendonly,no",
        "appendfsync,everysec",
        "appendfsync,no",
        "maxmemory-policy,allkeys-lru",
        "no-appendfsync-on-rewrite,yes"
    })
    void namesASettingThatCanLoseData(String setting, String value) {
        try (EmbeddedRedis server = EmbeddedRedis.start(data);
                Redis redis = Redis.connect(server.uri())) {
            redis.connection().sync().configSet(setting, value);

            assertEquals(Set.of(setting), settings(RedisSafety.proclaim(redis)));
        }
    }

    @Test
    void saysThatSnapshotsAloneLoseData() {
        try (EmbeddedRedis server = EmbeddedRedis.start(data);
                Redis redis = Redis.connect(server.uri())) {
            redis.connection().sync().configSet("appendonly", "no");
            redis.connection().sync().configSet("save", "3600 1");

            assertTrue(RedisSafety.inspect(redis).get(0).danger().contains("since the last snapshot"));
        }
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
            redis.connection().sync().set(StoreFormat.KEY, new byte[] {'2'});

            StoreFormat.TooNew refused = assertThrows(StoreFormat.TooNew.class, () -> StoreFormat.claim(redis));
            assertTrue(String.valueOf(refused.getMessage()).contains("format 2"));
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
