package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.Sealer;
import org.tocsin.gateway.ledger.TestKeys;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.store.RedisLedger;
import org.tocsin.gateway.store.RedisSealStore;
import org.tocsin.gateway.store.SealFolder;
import org.tocsin.gateway.web.Metrics;

/** What an operator sees when the ledger is not sealed any more. */
@ExtendWith(RedisExtension.class)
class DailySealsTest {
    private static final Deed ACT = new Deed(Instant.EPOCH, "signer", "warning.approve", "w1", "");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-07-20T04:00:00Z"));
    private final Metrics metrics = new Metrics();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void withoutASealItsAgeGrowsFromTheStart(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        try (DailySeals daily = daily(ledger, new RedisSealStore(redis, ledger))) {
            daily.show(metrics);
            now.updateAndGet(time -> time.plusSeconds(3 * 86_400));

            assertTrue(metrics.text().contains("\ntocsin_ledger_seal_age_seconds 259200"), metrics::text);
        }
    }

    @Test
    void aSealOfADayFarAheadShows(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        RedisSealStore store = new RedisSealStore(redis, ledger);
        ledger.append(ACT);
        Instant today = now.getAndSet(Instant.parse("2099-01-01T04:00:00Z"));
        sealer(ledger, store).sealIfDue();
        now.set(today);

        shows("tocsin_ledger_seal_day_ahead", ledger, store);
    }

    @Test
    void aLedgerThatTheLastSealDidNotSeeShows(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        RedisSealStore store = new RedisSealStore(redis, ledger);
        ledger.append(ACT);
        sealer(ledger, store).sealIfDue();
        redis.connection().sync().xdel("{tocsin}:ledger", "1-0");
        now.updateAndGet(time -> time.plusSeconds(86_400));

        shows("tocsin_ledger_seal_contradicted", ledger, store);
    }

    private void shows(String gauge, RedisLedger ledger, RedisSealStore store) {
        try (DailySeals daily = daily(ledger, store)) {
            daily.show(metrics);
            assertTrue(metrics.text().contains("\n" + gauge + " 0"), metrics::text);
            daily.start();

            Awaitility.await(gauge).atMost(Duration.ofSeconds(20)).until(() -> metrics.text()
                    .contains("\n" + gauge + " 1"));
        }
    }

    private DailySeals daily(RedisLedger ledger, RedisSealStore store) {
        return new DailySeals(sealer(ledger, store), store, SealFolder.own(folder), List.of(), now::get);
    }

    private Sealer sealer(RedisLedger ledger, RedisSealStore store) {
        return new Sealer(ledger, store, () -> TestKeys.COUNTY, ZoneId.of("Asia/Shanghai"), now::get);
    }
}
