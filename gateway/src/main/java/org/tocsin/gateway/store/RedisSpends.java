package org.tocsin.gateway.store;

import java.time.YearMonth;
import org.tocsin.gateway.dispatch.Spends;

/** Keeps what links have spent, {@code {link:<id>}:spent:<month>}, for two years. */
public final class RedisSpends implements Spends {
    private static final long KEEP_SECONDS = 2L * 366 * 24 * 3600;

    private final Redis redis;

    /** Keeps it there. */
    public RedisSpends(Redis redis) {
        this.redis = redis;
    }

    @Override
    public long add(String link, YearMonth month, long more) {
        String key = "{link:" + link + "}:spent:" + month;
        long spent = redis.commitNow(commands -> commands.incrby(key, more));
        if (spent == more) {
            redis.connection().sync().expire(key, KEEP_SECONDS);
        }
        return spent;
    }
}
