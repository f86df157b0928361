package org.tocsin.load;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Holds what was answered against what the gateway itself counts: a receipt that counts for nobody is answered too, and
 * faster.
 */
final class Counted {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LOOK_MILLIS = 5;
    /** Then fewer: a gateway allows a client so many requests a second. */
    private static final int SHORT_LOOKS = 100;

    private static final int LATER_MILLIS = 50;

    private Counted() {}

    /** Waits until so many are counted. */
    static void await(LongSupplier counted, long wanted) throws IOException {
        await(counted, wanted, PATIENCE);
    }

    /**
     * Waits until so many are counted.
     *
     * @param patience how long after the last answer the count may come
     * @throws IOException when it does not come in time, or more are counted
     */
    static void await(LongSupplier counted, long wanted, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        for (int looks = 0; ; looks++) {
            long now = counted.getAsLong();
            if (now == wanted) {
                return;
            }
            if (now > wanted || System.nanoTime() > end) {
                throw new IOException("all receipts are answered, and " + patience.toSeconds()
                        + " s later the gateway counts " + now + " as delivered, not " + wanted);
            }
            Bench.pause(looks < SHORT_LOOKS ? LOOK_MILLIS : LATER_MILLIS);
        }
    }
}
