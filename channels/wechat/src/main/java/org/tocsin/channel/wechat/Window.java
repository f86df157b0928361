package org.tocsin.channel.wechat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets only so many sends be unanswered at a time; the others wait in their order. Any thread; never blocks. */
final class Window {
    private final int size;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger wishes = new AtomicInteger();

    Window(int size) {
        this.size = size;
    }

    /** Runs a start now or when others have left; each start leads to exactly one {@link #leave}. */
    void enter(Runnable start) {
        waiting.add(start);
        admit();
    }

    void leave() {
        inFlight.decrementAndGet();
        admit();
    }

    int inFlight() {
        return inFlight.get();
    }

    // One thread at a time admits; what others wish meanwhile it does in another round, so that stacks stay flat.
    private void admit() {
        if (wishes.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            while (inFlight.get() < size) {
                Runnable next = waiting.poll();
                if (next == null) {
                    break;
                }
                inFlight.incrementAndGet();
                next.run();
            }
            seen = wishes.addAndGet(-seen);
        } while (seen != 0);
    }
}
