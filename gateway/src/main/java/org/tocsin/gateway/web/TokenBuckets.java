package org.tocsin.gateway.web;

import java.util.LinkedHashMap;
import java.util.Map;

/** A token bucket for each of the latest clients: so many at once, so many a second in the long run. */
final class TokenBuckets {
    private static final int MAX_CLIENTS = 10_000;

    private final double perSecond;
    private final double burst;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_CLIENTS;
        }
    };

    private static final class Bucket {
        private double tokens;
        private long filledNanos;
    }

    TokenBuckets(double perSecond, double burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /**
     * Takes a token.
     *
     * @param nowNanos a monotonic time
     * @return 0 when one was there, else the whole seconds until one is
     */
    synchronized int take(String client, long nowNanos) {
        Bucket bucket = filled(client, nowNanos);
        if (bucket.tokens >= 1) {
            bucket.tokens -= 1;
            return 0;
        }
        return secondsUntilOne(bucket);
    }

    private int secondsUntilOne(Bucket bucket) {
        return (int) Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    }

    private Bucket filled(String client, long nowNanos) {
        Bucket bucket = buckets.computeIfAbsent(client, key -> {
            Bucket full = new Bucket();
            full.tokens = burst;
            full.filledNanos = nowNanos;
            return full;
        });
        double seconds = Math.max(0, nowNanos - bucket.filledNanos) / 1e9;
        bucket.tokens = Math.min(burst, bucket.tokens + seconds * perSecond);
        bucket.filledNanos = nowNanos;
        return bucket;
    }
}
