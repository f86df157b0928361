package org.tocsin.load.smpp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** What the binds of one run share: what is left to send and what came. Used by the event loop, but for the waiting. */
final class BareRun {
    private static final long SILENCE_SECONDS = 30;
    private static final long FIRST_NUMBER = 8_610_000_000_000L;

    final int window;
    private final List<byte[]> submits;
    private final long whole;
    private final int binds;
    private final List<BareBind> bound = new ArrayList<>();
    private final CompletableFuture<BareSmppClient.Result> done = new CompletableFuture<>();
    private long written;
    private long accepted;
    private final AtomicLong receipts = new AtomicLong();
    private long began;

    BareRun(List<byte[]> submits, int binds, int window, int count) {
        this.submits = submits;
        this.binds = binds;
        this.window = window;
        this.whole = (long) count * submits.size();
    }

    /** Begins once all are bound. */
    void bound(BareBind bind) {
        bound.add(bind);
        if (bound.size() == binds) {
            began = System.nanoTime();
            bound.forEach(BareBind::fill);
        }
    }

    /** Whether all are bound. */
    boolean hasBegun() {
        return bound.size() == binds;
    }

    /** Whether there is a submit to write. */
    boolean hasMore() {
        return written < whole;
    }

    /** The next submit, to be copied at once: its number is already in, its sequence is not. */
    byte[] next() {
        byte[] submit = submits.get((int) (written % submits.size()));
        long number = FIRST_NUMBER + written / submits.size();
        for (int at = BarePdus.numberAt() + BarePdus.DIGITS - 1; at >= BarePdus.numberAt(); at--) {
            submit[at] = (byte) ('0' + number % 10);
            number /= 10;
        }
        written++;
        return submit;
    }

    void accepted() {
        accepted++;
    }

    /** Counts a burst's receipts, and ends with the last. */
    void received(int burst) {
        long received = receipts.addAndGet(burst);
        if (received >= whole) {
            done.complete(new BareSmppClient.Result((System.nanoTime() - began) * 1e-9, accepted, received));
        }
    }

    void failed(Throwable cause) {
        done.completeExceptionally(cause);
    }

    BareSmppClient.Result await() throws ExecutionException, InterruptedException, TimeoutException {
        long seen = -1;
        while (true) {
            try {
                return done.get(SILENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException late) {
                long now = receipts.get();
                if (now == seen) {
                    throw late;
                }
                seen = now;
            }
        }
    }
}
