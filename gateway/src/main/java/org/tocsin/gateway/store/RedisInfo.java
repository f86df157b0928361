package org.tocsin.gateway.store;

import java.util.HashMap;
import java.util.Map;

/** What {@code INFO} says, by name; an empty text for what it does not say. */
final class RedisInfo {
    private final Map<String, String> values = new HashMap<>();

    RedisInfo(String text) {
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    boolean says(String name, String value) {
        return text(name).equals(value);
    }

    /** A number; 0 for what is none. */
    long number(String name) {
        String text = text(name);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /** How many replicas are connected and follow the primary. */
    int replicas() {
        int following = 0;
        for (int i = 0; i < number("connected_slaves"); i++) {
            if (text("slave" + i).contains("state=online")) {
                following++;
            }
        }
        return following;
    }

    boolean isReplica() {
        return says("role", "slave");
    }

    boolean isCluster() {
        return says("cluster_enabled", "1");
    }

    /** Of whom it is a replica, for people. */
    String primary() {
        return text("master_host") + ":" + text("master_port");
    }

    /** How many bytes may still be kept before {@code maxmemory} is reached; the largest number where there is none. */
    long roomBytes() {
        long limit = number("maxmemory");
        return limit == 0 ? Long.MAX_VALUE : limit - (number("used_memory") - number("mem_not_counted_for_evict"));
    }
}
