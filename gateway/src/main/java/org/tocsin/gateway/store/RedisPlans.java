package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tocsin.gateway.dispatch.Plans;

/**
 * Issues' plans {@code {tocsin}:issue:<id>:plan}, notices {@code {tocsin}:issue:<id>:notices}, marks
 * {@code {tocsin}:issue:<id>:pushed} and gates {@code {tocsin}:gates}.
 */
public final class RedisPlans implements Plans {
    private static final String GATES = "{tocsin}:gates";
    private static final RedisScript KEEP = RedisScript.load("plan-keep", ScriptOutputType.VALUE);
    private static final RedisScript GATE = RedisScript.load("gate-set", ScriptOutputType.INTEGER);

    private final Redis redis;

    /** Uses the store's shared connection. */
    public RedisPlans(Redis redis) {
        this.redis = redis;
    }

    @Override
    public byte[] keep(String issue, byte[] plan, byte[] notices) {
        String[] keys = {key(issue, "plan"), key(issue, "notices")};
        return Waiting.on(redis.commit(commands -> KEEP.run(commands, keys, plan, notices)));
    }

    @Override
    public Optional<byte[]> plan(String issue) {
        byte[] kept = commands().get(key(issue, "plan"));
        if (kept != null) {
            // What is sent by a plan that a failover loses would be sent again by the next one.
            Waiting.on(redis.barrier());
        }
        return Optional.ofNullable(kept);
    }

    @Override
    public Optional<byte[]> notices(String issue) {
        return Optional.ofNullable(commands().get(key(issue, "notices")));
    }

    @Override
    public void markPushed(String issue) {
        Waiting.on(redis.commit(commands -> commands.set(key(issue, "pushed"), "1".getBytes(UTF_8))));
    }

    @Override
    public boolean isPushed(String issue) {
        return commands().exists(key(issue, "pushed")) > 0;
    }

    @Override
    public void gate(String issue, Gate gate) {
        Waiting.on(redis.commit(commands -> GATE.<Long>run(
                commands,
                new String[] {GATES},
                issue.getBytes(UTF_8),
                gate.name().getBytes(UTF_8))));
    }

    @Override
    public Map<String, Gate> gates() {
        Map<String, Gate> gates = new HashMap<>();
        commands().hgetall(GATES).forEach((issue, gate) -> gates.put(issue, Gate.valueOf(new String(gate, UTF_8))));
        return gates;
    }

    private RedisCommands<String, byte[]> commands() {
        return redis.connection().sync();
    }

    private static String key(String issue, String what) {
        return "{tocsin}:issue:" + issue + ":" + what;
    }
}
