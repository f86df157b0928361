package org.tocsin.gateway.store;

import io.lettuce.core.RedisException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether an own Redis is set so that it can lose what the gateway has accepted. */
public final class RedisSafety {
    /**
     * A setting that can lose accepted data.
     *
     * @param setting its name as Redis writes it
     * @param value its value; empty where it is not known
     * @param danger what it can lose, for people
     */
    public record Finding(String setting, String value, String danger) {}

    private static final Logger LOG = LoggerFactory.getLogger(RedisSafety.class);

    private RedisSafety() {}

    /**
     * Looks at the settings.
     *
     * @return what can lose accepted data; empty when nothing does
     */
    public static List<Finding> inspect(Redis redis) {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> persistence = info(redis, "persistence", findings);
        Map<String, String> replication = info(redis, "replication", findings);
        Map<String, String> settings = settings(redis, findings);
        boolean appending = "1".equals(persistence.get("aof_enabled")) || "yes".equals(settings.get("appendonly"));
        if (!appending) {
            boolean snapshots = !settings.getOrDefault("save", "").isEmpty();
            findings.add(new Finding(
                    "appendonly",
                    "no",
                    snapshots
                            ? "a crash loses everything since the last snapshot"
                            : "nothing is kept on disk: a restart loses everything"));
        }
        check(
                settings,
                "appendfsync",
                "always",
                "a power cut loses what was accepted in the last second or longer",
                findings);
        check(
                settings,
                "no-appendfsync-on-rewrite",
                "no",
                "while the file is rewritten, a power cut loses what was accepted meanwhile",
                findings);
        check(settings, "maxmemory-policy", "noeviction", "when memory is short, warnings are thrown away", findings);
        if (!"0".equals(replication.getOrDefault("connected_slaves", "0")) && redis.replicas() == 0) {
            findings.add(new Finding(
                    "store.replicas",
                    "0",
                    "there are replicas, and nobody waits for them: a failover loses what they have not got yet"));
        }
        if ("slave".equals(replication.get("role"))) {
            findings.add(new Finding("role", "slave", "this is a replica: it takes no writes, or loses them"));
        }
        if ("err".equals(persistence.get("aof_last_write_status"))) {
            findings.add(new Finding("aof_last_write_status", "err", "its last write to disk failed"));
        }
        return List.copyOf(findings);
    }

    /** Looks at the settings and says loudly what can lose accepted data. */
    public static List<Finding> proclaim(Redis redis) {
        List<Finding> findings = inspect(redis);
        for (Finding finding : findings) {
            LOG.error(
                    "THE STORE CAN LOSE ACCEPTED WARNINGS: {} = {}: {}",
                    finding.setting(),
                    finding.value().isEmpty() ? "?" : finding.value(),
                    finding.danger());
        }
        return findings;
    }

    private static void check(
            Map<String, String> settings, String name, String wanted, String danger, List<Finding> findings) {
        String value = settings.get(name);
        if (value != null && !value.equals(wanted)) {
            findings.add(new Finding(name, value, danger));
        }
    }

    private static Map<String, String> settings(Redis redis, List<Finding> findings) {
        Map<String, String> settings = new HashMap<>();
        try {
            for (String pattern : List.of("append*", "no-appendfsync*", "maxmemory*", "save")) {
                settings.putAll(redis.connection().sync().configGet(pattern));
            }
        } catch (RedisException refused) {
            findings.add(unknown("CONFIG GET", refused));
        }
        return settings;
    }

    private static Map<String, String> info(Redis redis, String section, List<Finding> findings) {
        Map<String, String> values = new HashMap<>();
        try {
            redis.connection().sync().info(section).lines().forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    values.put(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                }
            });
        } catch (RedisException refused) {
            findings.add(unknown("INFO " + section, refused));
        }
        return values;
    }

    private static Finding unknown(String command, RedisException refused) {
        return new Finding(
                command,
                "",
                "Redis does not tell its settings (" + refused.getMessage() + "): look for yourself that it"
                        + " has appendonly yes, appendfsync always and maxmemory-policy noeviction");
    }
}
