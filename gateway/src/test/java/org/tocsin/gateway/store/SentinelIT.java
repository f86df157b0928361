package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.sentinel.api.sync.RedisSentinelCommands;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.gateway.ledger.Deed;

/** A real primary with replicas and a real sentinel: no failover loses what was accepted. */
class SentinelIT {
    private static final Instant AT = Instant.parse("2026-07-20T00:00:00Z");

    @TempDir
    Path temporary = Path.of("");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private volatile boolean enough;

    private record County(
            OwnRedis primary, RedisSentinelCommands<String, String> sentinel, Redis redis, RedisWatch watch) {
        int currentPort() {
            return ((InetSocketAddress) sentinel.getMasterAddrByName("county")).getPort();
        }
    }

    private County start(int replicas, int confirming) {
        OwnRedis primary = keep(OwnRedis.start(temporary.resolve("primary")));
        for (int i = 0; i < replicas; i++) {
            keep(OwnRedis.replicaOf(primary, temporary.resolve("replica" + i)));
        }
        OwnRedis guard = keep(OwnRedis.sentinel(primary, temporary.resolve("sentinel")));
        RedisClient client = RedisClient.create();
        keep(client::shutdown);
        RedisSentinelCommands<String, String> sentinel = client.connectSentinel(
                        RedisURI.create("127.0.0.1", guard.port()))
                .sync();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> sentinel.replicas("county").size() == replicas);
        Redis redis = keep(Redis.connect(guard.sentinelUri(), confirming));
        StoreFormat.claim(redis);
        return new County(primary, sentinel, redis, keep(RedisWatch.start(redis, 0)));
    }

    @AfterEach
    void close() throws Exception {
        enough = true;
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    /** All replicas must confirm: then the one that becomes the primary has everything. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void losesNothingWhenAnOperatorFailsOver(int replicas) throws Exception {
        County county = start(replicas, replicas);
        Thread writer = write(county.redis());
        await().atMost(Duration.ofSeconds(20)).until(() -> accepted.size() >= 20);

        assertEquals("OK", county.sentinel().failover("county"));

        goesOnAndHasEverything(county, writer);
    }

    /** One of two is enough here: the dead accept nothing meanwhile, and the sentinel takes who has most. */
    @Test
    void losesNothingWhenThePrimaryDies() throws Exception {
        County county = start(2, 1);
        Thread writer = write(county.redis());
        await().atMost(Duration.ofSeconds(20)).until(() -> accepted.size() >= 20);

        county.primary().kill();

        goesOnAndHasEverything(county, writer);
    }

    private void goesOnAndHasEverything(County county, Thread writer) throws InterruptedException {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> county.currentPort() != county.primary().port());
        int then = accepted.size();
        await().atMost(Duration.ofSeconds(60)).until(() -> accepted.size() >= then + 20);
        enough = true;
        writer.join();

        assertNotEquals(county.primary().port(), county.currentPort());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> county.watch().health().isReady());
        RedisLedger ledger = new RedisLedger(county.redis());
        List<String> kept = new ArrayList<>();
        ledger.read(1, entry -> kept.add(entry.subject()));
        List<String> lost = new ArrayList<>(accepted);
        lost.removeAll(kept);
        assertEquals(List.of(), lost);
        assertTrue(ledger.verify().holds());
        RedisPlans plans = new RedisPlans(county.redis());
        for (String one : accepted) {
            assertTrue(plans.plan(one).isPresent(), one);
        }
    }

    /** Accepts one after another, as long as the store does. */
    private Thread write(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        RedisPlans plans = new RedisPlans(redis);
        Thread thread = new Thread(() -> {
            for (int number = 0; !enough; number++) {
                String name = "n" + number;
                try {
                    plans.keep(name, name.getBytes(UTF_8), new byte[0]);
                    ledger.append(new Deed(AT, "gateway", "act", name, ""));
                    accepted.add(name);
                } catch (RuntimeException refused) {
                    assertTrue(StoreOutage.isOutage(refused), refused::toString);
                }
            }
        });
        thread.start();
        return thread;
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.push(one);
        return one;
    }
}
