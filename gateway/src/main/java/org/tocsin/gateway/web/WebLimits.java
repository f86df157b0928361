package org.tocsin.gateway.web;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much the web end takes at once.
 *
 * @param workers how many requests are worked on at once
 * @param queue how many more may wait; beyond it the answer is 503
 * @param requestsPerSecond how many requests a client may make in the long run
 * @param burst how many it may make at once
 * @param importBytes the longest import, in bytes
 * @param watchers how many may watch live events at once
 * @param heartbeat how often a silent event stream is kept awake
 * @param spool where long bodies lie while they come in
 */
public record WebLimits(
        int workers,
        int queue,
        int requestsPerSecond,
        int burst,
        long importBytes,
        int watchers,
        Duration heartbeat,
        Path spool) {
    /** 16 workers, 512 waiting, 100 requests a second, 300 at once, imports to 1 GiB, 2,000 watchers. */
    public static final WebLimits STANDARD = new WebLimits(
            16, 512, 100, 300, 1L << 30, 2000, Duration.ofSeconds(15), Path.of(System.getProperty("java.io.tmpdir")));

    /** Refuses what lets nobody in. */
    public WebLimits {
        if (workers < 1 || queue < 0 || requestsPerSecond < 1 || burst < 1 || watchers < 1) {
            throw new IllegalArgumentException("workers, rates and watchers must be at least 1");
        }
    }

    /** The same with another rate of requests per client. */
    public WebLimits withRate(int perSecond, int atOnce) {
        return new WebLimits(workers, queue, perSecond, atOnce, importBytes, watchers, heartbeat, spool);
    }

    /** The same with long bodies kept elsewhere while they come in. */
    public WebLimits withSpool(Path directory) {
        return new WebLimits(workers, queue, requestsPerSecond, burst, importBytes, watchers, heartbeat, directory);
    }
}
