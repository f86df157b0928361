package org.tocsin.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario has started and made: ended and removed in the reverse order, once, whether the scenario ends well,
 * fails or is broken off. Any thread; several may close at once.
 */
final class Cleanup implements AutoCloseable {
    private static final int MOST_TRIES = 5;
    private static final int PAUSE_MILLIS = 200;

    private final Deque<AutoCloseable> kept = new ArrayDeque<>();
    private final ReentrantLock closing = new ReentrantLock();
    private boolean closed;

    /** Takes charge of something; when all is over already, it is closed at once. */
    <T extends AutoCloseable> T keep(T thing) {
        synchronized (this) {
            if (!closed) {
                kept.push(thing);
                return thing;
            }
        }
        close(thing);
        throw over();
    }

    /**
     * Starts a process that is ended at the end; when all is over already, it is not started. Whoever closes waits for
     * one that is just being started: else the suite's JVM might end in between and leave it behind.
     */
    synchronized ChildProcess start(ProcessBuilder builder) throws IOException {
        if (closed) {
            throw over();
        }
        ChildProcess process = new ChildProcess(builder.start());
        kept.push(process);
        return process;
    }

    /** Makes a folder that is gone at the end with all that is in it. */
    synchronized Path folder() throws IOException {
        if (closed) {
            throw over();
        }
        Path folder = Files.createTempDirectory("tocsin-load");
        kept.push(() -> delete(folder));
        return folder;
    }

    private static IllegalStateException over() {
        return new IllegalStateException("the scenario is over");
    }

    /** Ends and removes all; where another thread does so already, waits until it has. */
    @Override
    public void close() {
        closing.lock();
        try {
            for (AutoCloseable next = next(); next != null; next = next()) {
                close(next);
            }
        } finally {
            closing.unlock();
        }
    }

    private synchronized @Nullable AutoCloseable next() {
        closed = true;
        return kept.poll();
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception failed) {
            System.err.println("could not clean up: " + failed);
        }
    }

    /** Deletes a folder; once more where something in it went or came meanwhile. */
    private static void delete(Path folder) throws IOException {
        for (int tried = 1; Files.exists(folder); tried++) {
            try {
                deleteOnce(folder);
            } catch (IOException failed) {
                if (tried == MOST_TRIES) {
                    throw failed;
                }
                Bench.pause(PAUSE_MILLIS);
            }
        }
    }

    private static void deleteOnce(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }
}
