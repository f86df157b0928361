package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.tocsin.gateway.access.SignInBrake;
import org.tocsin.gateway.ledger.ContentHash;

/** Counts of attempts in Redis, for all nodes together; a count that is lost costs nobody more than a guess. */
public final class RedisSignInBrake implements SignInBrake {
    private static final String PREFIX = "{tocsin}:attempts:";
    private static final RedisScript TAKE = RedisScript.load("attempt-take", ScriptOutputType.INTEGER);

    private final Redis redis;

    /** Makes it over a connection. */
    public RedisSignInBrake(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Duration take(String what, Pace pace, Instant now) {
        CompletionStage<Long> wait = TAKE.run(
                redis.connection().async(),
                new String[] {key(what)},
                text(now.toEpochMilli()),
                text(pace.free()),
                text(pace.first().toMillis()),
                text(pace.longest().toMillis()),
                text(pace.memory().toMillis()));
        return Duration.ofMillis(Waiting.plainly(wait));
    }

    @Override
    public void release(String what) {
        redis.connection().sync().del(key(what));
    }

    @Override
    public void giveBack(String what) {
        if (redis.connection().sync().exists(key(what)) > 0) {
            redis.connection().sync().hincrby(key(what), "n", -1);
        }
    }

    private static String key(String what) {
        return PREFIX + ContentHash.of(what);
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }
}
