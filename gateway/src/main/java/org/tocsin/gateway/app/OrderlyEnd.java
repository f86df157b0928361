package org.tocsin.gateway.app;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that what a command has started ends with it: when its work is done, when it fails, and when the process
 * is told to end (Ctrl-C, SIGTERM), at whatever moment that comes.
 *
 * <p>What was kept is closed in reverse order by the thread that worked; a signal interrupts the work and waits for
 * that.
 */
final class OrderlyEnd {
    private static final long PATIENCE_SECONDS = 30;

    private final Deque<AutoCloseable> kept = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread worker = Thread.currentThread();
    private final PrintStream says;
    private final String lastWord;
    private boolean signalled;
    private boolean closing;

    private OrderlyEnd(PrintStream says, String lastWord) {
        this.says = says;
        this.lastWord = lastWord;
    }

    /**
     * Does a command's work in this thread.
     *
     * @param lastWord what is said on standard error when a signal ended it
     * @param work gets where to keep what must be closed
     */
    static int after(String lastWord, Work work) throws Exception {
        OrderlyEnd end = new OrderlyEnd(System.err, lastWord);
        Thread hook = new Thread(end::signal, "orderly-end");
        Runtime.getRuntime().addShutdownHook(hook);
        int code = end.run(() -> work.run(end));
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // The signal came when all was closed.
        }
        return code;
    }

    /** A command's work. */
    interface Work {
        /** Works until it is done or interrupted; gives the exit code. */
        int run(OrderlyEnd end) throws Exception;
    }

    /** Keeps something to be closed at the end, before all that was kept earlier. Called by the work's thread. */
    <R extends AutoCloseable> R keep(R resource) {
        kept.push(resource);
        return resource;
    }

    /** Waits until the process is told to end. */
    static void await() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private int run(Callable<Integer> work) throws Exception {
        try {
            return work.call();
        } catch (Exception failed) {
            if (isSignalled()) {
                // It was interrupted; what it says of that is no news.
                return Tocsin.COULD_NOT_RUN;
            }
            throw failed;
        } finally {
            close();
        }
    }

    private void close() {
        synchronized (this) {
            closing = true;
            // From here on no interrupt comes: what closes may wait for what it closes.
            Thread.interrupted();
        }
        while (!kept.isEmpty()) {
            try {
                kept.pop().close();
            } catch (Exception failed) {
                says.println("Did not close: " + failed);
            }
        }
        if (isSignalled()) {
            says.println(lastWord);
        }
        ended.countDown();
    }

    private synchronized boolean isSignalled() {
        return signalled;
    }

    private void signal() {
        synchronized (this) {
            signalled = true;
            if (!closing) {
                worker.interrupt();
            }
        }
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                says.println("It did not end within " + PATIENCE_SECONDS + " s; its processes are ended.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
    }
}
