package org.tocsin.gateway.store;

import io.lettuce.core.RedisException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final List<String> PATTERNS = List.of(
            "append*", "no-appendfsync*", "auto-aof*", "maxmemory*", "save", "replica-read-only", "stop-writes*");

    private RedisSafety() {}

    /**
     * Looks at the settings.
     *
     * @return what can lose accepted data; empty when nothing does
     */
    public static List<Finding> inspect(Redis redis) {
        List<Finding> findings = new ArrayList<>();
        RedisInfo info = info(redis, findings);
        Map<String, String> settings = Map.of();
        try {
            settings = settings(redis);
        } catch (RedisException refused) {
            findings.add(unknown("CONFIG GET", refused));
        }
        persistence(info, settings, findings);
        check(settings, "maxmemory-policy", "noeviction", "when memory is short, warnings are thrown away", findings);
        if (info.number("evicted_keys") > 0) {
            findings.add(new Finding(
                    "evicted_keys",
                    info.text("evicted_keys"),
                    "keys were thrown away because memory was short: what was accepted may be gone"));
        }
        replication(redis, info, settings, findings);
        if (!redis.hasPassword()) {
            findings.add(new Finding(
                    "requirepass", "none", "whoever reaches its port can change and delete what was accepted"));
        }
        return List.copyOf(findings);
    }

    private static void persistence(RedisInfo info, Map<String, String> settings, List<Finding> findings) {
        if (!info.says("aof_enabled", "1") && !"yes".equals(settings.get("appendonly"))) {
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
        if ("0".equals(settings.get("auto-aof-rewrite-percentage"))) {
            findings.add(new Finding(
                    "auto-aof-rewrite-percentage",
                    "0",
                    "the append-only file is never made smaller: it grows until the disk is full"));
        }
        if (info.says("aof_last_write_status", "err")) {
            findings.add(new Finding("aof_last_write_status", "err", "its last write to disk failed"));
        }
        if (info.says("aof_last_bgrewrite_status", "err")) {
            findings.add(new Finding(
                    "aof_last_bgrewrite_status",
                    "err",
                    "its append-only file could not be rewritten and grows on: look for disk and memory"));
        }
    }

    private static void replication(Redis redis, RedisInfo info, Map<String, String> settings, List<Finding> findings) {
        if (info.number("connected_slaves") > 0 && redis.replicas() == 0) {
            findings.add(new Finding(
                    "store.replicas",
                    "0",
                    "there are replicas, and nobody waits for them: a failover loses what they have not got yet"));
        }
        if (redis.replicas() > 0 && info.number("connected_slaves") > redis.replicas()) {
            findings.add(new Finding(
                    "store.replicas",
                    Integer.toString(redis.replicas()),
                    info.text("connected_slaves") + " replicas are connected, and " + redis.replicas()
                            + " need confirm: while another becomes the primary, by hand or in a split network, what"
                            + " these alone have confirmed is lost"));
        }
        if (info.isReplica()) {
            boolean writable = "no".equals(settings.get("replica-read-only"));
            findings.add(new Finding(
                    "role",
                    "slave",
                    writable
                            ? "this is a replica that takes writes and throws them away at its next synchronisation"
                            : "this is a replica: it takes no writes"));
        }
    }

    /** Looks at the settings and says loudly what can lose accepted data. */
    public static List<Finding> proclaim(Redis redis) {
        List<Finding> findings = inspect(redis);
        findings.forEach(RedisSafety::proclaim);
        return findings;
    }

    /** Says loudly what was not found before, and what is mended. */
    static void proclaimNew(Redis redis, Set<Finding> known) {
        Set<Finding> found = new LinkedHashSet<>(inspect(redis));
        for (Finding mended : known) {
            if (found.stream().noneMatch(one -> one.setting().equals(mended.setting()))) {
                LOG.info("the store's {} is mended", mended.setting());
            }
        }
        found.stream().filter(one -> !known.contains(one)).forEach(RedisSafety::proclaim);
        known.clear();
        known.addAll(found);
    }

    private static void proclaim(Finding finding) {
        LOG.error(
                "THE STORE CAN LOSE ACCEPTED WARNINGS: {} = {}: {}",
                finding.setting(),
                finding.value().isEmpty() ? "?" : finding.value(),
                finding.danger());
    }

    private static void check(
            Map<String, String> settings, String name, String wanted, String danger, List<Finding> findings) {
        String value = settings.get(name);
        if (value != null && !value.equals(wanted)) {
            findings.add(new Finding(name, value, danger));
        }
    }

    /**
     * The settings that matter here, by name.
     *
     * @throws RedisException when it does not tell them
     */
    static Map<String, String> settings(Redis redis) {
        Map<String, String> settings = new HashMap<>();
        for (String pattern : PATTERNS) {
            settings.putAll(redis.connection().sync().configGet(pattern));
        }
        return settings;
    }

    private static RedisInfo info(Redis redis, List<Finding> findings) {
        try {
            return new RedisInfo(redis.connection().sync().info());
        } catch (RedisException refused) {
            findings.add(unknown("INFO", refused));
            return new RedisInfo("");
        }
    }

    private static Finding unknown(String command, RedisException refused) {
        return new Finding(
                command,
                "",
                "Redis does not tell its settings (" + refused.getMessage() + "): look for yourself that it"
                        + " has appendonly yes, appendfsync always and maxmemory-policy noeviction");
    }
}
