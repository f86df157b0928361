package org.tocsin.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * What a scenario has started and made: ended and removed in the reverse order, once, whether the scenario ends well,
 * fails or is broken off. Any thread.
 */
final class Cleanup implements AutoCloseable {
    private static final int MOST_TRIES = 5;
    private static final int PAUSE_MILLIS = 200;

    private final Deque<AutoCloseable> kept = new ArrayDeque<>();
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
        throw new IllegalStateException("the scenario was broken off");
    }

    /** Makes a folder that is gone at the end with all that is in it. */
    Path folder() throws IOException {
        Path folder = Files.createTempDirectory("tocsin-load");
        keep(() -> delete(folder));
        return folder;
    }

    @Override
    public void close() {
        while (true) {
            AutoCloseable next;
            synchronized (this) {
                closed = true;
                next = kept.poll();
            }
            if (next == null) {
                return;
            }
            close(next);
        }
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
