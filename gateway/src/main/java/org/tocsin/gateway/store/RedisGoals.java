package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.report.GoalMemory;

/**
 * Keeps which goal applied to an issue, {@code {tocsin}:issue:<id>:goal}: share, division, first and last day between
 * commas, empty where there is none. The first that is kept stays.
 */
public final class RedisGoals implements GoalMemory {
    private static final RedisScript KEEP = RedisScript.load("goal-keep", ScriptOutputType.VALUE);

    private final Redis redis;

    /** Keeps them there. */
    public RedisGoals(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Goal keep(String issue, Goal goal) {
        String[] keys = {"{tocsin}:issue:" + issue + ":goal"};
        byte[] kept = redis.commitNow(
                commands -> KEEP.<byte[]>run(commands, keys, written(goal).getBytes(UTF_8)));
        return read(new String(kept, UTF_8));
    }

    private static String written(Goal goal) {
        return goal.share() + "," + text(goal.division()) + "," + text(goal.from()) + "," + text(goal.to());
    }

    private static Goal read(String written) {
        String[] parts = written.split(",", -1);
        return new Goal(
                Double.parseDouble(parts[0]), parts[1].isEmpty() ? null : parts[1], day(parts[2]), day(parts[3]));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static @Nullable LocalDate day(String text) {
        return text.isEmpty() ? null : LocalDate.parse(text);
    }
}
